"""The hours of a Spanish shop, and of some that nobody would envy, as cases that can be read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import nextafter
from zoneinfo import ZoneInfo

import pytest

from fakes.policies import DEFAULT_QUEUE, POLICY
from mostrador.policy import hours as hours_module
from mostrador.policy.hours import HORIZON, KEPT_DAYS, Calendar, NeverOpen, calendar_of, instant
from mostrador.policy.model import ChannelRules, Hours, Interval, Season

HOUR = 3600
MADRID = ZoneInfo("Europe/Madrid")


def opens(*intervals: str) -> tuple[Interval, ...]:
    """``17:00-20:00``; an end that is not later than its begin lies on the next day."""
    return tuple(_interval(*each.split("-")) for each in intervals)


def _interval(begins: str, ends: str) -> Interval:
    first, last = _minutes(begins), _minutes(ends)
    return Interval(first, last if last > first else last + 1440)


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


SPLIT = opens("10:00-14:00", "17:00-20:00")
AUGUST = Season("Agosto", "08-01", "08-31", (opens("09:30-14:30"),) * 5 + ((), ()))
CHRISTMAS = Season("Navidad", "12-09", "01-05", (opens("10:00-14:00", "16:30-20:30"),) * 6 + ((),))
SHOP = Hours(
    "default",
    (*(SPLIT,) * 4, opens("10:00-14:00", "17:00-19:00"), opens("10:30-14:00"), ()),
    (AUGUST, CHRISTMAS),
    {"2026-12-24": opens("10:00-14:00"), "2026-12-08": opens("11:00-13:00"), "2026-11-20": ()},
)
BAR = Hours("bar", ((), (), (), opens("20:00-02:00"), opens("20:00-02:00"), opens("18:00-04:00"), opens("03:00-08:00")))
ALWAYS = Hours("always", (opens("00:00-00:00"),) * 7, keeps_holidays=False)
NEVER = Hours("never", ((),) * 7)
NIGHT = Hours("night", (opens("00:30-05:00"),) * 7)
HALVES = Hours("halves", (opens("01:00-02:30", "02:30-05:00"),) * 7)
WEEKDAYS = Hours("weekdays", (opens("10:00-14:00", "17:00-20:00"),) * 5 + ((), ()))
HOLIDAYS = {"2026-11-09": "La Almudena", "2026-12-08": "La Inmaculada", "2026-05-15": "San Isidro"}

SIX_DAYS = Hours("six days", (opens("00:00-00:00"),) * 6 + ((),))

TABLES = {each.id: each for each in (SHOP, SIX_DAYS, BAR, ALWAYS, NEVER, NIGHT, HALVES, WEEKDAYS)}


def calendar(name: str, zone: str = "Europe/Madrid", holidays: Sequence[str] | None = None) -> Calendar:
    names = HOLIDAYS if holidays is None else dict.fromkeys(holidays, "Fiesta")
    return Calendar(TABLES[name], ZoneInfo(zone), names)


def at(text: str, zone: str = "Europe/Madrid") -> float:
    """``2026-11-06 19:30``; an offset may say which of two is meant."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).timestamp()


def shown(moment: float | None, zone: str = "Europe/Madrid") -> str:
    return "never" if moment is None else f"{datetime.fromtimestamp(moment, ZoneInfo(zone)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("name", "begins", "hours", "ends"),
    [
        pytest.param("default", "2026-11-10 10:00", 2, "2026-11-10 12:00", id="in the morning"),
        pytest.param("default", "2026-11-10 13:00", 2, "2026-11-10 18:00", id="over lunch"),
        pytest.param("default", "2026-11-10 15:30", 2, "2026-11-10 19:00", id="written at lunch"),
        pytest.param("default", "2026-11-10 12:00", 2, "2026-11-10 14:00", id="until it closes, not until it reopens"),
        pytest.param("default", "2026-11-10 19:00", 2, "2026-11-11 11:00", id="over night"),
        pytest.param("weekdays", "2026-11-13 19:00", 2, "2026-11-16 11:00", id="Friday evening to Monday"),
        pytest.param("default", "2026-11-13 18:00", 2, "2026-11-14 11:30", id="Friday evening to Saturday"),
        pytest.param("default", "2026-11-14 13:00", 2, "2026-11-16 11:00", id="Saturday to Monday"),
        pytest.param("default", "2026-11-07 13:00", 2, "2026-11-10 11:00", id="over Sunday and La Almudena"),
        pytest.param("default", "2026-05-14 19:30", 1, "2026-05-16 11:00", id="over San Isidro"),
        pytest.param("default", "2026-12-07 19:30", 1, "2026-12-08 11:30", id="a holiday with hours of its own"),
        pytest.param("default", "2026-11-19 19:30", 1, "2026-11-21 11:00", id="a single day off"),
        pytest.param("default", "2026-07-31 18:30", 1, "2026-08-03 10:00", id="into August"),
        pytest.param("default", "2026-08-31 14:00", 1, "2026-09-01 10:30", id="out of August"),
        pytest.param("default", "2026-12-23 20:00", 1, "2026-12-24 10:30", id="Christmas Eve"),
        pytest.param("default", "2026-12-24 13:00", 2, "2026-12-25 11:00", id="Christmas Eve is short"),
        pytest.param("default", "2026-12-31 20:00", 1, "2027-01-01 10:30", id="a season over New Year"),
        pytest.param("default", "2027-01-05 20:00", 1, "2027-01-07 10:30", id="its last day"),
        pytest.param("bar", "2026-11-14 23:00", 4, "2026-11-15 03:00", id="over midnight"),
        pytest.param("bar", "2026-11-15 01:00", 6, "2026-11-15 07:00", id="two that overlap are one"),
        pytest.param("always", "2026-11-09 23:00", 48, "2026-11-11 23:00", id="around the clock"),
        pytest.param("night", "2026-03-29 00:00", 4, "2026-03-30 01:00", id="a night of 23 hours"),
        pytest.param("night", "2026-10-25 00:00", 5, "2026-10-25 04:30", id="a night of 25 hours"),
        pytest.param("always", "2026-03-28 12:00", 24, "2026-03-29 13:00", id="a day of 23 hours"),
        pytest.param("always", "2026-10-24 12:00", 24, "2026-10-25 11:00", id="a day of 25 hours"),
    ],
)
def test_business_time_passes_while_it_is_open(name: str, begins: str, hours: float, ends: str) -> None:
    kept = calendar(name, holidays=[*HOLIDAYS, "2027-01-06"])
    assert shown(kept.add(at(begins), hours * HOUR)) == ends
    assert kept.between(at(begins), at(ends)) == hours * HOUR


@pytest.mark.parametrize(
    ("name", "moment", "opening", "closing"),
    [
        ("default", "2026-11-10 09:59", "2026-11-10 10:00", "never"),
        ("default", "2026-11-10 10:00", "2026-11-10 10:00", "2026-11-10 14:00"),
        ("default", "2026-11-10 13:59", "2026-11-10 13:59", "2026-11-10 14:00"),
        ("default", "2026-11-10 14:00", "2026-11-10 17:00", "never"),
        ("default", "2026-11-07 14:00", "2026-11-10 10:00", "never"),
        ("default", "2026-12-08 12:00", "2026-12-08 12:00", "2026-12-08 13:00"),
        ("default", "2026-12-24 17:00", "2026-12-25 10:00", "never"),
        ("bar", "2026-11-15 01:00", "2026-11-15 01:00", "2026-11-15 08:00"),
        ("bar", "2026-11-15 08:00", "2026-11-19 20:00", "never"),
        ("always", "2026-11-15 03:00", "2026-11-15 03:00", "never"),
        ("never", "2026-11-15 03:00", "never", "never"),
        ("six days", "2026-11-16 03:00", "2026-11-16 03:00", "2026-11-22 00:00"),
    ],
)
def test_a_moment_is_open_or_waits_for_the_next_opening(name: str, moment: str, opening: str, closing: str) -> None:
    kept = calendar(name)
    assert kept.is_open(at(moment)) is (opening == moment)
    assert shown(kept.next_opening(at(moment))) == opening
    assert shown(kept.closing(at(moment))) == closing


def test_a_holiday_closes_what_begins_on_it_and_lets_the_night_before_end() -> None:
    kept = calendar("bar", holidays=["2026-11-13"])
    assert kept.is_open(at("2026-11-13 01:30"))
    assert not kept.is_open(at("2026-11-13 21:00"))
    assert not kept.is_open(at("2026-11-14 01:30"))


def test_a_night_shift_on_the_last_day_of_a_season_runs_to_its_end() -> None:
    late = Season("Feria", "11-14", "11-14", (opens("22:00-06:00"),) * 7)
    kept = Calendar(Hours("feria", (opens("10:00-14:00"),) * 7, (late,)), MADRID, {})
    assert [
        shown(moment) for moment in (kept.next_opening(at("2026-11-14 12:00")), kept.closing(at("2026-11-15 01:00")))
    ] == [
        "2026-11-14 22:00",
        "2026-11-15 06:00",
    ]


def test_of_two_seasons_the_first_that_covers_the_day_counts() -> None:
    week = Season("Semana", "08-10", "08-16", (opens("12:00-13:00"),) * 7)
    first, second = (Calendar(replace(SHOP, seasons=order), MADRID, {}) for order in ((week, AUGUST), (AUGUST, week)))
    assert shown(first.next_opening(at("2026-08-12 08:00"))) == "2026-08-12 12:00"
    assert shown(second.next_opening(at("2026-08-12 08:00"))) == "2026-08-12 09:30"


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        ("2026-11-09 00:00", "La Almudena"),
        ("2026-11-09 23:59", "La Almudena"),
        ("2026-11-10 00:00", ""),
        ("2026-12-08 12:00", ""),
    ],
)
def test_a_holiday_has_a_name_unless_the_day_has_hours_of_its_own(moment: str, name: str) -> None:
    assert calendar("default").holiday(at(moment)) == name


def test_hours_that_keep_no_holidays_know_none() -> None:
    kept = calendar("always")
    assert kept.holiday(at("2026-11-09 12:00")) == ""
    assert kept.is_open(at("2026-11-09 12:00"))


@pytest.mark.parametrize(
    ("zone", "day", "minutes", "moment"),
    [
        ("Europe/Madrid", "2026-11-10", 600, "2026-11-10T09:00Z"),
        ("Europe/Madrid", "2026-11-10", 1440, "2026-11-10T23:00Z"),
        ("Europe/Madrid", "2026-03-29", 119, "2026-03-29T00:59Z"),
        ("Europe/Madrid", "2026-03-29", 150, "2026-03-29T01:00Z"),  # 02:30 does not exist: the moment of the change
        ("Europe/Madrid", "2026-03-29", 180, "2026-03-29T01:00Z"),
        ("Europe/Madrid", "2026-10-25", 150, "2026-10-25T00:30Z"),  # 02:30 comes twice: the first
        ("Europe/Madrid", "2026-10-25", 180, "2026-10-25T02:00Z"),
        ("Australia/Lord_Howe", "2026-10-04", 135, "2026-10-03T15:30Z"),  # half an hour is skipped
        ("Pacific/Apia", "2011-12-30", 600, "2011-12-30T10:00Z"),  # the whole day is
        ("Asia/Kolkata", "2026-11-10", 600, "2026-11-10T04:30Z"),
        ("Europe/Madrid", "1890-06-01", 600, "1890-06-01T10:14:44Z"),  # before there were zones
        ("Europe/Madrid", "2126-07-01", 600, "2126-07-01T08:00Z"),
    ],
)
def test_a_time_of_the_clock_is_the_first_moment_that_shows_it_or_a_later_one(
    zone: str, day: str, minutes: int, moment: str
) -> None:
    assert instant(ZoneInfo(zone), date.fromisoformat(day), minutes) == at(moment)


def test_a_shop_that_closes_at_an_hour_that_comes_twice_closes_once() -> None:
    kept = Calendar(Hours("night", (opens("01:00-02:30"),) * 7), MADRID, {})
    assert kept.is_open(at("2026-10-25 02:15+02:00"))
    assert not kept.is_open(at("2026-10-25 02:15+01:00"))
    assert calendar("halves").closing(at("2026-10-25 01:00")) == at("2026-10-25 05:00")
    assert calendar("halves").between(at("2026-10-25 00:00"), at("2026-10-25 12:00")) == 5 * HOUR


def test_a_clock_that_is_set_back_into_yesterday_does_not_take_back_what_has_opened() -> None:
    zone = ZoneInfo("America/St_Johns")  # 00:01 of Sunday became 23:01 of Saturday
    kept = Calendar(Hours("night", (opens("00:00-05:00"),) * 7), zone, {})
    again = at("2010-11-06 23:30-03:30")
    assert kept.day(again) == date(2010, 11, 6)
    assert kept.is_open(again)
    assert kept.between(at("2010-11-06 12:00-02:30"), again) == 30 * 60
    assert kept.openings(at("2010-11-06 12:00-02:30"), again) == [(again - 30 * 60, again)]


def test_a_shop_that_opens_at_an_hour_that_is_skipped_opens_with_the_change() -> None:
    kept = Calendar(Hours("night", (opens("02:30-05:00"),) * 7), MADRID, {})
    assert kept.next_opening(at("2026-03-29 00:00")) == at("2026-03-29 03:00")


def test_a_day_that_a_zone_left_out_has_no_hours() -> None:
    kept = Calendar(Hours("island", (opens("10:00-14:00"),) * 7), ZoneInfo("Pacific/Apia"), {})
    begin, end = at("2011-12-29 00:00", "Pacific/Apia"), at("2012-01-01 00:00", "Pacific/Apia")
    assert kept.between(begin, end) == 2 * 4 * HOUR
    assert len(kept.openings(begin, end)) == 2


def test_a_closed_shop_never_gets_there() -> None:
    with pytest.raises(NeverOpen, match=r"^hours\.never: "):
        calendar("never").add(at("2026-11-10 10:00"), 1)
    assert calendar("never").between(at("2026-01-01 00:00"), at("2027-01-01 00:00")) == 0


def test_what_opens_two_years_from_now_is_found_and_later_is_not() -> None:
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for days, found in ((HORIZON, True), (HORIZON + 1, False)):
        opening = (now + timedelta(days=days)).date().isoformat()
        kept = Calendar(replace(NEVER, special={opening: opens("10:00-14:00")}), UTC, {})
        assert (kept.next_opening(now.timestamp()) is not None) is found


def test_time_that_has_to_pass_over_many_years_passes() -> None:
    kept = calendar("always", "UTC")
    assert kept.add(at("1971-01-01 00:00", "UTC"), 86_400 * 365 * 60) == at("2030-12-17 00:00", "UTC")
    assert kept.between(at("1971-01-01 00:00", "UTC"), at("2030-12-17 00:00", "UTC")) == 86_400 * 365 * 60


@pytest.mark.parametrize("seconds", [0, -5])
def test_no_time_to_wait_is_now_open_or_not(seconds: float) -> None:
    closed = at("2026-11-10 15:00")
    assert calendar("default").add(closed, seconds) == closed


def test_between_is_nothing_backwards() -> None:
    assert calendar("default").between(at("2026-11-10 12:00"), at("2026-11-10 10:00")) == 0


def test_fractions_of_a_second_count_on_the_day_that_they_belong_to() -> None:
    kept = calendar("always", "UTC")
    last = nextafter(at("2026-11-10 00:00", "UTC"), 0)
    assert kept.day(last) == date(2026, 11, 9)
    assert kept.is_open(last)
    assert kept.between(last, last + 0.5) == pytest.approx(0.5)


def test_openings_are_cut_off_at_both_ends_and_joined_where_they_touch() -> None:
    kept = calendar("bar")
    found = kept.openings(at("2026-11-14 23:00"), at("2026-11-19 21:00"))
    assert [(shown(begins), shown(ends)) for begins, ends in found] == [
        ("2026-11-14 23:00", "2026-11-15 08:00"),
        ("2026-11-19 20:00", "2026-11-19 21:00"),
    ]


def test_a_calendar_remembers_so_many_days_and_stays_right() -> None:
    kept = calendar("default")
    first = kept.add(at("2026-11-10 13:00"), 2 * HOUR)
    assert kept.between(at("1990-01-01 00:00"), at("2020-01-01 00:00")) > 0
    assert len(kept._days) <= KEPT_DAYS  # noqa: SLF001 - memory cannot be seen from outside
    assert kept.add(at("2026-11-10 13:00"), 2 * HOUR) == first


# Whose hours


CHANNELS = {"default": ChannelRules(hours="weekdays"), "phone": ChannelRules(hours="night"), "chat": ChannelRules()}
QUEUES = {"default": DEFAULT_QUEUE, "wholesale": replace(DEFAULT_QUEUE, id="wholesale", hours="bar")}
SEVERAL = replace(POLICY, hours=TABLES | {"default": SHOP}, channels=CHANNELS, queues=QUEUES, holidays=HOLIDAYS)


@pytest.mark.parametrize(
    ("channel", "queue", "hours"),
    [
        ("email", "", "weekdays"),
        ("chat", "", "weekdays"),
        ("phone", "", "night"),
        ("phone", "default", "night"),
        ("phone", "wholesale", "bar"),
        ("phone", "gone", "night"),
    ],
)
def test_the_hours_are_those_of_the_queue_then_the_channel_then_the_shop(channel: str, queue: str, hours: str) -> None:
    assert calendar_of(SEVERAL, channel, queue).hours.id == hours


def test_the_shops_own_hours_and_holidays_count_where_nothing_else_is_said() -> None:
    kept = calendar_of(replace(SEVERAL, channels={}), "email")
    assert kept.hours is SHOP
    assert kept.holiday(at("2026-11-09 12:00")) == "La Almudena"


def test_asking_again_gives_the_same_calendar_and_another_policy_another() -> None:
    assert calendar_of(SEVERAL, "email") is calendar_of(SEVERAL, "chat")
    changed = replace(SEVERAL, holidays={})
    assert calendar_of(changed, "email") is not calendar_of(SEVERAL, "email")
    assert calendar_of(replace(SEVERAL, timezone="Atlantic/Canary"), "email").zone == ZoneInfo("Atlantic/Canary")


def test_only_so_many_calendars_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[int, int, str], Calendar] = {}
    monkeypatch.setattr(hours_module, "_calendars", kept)
    for _ in range(200):
        policy = replace(POLICY, hours={"default": replace(SHOP)}, holidays={})
        assert calendar_of(policy, "email").hours is policy.hours["default"]
    assert len(kept) <= hours_module.KEPT_CALENDARS
