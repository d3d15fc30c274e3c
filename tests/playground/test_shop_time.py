"""The moment that is pretended is the moment that the shop's own calendar sees."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.policy.hours import Calendar, calendar_of
from mostrador.policy.model import Hours, Interval, Patience, Policy, Queue, Season, Target
from playground.shop_time import FEAST, Moment, Pretence, pretending

MADRID = ZoneInfo("Europe/Madrid")
USUAL = ((Interval(600, 840), Interval(1020, 1200)),) * 5 + ((), ())
AUGUST = Season("Agosto", "08-01", "08-31", ((Interval(570, 870),),) * 7)
POLICY = Policy(
    shop_name="La Tinaja",
    language="es",
    queues={"default": Queue("default", {}, "C0ATENCION", (), "")},
    agents={},
    hours={
        "default": Hours("default", USUAL, (AUGUST,), {"2026-11-23": (Interval(0, 1440),)}),
        "phone": Hours("phone", ((Interval(630, 810),),) * 7, keeps_holidays=False),
    },
    holidays={"2026-11-24": "Fiesta"},
    targets={"default": Target("default", 7200, 3600), "chat": Target("chat", 150, 30)},
    patience=Patience(follow_up_after=345_600, close_after=0, community_wait=14_400, callback_again=900),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(MADRID)).map(  # noqa: DTZ001
    datetime.timestamp
)


def calendars(policy: Policy) -> list[Calendar]:
    return [Calendar(hours, MADRID, policy.holidays) for hours in policy.hours.values()]


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID).timestamp()


@given(moments)
def test_morning_is_open_for_a_while(now: float) -> None:
    for calendar in calendars(pretending(POLICY, Pretence(Moment.MORNING), now)):
        assert calendar.is_open(now)
        closing = calendar.closing(now)
        assert closing is not None
        assert closing - now > 3600


@given(moments)
def test_lunch_break_is_closed_and_opens_soon(now: float) -> None:
    for calendar in calendars(pretending(POLICY, Pretence(Moment.LUNCH), now)):
        assert not calendar.is_open(now)
        if datetime.fromtimestamp(now, MADRID).hour < 22:
            opening = calendar.next_opening(now)
            assert opening is not None
            assert opening - now <= 2 * 3600 + 1800


@given(moments)
def test_night_is_closed_for_hours(now: float) -> None:
    for calendar in calendars(pretending(POLICY, Pretence(Moment.NIGHT), now)):
        opening = calendar.next_opening(now)
        assert opening is not None
        assert opening - now > 3600


@given(moments)
def test_holiday_is_closed_all_day_and_has_a_name(now: float) -> None:
    for calendar in calendars(pretending(POLICY, Pretence(Moment.HOLIDAY), now)):
        assert not calendar.is_open(now)
        assert calendar.holiday(now) == FEAST


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-24", "2026-12-20"])
def test_august_has_the_hours_of_august(day: str) -> None:
    now = at(f"{day}T12:00")
    calendar = calendar_of(pretending(POLICY, Pretence(Moment.AUGUST), now), "email")
    assert calendar.is_open(at(f"{day}T14:00"))
    assert not calendar.is_open(at(f"{day}T17:30"))


def test_hours_without_an_august_stay_as_they_are() -> None:
    varied = pretending(POLICY, Pretence(Moment.AUGUST), at("2026-11-24T12:00"))
    assert varied.hours["phone"] == POLICY.hours["phone"]


@pytest.mark.parametrize("moment", [Moment.MORNING, Moment.LUNCH, Moment.NIGHT, Moment.HOLIDAY])
def test_tomorrow_is_as_usual(moment: Moment) -> None:
    varied = pretending(POLICY, Pretence(moment), at("2026-11-25T12:00"))
    tomorrow = at("2026-11-26T00:00"), at("2026-11-27T00:00")
    before, after = (calendar_of(policy, "email").openings(*tomorrow) for policy in (POLICY, varied))
    assert before == after


def test_nothing_pretended_is_the_same_policy() -> None:
    assert pretending(POLICY, Pretence(), at("2026-11-25T12:00")) is POLICY


def test_hurry_makes_minutes_of_hours_and_nothing_of_nothing() -> None:
    varied = pretending(POLICY, Pretence(hurry=True), at("2026-11-25T12:00"))
    assert varied.targets["default"] == Target("default", 120, 60)
    assert varied.targets["chat"] == Target("chat", 3, 1)
    assert varied.patience == Patience(follow_up_after=5760, close_after=0, community_wait=240, callback_again=15)
    assert replace(varied, targets=POLICY.targets, patience=POLICY.patience) == POLICY
