"""A visitor of the chat leaves a mail address and goes away: the conversation goes on by mail."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import POLICY
from fakes.world import Counter, FakeChannel, text_of
from mostrador.channels.base import CannotBeAsked
from mostrador.domain.conversation import Identity
from mostrador.domain.delivery import Absent, Delivery, Failure, Fault, Reason
from mostrador.domain.messages import Address, Reachable
from mostrador.policy.model import Rule

VISITOR = Address("chat", "k3fvisitor")
ANA = "ana.molina@correo.example"


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    counter.channels["chat"] = FakeChannel("chat", found=None)
    return counter


def says(counter: Counter, text: str = "¿Hacéis envíos a Canarias?", **fields: Any) -> None:
    counter.writes(text, channel="chat", sender=VISITOR, **fields)


def leaves(counter: Counter, mail: str = ANA, name: str = "Ana", event: str = "e1") -> None:
    said = Reachable(event, Address("chat", VISITOR.value, name), mail, counter.clock())
    counter.ingest(counter.event(said, "chat"))
    counter.run()


def identity(counter: Counter) -> Identity:
    found = counter.inbox.identity(VISITOR)
    assert found is not None
    return found


def sent(counter: Counter, channel: str) -> list[tuple[str, str]]:
    return [(message.to.value, message.text) for message in counter.channels[channel].sent]


def goes_away(counter: Counter, times: int = 1) -> None:
    counter.channels["chat"].answers.extend([Absent()] * times)


def test_an_address_is_told_in_the_thread_once_and_names_the_visitor(counter: Counter) -> None:
    says(counter)
    leaves(counter)
    leaves(counter)
    (notice,) = counter.notices
    assert ANA in notice.text
    assert "Ana" in notice.text
    assert (identity(counter).mail, counter.conversation.address.name) == (ANA, "Ana")
    assert any(ANA in text_of(post.card) for post in counter.desk.thread(counter.root.ts))


def test_an_address_left_before_the_first_message_counts_for_the_conversation(counter: Counter) -> None:
    leaves(counter)
    says(counter)
    goes_away(counter)
    counter.answers("Sí, en tres días.")
    counter.wait(10)
    assert sent(counter, "email") == [(ANA, "Sí, en tres días.")]


def test_who_is_there_reads_it_in_the_chat_alone(counter: Counter) -> None:
    says(counter)
    leaves(counter)
    counter.answers("Sí.")
    counter.wait(10)
    assert (sent(counter, "chat"), sent(counter, "email")) == ([(VISITOR.value, "Sí.")], [])


def test_who_is_gone_without_an_address_reads_it_on_return(counter: Counter) -> None:
    says(counter)
    goes_away(counter)
    counter.answers("Sí.")
    counter.wait(10)
    assert counter.message(2).state is Delivery.ACCEPTED
    assert sent(counter, "email") == []


def test_who_is_gone_gets_a_mail_that_says_what_it_answers_and_carries_our_id(counter: Counter) -> None:
    says(counter)
    leaves(counter)
    goes_away(counter)
    counter.answers("Sí, en tres días.")
    counter.wait(10)
    (mail,) = counter.channels["email"].sent
    assert (mail.to, mail.message_id) == (Address("email", ANA, "Ana"), counter.message(3).id)
    assert mail.quoted is not None
    assert mail.quoted.text == "¿Hacéis envíos a Canarias?"
    assert (counter.message(3).state, counter.message(3).via) == (Delivery.ACCEPTED, "email")


def test_no_machine_writes_to_an_address_that_somebody_left(counter: Counter) -> None:
    answers = {"received": {"es": "Lo hemos recibido.", "en": "We have it."}}
    counter.policies.policy = replace(POLICY, answers=answers, rules=(Rule("all", answer="received"),))
    leaves(counter)
    goes_away(counter)
    says(counter, "¡Gana dinero en casa!")
    counter.wait(10)
    assert sent(counter, "chat") == [(VISITOR.value, "Lo hemos recibido.")]
    assert sent(counter, "email") == []


def test_a_reply_to_that_mail_joins_the_conversation_and_is_answered_by_mail(counter: Counter) -> None:
    says(counter)
    leaves(counter)
    goes_away(counter)
    counter.answers("Sí, en tres días.")
    counter.wait(10)
    token = counter.conversation.id
    counter.writes("Gracias. ¿Y a Ceuta?", channel="email", sender=ANA, reply_token=token)
    assert (counter.conversation.id, counter.conversation.counter) == (token, 4)
    counter.answers("También.")
    counter.wait(10)
    assert sent(counter, "email")[1] == (ANA, "También.")
    assert sent(counter, "chat") == [(VISITOR.value, "Sí, en tres días.")]


def test_who_comes_back_to_the_chat_is_answered_there(counter: Counter) -> None:
    says(counter)
    leaves(counter)
    counter.writes("Por correo", channel="email", sender=ANA, reply_token=counter.conversation.id)
    says(counter, "Ya estoy aquí")
    counter.answers("Bien.")
    counter.wait(10)
    assert (sent(counter, "chat"), sent(counter, "email")) == ([(VISITOR.value, "Bien.")], [])


def test_somebody_elses_mail_does_not_join_by_a_reply_address_that_was_passed_on(counter: Counter) -> None:
    says(counter)
    leaves(counter)
    first = counter.conversation
    counter.ingest(
        counter.event(
            Reachable("other", Address("chat", "somebodyelse"), "otra@correo.example", counter.clock()), "chat"
        )
    )
    counter.writes("Hola", channel="email", sender="otra@correo.example", reply_token=first.id)
    unchanged = counter.inbox.conversation(first.id)
    assert unchanged is not None
    assert unchanged.counter == first.counter


@pytest.mark.parametrize("taken_back", [True, False], ids=["taken back", "asked for no mail"])
def test_nobody_is_written_to_who_does_not_want_it(counter: Counter, *, taken_back: bool) -> None:
    says(counter)
    leaves(counter)
    if taken_back:
        leaves(counter, mail="", event="e2")
    else:
        counter.inbox.entities["Identity", "email", ANA] = Identity(Address("email", ANA), "c", opted_out=True)
    goes_away(counter)
    counter.answers("Sí.")
    counter.wait(10)
    assert sent(counter, "email") == []


def test_an_address_that_does_not_exist_fails_before_the_agents_eyes_and_shuts_no_chat(counter: Counter) -> None:
    says(counter)
    leaves(counter)
    goes_away(counter)
    gone = Failure(Reason.OPTED_OUT, retryable=False, fault=Fault.THEIRS)
    counter.channels["email"].answers.append(gone)
    counter.answers("Sí.")
    counter.wait(10)
    assert counter.message(3).failure == gone
    assert not identity(counter).opted_out
    assert not counter.conversation.opted_out


def test_an_attempt_by_mail_that_broke_off_is_looked_for_by_mail(counter: Counter) -> None:
    says(counter)
    leaves(counter)
    goes_away(counter)
    counter.channels["email"].answers.append(RuntimeError("the function died"))
    counter.channels["email"].found = CannotBeAsked()
    counter.answers("Sí.")
    with pytest.raises(RuntimeError):
        counter.wait(10)
    counter.pass_time(1200)
    assert (counter.message(3).state, len(counter.channels["email"].sent)) == (Delivery.UNKNOWN, 1)
