"""What goes out: order, retries, refusals, and attempts whose outcome nobody knows."""

from dataclasses import replace

import pytest

from fakes.world import Counter, race
from mostrador.channels.base import CannotBeAsked
from mostrador.desk.events import Kind, SlackFile
from mostrador.domain.changes import Change
from mostrador.domain.delivery import Accepted, Delivery, Failure, Fault, Reason, Unclear
from mostrador.domain.errors import NotConfigured, TryAgain
from mostrador.domain.messages import Consent, Receipt
from mostrador.usecases.sending.deliver import DOUBT, DOUBT_ENDS, FIRST_PAUSE, MOST_ATTEMPTS, MOST_DOUBTS, QUICK

BUSY = Failure(Reason.RATE_LIMITED, retryable=True, fault=Fault.OURS, code="20429")
BLOCKED = Failure(Reason.BLOCKED, retryable=False, fault=Fault.THEIRS, code="30007")
STOPPED = Failure(Reason.OPTED_OUT, retryable=False, fault=Fault.THEIRS, code="21610")


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    counter.writes("Hola")
    return counter


def texts(counter: Counter, channel: str = "sms") -> list[str]:
    return [message.text for message in counter.channels[channel].sent]


def test_our_id_travels_with_the_message(counter: Counter) -> None:
    counter.answers("Sí")
    counter.wait(10)
    (sent,) = counter.channels["sms"].sent
    assert sent.message_id == f"{counter.conversation.id}-2"
    assert (sent.shop_name, sent.to.value) == ("La Tinaja", "+34600333444")


def test_a_mail_answer_refers_to_the_customers_mail_and_is_referred_to_later() -> None:
    counter = Counter()
    counter.channels["email"].answers.append(Accepted("ses-1", "<ses-1@eu-west-1.amazonses.com>"))
    counter.writes("uno", channel="email", subject="Pedido", reference="<1@correo.example>")
    counter.answers("Sale hoy")
    counter.wait(10)
    (sent,) = counter.channels["email"].sent
    assert (sent.subject, sent.in_reply_to) == ("Pedido", "<1@correo.example>")
    counter.writes("Gracias", channel="email", references=("<ses-1@eu-west-1.amazonses.com>",))
    assert counter.conversation.counter == 3


def test_a_mail_answer_quotes_the_message_that_it_answers() -> None:
    counter = Counter()
    counter.writes("¿Y mi pedido?", channel="email", reference="1@correo.example")
    counter.answers("Sale hoy")
    counter.writes("Ah, y otra cosa", channel="email", references=("1@correo.example",), reference="2@correo.example")
    counter.wait(10)
    quoted = counter.channels["email"].sent[0].quoted
    assert quoted is not None
    assert (quoted.author, quoted.text) == ("Ana Molina", "¿Y mi pedido?")


def test_nothing_is_quoted_in_a_text(counter: Counter) -> None:
    counter.answers("Sí")
    counter.wait(10)
    assert counter.channels["sms"].sent[0].quoted is None


def test_a_retryable_failure_is_tried_again_later_and_keeps_the_order(counter: Counter) -> None:
    counter.channels["sms"].answers.append(BUSY)
    first = counter.answers("uno")
    counter.answers("dos")
    counter.wait(10)
    assert texts(counter) == ["uno"]
    assert counter.marks(first) == {"hourglass_flowing_sand"}
    counter.wait(FIRST_PAUSE)
    assert texts(counter) == ["uno", "uno", "dos"]
    assert counter.marks(first) == {"outbox_tray"}


def test_patience_with_a_busy_provider_ends(counter: Counter) -> None:
    counter.channels["sms"].answers.extend([BUSY] * 20)
    reply = counter.answers("uno")
    for _ in range(20):
        counter.wait(600)
    assert len(texts(counter)) == MOST_ATTEMPTS
    assert counter.marks(reply) == {"x"}
    failure = counter.message(2).failure
    assert failure is not None
    assert failure.reason is Reason.RATE_LIMITED


def test_a_final_failure_is_told_in_plain_words_and_the_next_goes_on(counter: Counter) -> None:
    counter.channels["sms"].answers.append(BLOCKED)
    reply = counter.answers("uno")
    counter.answers("dos")
    counter.wait(10)
    assert texts(counter) == ["uno", "dos"]
    assert counter.marks(reply) == {"x"}
    (told,) = [post for post in counter.desk.thread(counter.root.ts) if post.key == "failed.2"]
    assert "ha bloqueado el mensaje" in str(told.card.blocks)


def test_whoever_said_stop_is_not_written_to_and_the_provider_not_asked(counter: Counter) -> None:
    counter.writes("STOP", consent=Consent.STOP)
    reply = counter.answers("Una cosa más")
    counter.wait(10)
    assert texts(counter) == []
    assert counter.marks(reply) == {"x"}


def test_an_opt_out_that_the_provider_tells_of_is_remembered(counter: Counter) -> None:
    counter.channels["sms"].answers.append(STOPPED)
    counter.answers("uno")
    counter.wait(10)
    counter.answers("dos")
    counter.wait(10)
    assert texts(counter) == ["uno"]
    assert counter.conversation.opted_out


def test_a_channel_without_its_secret_is_tried_again(counter: Counter) -> None:
    counter.channels["sms"].answers.append(NotConfigured("mostrador/twilio"))
    counter.answers("uno")
    counter.wait(10)
    counter.wait(FIRST_PAUSE)
    assert texts(counter) == ["uno", "uno"]
    assert counter.message(2).state is Delivery.ACCEPTED


def test_a_channel_that_was_switched_off_is_told_to_the_agent(counter: Counter) -> None:
    reply = counter.answers("uno")
    del counter.channels["sms"]
    counter.wait(10)
    assert counter.marks(reply) == {"x"}


def test_a_receipt_that_overtakes_the_answer_of_the_provider_wins(counter: Counter) -> None:
    counter.answers("uno")
    sending = replace(counter.message(2), state=Delivery.SENDING)
    receipt = Receipt("sms", sending.id, Delivery.DELIVERED, "provider-1")

    class Overtaken(type(counter.channels["sms"])):  # type: ignore[misc]  # a class of the fixture's instance
        def send(self, message: object, files: object) -> Accepted:
            counter.ingest(counter.event(receipt))
            result: Accepted = super().send(message, files)
            return result

    counter.channels["sms"].__class__ = Overtaken
    counter.wait(10)
    assert counter.message(2).state is Delivery.DELIVERED
    assert counter.conversation.outbox == frozenset()


def test_an_unclear_attempt_is_looked_up_before_it_is_repeated(counter: Counter) -> None:
    counter.channels["sms"].answers.append(Unclear("read timeout"))
    counter.channels["sms"].found = Accepted("SM9")
    counter.answers("uno")
    counter.wait(10)
    assert counter.message(2).state is Delivery.SENDING
    counter.wait(DOUBT)
    counter.tick()
    counter.run()
    assert counter.message(2).state is Delivery.ACCEPTED
    assert counter.message(2).provider_id == "SM9"
    assert texts(counter) == ["uno"]


def test_an_unclear_attempt_that_did_not_arrive_is_repeated(counter: Counter) -> None:
    counter.channels["sms"].answers.append(Unclear("read timeout"))
    counter.answers("uno")
    counter.wait(10)
    counter.wait(DOUBT)
    counter.tick()
    counter.run()
    counter.wait(FIRST_PAUSE)
    assert texts(counter) == ["uno", "uno"]


@pytest.mark.parametrize("silence", [CannotBeAsked(), TryAgain("later")], ids=["cannot be asked", "does not answer"])
def test_a_doubt_that_may_still_clear_up_is_waited_for(counter: Counter, silence: Exception) -> None:
    counter.channels["sms"].answers.append(Unclear("read timeout"))
    counter.channels["sms"].found = silence
    counter.answers("uno")
    counter.wait(10)
    counter.wait(DOUBT)
    counter.tick()
    counter.run()
    assert counter.message(2).state is Delivery.SENDING
    assert texts(counter) == ["uno"]


def test_a_doubt_that_does_not_clear_up_becomes_the_agents_decision(counter: Counter) -> None:
    counter.channels["sms"].answers.append(Unclear("read timeout"))
    counter.channels["sms"].found = CannotBeAsked()
    reply = counter.answers("uno")
    counter.wait(10)
    for _ in range(10):
        counter.wait(DOUBT_ENDS / 2)
        counter.tick()
        counter.run()
    assert counter.message(2).state is Delivery.UNKNOWN
    assert counter.marks(reply) == {"grey_question"}
    assert texts(counter) == ["uno"]


@pytest.mark.parametrize("silence", [TryAgain("later"), NotConfigured("mostrador/twilio")], ids=["silent", "shut"])
def test_a_provider_that_never_answers_ends_in_the_agents_decision_too(counter: Counter, silence: Exception) -> None:
    counter.channels["sms"].answers.append(Unclear("read timeout"))
    counter.channels["sms"].found = silence
    counter.answers("uno")
    counter.answers("dos")
    counter.wait(10)
    for _ in range(5):
        counter.wait(DOUBT_ENDS / 3)
        counter.tick()
        counter.run()
    assert counter.message(2).state is Delivery.UNKNOWN
    assert texts(counter) == ["uno", "dos"]


def test_what_leaves_no_trace_at_the_provider_is_not_sent_for_ever(counter: Counter) -> None:
    counter.channels["sms"].answers.extend([Unclear("read timeout")] * 20)
    counter.answers("uno")
    for _ in range(20):
        counter.wait(DOUBT_ENDS)
        counter.tick()
        counter.run()
    assert len(texts(counter)) == MOST_DOUBTS
    assert counter.message(2).state is Delivery.UNKNOWN


def test_an_event_that_proves_an_earlier_attempt_stops_the_next(counter: Counter) -> None:
    counter.channels["sms"].answers.append(Unclear("read timeout"))
    reply = counter.answers("uno")
    counter.wait(10)
    counter.wait(DOUBT)
    counter.tick()
    counter.run()
    assert counter.message(2).state is Delivery.HELD
    counter.ingest(counter.event(Receipt("sms", counter.message(2).id, Delivery.DELIVERED, "provider-1")))
    counter.wait(600)
    assert texts(counter) == ["uno"]
    assert counter.marks(reply) == {"white_check_mark"}


def test_a_failure_of_an_earlier_attempt_does_not_undo_the_later_one(counter: Counter) -> None:
    counter.answers("uno")
    counter.wait(10)
    counter.ingest(counter.event(Receipt("sms", counter.message(2).id, Delivery.FAILED, "earlier", failure=BLOCKED)))
    assert counter.message(2).state is Delivery.ACCEPTED
    counter.ingest(counter.event(Receipt("sms", counter.message(2).id, Delivery.FAILED, "provider-1", failure=BLOCKED)))
    assert counter.message(2).state is Delivery.FAILED


def test_a_mark_of_the_desk_that_is_faster_delays_nothing(counter: Counter) -> None:
    counter.act(counter.agent_event(Kind.REPLY, text="uno", user="U0MARTA"))
    conversation_id = counter.conversation.id
    counter.clock.now += 10
    race(counter, lambda: counter.notify(conversation_id))
    counter.deliver(conversation_id)
    assert texts(counter) == ["uno"]


def test_a_known_failure_that_loses_a_race_to_the_desk_is_still_tried_again(counter: Counter) -> None:
    channel = counter.channels["sms"]
    counter.act(counter.agent_event(Kind.REPLY, text="uno", user="U0MARTA"))
    conversation_id = counter.conversation.id
    channel.answers.append(BUSY)
    channel.meanwhile.append(lambda: counter.notify(conversation_id))
    counter.clock.now += 10
    counter.deliver(conversation_id)
    counter.wait(FIRST_PAUSE)
    assert texts(counter) == ["uno", "uno"]


def test_an_attempt_whose_record_was_repeated_by_the_client_is_made(counter: Counter) -> None:
    counter.answers("uno")
    commit = counter.inbox.commit

    def twice(*changes: Change) -> None:
        setattr(counter.inbox, "commit", commit)  # noqa: B010 - a method is replaced
        commit(*changes)
        commit(*changes)

    setattr(counter.inbox, "commit", twice)  # noqa: B010 - a method is replaced
    counter.wait(10)
    assert texts(counter) == ["uno"]
    assert counter.message(2).state is Delivery.ACCEPTED


def test_a_file_that_was_erased_is_told_and_holds_nothing_up(counter: Counter) -> None:
    file = SlackFile("F1", "foto.png", "image/png", 9, "https://files.slack.com/F1")
    reply = counter.answers("Mira", files=(file,))
    counter.answers("dos")
    counter.blobs.kept.clear()
    counter.wait(10)
    assert texts(counter) == ["dos"]
    assert counter.marks(reply) == {"x"}


def test_a_slow_provider_does_not_take_a_run_to_the_end_of_its_time(counter: Counter) -> None:
    def slowly() -> None:
        counter.clock.now += QUICK + 1

    for text in ("uno", "dos"):
        counter.answers(text)
    counter.clock.now += 10
    counter.channels["sms"].meanwhile.append(slowly)
    counter.deliver(counter.conversation.id)
    assert texts(counter) == ["uno"]
    counter.run()
    assert texts(counter) == ["uno", "dos"]


def test_an_event_of_the_provider_settles_even_what_was_given_up(counter: Counter) -> None:
    counter.channels["sms"].answers.append(Unclear("read timeout"))
    counter.channels["sms"].found = CannotBeAsked()
    reply = counter.answers("uno")
    counter.wait(10)
    counter.wait(DOUBT_ENDS)
    counter.tick()
    counter.run()
    counter.ingest(counter.event(Receipt("sms", counter.message(2).id, Delivery.DELIVERED)))
    counter.run()
    assert counter.marks(reply) == {"white_check_mark"}
