"""What becomes of a message: of the thread's references, and of whoever waits for the answer."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.conversations import a_conversation
from fakes.inbox import FakeInbox
from fakes.policies import POLICY
from fakes.world import FakeClock, FakePolicies
from mostrador.domain.attention import Clock
from mostrador.domain.changes import Create
from mostrador.domain.conversation import Conversation, Direction, Message, State
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.policy import clocks
from mostrador.policy.model import Patience
from mostrador.usecases.sending.settle import LONGEST_REFERENCES, Outcome, Settle, follow

REFERENCES = st.lists(st.integers(0, 500).map("<{}@correo.example>".format), unique=True, max_size=300).map(tuple)


@given(REFERENCES, st.sampled_from(["", "<new@correo.example>"]))
def test_the_root_and_the_latest_are_kept_however_many_there_are(references: tuple[str, ...], reference: str) -> None:
    following = follow(references, reference)
    whole = (*references, reference) if reference else references
    assert len(following) <= LONGEST_REFERENCES
    assert following[:1] == whole[:1]
    assert following[1:] == whole[max(1, len(whole) - LONGEST_REFERENCES + 1) :]


@given(REFERENCES)
def test_a_reference_that_is_known_is_not_added(references: tuple[str, ...]) -> None:
    kept = follow(references, "")
    assert all(follow(kept, known) == kept for known in kept)


NOW = 1_780_000_000.0
ASKED = NOW - 600
PATIENT = replace(POLICY, patience=Patience(close_after=86_400))
BLOCKED = Failure(Reason.BLOCKED, retryable=False, fault=Fault.THEIRS)
CONVERSATION = clocks.waits(
    a_conversation(ASKED, waiting_since=ASKED, counter=2, last_inbound=1, outbox=frozenset({2})),
    PATIENT,
    ASKED,
)
ANSWER = Message("c1", 2, Direction.OUTBOUND, "Sí.", NOW - 60, author="U0MARTA", state=Delivery.SENDING)


def settled(
    outcome: Delivery, conversation: Conversation = CONVERSATION, *, later: tuple[Message, ...] = (), **fields: Any
) -> Conversation:
    """The conversation after that outcome of its answer, and after which messages."""
    inbox = FakeInbox()
    inbox.commit(Create(conversation), Create(replace(ANSWER, **fields)), *map(Create, later))
    settle = Settle(inbox, FakePolicies(PATIENT), FakeClock(NOW))
    settle("c1", 2, Outcome(outcome, "event", failure=BLOCKED if outcome is Delivery.FAILED else None))
    found = inbox.conversation("c1")
    assert found is not None
    return found


@pytest.mark.parametrize("outcome", [Delivery.ACCEPTED, Delivery.DELIVERED, Delivery.READ])
def test_an_answer_that_got_through_ends_the_waiting(outcome: Delivery) -> None:
    conversation = settled(outcome)
    assert (conversation.waiting_since, conversation.promise) == (0.0, None)
    assert conversation.first_answered_at == NOW
    assert conversation.clocks == {Clock.CLOSE: NOW + 86_400}


@pytest.mark.parametrize("outcome", [Delivery.FAILED, Delivery.UNKNOWN])
def test_an_answer_that_may_not_have_arrived_leaves_everything_as_it_was(outcome: Delivery) -> None:
    conversation = settled(outcome)
    assert conversation.waiting_since == ASKED
    assert (conversation.promise, conversation.clocks) == (CONVERSATION.promise, CONVERSATION.clocks)


def test_an_answer_in_doubt_that_did_arrive_ends_the_waiting() -> None:
    assert settled(Delivery.DELIVERED, state=Delivery.UNKNOWN).promise is None


def test_an_answer_that_came_back_makes_the_customer_wait_since_now() -> None:
    answered = clocks.answered(replace(CONVERSATION, waiting_since=0.0), PATIENT, NOW - 30)
    conversation = settled(Delivery.FAILED, answered, state=Delivery.ACCEPTED)
    assert conversation.promise is not None
    assert (conversation.promise.kind, conversation.promise.since) == ("next", NOW)
    assert set(conversation.clocks) == {Clock.PROMISE}


def test_an_answer_that_came_back_starts_no_clock_of_what_is_closed() -> None:
    closed = clocks.stopped(replace(CONVERSATION, state=State.CLOSED, waiting_since=0.0))
    conversation = settled(Delivery.FAILED, closed)
    assert (conversation.promise, conversation.clocks) == (None, {})
    assert conversation.waiting_since == NOW


@pytest.mark.parametrize("outcome", [Delivery.ACCEPTED, Delivery.FAILED])
def test_what_becomes_of_a_machines_message_changes_no_promise(outcome: Delivery) -> None:
    conversation = settled(outcome, author="", automatic=True)
    assert (conversation.promise, conversation.clocks) == (CONVERSATION.promise, CONVERSATION.clocks)
    assert (conversation.waiting_since, conversation.first_answered_at) == (ASKED, 0.0)


@pytest.mark.parametrize("later", [Delivery.DELIVERED, Delivery.READ])
def test_a_later_receipt_of_the_same_answer_begins_nothing_anew(later: Delivery) -> None:
    answered = clocks.answered(replace(CONVERSATION, waiting_since=0.0), PATIENT, NOW - 300)
    assert settled(later, answered, state=Delivery.ACCEPTED).clocks == {Clock.CLOSE: NOW - 300 + 86_400}


@pytest.mark.parametrize(("automatic", "since"), [(False, NOW - 5), (True, 0.0)], ids=["the customer", "a machine"])
def test_who_wrote_while_the_answer_was_on_its_way_waits_unless_it_was_a_machine(
    since: float, *, automatic: bool
) -> None:
    again = Message("c1", 3, Direction.INBOUND, "¿Y el verde?", NOW - 5, automatic=automatic)
    conversation = settled(Delivery.ACCEPTED, replace(CONVERSATION, counter=3, last_inbound=3), later=(again,))
    assert conversation.waiting_since == since
    assert (conversation.promise is not None) is not automatic


AGAIN = Message("c1", 3, Direction.INBOUND, "¿Y el verde?", NOW - 5, received_at=NOW - 5)
AGAIN_ANSWERED = Message("c1", 4, Direction.OUTBOUND, "También.", NOW - 4, author="U0LUIS", state=Delivery.ACCEPTED)


@pytest.mark.parametrize(
    ("fields", "waits"),
    [
        ({}, False),
        ({"state": Delivery.HELD}, True),
        ({"state": Delivery.FAILED}, True),
        ({"automatic": True, "author": ""}, True),
    ],
    ids=["answered", "on hold", "failed", "by a machine"],
)
def test_who_wrote_again_and_was_answered_waits_no_more_when_the_first_answer_is_told_of_late(
    fields: dict[str, Any], *, waits: bool
) -> None:
    later = (AGAIN, replace(AGAIN_ANSWERED, **fields))
    asked_twice = replace(CONVERSATION, counter=4, last_inbound=3)
    conversation = settled(Delivery.DELIVERED, asked_twice, later=later, state=Delivery.UNKNOWN)
    assert (conversation.promise is not None, bool(conversation.waiting_since)) == (waits, waits)


def test_what_a_provider_kept_for_days_breaks_no_promise_when_it_comes() -> None:
    again = replace(AGAIN, at=NOW - 3 * 86_400)
    conversation = settled(Delivery.ACCEPTED, replace(CONVERSATION, counter=3, last_inbound=3), later=(again,))
    assert conversation.promise is not None
    assert conversation.promise.since == NOW - 5
