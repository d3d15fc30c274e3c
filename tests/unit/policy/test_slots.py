from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from mostrador.policy.hours import Calendar
from mostrador.policy.model import Hours, Interval
from mostrador.policy.slots import slots

MADRID = ZoneInfo("Europe/Madrid")
WEEKDAYS = Hours("phone", ((Interval(630, 810),),) * 5 + ((), ()))
ODD = Hours("odd", ((Interval(610, 625), Interval(1000, 1045)),) * 7)
NEVER = Hours("never", ((),) * 7)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID).timestamp()


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        ("2026-11-23 09:00", ["23 10:30", "23 11:30", "24 10:30"]),
        ("2026-11-23 10:31", ["23 11:30", "23 12:30", "24 10:30"]),
        ("2026-11-23 12:10", ["23 13:00", "24 10:30", "25 10:30"]),
        ("2026-11-23 13:05", ["24 10:30", "24 11:30", "25 10:30"]),
        ("2026-11-27 20:00", ["30 10:30", "30 11:30", "01 10:30"]),
    ],
)
def test_three_times_are_offered_within_the_hours(now: str, offered: list[str]) -> None:
    found = slots(Calendar(WEEKDAYS, MADRID, {}), at(now))
    assert [f"{datetime.fromtimestamp(each, MADRID):%d %H:%M}" for each in found] == offered


def test_an_opening_without_a_half_hour_in_it_is_offered_itself() -> None:
    found = slots(Calendar(ODD, MADRID, {}), at("2026-11-23 08:00"))
    assert [f"{datetime.fromtimestamp(each, MADRID):%d %H:%M}" for each in found] == [
        "23 10:10",
        "23 17:00",
        "24 10:10",
    ]


def test_a_phone_that_is_never_attended_offers_nothing() -> None:
    assert slots(Calendar(NEVER, MADRID, {}), at("2026-11-23 09:00")) == ()


def test_a_holiday_is_left_out() -> None:
    found = slots(Calendar(WEEKDAYS, MADRID, {"2026-11-24": "fiesta"}), at("2026-11-23 12:10"))
    assert [datetime.fromtimestamp(each, MADRID).day for each in found] == [23, 25, 26]
