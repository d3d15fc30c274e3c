"""Until when free text reaches a customer on WhatsApp, and what goes out after that."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import POLICY
from fakes.world import Counter, text_of
from mostrador.channels.registry import ANSWER_WINDOWS
from mostrador.domain.attention import Clock
from mostrador.domain.conversation import Conversation, Direction
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.messages import Address, Approved, Receipt
from mostrador.policy.model import IntentWords, Patience, Policy, Target, Template
from mostrador.usecases.windows import WARNED_BEFORE

DAY = ANSWER_WINDOWS["whatsapp"]
ANA = Address("whatsapp", "+34600111222", "Ana Molina")
FOLLOW_UP = {
    "es": Template("whatsapp", "Hola, {1}: seguimos con {2}.", "HX1", ("customer", "subject")),
    "en": Template("whatsapp", "Hello {1}, this is about {2}.", "HX2", ("customer", "subject")),
}
LATE = "hace demasiado que ana molina no escribe"


def with_templates(**templates: Mapping[str, Template]) -> Policy:
    words = IntentWords("delivery", "es", ("cuando sale",))
    return replace(POLICY, templates=templates, intents=(words,))


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    counter.policies.policy = with_templates(whatsapp_follow_up=FOLLOW_UP)
    counter.writes("Hola, ¿cuándo sale mi pedido?", channel="whatsapp", sender=ANA)
    return counter


def whispers(counter: Counter) -> str:
    return " ".join(str(whisper) for whisper in counter.desk.whispers).lower()


def button_of(counter: Counter) -> dict[str, Any]:
    elements = counter.root.card.blocks[-1]["elements"]
    return next((each for each in elements if each["action_id"] == "template"), {})


# The card


def test_card_says_until_when_free_text_arrives(counter: Counter) -> None:
    closes = int(counter.clock() + DAY)
    assert "ventana abierta hasta" in text_of(counter.root.card)
    assert f"<!date^{closes}^" in text_of(counter.root.card)


def test_card_says_that_the_window_is_closed_once_it_is(counter: Counter) -> None:
    counter.wait(DAY)
    counter.presses("claim")
    assert "ventana cerrada" in text_of(counter.root.card)


def test_window_opens_again_when_the_customer_writes(counter: Counter) -> None:
    counter.wait(DAY)
    counter.writes("¿Hola?", channel="whatsapp", sender=ANA)
    assert "ventana abierta" in text_of(counter.root.card)
    counter.answers("Sale hoy.")
    counter.wait(60)
    assert [sent.text for sent in counter.channels["whatsapp"].sent] == ["Sale hoy."]


def test_channel_without_a_window_says_nothing_of_one_and_offers_no_template() -> None:
    counter = Counter()
    counter.policies.policy = with_templates(whatsapp_follow_up=FOLLOW_UP)
    counter.writes("Hola")
    assert "ventana" not in text_of(counter.root.card)
    assert not button_of(counter)


def test_question_before_sending_has_the_whole_text_for_this_customer_in_the_name_of_whoever_asks(
    counter: Counter,
) -> None:
    text = "Hola, {1}: soy {2}, de {3}." + " Ya tenemos respuesta a lo que preguntaste." * 15
    ready = {"es": Template("whatsapp", text, "HX3", ("customer", "agent", "shop"))}
    counter.policies.policy = with_templates(whatsapp_follow_up=FOLLOW_UP, whatsapp_ready=ready)
    counter.presses("claim", user="U0LUIS")
    assert button_of(counter)["text"]["text"] == "Plantilla…"
    question = counter.asked(user="U0MARTA")
    assert question.choices["whatsapp_follow_up"] == "Hola, Ana Molina: seguimos con la entrega."
    whole = question.choices["whatsapp_ready"]
    assert whole.startswith("Hola, Ana Molina: soy Marta, de La Tinaja. Ya tenemos respuesta")
    assert len(whole) > 600
    assert not counter.channels["whatsapp"].sent
    question.answer("whatsapp_ready")
    counter.wait(60)
    assert [sent.text for sent in counter.channels["whatsapp"].sent] == [whole]


def test_question_goes_away_with_its_answer_and_none_of_them_sends_nothing(counter: Counter) -> None:
    press = counter.asked().answer("", "send_none")
    assert counter.desk.withdrawn == [press.response_url]
    counter.wait(60)
    assert counter.channels["whatsapp"].sent == []


def test_question_pressed_twice_before_it_goes_away_sends_one_template(counter: Counter) -> None:
    counter.policies.policy = with_templates(whatsapp_follow_up=FOLLOW_UP, whatsapp_again=FOLLOW_UP)
    question = counter.asked()
    question.answer("whatsapp_follow_up")
    question.answer("whatsapp_again")
    counter.wait(60)
    assert len(counter.channels["whatsapp"].sent) == 1
    counter.asked().answer("whatsapp_again")
    counter.wait(60)
    assert len(counter.channels["whatsapp"].sent) == 2


def test_templates_that_left_the_policy_are_not_asked_about(counter: Counter) -> None:
    counter.policies.policy = with_templates()
    counter.presses("template")
    assert (counter.desk.questions, "ya no está en la política" in whispers(counter)) == ([], True)


# Time


def test_whoever_waits_is_spoken_of_an_hour_before_the_window_closes_and_the_card_changes_when_it_does(
    counter: Counter,
) -> None:
    patient = {"default": Target("default", first=7 * DAY, next=7 * DAY)}
    counter.policies.policy = replace(counter.policies.policy, targets=patient)
    counter.writes("¿Hola?", channel="whatsapp", sender=ANA)
    counter.pass_time(DAY - WARNED_BEFORE - 60)
    assert counter.notices == []
    counter.pass_time(180)
    (told,) = counter.notices
    assert "Ana Molina sigue esperando, y por WhatsApp solo se le puede escribir libremente" in told.text
    counter.pass_time(WARNED_BEFORE)
    assert "ventana cerrada" in text_of(counter.root.card)
    assert len(counter.notices) == 1
    assert Clock.WINDOW not in counter.conversation.clocks


def test_nobody_is_told_where_nobody_waits(counter: Counter) -> None:
    counter.answers("Sale hoy.")
    counter.pass_time(DAY)
    assert counter.notices == []
    assert "ventana cerrada" in text_of(counter.root.card)


def test_another_message_moves_the_warning(counter: Counter) -> None:
    counter.pass_time(DAY // 2)
    counter.writes("¿Hola?", channel="whatsapp", sender=ANA)
    assert counter.conversation.clocks[Clock.WINDOW] == counter.clock() + DAY - WARNED_BEFORE


def test_message_that_comes_when_its_window_is_almost_over_warns_of_nothing(counter: Counter) -> None:
    late = counter.clock() - DAY + 600
    counter.writes("Desde ayer", channel="whatsapp", sender=Address("whatsapp", "+34600333444"), sent_at=late)
    stored = [entity for entity in counter.inbox.entities.values() if isinstance(entity, Conversation)]
    assert [Clock.WINDOW in each.clocks for each in stored] == [True, False]


# Free text


def test_answer_within_the_window_leaves_and_nobody_is_told_anything(counter: Counter) -> None:
    counter.wait(DAY - 60)
    counter.answers("Sale hoy.")
    counter.wait(30)
    assert [sent.template for sent in counter.channels["whatsapp"].sent] == [None]
    assert not counter.desk.whispers


def test_answer_outside_the_window_is_told_at_once_and_never_reaches_the_provider(counter: Counter) -> None:
    counter.wait(DAY)
    reply = counter.answers("Sale hoy.")
    assert LATE in whispers(counter)
    counter.wait(60)
    assert counter.channels["whatsapp"].sent == []
    failed = counter.message(2)
    assert failed.state is Delivery.FAILED
    assert failed.failure is not None
    assert failed.failure.reason is Reason.WINDOW_CLOSED
    assert "x" in counter.marks(reply)
    assert "ventana cerrada" in text_of(counter.root.card)


def test_window_that_closes_during_the_hold_stops_the_answer(counter: Counter) -> None:
    counter.wait(DAY - 5)
    counter.answers("Sale hoy.")
    assert not counter.desk.whispers
    counter.wait(60)
    assert counter.channels["whatsapp"].sent == []
    assert counter.message(2).state is Delivery.FAILED


def test_note_outside_the_window_is_a_note(counter: Counter) -> None:
    counter.wait(DAY)
    counter.answers(";; mañana la llamo")
    assert LATE not in whispers(counter)
    assert counter.message(2).direction is Direction.NOTE


def test_provider_that_knows_better_is_believed(counter: Counter) -> None:
    reply = counter.answers("Sale hoy.")
    counter.wait(30)
    refused = Failure(Reason.WINDOW_CLOSED, retryable=False, fault=Fault.THEIRS, code="63016")
    receipt = Receipt("whatsapp", counter.message(2).id, Delivery.FAILED, "provider-1", failure=refused)
    counter.ingest(counter.event(receipt))
    counter.run()
    assert "x" in counter.marks(reply)
    assert counter.conversation.waiting_since


# Templates


def test_template_goes_out_when_free_text_may_not(counter: Counter) -> None:
    counter.wait(DAY)
    counter.asked().answer("whatsapp_follow_up")
    counter.wait(60)
    (sent,) = counter.channels["whatsapp"].sent
    assert sent.template == Approved("HX1", "es", ("Ana Molina", "la entrega"))
    assert sent.text == "Hola, Ana Molina: seguimos con la entrega."
    assert counter.message(2).state is Delivery.ACCEPTED
    assert not counter.conversation.waiting_since


def test_template_is_shown_in_the_thread_and_its_receipt_on_it(counter: Counter) -> None:
    counter.asked().answer("whatsapp_follow_up")
    (post,) = [post for post in counter.desk.posts.values() if post.key == "2.0"]
    assert "Marta Vidal envía una plantilla a Ana Molina: Hola, Ana Molina" in text_of(post.card)
    assert counter.desk.reactions[post.ts] == {"hourglass_flowing_sand"}
    counter.wait(60)
    receipt = Receipt("whatsapp", counter.message(2).id, Delivery.READ, "provider-1")
    counter.ingest(counter.event(receipt))
    counter.run()
    assert counter.desk.reactions[post.ts] == {"eyes"}


def test_template_pressed_twice_by_a_redelivery_leaves_once(counter: Counter) -> None:
    press = counter.asked().answer("whatsapp_follow_up")
    counter.act(press)
    counter.run()
    counter.wait(60)
    assert len(counter.channels["whatsapp"].sent) == 1


def test_template_that_the_policy_does_not_have_any_more_sends_nothing(counter: Counter) -> None:
    counter.asked().answer("another")
    counter.wait(60)
    assert counter.channels["whatsapp"].sent == []
    assert "ya no está en la política" in whispers(counter)


def test_follow_up_after_the_window_reminds_the_agent_and_writes_to_nobody(counter: Counter) -> None:
    patience = Patience(follow_up_after=2 * DAY, follow_up_answer="follow_up")
    answers = {"follow_up": {"es": "¿Pudiste resolverlo?", "en": "Did that settle it?"}}
    counter.policies.policy = replace(counter.policies.policy, patience=patience, answers=answers)
    counter.answers("Sale hoy.")
    counter.pass_time(2 * DAY + 120)
    assert [sent.text for sent in counter.channels["whatsapp"].sent] == ["Sale hoy."]
    assert any("Seguimos sin noticias de Ana Molina" in notice.text for notice in counter.notices)


def refused_as_closed(counter: Counter) -> None:
    """The provider's word on the answer that was sent last."""
    refused = Failure(Reason.WINDOW_CLOSED, retryable=False, fault=Fault.THEIRS, code="63016")
    message = counter.message(counter.conversation.counter)
    counter.ingest(
        counter.event(Receipt("whatsapp", message.id, Delivery.FAILED, message.provider_id, failure=refused))
    )
    counter.run()


def test_window_that_the_provider_says_is_closed_is_closed_for_the_next_answer(counter: Counter) -> None:
    counter.wait(60)
    counter.answers("Sale hoy.")
    counter.wait(30)
    refused_as_closed(counter)
    assert "ventana cerrada" in text_of(counter.root.card)
    counter.answers("¿Me lees?")
    assert LATE in whispers(counter)
    counter.wait(60)
    assert len(counter.channels["whatsapp"].sent) == 1


def test_customer_who_wrote_meanwhile_has_opened_the_window_whatever_the_provider_said_before(
    counter: Counter,
) -> None:
    counter.wait(60)
    counter.answers("Sale hoy.")
    counter.wait(30)
    counter.writes("¿Hola?", channel="whatsapp", sender=ANA)
    late = counter.message(2)
    refused = Failure(Reason.WINDOW_CLOSED, retryable=False, fault=Fault.THEIRS, code="63016")
    counter.ingest(counter.event(Receipt("whatsapp", late.id, Delivery.FAILED, late.provider_id, failure=refused)))
    counter.run()
    assert "ventana abierta" in text_of(counter.root.card)
