"""The one automatic answer: to people, once in a while, and never so that two machines talk."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.world import POLICY, START, Counter, received, text_of
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.messages import Consent, Receipt
from mostrador.policy.model import Rule
from mostrador.usecases.intake.acknowledge import Pause

TEXT = "Hemos recibido tu mensaje."


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    counter.policies.policy = replace(
        POLICY,
        rules=(Rule("mail", channels=("email",), answer="received"),),
        answers={"received": {"es": TEXT, "en": TEXT}},
    )
    return counter


def answers(counter: Counter) -> list[str]:
    return [message.text for channel in counter.channels.values() for message in channel.sent]


def test_a_first_mail_is_answered_at_once_and_says_that_a_machine_did(counter: Counter) -> None:
    counter.writes("Hola", channel="email", reference="1@x")
    (sent,) = counter.channels["email"].sent
    assert (sent.text, sent.automatic, sent.in_reply_to) == (TEXT, True, "1@x")
    assert counter.message(2).state is Delivery.ACCEPTED
    assert f"Respuesta automática a Ana Molina: {TEXT}" in text_of(counter.desk.thread(counter.root.ts)[1].card)
    assert counter.conversation.waiting_since > 0


def test_a_redelivery_is_not_answered_again(counter: Counter) -> None:
    event = counter.writes("Hola", channel="email", reference="1@x")
    counter.ingest(event)
    counter.run()
    assert answers(counter) == [TEXT]


def test_an_answer_that_was_stored_but_not_announced_leaves_after_a_redelivery(counter: Counter) -> None:
    event = counter.event(received("Hola", "m1", START, channel="email"))
    counter.ingest(event)
    counter.queues.deliver_wakes.clear()  # The function died before it could announce.
    counter.queues.desk_wakes.clear()
    counter.ingest(event)
    counter.run()
    assert answers(counter) == [TEXT]


def test_one_address_is_answered_once_in_a_period(counter: Counter) -> None:
    counter.writes("uno", channel="email", reference="1@x")
    counter.wait(Pause.COURTESY - 1)
    counter.writes("dos", channel="email", reference="2@x")
    assert answers(counter) == [TEXT]
    counter.wait(1)
    counter.writes("tres", channel="email", reference="3@x")
    assert answers(counter) == [TEXT, TEXT]


def test_somebody_else_is_answered_too(counter: Counter) -> None:
    counter.writes("uno", channel="email", reference="1@x")
    counter.writes("dos", channel="email", reference="2@x", sender="javier.ruiz@correo.example")
    assert answers(counter) == [TEXT, TEXT]


def test_a_message_within_a_conversation_is_not_answered_by_a_machine(counter: Counter) -> None:
    counter.writes("uno", channel="email", reference="1@x")
    counter.wait(Pause.COURTESY)
    counter.writes("dos", channel="email", reference="2@x", references=("1@x",))
    assert answers(counter) == [TEXT]


@pytest.mark.parametrize(
    "fields",
    [
        {"automatic": True},
        {"answerable": False},
        {"trusted": False},
        {"quarantine": "spam"},
        {"consent": Consent.STOP},
    ],
    ids=str,
)
def test_machines_and_strangers_are_never_answered_automatically(counter: Counter, fields: dict[str, Any]) -> None:
    counter.writes("Hola", channel="email", reference="1@x", **fields)
    assert answers(counter) == []


def test_a_channel_without_a_text_is_not_answered(counter: Counter) -> None:
    counter.writes("Hola")
    assert answers(counter) == []


def test_two_machines_do_not_talk_to_one_another(counter: Counter) -> None:
    """The other side answers every answer of ours as a person would seem to."""
    counter.writes("Hola", channel="email", reference="0@x")
    for number in range(1, 20):
        sent = counter.channels["email"].sent[-1]
        counter.writes("Gracias por su mensaje", channel="email", reference=f"{number}@x", subject=sent.subject)
    assert answers(counter) == [TEXT]


def test_a_bounce_of_the_answer_is_told_in_the_thread_and_somebody_still_waits(counter: Counter) -> None:
    counter.writes("Hola", channel="email", reference="1@x")
    bounced = Failure(Reason.BOUNCED, retryable=False, fault=Fault.THEIRS, code="5.1.1")
    counter.ingest(counter.event(Receipt("email", counter.message(2).id, Delivery.FAILED, failure=bounced)))
    counter.run()
    assert any(post.key == "failed.2" for post in counter.desk.thread(counter.root.ts))
    assert counter.conversation.waiting_since > 0
    assert counter.conversation.watch_at == 0
