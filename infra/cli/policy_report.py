"""What the command line shows of a policy: at a glance for a person, as JSON for a machine."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli.policyfile.findings import Finding, Severity
from mostrador.policy.hours import Calendar
from mostrador.policy.in_words import span
from mostrador.policy.model import CustomerCondition, Policy, Queue, Segment
from mostrador.store.policy_versions import PutInForce

NEXT_HOLIDAYS = 5
_LANGUAGE = "en"
_STYLES = {Severity.FAULT: "bold red", Severity.WARNING: "yellow"}
_CONDITIONS = {
    "orders_at_least": "{} or more orders",
    "orders_at_most": "at most {} orders",
    "spent_at_least": "spent {} or more",
    "spent_at_most": "spent {} at most",
    "ordered_within": "bought within {}",
    "not_ordered_for": "bought nothing for {}",
    "tags": "tag {}",
    "email_domains": "mail @{}",
    "countries": "country {}",
    "languages": "language {}",
    "channels": "writes on {}",
}


# What is wrong


def show_findings(console: Console, findings: Sequence[Finding]) -> None:
    for finding in findings:
        line = Text(f"{finding.path}:{finding.line}: " if finding.line else f"{finding.path}: ", style="dim")
        line.append(f"{finding.severity}: ", style=_STYLES[finding.severity])
        line.append(f"{finding.place}: " if finding.place else "", style="bold")
        line.append(finding.what)
        console.print(line, soft_wrap=True)


def findings_as_json(findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [asdict(finding) for finding in findings]


# What it says


def show_policy(console: Console, policy: Policy, now: float) -> None:
    console.print(summary(policy, now))


def summary(policy: Policy, now: float) -> Group:
    today = datetime.fromtimestamp(now, ZoneInfo(policy.timezone)).date()
    return Group(_queues(policy), _segments(policy), _promises(policy), _week(policy, today), _holidays(policy, today))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, header_style="dim", overflow="fold")
    return table


def _section(table: Table) -> RenderableType:
    return Group(Text(""), table)


def _queues(policy: Policy) -> RenderableType:
    table = _table("Queues", "queue", "Slack", "who (the lead first)", "work", "hours", "overflow")
    for queue in policy.queues.values():
        hours = queue.hours or "of the channel"
        name = queue.name[policy.language]
        table.add_row(name, queue.desk_channel, _people(policy, queue), queue.work, hours, queue.overflow)
    return _section(table)


def _people(policy: Policy, queue: Queue) -> str:
    users = dict.fromkeys((queue.lead, *queue.users))
    return ", ".join(policy.agents[user].name for user in users)


def _segments(policy: Policy) -> RenderableType:
    table = _table("Segments, the first that holds", "segment", "who", "attention")
    for segment in policy.segments:
        table.add_row(segment.name[policy.language], _who(policy, segment), segment.attention)
    return _section(table)


def _who(policy: Policy, segment: Segment) -> str:
    return ", or ".join(_conditions(policy, each) for each in segment.any_of) or "everybody else"


def _conditions(policy: Policy, condition: CustomerCondition) -> str:
    said = {name: value for name, value in asdict(condition).items() if value not in (None, ())}
    return " and ".join(_CONDITIONS[name].format(_value(policy, name, value)) for name, value in said.items())


def _value(policy: Policy, name: str, value: object) -> str:
    if isinstance(value, tuple):
        return " or ".join(map(str, value))
    if isinstance(value, int) and name.startswith("spent"):
        return f"{value / 100:,.2f} {policy.currency}"
    if isinstance(value, int) and "order" in name and "orders" not in name:
        return f"{value // 86_400} days"
    return str(value)


def _promises(policy: Policy) -> RenderableType:
    table = _table("Promises, in opening time", "promise", "first answer", "next answers", "warned after")
    for target in policy.targets.values():
        warned = ", ".join(f"{percent} %" for percent in target.warn)
        table.add_row(target.id, span(target.first, _LANGUAGE), span(target.next, _LANGUAGE), warned)
    return _section(table)


def _week(policy: Policy, today: date) -> RenderableType:
    monday = today - timedelta(days=today.weekday())
    zone = ZoneInfo(policy.timezone)
    calendars = [Calendar(hours, zone, policy.holidays) for hours in policy.hours.values()]
    table = _table("Hours this week", "", *policy.hours)
    for day in (monday + timedelta(days=number) for number in range(7)):
        style = "bold" if day == today else ""
        table.add_row(f"{day:%a} {day.day}", *(_opening(calendar, day) for calendar in calendars), style=style)
    return _section(table)


def _opening(calendar: Calendar, day: date) -> Text:
    begin, end = calendar.midnight(day), calendar.midnight(day + timedelta(days=1))
    openings = calendar.openings(begin, end)
    if openings:
        return Text(", ".join(f"{_clock(calendar, a)}-{_clock(calendar, b, end)}" for a, b in openings))
    return Text(calendar.holiday(begin) or "closed", style="dim")


def _clock(calendar: Calendar, at: float, midnight: float = 0.0) -> str:
    return "24:00" if at == midnight else f"{datetime.fromtimestamp(at, calendar.zone):%H:%M}"


def _holidays(policy: Policy, today: date) -> RenderableType:
    coming = [(day, name) for day, name in policy.holidays.items() if day >= today.isoformat()]
    table = _table("Next holidays", "day", "")
    for day, name in coming[:NEXT_HOLIDAYS]:
        table.add_row(f"{date.fromisoformat(day):%a} {day}", name)
    if not coming:
        table.add_row("none", "")
    return _section(table)


# What was in force


def show_history(console: Console, lines: Sequence[PutInForce]) -> None:
    table = _table("Policies, the newest first", "number", "version", "when (UTC)", "who", "note")
    for at, line in enumerate(lines):
        when = f"{datetime.fromtimestamp(line.at, UTC):%Y-%m-%d %H:%M}"
        style = "bold green" if at == 0 else ""
        table.add_row(str(line.number), line.version, when, line.who, line.note, style=style)
    console.print(table)
