"""What is promised, when somebody is told, and what a new version of the policy changes about it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.policies import POLICY
from mostrador.domain.routing import Promise
from mostrador.policy.hours import calendar_of
from mostrador.policy.model import ChannelRules, Hours, Interval, Policy, Target
from mostrador.policy.promises import FIRST, NEXT, promise_of, renewed

MADRID = ZoneInfo("Europe/Madrid")
SPLIT = (Interval(600, 840), Interval(1020, 1200))
HOURS = Hours("default", (SPLIT,) * 5 + ((), ()))
TARGETS = {
    "default": Target("default", first=7200, next=3600),
    "chat": Target("chat", first=180, next=120, warn=(80,)),
    "ideas": Target("ideas", first=7 * 3600, next=7 * 3600, warn=()),
    "unsorted": Target("unsorted", first=1000, next=1000, warn=(90, 10)),
}
SHOP = replace(
    POLICY,
    hours={"default": HOURS, "never": Hours("never", ((),) * 7)},
    targets=TARGETS,
    channels={"chat": ChannelRules(promise="chat"), "gone": ChannelRules(hours="never")},
    holidays={"2026-11-09": "La Almudena"},
)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID).timestamp()


def shown(moments: tuple[float, ...]) -> list[str]:
    return [f"{datetime.fromtimestamp(moment, MADRID):%m-%d %H:%M}" for moment in moments]


def promised(since: str, target: str = "default", kind: str = FIRST, channel: str = "email") -> Promise:
    return promise_of(SHOP, target, kind, at(since), channel, "default")


@pytest.mark.parametrize(
    ("since", "target", "kind", "marks"),
    [
        pytest.param("2026-11-10 10:00", "default", FIRST, ["11-10 11:00", "11-10 11:36", "11-10 12:00"], id="morning"),
        pytest.param("2026-11-10 13:00", "default", FIRST, ["11-10 14:00", "11-10 17:36", "11-10 18:00"], id="lunch"),
        pytest.param("2026-11-10 23:00", "default", NEXT, ["11-11 10:30", "11-11 10:48", "11-11 11:00"], id="night"),
        pytest.param("2026-11-06 19:30", "default", FIRST, ["11-10 10:30", "11-10 11:06", "11-10 11:30"], id="holiday"),
        pytest.param("2026-11-10 10:00", "chat", NEXT, ["11-10 10:01", "11-10 10:02"], id="one warning"),
        pytest.param("2026-11-10 10:00", "ideas", FIRST, ["11-10 20:00"], id="no warning"),
        pytest.param(
            "2026-11-10 10:00", "gone", FIRST, ["11-10 11:00", "11-10 11:36", "11-10 12:00"], id="unknown target"
        ),
    ],
)
def test_marks_are_shares_of_the_time_while_it_is_open(since: str, target: str, kind: str, marks: list[str]) -> None:
    promise = promised(since, target, kind)
    assert shown(promise.marks) == marks
    assert (promise.due_at, promise.since, promise.kind, promise.passed) == (promise.marks[-1], at(since), kind, 0)


def test_an_unknown_target_is_read_as_the_one_of_the_channel() -> None:
    assert promised("2026-11-10 10:00", "gone", channel="chat").target == "chat"


def test_warnings_rise_whatever_their_order_in_the_file() -> None:
    promise = promised("2026-11-10 10:00", "unsorted")
    assert [mark - promise.since for mark in promise.marks] == [100, 900, 1000]


def test_hours_that_never_open_leave_plain_time() -> None:
    promise = promised("2026-11-08 03:00", channel="gone")
    assert shown(promise.marks) == ["11-08 04:00", "11-08 04:36", "11-08 05:00"]


# Under another version of the policy

LONGER = replace(SHOP, targets={**TARGETS, "default": Target("default", first=4 * 3600, next=4 * 3600)})
FEWER = replace(SHOP, targets={**TARGETS, "default": Target("default", first=7200, next=3600, warn=(80,))})
MORE = replace(SHOP, targets={**TARGETS, "default": Target("default", first=7200, next=3600, warn=(25, 50, 80))})
HOLIDAY = replace(SHOP, holidays={"2026-11-10": "Puente"})
GONE = replace(SHOP, targets={"default": TARGETS["default"]})


def test_a_longer_target_counts_from_the_same_moment() -> None:
    promise = renewed(replace(promised("2026-11-10 10:00"), passed=1), LONGER, "email", "default")
    assert shown(promise.marks) == ["11-10 12:00", "11-10 13:12", "11-10 14:00"]
    assert (promise.since, promise.passed) == (at("2026-11-10 10:00"), 1)


def test_a_new_holiday_moves_what_is_due() -> None:
    promise = renewed(promised("2026-11-10 10:00"), HOLIDAY, "email", "default")
    assert shown(promise.marks) == ["11-11 11:00", "11-11 11:36", "11-11 12:00"]


def test_a_target_that_is_gone_becomes_the_one_of_the_channel() -> None:
    promise = renewed(promised("2026-11-10 10:00", "chat", NEXT), GONE, "email", "default")
    assert (promise.target, promise.kind) == ("default", NEXT)
    assert shown(promise.marks)[-1] == "11-10 11:00"


@pytest.mark.parametrize(
    ("policy", "before", "after"),
    [
        (SHOP, 0, 0),
        (SHOP, 2, 2),
        (SHOP, 3, 3),
        (FEWER, 1, 1),
        (FEWER, 2, 1),  # both warnings were told, the breach was not
        (FEWER, 3, 2),
        (MORE, 2, 2),
        (MORE, 3, 4),  # the breach was told: nothing is left to tell
    ],
)
def test_what_was_told_is_not_told_again_and_a_breach_that_was_not_still_is(
    policy: Policy, before: int, after: int
) -> None:
    promise = renewed(replace(promised("2026-11-10 10:00"), passed=before), policy, "email", "default")
    assert promise.passed == after
    assert (promise.next_mark == 0) is (before == 3)


def test_a_promise_without_marks_has_told_nothing() -> None:
    bare = Promise("default", FIRST, at("2026-11-10 10:00"), at("2026-11-10 12:00"))
    assert renewed(bare, SHOP, "email", "default").passed == 0


@given(
    since=st.integers(1_700_000_000, 1_900_000_000),
    target=st.sampled_from(sorted(TARGETS)),
    kind=st.sampled_from((FIRST, NEXT)),
)
def test_a_promise_is_due_after_just_its_time_and_renewed_to_itself(since: int, target: str, kind: str) -> None:
    promise = promise_of(SHOP, target, kind, since, "email", "default")
    allowed = TARGETS[target].first if kind == FIRST else TARGETS[target].next
    assert calendar_of(SHOP, "email", "default").between(since, promise.due_at) == pytest.approx(allowed)
    assert since < promise.marks[0]
    assert list(promise.marks) == sorted(promise.marks)
    assert renewed(promise, SHOP, "email", "default") == promise
