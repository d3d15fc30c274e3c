"""Business time: when the shop is open, and how much of a stretch of time counts.

Moments are epoch seconds; hours are what the clock on the wall shows. An interval begins at the first moment when that
clock shows its time or a later one, and ends in the same way. So a time that comes twice, when summer time ends, is
meant the first time (PEP 495, ``fold=0``), and a time that is skipped is the moment of the change. (``fold=0`` alone
would put 02:30 after 03:00 on such a night, and close a shop before it opens.) A day that a zone leaves out altogether
(Samoa, 30 December 2011) has no hours at all.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from math import floor
from zoneinfo import ZoneInfo

from mostrador.domain.errors import MostradorError
from mostrador.policy.model import Hours, Interval, Policy, Season

DAY = 1440
"""Minutes that the clock on the wall shows in a day, however long the day really is."""
HORIZON = 731
"""Days: who does not open in two years never does."""
KEPT_DAYS = 4096
"""Days that one calendar remembers."""
KEPT_CALENDARS = 64

type Span = tuple[int, int]
"""When an opening begins and when it is over, in epoch seconds."""


class NeverOpen(MostradorError):
    """``str()`` names the hours that do not open for two years on end."""


class Calendar:
    """The hours of one place, with its holidays, in its zone. Safe to keep and to share: it only remembers days."""

    def __init__(self, hours: Hours, zone: tzinfo, holidays: Mapping[str, str]) -> None:
        self.hours = hours
        self.zone = zone
        self.holidays = holidays
        self._days: dict[int, tuple[Span, ...]] = {}

    def is_open(self, at: float) -> bool:
        return self.next_opening(at) == at

    def next_opening(self, at: float) -> float | None:
        """The first open moment, ``at`` itself where it is one. None: there is none within two years."""
        return next((max(at, begins) for begins, _ in self._openings(at)), None)

    def closing(self, at: float) -> float | None:
        """When what is open at ``at`` closes. None: it is closed, or does not close within two years."""
        closes = at
        for begins, ends in self._openings(at):
            if begins > closes:
                break
            closes = ends
            if closes - at > HORIZON * 86_400:
                return None
        return closes if closes > at else None

    def add(self, at: float, seconds: float) -> float:
        """The first moment by which ``seconds`` of business time have passed since ``at``. Raises NeverOpen."""
        if seconds <= 0:
            return at
        left = seconds
        for opening, ends in self._openings(at):
            begins = max(at, opening)
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        raise NeverOpen(f"hours.{self.hours.id}: it does not open within two years")

    def between(self, begin: float, end: float) -> float:
        """Business seconds from ``begin`` to ``end``; 0.0 where the end is not the later one."""
        days = range(self._ordinal(begin), self._ordinal(end) + 2)
        spans = (span for day in days for span in self._on(day))
        return float(sum(max(0, min(end, ends) - max(begin, begins)) for begins, ends in spans))

    def openings(self, begin: float, end: float) -> list[tuple[float, float]]:
        """What is open from ``begin`` to ``end``, cut off at both; openings that touch are one."""
        days = range(self._ordinal(begin), self._ordinal(end) + 2)
        spans = ((max(begin, begins), min(end, ends)) for day in days for begins, ends in self._on(day))
        return merged(spans)

    def holiday(self, at: float) -> str:
        """The name of the holiday for which it stays closed that day; empty on every other day."""
        day = self.day(at).isoformat()
        kept = self.hours.keeps_holidays and day not in self.hours.special
        return self.holidays.get(day, "") if kept else ""

    def day(self, at: float) -> date:
        """What the calendar on the wall shows."""
        return date.fromordinal(self._ordinal(at))

    def midnight(self, day: date) -> int:
        """When ``day`` begins."""
        return instant(self.zone, day, 0)

    def _openings(self, at: float) -> Iterator[Span]:
        """Those that are not over at ``at``, in order, until there is none for two years. Neighbours may touch."""
        day = last = self._ordinal(at)
        while day - last <= HORIZON:
            for span in self._on(day):
                if span[1] > at:
                    yield span
                    last = day
            day += 1

    def _ordinal(self, at: float) -> int:
        """Never later than the day whose spans hold ``at``, and one earlier at most: a clock is also set back."""
        return datetime.fromtimestamp(floor(at), self.zone).toordinal()

    def _on(self, day: int) -> tuple[Span, ...]:
        spans = self._days.get(day)
        if spans is None:
            if len(self._days) >= KEPT_DAYS:
                self._days.clear()
            spans = self._days[day] = self._spans(date.fromordinal(day))
        return spans

    def _spans(self, day: date) -> tuple[Span, ...]:
        """From midnight to midnight of the clock on the wall, so that no moment is in the spans of two days."""
        night = [(each.begins - DAY, each.ends - DAY) for each in self._intervals(day - timedelta(days=1))]
        own = [(each.begins, each.ends) for each in self._intervals(day)]
        minutes = merged((max(0, begins), min(DAY, ends)) for begins, ends in night + own)
        spans = ((instant(self.zone, day, begins), instant(self.zone, day, ends)) for begins, ends in minutes)
        return tuple(merged(spans))

    def _intervals(self, day: date) -> tuple[Interval, ...]:
        """Those that begin on this day."""
        name = day.isoformat()
        if name in self.hours.special:
            return self.hours.special[name]
        if self.hours.keeps_holidays and name in self.holidays:
            return ()
        return week_of(self.hours, day)[day.weekday()]


def week_of(hours: Hours, day: date) -> tuple[tuple[Interval, ...], ...]:
    """The week that counts on this day."""
    season = season_of(hours, day)
    return season.week if season else hours.week


def season_of(hours: Hours, day: date) -> Season | None:
    return next((season for season in hours.seasons if _covers(season, f"{day:%m-%d}")), None)


def _covers(season: Season, day: str) -> bool:
    if season.begins <= season.ends:
        return season.begins <= day <= season.ends
    return day >= season.begins or day <= season.ends


def merged[Number: (int, float)](spans: Iterable[tuple[Number, Number]]) -> list[tuple[Number, Number]]:
    """In order, without the empty ones; those that overlap or touch are one."""
    whole: list[tuple[Number, Number]] = []
    for begins, ends in sorted(span for span in spans if span[0] < span[1]):
        if whole and begins <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(ends, whole[-1][1]))
        else:
            whole.append((begins, ends))
    return whole


def instant(zone: tzinfo, day: date, minutes: int) -> int:
    """The first moment when the clock on the wall shows ``minutes`` after midnight of ``day``, or later."""
    shown = datetime.combine(day, time()) + timedelta(minutes=minutes)
    first, second = (int(shown.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    if first <= second:
        return first
    # Nobody's clock shows this time: PEP 495 puts its two readings around the change, the later one first.
    around = range(second, first)
    return second + bisect_left(around, shown, key=lambda at: datetime.fromtimestamp(at, zone).replace(tzinfo=None))


_calendars: dict[tuple[int, int, str], Calendar] = {}


def calendar_of(policy: Policy, channel: str, queue: str = "") -> Calendar:
    """The calendar by which this queue answers this channel. Raises KeyError where the policy names no hours at all.

    The same policy gives the same calendar, with the days that it remembers: asking again costs nothing.
    """
    hours = policy.hours_of(channel, queue)
    # A calendar holds on to its hours and holidays, so that nothing else can come to have their ids while it is here.
    key = (id(hours), id(policy.holidays), policy.timezone)
    if key not in _calendars:
        if len(_calendars) >= KEPT_CALENDARS:
            _calendars.clear()
        _calendars[key] = Calendar(hours, ZoneInfo(policy.timezone), policy.holidays)
    return _calendars[key]
