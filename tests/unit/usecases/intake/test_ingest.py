"""What comes in: threads, strangers, repetitions, receipts, and what nobody understands."""

import json
from dataclasses import replace

import pytest

from fakes.world import START, Counter, received, text_of
from mostrador.domain.conversation import Direction, State
from mostrador.domain.delivery import Accepted, Delivery, Failure, Fault, Reason
from mostrador.domain.errors import Unreadable
from mostrador.domain.messages import UNREADABLE, Address, Attachment, Consent, Ignored, ProviderEvent, Receipt
from mostrador.usecases.intake.belonging import REOPENS_WITHIN
from mostrador.usecases.intake.receive import CLAIM
from mostrador.usecases.intake.take_in import BEGINNING, LONGEST_TEXT

ANA = {"channel": "email", "subject": "Mi pedido", "reference": "<1@correo.example>"}
STRANGER = Address("email", "eva@otra.example", "Eva")


def conversations(counter: Counter) -> set[str]:
    return {post.conversation_id for post in counter.desk.posts.values() if post.key == "root"}


def test_a_first_message_opens_a_conversation_and_a_thread() -> None:
    counter = Counter()
    counter.writes("¿Tenéis la tinaja azul?")
    assert counter.conversation.state is State.OPEN
    assert counter.conversation.waiting_since == START
    assert counter.message(1).direction is Direction.INBOUND
    (shown,) = counter.desk.thread(counter.root.ts)
    assert "¿Tenéis la tinaja azul?" in text_of(shown.card)
    assert counter.inbox.history(counter.conversation.id) == ["opened"]


def test_a_redelivered_message_is_stored_once_and_shown_once() -> None:
    counter = Counter()
    event = counter.writes("Hola")
    for _ in range(3):
        counter.ingest(event)
        counter.run()
    assert counter.conversation.counter == 1
    assert len(counter.desk.thread(counter.root.ts)) == 1


def test_a_redelivery_announces_again_what_was_stored_but_never_announced() -> None:
    counter = Counter()
    event = counter.event(received("Hola", "m1", START))
    counter.ingest(event)
    counter.queues.desk_wakes.clear()  # The function died before it could announce.
    counter.ingest(event)
    counter.run()
    assert len(counter.desk.thread(counter.root.ts)) == 1


def test_texts_of_one_number_stay_in_one_conversation_in_order() -> None:
    counter = Counter()
    for text in ("uno", "dos", "tres"):
        counter.writes(text)
    assert [counter.message(number).text for number in (1, 2, 3)] == ["uno", "dos", "tres"]
    assert len(conversations(counter)) == 1


def test_a_text_soon_after_closing_reopens_the_conversation() -> None:
    counter = Counter()
    counter.writes("Hola")
    counter.presses("close")
    counter.wait(REOPENS_WITHIN)
    counter.writes("Gracias")
    assert counter.conversation.state is State.OPEN
    assert counter.inbox.history(counter.conversation.id) == ["opened", "closed", "reopened"]


def test_a_text_long_after_closing_begins_a_new_conversation() -> None:
    counter = Counter()
    counter.writes("Hola")
    counter.presses("close")
    counter.wait(REOPENS_WITHIN + 1)
    counter.writes("Otra cosa")
    assert len(conversations(counter)) == 2


def test_a_mail_without_a_reference_begins_a_new_conversation_whatever_its_subject() -> None:
    counter = Counter()
    counter.writes("uno", **ANA)
    counter.writes("dos", **{**ANA, "reference": "<2@correo.example>"})
    assert len(conversations(counter)) == 2


def test_a_mail_that_answers_ours_joins_by_its_reference() -> None:
    counter = Counter()
    counter.writes("uno", **ANA)
    counter.writes("dos", **{**ANA, "reference": "<2@correo.example>", "references": ("<1@correo.example>",)})
    assert counter.conversation.counter == 2
    assert counter.conversation.references == ("<1@correo.example>", "<2@correo.example>")


def test_a_signed_reply_address_joins_even_where_the_sender_is_not_proven() -> None:
    counter = Counter()
    counter.writes("uno", **ANA)
    counter.writes("dos", channel="email", reply_token=counter.conversation.id, trusted=False)
    assert counter.conversation.counter == 2
    assert not counter.conversation.trusted


@pytest.mark.parametrize(
    "stranger",
    [
        {"sender": STRANGER, "references": ("<1@correo.example>",)},
        {"sender": STRANGER, "reply_token": "the conversation's own"},
        {"references": ("<1@correo.example>",), "trusted": False},
    ],
    ids=["knows the message id", "has the reply address", "only claims to be the customer"],
)
def test_a_sender_who_does_not_belong_gets_a_conversation_of_their_own(stranger: dict[str, object]) -> None:
    counter = Counter()
    counter.writes("uno", **ANA)
    first = counter.conversation.id
    if "reply_token" in stranger:
        stranger = {**stranger, "reply_token": first}
    counter.writes("dos", channel="email", reference="<2@otra.example>", **stranger)
    (other,) = conversations(counter) - {first}
    linked = counter.inbox.conversation(other)
    assert linked is not None
    assert linked.linked_to == first
    assert linked.counter == 1


def test_a_stranger_cannot_take_over_the_id_of_anothers_mail() -> None:
    counter = Counter()
    counter.writes("uno", **ANA)
    first = counter.conversation.id
    counter.writes("dos", channel="email", sender=STRANGER, reference="<1@correo.example>")
    counter.writes("tres", **{**ANA, "reference": "<3@correo.example>", "references": ("<1@correo.example>",)})
    conversation = counter.inbox.conversation(first)
    assert conversation is not None
    assert conversation.counter == 2


def test_copies_of_one_mail_are_one_message() -> None:
    counter = Counter()
    for recipient in ("hola@latinaja.example", "pedidos@latinaja.example"):
        counter.writes("uno", recipient=recipient, **ANA)
    assert counter.conversation.counter == 1
    assert len(counter.desk.thread(counter.root.ts)) == 1


def test_mails_that_share_an_id_but_not_their_words_are_all_taken_in() -> None:
    counter = Counter()
    counter.writes("uno", **ANA)
    counter.writes("dos", **ANA)
    assert len(conversations(counter)) == 2


@pytest.mark.parametrize("reason", ["spam", "virus"])
def test_a_quarantined_mail_shows_a_card_and_nothing_that_it_says(reason: str) -> None:
    counter = Counter()
    counter.writes("Gana dinero", channel="email", quarantine=reason)
    assert counter.desk.thread(counter.root.ts) == []
    assert "En cuarentena" in text_of(counter.root.card)
    assert counter.conversation.watch_at == 0
    assert counter.conversation.waiting_since == 0


def test_a_quarantined_mail_joins_no_conversation_even_of_its_sender() -> None:
    counter = Counter()
    counter.writes("uno", **ANA)
    first = counter.conversation.id
    counter.writes("dos", channel="email", references=("<1@correo.example>",), quarantine="spam")
    (other,) = conversations(counter) - {first}
    linked = counter.inbox.conversation(other)
    assert linked is not None
    assert linked.linked_to == first


def test_a_mail_that_follows_a_quarantined_one_is_not_hidden_with_it() -> None:
    counter = Counter()
    counter.writes("Gana dinero", **ANA, quarantine="spam")
    hidden = counter.conversation.id
    counter.writes("¿Recibisteis mi pregunta?", channel="email", references=("<1@correo.example>",))
    (shown,) = conversations(counter) - {hidden}
    (root,) = [post.ts for post in counter.desk.posts.values() if post.key == "root" and post.conversation_id == shown]
    assert "¿Recibisteis mi pregunta?" in text_of(counter.desk.thread(root)[0].card)


def test_a_released_mail_is_shown_and_can_be_answered() -> None:
    counter = Counter()
    counter.writes("¿Hacéis azulejos?", channel="email", quarantine="spam")
    counter.answers("Sí")
    counter.wait(60)
    assert counter.channels["email"].sent == []
    assert "está en cuarentena" in counter.desk.whispers[0][1]
    counter.presses("release")
    assert "¿Hacéis azulejos?" in text_of(counter.desk.thread(counter.root.ts)[0].card)
    assert counter.conversation.waiting_since > 0
    counter.answers("Sí")
    counter.wait(60)
    assert [message.text for message in counter.channels["email"].sent] == ["Sí"]
    assert counter.inbox.history(counter.conversation.id) == ["opened", "released"]


def test_what_makes_a_sender_look_like_somebody_else_is_said() -> None:
    counter = Counter()
    counter.writes("Hola", channel="email", warnings=("address_in_name",), forwarded_from="Eva <eva@otra.example>")
    shown = text_of(counter.desk.thread(counter.root.ts)[0].card)
    assert "la dirección de otra persona" in shown
    assert "Eva &lt;eva@otra.example&gt;" in shown
    assert counter.conversation.address.value == "ana.molina@correo.example"


def test_a_reference_to_nothing_of_ours_begins_a_new_conversation() -> None:
    counter = Counter()
    counter.writes("uno", channel="email", references=("<unknown@x>",))
    assert counter.conversation.linked_to == ""


def test_stop_is_recorded_and_shown_and_start_takes_it_back() -> None:
    counter = Counter()
    counter.writes("STOP", consent=Consent.STOP)
    assert counter.conversation.opted_out
    counter.writes("START", consent=Consent.START)
    assert not counter.conversation.opted_out
    identity = counter.inbox.identity(counter.conversation.address)
    assert identity is not None
    assert not identity.opted_out


def test_yes_is_an_answer_of_whoever_never_sent_stop() -> None:
    counter = Counter()
    counter.writes("Yes", consent=Consent.START)
    assert counter.conversation.waiting_since
    assert counter.message(1).asks
    counter.writes("STOP", consent=Consent.STOP)
    counter.writes("Yes", consent=Consent.START)
    assert not counter.conversation.opted_out
    assert not counter.message(3).asks


def test_a_text_too_long_for_the_table_is_whole_in_a_file() -> None:
    counter = Counter()
    text = "ñ" * LONGEST_TEXT
    counter.writes(text)
    stored = counter.message(1)
    assert len(stored.text.encode()) == LONGEST_TEXT
    assert counter.blobs.kept[stored.attachments[-1].key].decode() == text


def test_a_file_of_the_customer_lands_in_the_thread() -> None:
    counter = Counter()
    counter.blobs.kept["media/foto"] = b"png"
    counter.writes("Mira", attachments=(Attachment("foto.png", "image/png", 3, "media/foto"),))
    assert list(counter.desk.files.values()) == [("foto.png", b"png")]


def test_a_file_that_was_left_out_is_named_with_the_reason() -> None:
    counter = Counter()
    counter.writes("Mira", attachments=(Attachment("video.mp4", "video/mp4", 90_000_000, "", "too_large"),))
    (shown,) = counter.desk.thread(counter.root.ts)
    assert "video.mp4" in text_of(shown.card)
    assert counter.desk.files == {}


def test_an_ignored_event_leaves_nothing() -> None:
    counter = Counter()
    counter.ingest(counter.event(Ignored("delivery delay")))
    counter.run()
    assert counter.desk.posts == {}


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_a_channel_cannot_read_is_shown_to_a_person_with_its_bytes(language: str) -> None:
    counter = Counter()
    counter.policies.policy = replace(counter.policies.policy, language=language)
    counter.ingest(counter.event(Unreadable("no MessageSid"), "sms"))
    counter.run()
    assert [(name, json.loads(data)) for name, data in counter.desk.files.values()] == [("raw", {"some": "payload"})]
    card, (message, *_) = text_of(counter.root.card), counter.desk.thread(counter.root.ts)
    assert {"es": "aviso técnico", "en": "technical notice"}[language] in card
    assert "⚠️" not in card + text_of(message.card)
    assert (counter.conversation.waiting_since, counter.conversation.intent) == (0.0, "other")


def test_a_request_that_was_set_aside_is_shown_to_a_person_once() -> None:
    counter = Counter()
    counter.blobs.put("raw/twilio/abc", b"\xff\xfe")
    facts = {"key": "raw/twilio/abc", "provider": "twilio", "why": "no MessageSid", "size": 2}
    event = ProviderEvent(UNREADABLE, "abc", "twilio", facts, START)
    for _ in range(2):
        counter.ingest(event)
        counter.run()
    assert list(counter.desk.files.values()) == [("raw", b"\xff\xfe")]
    assert counter.message(1).attachments[0].key in counter.blobs.kept, "where the desk's function may read"
    assert "twilio" in counter.message(1).text


def test_nobody_can_be_answered_about_what_was_set_aside() -> None:
    counter = Counter()
    counter.ingest(counter.event(Unreadable("odd"), "sms"))
    counter.run()
    reply = counter.answers("¿Hola?")
    counter.wait(10)
    assert counter.marks(reply) == {"x"}
    assert counter.channels["sms"].sent == []


def test_a_claim_check_is_redeemed_before_the_channel_reads() -> None:
    counter = Counter()
    counter.blobs.put("raw/twilio/big", b'{"Body": "hola"}')
    event = counter.event(received("hola", "m1", START))
    counter.ingest(replace(event, payload={CLAIM: "raw/twilio/big"}))
    assert counter.inbox.seen("sms", "m1") is not None


def test_a_receipt_moves_the_message_and_its_mark() -> None:
    counter = Counter()
    counter.writes("Hola")
    reply = counter.answers("Sí")
    counter.wait(10)
    assert counter.marks(reply) == {"outbox_tray"}
    counter.ingest(counter.event(Receipt("sms", counter.message(2).id, Delivery.DELIVERED, "provider-1")))
    counter.run()
    assert counter.message(2).state is Delivery.DELIVERED
    assert counter.marks(reply) == {"white_check_mark"}


@pytest.mark.parametrize("late", [Delivery.ACCEPTED, Delivery.DELIVERED], ids=str)
def test_a_receipt_that_comes_late_or_twice_changes_nothing(late: Delivery) -> None:
    counter = Counter()
    counter.writes("Hola")
    counter.answers("Sí")
    counter.wait(10)
    for state in (Delivery.DELIVERED, late):
        counter.ingest(counter.event(Receipt("sms", counter.message(2).id, state)))
    assert counter.message(2).state is Delivery.DELIVERED


def test_a_bounce_after_the_delivery_is_told_to_the_agent() -> None:
    counter = Counter()
    counter.writes("Hola", channel="email")
    reply = counter.answers("Sí")
    counter.wait(10)
    bounced = Failure(Reason.BOUNCED, retryable=False, fault=Fault.THEIRS, code="5.1.1")
    for state, failure in ((Delivery.DELIVERED, None), (Delivery.FAILED, bounced)):
        counter.ingest(counter.event(Receipt("email", counter.message(2).id, state, failure=failure)))
        counter.run()
    assert counter.marks(reply) == {"x"}
    assert counter.conversation.waiting_since > 0
    assert any(post.key == "failed.2" for post in counter.desk.thread(counter.root.ts))


def test_a_bounce_that_knows_only_the_mails_own_id_finds_the_message() -> None:
    counter = Counter()
    counter.writes("Hola", channel="email", reference="first@correo.example", threads=True)
    counter.channels["email"].answers.append(Accepted("provider-1", "0102@eu-west-1.amazonses.com"))
    reply = counter.answers("Sí")
    counter.wait(10)
    bounced = Failure(Reason.BOUNCED, retryable=False, fault=Fault.THEIRS, code="5.1.1")
    for reference in ("first@correo.example", "0102@eu-west-1.amazonses.com"):
        # The customer's own mail is no message of ours, whoever says that it came back.
        receipt = Receipt("email", "", Delivery.FAILED, failure=bounced, reference=reference)
        counter.ingest(counter.event(receipt))
        counter.run()
        assert counter.message(1).state is None
        assert (counter.marks(reply) == {"x"}) is (reference == "0102@eu-west-1.amazonses.com")


@pytest.mark.parametrize("message_id", ["", "nonsense", "00000000000000000000000000-9"])
def test_a_receipt_of_nobodys_message_is_ignored(message_id: str) -> None:
    counter = Counter()
    counter.ingest(counter.event(Receipt("sms", message_id, Delivery.DELIVERED)))
    counter.run()
    assert counter.desk.posts == {}


def test_the_card_begins_with_what_was_said_where_there_is_no_subject() -> None:
    counter = Counter()
    counter.writes("Hola,\n¿hacéis   envíos a Canarias?")
    counter.writes("Es para un regalo")
    assert counter.conversation.said == "Hola, ¿hacéis envíos a Canarias?"
    assert counter.root.card.text == "Ana Molina escribe por SMS: Hola, ¿hacéis envíos a Canarias?"


def test_a_long_beginning_is_cut_and_shows_it() -> None:
    counter = Counter()
    counter.writes("¿Cuánto mide el plato hondo? " * 9)
    assert counter.conversation.said.endswith("…")
    assert len(counter.conversation.said) <= BEGINNING


def test_a_conversation_that_is_opened_again_begins_with_what_opened_it() -> None:
    counter = Counter()
    counter.writes("¿Abrís hoy?")
    counter.presses("close")
    counter.writes("Otra cosa: ha llegado roto")
    assert counter.conversation.said == "Otra cosa: ha llegado roto"
