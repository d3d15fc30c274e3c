"""What a simulation shows: for a manager at a glance, for a review as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.bar import Bar
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from mostrador.domain.attention import Stage
from mostrador.policy.model import Policy
from mostrador.policy.simulator import COUNTED, Changed, Moved, Report, Total

EXAMPLES = 3
"""Of each cause."""
LONGEST_EXAMPLE = 60
"""Characters of a customer's words."""
BAR = 24
"""Columns."""
ALWAYS_SHOWN = ("queue", "segment")
"""All of their totals; of the others those that change."""

_TITLES = {
    "queue": "By queue",
    "segment": "By segment",
    "attention": "By attention",
    "priority": "By priority",
    "promise": "By promise, or who goes first",
    "answer": "By automatic answer",
    "kept": "Answered in time, of those that a person answered",
}
_CAUSES = {
    "rule": "the rule “{}”",
    "segment": "the segment “{}”",
    "promise": "the promise “{}”",
    "intents": "the words of intents",
    "hours": "the hours or holidays",
    "channels": "what is promised on a channel",
    "dedicated": "whose customers they are",
    "self_service": "what is answered without a person",
    "order": "the order of the rules",
}
_FIRST: dict[str, str] = {
    Stage.MACHINE: "a machine goes first",
    Stage.COMMUNITY: "the community goes first",
    Stage.PERSON: "a call is promised",
}
_FIELDS = {"due": "answered by", "answer": "automatic answer", "intent": "about"}


# For machines


def report_as_json(report: Report, before: Policy, after: Policy) -> str:
    """Ids and what changes; nothing of what a customer wrote."""
    causes = Counter(moved.cause for moved in report.moved)
    return json.dumps(
        {
            "policies": {"before": before.version, "after": after.version},
            "read": report.read,
            "changed": len(report.moved),
            "causes": dict(causes.most_common()),
            "totals": {
                name: {value: asdict(total) for value, total in report.totals[name].items()} for name in COUNTED
            },
            "conversations": [_as_json(moved) for moved in report.moved],
        },
        ensure_ascii=False,
        indent=1,
    )


def _as_json(moved: Moved) -> Mapping[str, object]:
    recorded = moved.recorded
    changes = {
        change.field: {"before": change.before, "after": change.after, "because": list(change.because)}
        for change in moved.changes
    }
    at = datetime.fromtimestamp(recorded.at, UTC).isoformat(timespec="seconds")
    return {"id": recorded.id, "at": at, "channel": recorded.channel, "cause": moved.cause, "changes": changes}


# For people


def show_report(console: Console, report: Report, before: Policy, after: Policy) -> None:
    names = _Names(before, after)
    console.print(_headline(report))
    if not report.read:
        return
    for name in COUNTED:
        totals = {value: total for value, total in report.totals[name].items() if name in ALWAYS_SHOWN or total.differ}
        if totals:
            console.print(_totals(name, totals, names))
    for cause, moved in _by_cause(report.moved):
        console.print(_cause(cause, moved, names))


def _headline(report: Report) -> Text:
    if not report.read:
        return Text("There are no conversations to decide again.")
    told = Text(f"{report.read:,} conversations were decided again: ")
    if not report.moved:
        return told.append("nothing would be different.", style="bold green")
    share = len(report.moved) / report.read
    return told.append(
        f"{len(report.moved):,} of them ({share:.1%}) would be treated differently.", style="bold yellow"
    )


class _Names:
    """Of queues, segments and people, as the shop calls them; ids where a policy does not know them."""

    def __init__(self, before: Policy, after: Policy) -> None:
        language = after.language
        self.zone = ZoneInfo(after.timezone)
        self._names: dict[str, dict[str, str]] = {"queue": {}, "segment": {}, "agent": {}}
        for policy in (before, after):
            self._names["queue"] |= {queue.id: queue.name[language] for queue in policy.queues.values()}
            self._names["segment"] |= {segment.id: segment.name[language] for segment in policy.segments}
            self._names["agent"] |= {agent.user: agent.name for agent in policy.agents.values()}

    def of(self, field: str, value: str) -> str:
        if field == "due" and value:
            return f"{datetime.fromisoformat(value).astimezone(self.zone):%a %d %b %H:%M}"
        if field == "promise":
            return _FIRST.get(value, value)
        return self._names.get(field, {}).get(value, value) or "none"

    def when(self, at: float) -> str:
        return f"{datetime.fromtimestamp(at, self.zone):%a %d %b %H:%M}"


def _totals(name: str, totals: Mapping[str, Total], names: _Names) -> RenderableType:
    table = _grid()
    most = max((max(total.before, total.after) for total in totals.values()), default=0)
    for value, total in totals.items():
        counts = Text(f"{total.before:,} → {total.after:,}" if total.differ else f"{total.before:,}")
        bars = Group(_bar(total.before, most, "bright_black"), _bar(total.after, most, "cyan"))
        table.add_row(names.of(name, value), bars, counts, _difference(total))
    legend = (
        Text("  before ", style="dim").append("█", style="bright_black").append(" after ").append("█", style="cyan")
    )
    return Group(Text(""), Text(_TITLES[name], style="bold").append_text(legend), table)


def _grid() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(min_width=16, overflow="fold")
    table.add_column(width=BAR)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    return table


def _bar(count: int, most: int, color: str) -> Bar:
    return Bar(most or 1, 0, count, width=BAR, color=color)


def _difference(total: Total) -> Text:
    difference = total.after - total.before
    return Text(f"{difference:+,}" if difference else "", style="bold")


def _by_cause(moved: Iterable[Moved]) -> list[tuple[str, list[Moved]]]:
    """The most telling cause first."""
    causes: dict[str, list[Moved]] = {}
    for each in moved:
        causes.setdefault(each.cause, []).append(each)
    return sorted(causes.items(), key=lambda pair: -len(pair[1]))


def _cause(cause: str, moved: Sequence[Moved], names: _Names) -> RenderableType:
    kind, _, name = cause.partition(":")
    title = Text(_CAUSES[kind].format(names.of(kind, name)), style="bold").append(
        f" changes {len(moved):,}", style="bold"
    )
    lines = [Text.assemble("  ", line) for line in _summary(moved, names)]
    examples = [_example(each, names) for each in moved[:EXAMPLES]]
    more = [Text(f"    and {len(moved) - EXAMPLES:,} more", style="dim")] if len(moved) > EXAMPLES else []
    return Group(Text(""), title, *lines, *examples, *more)


def _summary(moved: Sequence[Moved], names: _Names) -> Iterator[Text]:
    """What it does, and to how many; of moments only in which direction they go."""
    counted = Counter(_in_short(change) for each in moved for change in each.changes)
    for (field, before, after), count in counted.most_common():
        line = Text(f"{_FIELDS.get(field, field)}: ", style="dim")
        if before == after:
            line.append(after)
        else:
            line.append(names.of(field, before)).append(" → ").append(names.of(field, after), style="cyan")
        yield line.append(f"  {count:,}", style="dim")


def _in_short(change: Changed) -> tuple[str, str, str]:
    if change.field != "due":
        return change.field, change.before, change.after
    if not (change.before and change.after):
        told = "a promise" if change.after else "no promise"
    else:
        told = "earlier" if change.after < change.before else "later"
    return "due", told, told


def _example(moved: Moved, names: _Names) -> Text:
    recorded = moved.recorded
    words = _shown(recorded.words)
    line = Text(no_wrap=True, overflow="ellipsis").append(
        f"    {names.when(recorded.at)} · {recorded.channel} · ", style="dim"
    )
    line.append(f"“{words}”" if words else recorded.id)
    due = next((change for change in moved.changes if change.field == "due" and change.before and change.after), None)
    if due:
        line.append(f" · {names.of('due', due.before)} → {names.of('due', due.after)}", style="dim")
    return line


def _shown(text: str) -> str:
    """One line without anything that a terminal would obey."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= LONGEST_EXAMPLE else line[: LONGEST_EXAMPLE - 1].rstrip() + "…"
