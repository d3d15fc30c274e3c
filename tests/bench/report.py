"""The figures as tables, for a terminal of 80 columns."""

from collections.abc import Iterable, Mapping

from rich import box
from rich.console import RenderableType
from rich.table import Table

from bench.imports import Starts
from bench.mail import Reading
from bench.scenarios import Played
from bench.simulator import Simulated
from bench.totals import Totals, add_up

MILLION = 1_000_000


def _table(title: str, caption: str, *columns: str) -> Table:
    """The first column is text, all others are numbers."""
    table = Table(title=title, caption=caption or None, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.title_justify = table.caption_justify = "left"
    first, *others = columns
    table.add_column(first)
    for column in others:
        table.add_column(column, justify="right")
    return table


def starts_table(starts: Starts) -> RenderableType:
    common = set.intersection(*(set(start.libraries) for start in starts.handlers.values()))
    table = _table(
        "Cold starts, in millions of instructions",
        f"Counted by {starts.meter}, of {starts.artefacts} code ({starts.megabytes:.0f} MB of layers); the "
        f"interpreter's own {_millions(starts.interpreter)} are in every sum. What happens before the first event has "
        "a whole processor, the event itself the function's share of one; a channel is loaded with its first message, "
        f"which the last lines include. Every handler loads {', '.join(sorted(common))}.",
        "handler",
        "before",
        "event",
        "sum",
        "÷ bare",
    )
    table.add_column("loads as well", overflow="fold")
    table.add_row("bare: one client", "", "", _millions(starts.bare), "1.00", "", style="bold")
    for name, start in [*starts.handlers.items(), *starts.first_messages.items()]:
        table.add_row(
            name,
            _millions(start.before),
            _millions(start.whole - start.before) if start.whole > start.before else "",
            _millions(start.whole),
            f"{start.whole / starts.bare:.2f}",
            ", ".join(library for library in start.libraries if library not in common),
        )
    return table


def _millions(instructions: int) -> str:
    return f"{instructions / MILLION:,.0f}"


def messages_table(played: Played) -> RenderableType:
    table = _table(
        "What a message asks of the world, counted where it leaves",
        "Write units: of the table + of its indexes. kB: to and from Amazon, heads included, without TLS. "
        "Slack: calls of the desk, each at least one of the Web API.",
        "what happened, and who worked",
        "Dynamo\nDB",
        "write\nunits",
        "read\nunits",
        "SQS",
        "S3",
        "others",
        "kB\nout",
        "kB\nin",
    )
    table.columns[0].ratio = 1
    for name, steps in played.items():
        table.add_section()
        whole = add_up(request for step in steps for request in step.requests)
        table.add_row(*_cells(f"[bold]{name}[/bold]\n[dim]{_operations(whole)}[/dim]", whole))
        for step in steps:
            table.add_row(*_cells(f"  {step.function}", add_up(step.requests)))
    return table


def _cells(name: str, totals: Totals) -> Iterable[str]:
    others = [service for service in totals.calls if service not in {"dynamodb", "sqs", "s3"}]
    return (
        name,
        str(totals.of("dynamodb") or ""),
        f"{totals.table_units}+{totals.index_units}" if totals.table_units else "",
        f"{totals.read_units:g}" if totals.read_units else "",
        str(totals.of("sqs") or ""),
        str(totals.of("s3") or ""),
        "\n".join(f"{service.partition('-')[0]} {totals.of(service)}" for service in others),
        f"{totals.sent / 1000:.1f}",
        f"{totals.received / 1000:.1f}",
    )


def _operations(totals: Totals) -> str:
    calls = totals.calls.get("dynamodb", {})
    return ", ".join(f"{times} {name.removesuffix('Item').lower()}" for name, times in calls.items())


def mails_table(mails: Mapping[str, Reading]) -> RenderableType:
    table = _table("Understanding a mail", "", "mail", "bytes", "CPU ms, median", "million instructions")
    for name, reading in mails.items():
        counted = "" if reading.instructions is None else f"{reading.instructions / MILLION:.2f}"
        table.add_row(name, f"{reading.size:,}", f"{reading.milliseconds:.2f}", counted)
    return table


def simulation_table(simulated: Simulated) -> RenderableType:
    table = _table("Simulating a policy", "", "what", "conversations", "changed", "CPU s", "s")
    seconds = (f"{each / 1000:.1f}" for each in (simulated.milliseconds, simulated.elapsed_milliseconds))
    counts = (f"{each:,}" for each in (simulated.conversations, simulated.changed))
    table.add_row("read and decided by two policies", *counts, *seconds)
    return table


def changes_table(changed: Iterable[tuple[str, float, float]]) -> RenderableType:
    table = _table("Since the run before", "", "figure", "was", "is", "")
    for path, before, now in changed:
        table.add_row(path, f"{before:,.6g}", f"{now:,.6g}", f"{(now - before) / before:+.0%}" if before else "")
    return table if table.row_count else "Nothing changed by more than a hundredth since the run before."
