"""Business time against a slow and obvious reference, which looks at the clock on the wall once a minute."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from mostrador.policy.hours import Calendar, NeverOpen
from mostrador.policy.model import Hours, Interval, Season

MINUTE = 60
DAY = 86_400
WATCHED = 2 * DAY
"""Seconds that the reference walks through in one example."""

CHANGES = {
    "Europe/Madrid": ("2026-03-29T01:00", "2026-10-25T01:00", "1978-10-01T01:00", "2100-03-28T01:00"),
    "Atlantic/Canary": ("2026-03-29T01:00", "2026-10-25T01:00"),
    "America/New_York": ("2026-03-08T07:00", "2026-11-01T06:00", "1974-01-06T07:00"),
    "America/St_Johns": ("2010-03-14T03:31", "2010-11-07T02:31"),  # at one minute past midnight, back into yesterday
    "America/Havana": ("2026-03-08T05:00", "2026-11-01T05:00"),  # at midnight, and back to midnight
    "Asia/Kolkata": ("2026-11-10T00:00", "1945-10-14T17:30"),
    "Australia/Lord_Howe": ("2026-04-04T15:00", "2026-10-03T15:30"),  # by half an hour
    "Pacific/Apia": ("2011-12-30T10:00", "2010-09-26T11:00"),  # by a whole day
    "Pacific/Kwajalein": ("1969-09-30T13:00", "1993-08-21T12:00"),  # a day that came twice, and one that never came
    "Africa/Casablanca": ("2026-02-15T02:00", "2026-03-22T02:00"),
    "UTC": ("2026-02-28T12:00", "2028-02-29T12:00", "2026-12-31T23:00"),
}


class Reference:
    """Minute by minute: open when the highest time that the clock has shown so far lies in an interval."""

    def __init__(self, hours: Hours, zone: ZoneInfo, holidays: Mapping[str, str]) -> None:
        self.hours = hours
        self.zone = zone
        self.holidays = holidays
        self.days: dict[date, tuple[Interval, ...]] = {}

    def minutes(self, begin: int, end: int) -> list[bool]:
        """Whether it is open in each minute. No clock goes back by more than the day before ``begin``."""
        highest = self._shown(begin - DAY)
        found = []
        for at in range(begin - DAY, end, MINUTE):
            highest = max(highest, self._shown(at))
            if at >= begin:
                found.append(self._covers(highest))
        return found

    def _shown(self, at: int) -> datetime:
        return datetime.fromtimestamp(at, self.zone).replace(tzinfo=None)

    def _covers(self, shown: datetime) -> bool:
        today = shown.hour * 60 + shown.minute + shown.second / 60
        days = ((shown.date(), today), (shown.date() - timedelta(days=1), today + 1440))
        return any(each.begins <= since < each.ends for day, since in days for each in self._intervals(day))

    def _intervals(self, day: date) -> tuple[Interval, ...]:
        if day not in self.days:
            self.days[day] = self._begun(day)
        return self.days[day]

    def _begun(self, day: date) -> tuple[Interval, ...]:
        if str(day) in self.hours.special:
            return self.hours.special[str(day)]
        if self.hours.keeps_holidays and str(day) in self.holidays:
            return ()
        seasons = (season.week for season in self.hours.seasons if f"{day:%m-%d}" in days_of(season))
        return next(seasons, self.hours.week)[day.weekday()]


def days_of(season: Season) -> set[str]:
    """By turning the leaves of a calendar from the first day to the last."""
    leap_year = [f"{date(2024, 1, 1) + timedelta(days=number):%m-%d}" for number in range(366)] * 2
    first = leap_year.index(season.begins)
    return set(leap_year[first : leap_year.index(season.ends, first) + 1])


# What is tried

INTERVALS = st.builds(
    lambda begins, length: Interval(begins, begins + length),
    st.one_of(st.integers(0, 1439), st.sampled_from((0, 90, 120, 150, 180, 600, 1020, 1380))),
    st.one_of(st.integers(1, 1440), st.sampled_from((30, 60, 180, 240, 1440))),
)
DAYS = st.lists(INTERVALS, max_size=3).map(tuple)
WEEKS = st.one_of(st.lists(DAYS, min_size=7, max_size=7).map(tuple), DAYS.map(lambda day: (day,) * 7))
DATES = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}")
SEASONS = st.lists(st.builds(Season, st.just("season"), DATES, DATES, WEEKS), max_size=2).map(tuple)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Calendar, Reference, int]:
    """Hours, holidays and a zone, and the first minute of some days around a change of its clocks."""
    name = draw(st.sampled_from(sorted(CHANGES)))
    change = datetime.fromisoformat(draw(st.sampled_from(CHANGES[name]))).replace(tzinfo=UTC)
    begin = int(change.timestamp()) - draw(st.integers(0, WATCHED // MINUTE)) * MINUTE
    near = st.integers(-3, 4).map(lambda days: (change + timedelta(days=days)).date().isoformat())
    hours = Hours(
        "random",
        draw(WEEKS),
        draw(SEASONS),
        draw(st.dictionaries(near, DAYS, max_size=2)),
        keeps_holidays=draw(st.booleans()),
    )
    holidays = draw(st.dictionaries(near, st.just("Fiesta"), max_size=3))
    zone = ZoneInfo(name)
    return Calendar(hours, zone, holidays), Reference(hours, zone, holidays), begin


@settings(max_examples=80, deadline=None)
@given(case=cases())
def test_each_minute_is_open_or_closed_as_the_clock_on_the_wall_says(case: tuple[Calendar, Reference, int]) -> None:
    calendar, reference, begin = case
    expected = reference.minutes(begin, begin + WATCHED)
    assert [calendar.is_open(begin + number * MINUTE) for number in range(len(expected))] == expected
    assert calendar.between(begin, begin + WATCHED) == sum(expected) * MINUTE


@settings(max_examples=100, deadline=None)
@given(case=cases())
def test_openings_and_closings_are_where_the_reference_changes(case: tuple[Calendar, Reference, int]) -> None:
    calendar, reference, begin = case
    end = begin + WATCHED
    minutes = reference.minutes(begin, end)
    edges = [
        at
        for at, (before, after) in enumerate(zip([False, *minutes], [*minutes, False], strict=True))
        if before != after
    ]
    expected = [
        (begin + opens * MINUTE, begin + closes * MINUTE) for opens, closes in zip(edges[::2], edges[1::2], strict=True)
    ]
    assert calendar.openings(begin, end) == expected
    for opens, closes in expected:
        assert calendar.next_opening(opens) == opens
        assert closes == end or calendar.closing(opens) == closes
    for (_, closed), (reopens, _) in pairwise(expected):
        assert calendar.next_opening(closed) == reopens
        assert calendar.closing(closed) is None


@settings(max_examples=100, deadline=None)
@given(case=cases(), share=st.floats(0.001, 1))
def test_time_is_added_as_if_it_were_counted(case: tuple[Calendar, Reference, int], share: float) -> None:
    calendar, reference, begin = case
    minutes = reference.minutes(begin, begin + WATCHED)
    wanted = max(1, round(sum(minutes) * share))
    assume(sum(minutes) >= wanted)
    passed = [number for number, is_open in enumerate(minutes) if is_open][wanted - 1]
    assert calendar.add(begin, wanted * MINUTE) == begin + (passed + 1) * MINUTE


# What holds over long spans, where nobody can wait for the reference

MOMENTS = st.integers(-2_000_000_000, 5_000_000_000)
OFTEN_OPEN = WEEKS.filter(lambda week: any(day for day in week))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    zone = ZoneInfo(draw(st.sampled_from(sorted(CHANGES))))
    return Calendar(Hours("random", draw(OFTEN_OPEN), draw(SEASONS)), zone, {})


@settings(max_examples=200, deadline=None)
@given(calendar=calendars(), begin=MOMENTS, seconds=st.integers(1, 40 * DAY))
@example(calendar=Calendar(Hours("always", ((Interval(0, 1440),),) * 7), ZoneInfo("UTC"), {}), begin=0, seconds=DAY)
def test_what_was_added_is_what_lies_between(calendar: Calendar, begin: int, seconds: int) -> None:
    try:
        end = calendar.add(begin, seconds)
    except NeverOpen:
        # A season may close for all of the year a week that opens.
        assert calendar.next_opening(begin) is None
        return
    assert calendar.between(begin, end) == seconds
    assert calendar.between(begin, end - 1) == seconds - 1, "the last second counted"


@settings(max_examples=200, deadline=None)
@given(calendar=calendars(), begin=MOMENTS, length=st.integers(1, 60 * DAY))
def test_adding_what_lies_between_ends_where_it_was_last_open(calendar: Calendar, begin: int, length: int) -> None:
    end = begin + length
    counted = calendar.between(begin, end)
    assume(counted > 0)
    found = calendar.add(begin, counted)
    assert found <= end
    assert found == end or calendar.between(found, end) == 0
    assert found == end or not calendar.is_open(end - 1)


@settings(max_examples=200, deadline=None)
@given(calendar=calendars(), begin=MOMENTS, parts=st.tuples(st.floats(0, 30 * DAY), st.floats(0, 30 * DAY)))
def test_two_stretches_count_as_much_as_the_whole(calendar: Calendar, begin: int, parts: tuple[float, float]) -> None:
    middle, end = begin + parts[0], begin + parts[0] + parts[1]
    whole = calendar.between(begin, end)
    assert calendar.between(begin, middle) + calendar.between(middle, end) == pytest.approx(whole, abs=1e-4)
    assert 0 <= whole <= end - begin + 1e-4


@settings(max_examples=100, deadline=None)
@given(calendar=calendars(), at=MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it_is(calendar: Calendar, at: int) -> None:
    opening = calendar.next_opening(at)
    assume(opening is not None)
    assert opening is not None
    assert calendar.is_open(opening)
    assert calendar.between(at, opening) == 0
    assert calendar.is_open(at) is (opening == at)
