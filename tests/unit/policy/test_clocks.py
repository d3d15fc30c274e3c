"""Who waits for whom, and since when: the clocks of a conversation, step by step."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.conversations import a_conversation
from fakes.policies import POLICY
from mostrador.domain.attention import Clock, Stage
from mostrador.domain.conversation import State
from mostrador.policy import clocks
from mostrador.policy.model import Patience, Policy, Target

NOW = 1_780_000_000.0
HOUR = 3600.0
DAY = 24 * HOUR
PATIENT = replace(POLICY, patience=Patience(follow_up_after=int(4 * DAY), close_after=int(10 * DAY)))
CONVERSATION = a_conversation(NOW)
WAITING = clocks.waits(CONVERSATION, PATIENT, NOW)
ANSWERED = clocks.answered(WAITING, PATIENT, NOW + HOUR)


def test_who_begins_to_wait_is_promised_a_first_response() -> None:
    promise = WAITING.promise
    assert promise is not None
    assert (promise.kind, promise.since, promise.due_at) == ("first", NOW, NOW + 2 * HOUR)
    assert WAITING.clocks == {Clock.PROMISE: NOW + HOUR}  # half of the time


def test_the_target_of_the_conversation_counts() -> None:
    policy = replace(POLICY, targets={**POLICY.targets, "wholesale": Target("wholesale", first=600, next=600)})
    waiting = clocks.waits(replace(CONVERSATION, target="wholesale"), policy, NOW)
    assert waiting.promise is not None
    assert (waiting.promise.target, waiting.promise.due_at) == ("wholesale", NOW + 600)


def test_who_was_answered_once_is_promised_the_next_response() -> None:
    again = clocks.waits(ANSWERED, PATIENT, NOW + 3 * HOUR)
    assert again.promise is not None
    assert (again.promise.kind, again.promise.since) == ("next", NOW + 3 * HOUR)


def test_who_waits_already_is_promised_nothing_new() -> None:
    assert clocks.waits(WAITING, PATIENT, NOW + HOUR) == WAITING


def test_warnings_that_were_told_are_not_told_again_to_who_goes_on_waiting() -> None:
    assert WAITING.promise is not None
    warned = clocks.promised(WAITING, replace(WAITING.promise, passed=1))
    assert clocks.waits(warned, PATIENT, NOW + 2 * HOUR) == warned


@pytest.mark.parametrize(
    "fields",
    [{"stage": Stage.MACHINE}, {"stage": Stage.COMMUNITY}, {"quarantine": "spam"}],
    ids=["a machine answers", "others may answer", "nobody sees it"],
)
def test_nothing_is_promised_while_no_person_has_to_answer(fields: dict[str, Any]) -> None:
    waiting = clocks.waits(replace(CONVERSATION, **fields), PATIENT, NOW)
    assert (waiting.promise, waiting.clocks) == (None, {})


def test_an_answer_that_got_through_keeps_the_promise_and_begins_the_wait_for_the_customer() -> None:
    assert (ANSWERED.promise, ANSWERED.first_answered_at) == (None, NOW + HOUR)
    assert ANSWERED.clocks == {Clock.FOLLOW_UP: NOW + HOUR + 4 * DAY}


def test_the_first_answer_stays_the_first() -> None:
    assert clocks.answered(ANSWERED, PATIENT, NOW + DAY).first_answered_at == NOW + HOUR


@pytest.mark.parametrize(
    ("patience", "expected"),
    [
        (Patience(), {}),
        (Patience(close_after=600), {Clock.CLOSE: NOW + 600}),
        (Patience(follow_up_after=60), {Clock.FOLLOW_UP: NOW + 60}),
        (Patience(follow_up_after=60, close_after=600), {Clock.FOLLOW_UP: NOW + 60}),
    ],
    ids=["for ever", "until it closes", "until they are asked", "until they are asked, first"],
)
def test_how_long_we_wait_for_a_customer_is_the_policys_to_say(
    patience: Patience, expected: dict[Clock, float]
) -> None:
    assert clocks.answered(CONVERSATION, replace(POLICY, patience=patience), NOW).clocks == expected


def test_a_customer_who_writes_again_is_not_waited_for() -> None:
    again = clocks.waits(ANSWERED, PATIENT, NOW + DAY)
    assert set(again.clocks) == {Clock.PROMISE}


def test_an_answer_to_a_conversation_that_was_closed_meanwhile_begins_nothing() -> None:
    closed = clocks.stopped(replace(WAITING, state=State.CLOSED))
    assert clocks.answered(closed, PATIENT, NOW + HOUR).clocks == {}
    assert clocks.answered(closed, PATIENT, NOW + HOUR).first_answered_at == NOW + HOUR


def test_what_a_machine_answered_only_waits_for_its_end() -> None:
    resting = clocks.rests(replace(CONVERSATION, stage=Stage.MACHINE), PATIENT, NOW)
    assert (resting.promise, resting.clocks) == (None, {Clock.CLOSE: NOW + 10 * DAY})


def test_a_promise_runs_on_while_the_conversation_is_snoozed() -> None:
    snoozed = clocks.snoozed(WAITING, NOW + DAY)
    assert snoozed.state is State.SNOOZED
    assert snoozed.promise == WAITING.promise
    assert snoozed.clocks == {Clock.PROMISE: NOW + HOUR, Clock.WAKE: NOW + DAY}


def test_a_customer_is_not_asked_while_the_conversation_is_snoozed() -> None:
    snoozed = clocks.snoozed(ANSWERED, NOW + 30 * DAY)
    assert snoozed.clocks == {Clock.WAKE: NOW + 30 * DAY}
    assert clocks.answered(snoozed, PATIENT, NOW + DAY).clocks == {Clock.WAKE: NOW + 30 * DAY}


def test_a_customer_who_writes_ends_the_snooze() -> None:
    woken = clocks.waits(clocks.snoozed(ANSWERED, NOW + DAY), PATIENT, NOW + HOUR)
    assert woken.state is State.OPEN
    assert set(woken.clocks) == {Clock.PROMISE}


def test_what_is_closed_is_not_opened_by_waking_it() -> None:
    assert clocks.awake(replace(CONVERSATION, state=State.CLOSED)).state is State.CLOSED


def test_a_promised_call_outlasts_answers_and_snoozes_but_not_the_end() -> None:
    called = clocks.with_clock(WAITING, Clock.CALLBACK, NOW + DAY)
    for step in (
        clocks.waits(called, PATIENT, NOW),
        clocks.answered(called, PATIENT, NOW),
        clocks.snoozed(called, NOW + HOUR),
        clocks.rests(called, PATIENT, NOW),
    ):
        assert step.clocks[Clock.CALLBACK] == NOW + DAY
    assert clocks.stopped(called).clocks == {}


def test_who_is_to_be_called_is_promised_nothing_else() -> None:
    called = clocks.call_promised(clocks.waits(WAITING, PATIENT, NOW), NOW + DAY)
    again = clocks.waits(called, PATIENT, NOW + HOUR)
    assert (again.promise, again.clocks, again.callback_at) == (None, {Clock.CALLBACK: NOW + DAY}, NOW + DAY)


def test_a_call_that_is_only_noted_leaves_what_was_promised() -> None:
    promised = clocks.waits(WAITING, PATIENT, NOW)
    noted = clocks.call_noted(promised, NOW + DAY)
    assert noted.promise == promised.promise is not None
    assert clocks.waits(noted, PATIENT, NOW + HOUR).promise == promised.promise


def test_clocks_are_due_in_the_order_of_their_times() -> None:
    times = {Clock.CLOSE: NOW - 2, Clock.PROMISE: NOW - 1, Clock.CALLBACK: NOW, Clock.WAKE: NOW + 1}
    waiting = replace(CONVERSATION, clocks=times)
    assert clocks.due(waiting, NOW) == (Clock.CLOSE, Clock.PROMISE, Clock.CALLBACK)
    assert clocks.due(CONVERSATION, NOW) == ()


def test_a_promise_of_which_all_is_told_has_no_clock() -> None:
    assert WAITING.promise is not None
    told = clocks.promised(WAITING, replace(WAITING.promise, passed=3))
    assert (told.promise is not None, told.clocks) == (True, {})


def test_a_policy_that_forgot_the_target_promises_what_the_channel_does() -> None:
    policy: Policy = replace(POLICY, targets={"default": Target("default", first=60, next=60)})
    waiting = clocks.waits(replace(CONVERSATION, target="gone"), policy, NOW)
    assert waiting.promise is not None
    assert waiting.promise.due_at == NOW + 60
