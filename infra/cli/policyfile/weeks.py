"""Hours of the file as the compiled policy has them: seven days, seasons, special days."""

from itertools import pairwise
from statistics import median

from cli.policyfile.days import DAY_MINUTES, DAYS, day_numbers, day_words, shown
from cli.policyfile.draft import Draft
from cli.policyfile.findings import Findings, Place, meant
from cli.policyfile.reading import NotUnderstood
from cli.policyfile.sections import Hours as WrittenHours
from cli.policyfile.sections import Season as WrittenSeason
from cli.policyfile.sections import Week as WrittenWeek
from mostrador.policy.model import DEFAULT, Hours, Interval, Season

type Week = tuple[tuple[Interval, ...], ...]

USUAL_DAY = 8 * 3600
"""Seconds; for a shop whose own hours cannot be read."""
LONGEST_NIGHT = 720
"""Minutes: whoever writes more over midnight has probably swapped two times."""


def hours_of(draft: Draft) -> dict[str, Hours]:
    return {name: _hours(name, written, draft.findings) for name, written in draft.document.hours.items()}


def ordinary_day(hours: dict[str, Hours]) -> int:
    """Opening time, in seconds, of the middle one of the shop's open days in an ordinary week."""
    week = hours[DEFAULT].week if DEFAULT in hours else ()
    lengths = [sum(each.ends - each.begins for each in day) * 60 for day in week if day]
    return int(median(lengths)) if lengths else USUAL_DAY


def _hours(name: str, written: WrittenHours, findings: Findings) -> Hours:
    place: Place = ("hours", name)
    for day, intervals in written.special.items():
        _long_nights((*place, "special", day), intervals, findings)
    return Hours(
        name,
        week_of(written, place, findings),
        tuple(_season((*place, "seasons", at), season, findings) for at, season in enumerate(written.seasons)),
        dict(written.special),
        keeps_holidays=written.holidays,
    )


def _season(place: Place, written: WrittenSeason, findings: Findings) -> Season:
    return Season(written.name, written.begins, written.ends, week_of(written, place, findings))


def week_of(written: WrittenWeek, place: Place, findings: Findings) -> Week:
    week: list[tuple[Interval, ...]] = [()] * 7
    said: dict[int, str] = {}
    for name, intervals in written.days.items():
        for number in _numbers(name, place, findings):
            if number in said:
                what = f"{_called(number)} is in `{said[number]}` and in `{name}`; let each day stand in one of them"
                findings.fault((*place, name), what)
            said[number], week[number] = name, intervals
        _long_nights((*place, name), intervals, findings)
    _overlapping_nights(tuple(week), said, place, findings)
    return tuple(week)


def _called(number: int) -> str:
    return DAYS[number].capitalize()


def _numbers(name: str, place: Place, findings: Findings) -> tuple[int, ...]:
    try:
        return day_numbers(name)
    except NotUnderstood as error:
        known = {*WrittenHours.model_fields, *day_words()} - {"name"}
        guess = meant(str(error), known)
        right = guess if guess.startswith("did") else "write such as `monday`, `monday-friday` or `sábado`"
        findings.fault((*place, name), f"`{error}` is no day; {right}")
        return ()


def _long_nights(place: Place, intervals: tuple[Interval, ...], findings: Findings) -> None:
    for each in intervals:
        if each.ends > DAY_MINUTES and each.ends - each.begins > LONGEST_NIGHT:
            what = f"{shown(each)} lasts until the next day; is that meant? Otherwise the earlier time comes first"
            findings.warning(place, what)


def _overlapping_nights(week: Week, said: dict[int, str], place: Place, findings: Findings) -> None:
    for number, (night, morning) in enumerate(pairwise((*week, week[0]))):
        ends = max((each.ends - DAY_MINUTES for each in night), default=0)
        if morning and morning[0].begins < ends and not findings.is_faulty((*place, said[number])):
            late, early = _called(number), f"{shown(morning[0])} of {_called((number + 1) % 7)}"
            what = f"the night of {late} ends after {early} begins; let one end where the other begins"
            findings.fault((*place, said[number]), what)
