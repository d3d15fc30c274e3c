"""Hours that never open, seasons that never count, days that are over, warnings that come too late."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from cli.policyfile.days import DAYS
from cli.policyfile.draft import Draft
from cli.policyfile.sections import Hours as WrittenHours
from mostrador.policy.hours import Calendar
from mostrador.policy.model import LONGEST_HOLD, Hours

_LEAP_YEAR = 2000


def check_times(draft: Draft, hours: Mapping[str, Hours], holidays: Mapping[str, str]) -> None:
    for name, each in hours.items():
        _never_open(draft, name, each, holidays)
        _hidden_seasons(draft, name, draft.document.hours[name])
        _past_days(draft, ("hours", name, "special"), each.special)
    _past_days(draft, ("holidays", "days"), draft.document.holidays.days)
    _warnings(draft)
    _holds(draft)


def _never_open(draft: Draft, name: str, hours: Hours, holidays: Mapping[str, str]) -> None:
    if draft.findings.is_faulty(("hours", name)):
        return
    zone = ZoneInfo(draft.document.shop.timezone if draft.document.shop else "Europe/Madrid")
    midnight = datetime.combine(draft.today, datetime.min.time(), zone).timestamp()
    if Calendar(hours, zone, holidays).next_opening(midnight) is None:
        draft.findings.fault(
            ("hours", name),
            "these hours never open, so a promise that runs in them would never be due; "
            "give at least one day an interval, such as `monday-friday: 10:00-14:00`",
        )


def _hidden_seasons(draft: Draft, name: str, hours: WrittenHours) -> None:
    covered: set[str] = set()
    for at, season in enumerate(hours.seasons):
        season_days = set(_days(season.begins, season.ends))
        if season_days <= covered:
            what = "this season never counts: the ones above cover all of its days; move it above them"
            draft.findings.fault(("hours", name, "seasons", at), what)
        covered |= season_days
        if not season.days:
            closed = f"write `{DAYS[0]}-{DAYS[-1]}: closed`"
            what = f"no day of this season has hours, so the shop is closed all through it; if that is meant, {closed}"
            draft.findings.warning(("hours", name, "seasons", at), what)


def _days(begins: str, ends: str) -> Iterator[str]:
    day = date.fromisoformat(f"{_LEAP_YEAR}-{begins}")
    while f"{day:%m-%d}" != ends:
        yield f"{day:%m-%d}"
        day = (day + timedelta(days=1)).replace(year=_LEAP_YEAR)
    yield ends


def _past_days(draft: Draft, place: tuple[str, ...], days: Mapping[str, object]) -> None:
    for day in days:
        if day < draft.today.isoformat():
            draft.findings.warning(
                (*place, day), "this day is over; take it out, or write the year in which it comes again"
            )


def _warnings(draft: Draft) -> None:
    for name, promise in draft.document.promises.items():
        place = ("promises", name, "warn")
        if any(not 1 <= percent <= 99 for percent in promise.warn):
            what = "warnings come before the time is over: write percents from 1 to 99, such as [50, 80]"
            draft.findings.fault(place, what)
        elif any(later <= earlier for earlier, later in pairwise(promise.warn)):
            rising = sorted(set(promise.warn))
            draft.findings.fault(place, f"warnings come one after the other; write them rising, as {rising}")


def _holds(draft: Draft) -> None:
    for name, channel in draft.document.channels.items():
        if channel.hold is not None and channel.hold > LONGEST_HOLD:
            what = f"an answer can wait for 15 minutes at most ({LONGEST_HOLD}s); write 15m or less"
            draft.findings.fault(("channels", name, "hold"), what)
