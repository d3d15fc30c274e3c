"""``mostrador policy simulate`` and ``record``: past conversations, decided again by an edited policy."""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn

from cli.policy_report import show_findings
from cli.policyfile.read import BrokenPolicy, read_policy
from cli.recordings import BadRecording, read_recordings, write_recordings
from cli.simulation_report import report_as_json, show_report
from cli.stack import NoStack, find_stack
from mostrador.policy.model import Policy, PolicyError
from mostrador.policy.recorded import Recorded, recorded_of, without_names
from mostrador.policy.simulator import Report, compare
from mostrador.selfservice.fixed import fixed_answer
from mostrador.store.archive import beginnings, items_of_table

REFUSED = 1
CHANGED = 2

_SINCE = {"h": 3600, "d": 86_400, "w": 7 * 86_400}

StackName = Annotated[str, typer.Option("--stack", help="The CloudFormation stack that `sam deploy` made.")]
Since = Annotated[str, typer.Option(help="How far back stored conversations are read: such as 12h, 30d or 8w.")]


def simulate(  # noqa: PLR0913 - each is an option
    new: Annotated[Path, typer.Argument(help="The edited policy file.")] = Path("infra/policy/policy.yaml"),
    *,
    against: Annotated[Path | None, typer.Option(help="Another policy file, instead of the one in force.")] = None,
    recorded: Annotated[
        Path | None, typer.Option(help="Recorded conversations (a file, or a folder), instead of the stored ones.")
    ] = None,
    since: Since = "30d",
    stack: StackName = "mostrador",
    as_json: Annotated[
        bool, typer.Option("--json", help="For machines: without a word of what customers wrote.")
    ] = False,
    fail_on_change: Annotated[bool, typer.Option(help="Exit with 2 where anything would be different.")] = False,
) -> None:
    """Show what an edited policy would do to conversations of the past. Touches nothing."""
    with _refusals():
        past = read_recordings(recorded) if recorded else _stored(stack, _beginning(since))
        policy = read_policy(new, today=_first_day(past)).policy
        before = read_policy(against, today=_first_day(past)).policy if against else _in_force(stack, policy)
    report = _compared(before, policy, past)
    if as_json:
        typer.echo(report_as_json(report, before, policy))
    else:
        show_report(Console(highlight=False), report, before, policy)
    if fail_on_change and report.moved:
        raise typer.Exit(CHANGED)


def record(
    file: Annotated[Path, typer.Argument(help="Where to write them: JSON lines.")],
    *,
    since: Since = "30d",
    anonymous: Annotated[bool, typer.Option(help="Without texts, and without what tells who it was.")] = False,
    stack: StackName = "mostrador",
) -> None:
    """Write stored conversations to a file that `simulate --recorded` reads. It holds what customers wrote."""
    with _refusals():
        past = _stored(stack, _beginning(since))
        named = _in_force(stack) if anonymous else None
        with _private(file) as output:
            written = write_recordings(output, (without_names(each, named) if named else each for each in past))
    typer.echo(f"{written} conversations are in {file}.")


@contextmanager
def _private(path: Path) -> Iterator[TextIO]:
    """A new file that nobody else on the machine can read."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8") as output:
        yield output


# What is compared


def _compared(before: Policy, after: Policy, past: Iterable[Recorded]) -> Report:
    everything = list(past)
    with _progress("deciding again") as progress:
        task = progress.add_task("", total=len(everything))
        return compare(before, after, _told(everything, lambda: progress.advance(task)), fixed_answer)


def _in_force(stack: str, new: Policy | None = None) -> Policy:
    """With the holidays of days before it was compiled taken from the new one. Raises NoStack, PolicyError."""
    versions = find_stack(stack).versions()
    line = versions.in_force()
    if line is None:
        raise PolicyError("no policy is in force yet: compare with a file (--against)")
    policy = versions.policy(line.version)
    earlier = {
        day: name for day, name in (new.holidays if new else {}).items() if day < min(policy.holidays, default="")
    }
    return replace(policy, holidays=earlier | dict(policy.holidays))


def _stored(stack: str, since: float) -> list[Recorded]:
    """Raises NoStack."""
    find_stack(stack).versions()
    with _progress("reading the table") as progress:
        task = progress.add_task("", total=items_of_table() or None)
        found = beginnings(since, lambda looked_at: progress.update(task, completed=looked_at))
        return sorted((recorded_of(*each) for each in found), key=lambda each: each.at)


def _beginning(since: str) -> float:
    """Raises PolicyError for what is no length of time."""
    match = re.fullmatch(r"(\d+)([hdw])", since.strip())
    if match is None:
        raise PolicyError(f"--since: `{since}` is no length of time; write such as 12h, 30d or 8w")
    return time.time() - int(match[1]) * _SINCE[match[2]]


def _first_day(past: Iterable[Recorded]) -> date:
    """From when on holidays have to be known."""
    return datetime.fromtimestamp(min((each.at for each in past), default=time.time()), UTC).date()


# What a person sees meanwhile


def _progress(what: str) -> Progress:
    columns = (TextColumn(f"[dim]{what}[/]"), BarColumn(), MofNCompleteColumn(), TaskProgressColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _told(past: Iterable[Recorded], read: Callable[[], object]) -> Iterator[Recorded]:
    for each in past:
        yield each
        read()


@contextmanager
def _refusals() -> Iterator[None]:
    """Turns what a person can mend into words and an exit code."""
    console = Console(stderr=True, highlight=False)
    try:
        yield
    except BrokenPolicy as error:
        show_findings(console, error.faults + error.warnings)
        raise typer.Exit(REFUSED) from error
    except (BadRecording, NoStack, PolicyError) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(REFUSED) from error
