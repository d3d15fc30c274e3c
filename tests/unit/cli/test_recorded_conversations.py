"""Where the example policy sends each kind of conversation, those of channels that are not connected yet as well."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cli.policyfile.read import read_policy
from cli.recordings import read_recordings
from mostrador.domain.attention import Stage
from mostrador.policy.model import Policy
from mostrador.policy.recorded import Happened, Recorded
from mostrador.policy.routing import NO_ANSWER, in_text
from mostrador.policy.simulator import Replayed, replay
from mostrador.selfservice.fixed import fixed_answer

ROOT = Path(__file__).parents[3]
RECORDED = read_recordings(ROOT / "tests/recorded")
HOUR = 3600


@cache
def example() -> Policy:
    return read_policy(ROOT / "infra/policy/policy.yaml").policy


def replayed(name: str) -> Replayed:
    (recorded,) = (each for each in RECORDED if each.id == name)
    return replay(example(), recorded, fixed_answer)


def as_happened(found: Replayed) -> Happened:
    decision = found.decision
    return Happened(
        segment=decision.segment,
        attention=decision.attention,
        queue=decision.queue,
        agent=decision.agent,
        priority=in_text(decision.priority),
        tags=decision.tags,
        promise=decision.promise,
        answer=found.answer or (NO_ANSWER if decision.answer == NO_ANSWER else ""),
        protocol=decision.protocol,
    )


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda recorded: recorded.id)
def test_the_example_policy_sends_a_conversation_where_its_record_says(recorded: Recorded) -> None:
    assert as_happened(replay(example(), recorded, fixed_answer)) == recorded.then


def test_the_records_are_of_many_kinds() -> None:
    assert len(RECORDED) >= 60
    assert len({recorded.id for recorded in RECORDED}) == len(RECORDED)
    assert {recorded.language for recorded in RECORDED} == {"es", "en"}
    channels = {"comments", "forum", "phone", "chat", "whatsapp", "instagram", "form", "email", "sms"}
    assert channels <= {recorded.channel for recorded in RECORDED}


def kinds() -> Iterator[tuple[str, list[Happened]]]:
    for name, group in groupby(RECORDED, lambda recorded: recorded.id.partition(":")[0]):
        yield name, [recorded.then for recorded in group]


KINDS: Mapping[str, list[Happened]] = dict(kinds())

# What each kind has in common, as a manager would put it. Ideas and complaints go their own ways everywhere.


def ordinary(kind: str) -> list[Happened]:
    found = [then for then in KINDS[kind] if then.attention != "co_creation" and then.priority != "urgent"]
    assert found
    return found


def test_what_everybody_can_read_is_answered_by_a_person_soon_and_by_protocol() -> None:
    for then in ordinary("comments"):
        assert (then.attention, then.priority, then.protocol, then.answer) == ("personal", "high", "public", "none")


def test_in_the_forum_customers_go_first_and_no_machine_speaks() -> None:
    for then in ordinary("forum"):
        assert (then.attention, then.promise, then.answer) == ("community", "public", "none")
    assert replayed("forum: at night").stage is Stage.COMMUNITY
    assert replayed("forum: a complaint wants a person").stage is Stage.PERSON


def test_whoever_calls_gets_a_person() -> None:
    for then in ordinary("phone"):
        person = "dedicated" if then.segment == "wholesale" else "personal"
        assert (then.attention, then.priority, then.answer) == (person, "high", "none")


def test_in_the_chat_an_answer_is_promised_within_minutes_except_to_wholesalers() -> None:
    for then in ordinary("chat"):
        assert then.promise == ("wholesale" if then.segment == "wholesale" else "chat")


def test_at_night_everybody_on_whatsapp_hears_something() -> None:
    assert {then.answer for then in KINDS["whatsapp_at_night"]} == {"closed", "delivery", "idea"}


def test_on_a_holiday_the_shop_says_when_it_is_back() -> None:
    closed = [then.answer for then in KINDS["holiday"] if then.answer]
    assert set(closed) == {"closed", "received"}
    assert closed.count("received") == 1  # on the morning of Christmas Eve it is open


def test_ideas_are_filed_wherever_they_come_from_and_thanked_for_by_a_machine_where_only_they_read_it() -> None:
    ideas = [recorded for recorded in RECORDED if recorded.then.attention == "co_creation"]
    assert len(ideas) >= 5
    for idea in ideas:
        then, answer = idea.then, "none" if idea.public else "idea"
        assert (then.queue, then.priority, then.promise, then.answer) == ("ideas", "low", "ideas", answer)


def test_a_complaint_is_urgent_and_comes_to_a_person_wherever_it_comes_from() -> None:
    complaints = [then for each in KINDS.values() for then in each if "queja" in then.tags]
    assert len(complaints) >= 5
    for then in complaints:
        person = "dedicated" if then.segment == "wholesale" else "personal"
        assert (then.attention, then.priority, then.protocol) == (person, "urgent", "complaints")


@pytest.mark.parametrize(
    ("name", "segment", "queue", "answer", "hours"),
    [
        ("wholesale: asks for delivery", "wholesale", "wholesale", "received", 1),
        ("regulars: asks for delivery", "recurring", "default", "received", 2),
        ("visitors: a buyer asks for delivery", "buyer", "default", "delivery", None),
        ("visitors: asks for delivery by mail", "new", "default", "delivery", None),
        ("visitors: an unproven sender", "new", "default", "", 2),
    ],
)
def test_the_same_question_goes_different_ways_for_different_people(
    name: str, segment: str, queue: str, answer: str, hours: int | None
) -> None:
    found = replayed(name)
    assert (found.decision.segment, found.decision.queue, found.answer) == (segment, queue, answer)
    assert (found.promise and found.promise.due_at - found.promise.since) == (hours and hours * HOUR)


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("regulars: on a Sunday", "2026-11-23 12:00"),
        ("whatsapp_at_night: a regular", "2026-11-25 12:00"),
        ("holiday: the town's own day, a regular", "2026-11-10 12:00"),
        ("august: in the afternoon", "2026-08-13 11:30"),
        ("august: a Saturday", "2026-08-24 11:30"),
        ("regulars: an invoice", "2026-11-25 11:50"),
        ("wholesale: before the shop opens", "2026-11-24 09:30"),
        ("whatsapp_at_night: a wholesaler", "2026-11-25 09:00"),
    ],
)
def test_a_promise_runs_in_opening_hours_alone(name: str, due: str) -> None:
    promise = replayed(name).promise
    assert promise is not None
    assert local(promise.due_at) == due


def local(at: float) -> str:
    return f"{datetime.fromtimestamp(at, ZoneInfo('Europe/Madrid')):%Y-%m-%d %H:%M}"
