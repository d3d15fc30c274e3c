"""Whatever goes wrong or changes, an open conversation in which somebody waits has a promise that runs."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import DEFAULT_QUEUE, POLICY
from fakes.world import START, Counter
from mostrador.domain.attention import Attention, Clock, Stage
from mostrador.domain.changes import Update
from mostrador.domain.conversation import Conversation, State
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.messages import Receipt
from mostrador.policy.model import FixedAnswer, IntentWords, Patience, Policy, Segment, Work

UNREACHABLE = Failure(Reason.UNREACHABLE, retryable=False, fault=Fault.THEIRS)
DAY = 86_400
SHOP: Policy = replace(
    POLICY,
    segments=(Segment("new", {"es": "Visita"}, Attention.SELF_SERVICE),),
    patience=Patience(close_after=10 * DAY, community_wait=3600),
    answers={
        "delivery": {"es": "Enviamos en 24 horas.", "en": "We ship within 24 hours."},
        "callback": {"es": "Te llamamos {callback}.", "en": "We will call you {callback}."},
    },
    fixed_answers=(FixedAnswer("delivery", "delivery", intents=("delivery",)),),
    requests={"callback": {"es": ("llamame",), "en": ("call me",)}},
    intents=(IntentWords("delivery", "es", ("envio", "cuanto tarda"), 2.0),),
)
TURNS = replace(DEFAULT_QUEUE, work=Work.ROUND_ROBIN)
QUESTION = "Hola, ¿cuánto tarda el envío a Sevilla?"


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    counter.policies.policy = SHOP
    return counter


def put(counter: Counter, **fields: Any) -> Conversation:
    before = counter.conversation
    counter.inbox.commit(Update(before, replace(before, **fields)))
    return counter.conversation


def load(counter: Counter, user: str) -> int:
    state = counter.inbox.agent(user)
    return state.load if state else 0


def forgotten(conversation: Conversation) -> bool:
    waits = conversation.stage is Stage.PERSON and bool(conversation.waiting_since)
    return conversation.state is not State.CLOSED and waits and Clock.PROMISE not in conversation.clocks


def last_notice(counter: Counter) -> tuple[str, tuple[str, ...]]:
    notice = counter.notices[-1]
    return notice.text, notice.mentions


# A machine's answer that did not arrive


def test_whom_the_machines_answer_did_not_reach_comes_to_a_person(counter: Counter) -> None:
    counter.channels["sms"].answers.append(UNREACHABLE)
    counter.writes(QUESTION)
    conversation = counter.conversation
    assert (conversation.stage, conversation.waiting_since) == (Stage.PERSON, START)
    assert conversation.promise is not None
    assert set(conversation.clocks) == {Clock.PROMISE}
    text, mentions = last_notice(counter)
    assert "no le ha llegado" in text
    assert mentions == ("U0MARTA", "U0LUIS", "U0INES")


def test_it_is_given_out_as_its_queue_gives_out_work(counter: Counter) -> None:
    counter.policies.policy = replace(SHOP, queues={"default": TURNS})
    counter.channels["sms"].answers.append(UNREACHABLE)
    counter.writes(QUESTION)
    assert (counter.conversation.assignee, load(counter, "U0MARTA")) == ("U0MARTA", 1)
    assert last_notice(counter)[1] == ("U0MARTA",)


def test_an_answer_of_a_machine_that_comes_back_later_is_no_answer_either(counter: Counter) -> None:
    counter.writes(QUESTION)
    counter.wait(600)
    bounce = Receipt("sms", counter.message(2).id, Delivery.FAILED, "provider-1", failure=UNREACHABLE)
    event = counter.event(bounce)
    for _ in range(2):
        counter.ingest(event)
        counter.run()
    assert counter.conversation.stage is Stage.PERSON
    assert not forgotten(counter.conversation)
    assert len(counter.notices) == 1


def test_it_calls_nobody_again_who_came_back_meanwhile(counter: Counter) -> None:
    counter.writes(QUESTION)
    counter.writes("Pero necesito recibirlo el viernes")
    promise, notices = counter.conversation.promise, len(counter.notices)
    counter.ingest(counter.event(Receipt("sms", counter.message(2).id, Delivery.FAILED, failure=UNREACHABLE)))
    counter.run()
    assert (counter.conversation.promise, len(counter.notices)) == (promise, notices)


def test_it_opens_nothing_that_was_closed(counter: Counter) -> None:
    counter.writes(QUESTION)
    counter.presses("close")
    counter.ingest(counter.event(Receipt("sms", counter.message(2).id, Delivery.FAILED, failure=UNREACHABLE)))
    counter.run()
    assert (counter.conversation.state, dict(counter.conversation.clocks)) == (State.CLOSED, {})
