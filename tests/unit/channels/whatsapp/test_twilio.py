"""WhatsApp through Twilio."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import pytest

from fakes.intake import FakeIntake
from fakes.provider import Provider
from mostrador.channels.base import CannotBeAsked
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.whatsapp import WhatsappChannel
from mostrador.channels.whatsapp.sendable import LARGEST
from mostrador.domain.delivery import Accepted, Delivery, Failure, Reason
from mostrador.domain.errors import NotConfigured, TryAgain, Unreadable
from mostrador.domain.messages import (
    Address,
    Approved,
    Attachment,
    Consent,
    Ignored,
    Outgoing,
    ProviderEvent,
    Receipt,
    Received,
)

NOW = 1_780_000_000.0
ACCOUNT = "/2010-04-01/Accounts/ACplayground00000000000000000000000"
MAP = "https://www.google.com/maps/search/?api=1&query=39.961233,-4.830712"
MESSAGES = f"{ACCOUNT}/Messages.json"
PHOTO = Attachment("plato.jpg", "image/jpeg", 900, "media/desk/1/plato.jpg")

type Payload = Callable[[str], bytes]


def event(body: bytes, **changes: Any) -> ProviderEvent:
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return ProviderEvent("whatsapp", "SM1", "whatsapp:+34600111222", {**fields, **changes}, NOW)


def outgoing(text: str = "Sale hoy", to: str = "+34600111222", **changes: Any) -> Outgoing:
    return Outgoing(message_id="01abc-3", conversation_id="01abc", to=Address("whatsapp", to), text=text, **changes)


@pytest.fixture
def channel(settings: ChannelSettings, provider: Provider) -> WhatsappChannel:
    around = replace(
        settings,
        twilio_api_url=provider.url,
        whatsapp_sender="+34910000000",
        link=lambda file: f"https://bucket.example/{file.name}?signed",
    )
    return WhatsappChannel(around, clock=lambda: NOW)


@pytest.fixture
def read(channel: WhatsappChannel, payload: Payload, intake: FakeIntake) -> Callable[[str], Received]:
    def one(name: str) -> Received:
        arrival = channel.read(event(payload(f"whatsapp/message__{name}.form")), intake)
        assert isinstance(arrival, Received)
        return arrival

    return one


def sent_fields(provider: Provider) -> dict[str, list[str]]:
    return parse_qs(provider.calls[-1].body.decode())


@pytest.fixture
def takes(provider: Provider) -> Provider:
    provider.on(MESSAGES, 201, b'{"sid": "SM9", "status": "queued"}', content_type="application/json")
    return provider


# Coming in


def test_message_is_normalised(read: Callable[[str], Received]) -> None:
    assert read("plain") == Received(
        channel="whatsapp",
        provider_id="SMaa000000000000000000000000000001",
        sender=Address("whatsapp", "+34600111222", "Ana Molina"),
        recipient="+34910000000",
        text="Hola, ¿ha salido ya mi pedido? 💙",
        sent_at=NOW,
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "location",
            f"📍 Taller La Tinaja, Calle del Alfar 12, Talavera de la Reina\n{MAP}",
        ),
        ("button", "Sí, por favor"),
        ("list_choice", "Devoluciones"),
        ("form_filled_in", "talla: Grande\ncolor: azul"),
    ],
)
def test_what_is_no_text_becomes_one(read: Callable[[str], Received], name: str, text: str) -> None:
    assert read(name).text == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"Latitude": "north", "Longitude": "1", "Label": "Casa"}, "📍 Casa"),
        ({"Latitude": "91", "Longitude": "0"}, ""),
        ({"Latitude": "nan", "Longitude": "0"}, ""),
        ({"InteractiveData": "no JSON"}, "no JSON"),
        ({"InteractiveData": "[1]"}, ""),
        ({"Body": "Sí", "ButtonText": "Sí"}, "Sí"),
    ],
)
def test_odd_fields_say_what_can_be_said(
    channel: WhatsappChannel, payload: Payload, intake: FakeIntake, fields: dict[str, str], text: str
) -> None:
    arrival = channel.read(event(payload("whatsapp/message__plain.form"), **{"Body": "", **fields}), intake)
    assert isinstance(arrival, Received)
    assert arrival.text == text


def test_whoever_has_no_number_is_known_by_what_meta_calls_them(read: Callable[[str], Received]) -> None:
    assert read("username_without_number").sender == Address("whatsapp", "GB.13491208655302741918", "Emma")


@pytest.mark.parametrize(
    ("external", "other"), [("whatsapp:ES.13491208655302741918", "ES.13491208655302741918"), ("", ""), ("x y", "")]
)
def test_somebody_whose_number_is_told_is_known_by_both_names(
    channel: WhatsappChannel, payload: Payload, intake: FakeIntake, external: str, other: str
) -> None:
    received = channel.read(event(payload("whatsapp/message__plain.form"), ExternalUserId=external), intake)
    assert isinstance(received, Received)
    assert (received.sender.value[0], received.also_known_as) == ("+", other)


def test_number_of_the_account_stands_in_for_a_missing_sender(
    channel: WhatsappChannel, payload: Payload, intake: FakeIntake
) -> None:
    arrival = channel.read(event(payload("whatsapp/message__plain.form"), From=""), intake)
    assert isinstance(arrival, Received)
    assert arrival.sender.value == "+34600111222"


@pytest.mark.parametrize(
    ("name", "warnings"), [("plain", ()), ("forwarded_reply", ("forwarded",)), ("unsupported", ("unsupported",))]
)
def test_agents_are_told_what_to_mind(read: Callable[[str], Received], name: str, warnings: tuple[str, ...]) -> None:
    assert read(name).warnings == warnings


def test_advertisement_that_they_came_from_is_what_it_is_about(read: Callable[[str], Received]) -> None:
    assert read("from_an_advertisement").subject == "Vajilla Azul, hecha a mano"


@pytest.mark.parametrize(
    ("text", "wish"),
    [("BAJA", Consent.STOP), ("stop.", Consent.STOP), ("Alta", Consent.START), ("cancel", None), ("yes", None)],
)
def test_words_that_mean_nothing_else_end_it(
    channel: WhatsappChannel, payload: Payload, intake: FakeIntake, text: str, wish: Consent | None
) -> None:
    arrival = channel.read(event(payload("whatsapp/message__stop.form"), Body=text), intake)
    assert isinstance(arrival, Received)
    assert arrival.consent is wish


def test_voice_note_is_kept(channel: WhatsappChannel, payload: Payload, intake: FakeIntake, provider: Provider) -> None:
    path = f"{ACCOUNT}/Messages/MM1/Media/ME1"
    provider.on(path, 200, b"OggS", content_type="audio/ogg")
    arrival = channel.read(event(payload("whatsapp/message__voice_note.form"), MediaUrl0=provider.url + path), intake)
    assert isinstance(arrival, Received)
    (file,) = arrival.attachments
    assert (intake.kept[file.key], file.content_type) == (b"OggS", "audio/ogg")


def test_file_beyond_the_limit_is_named_and_left_out(
    channel: WhatsappChannel, payload: Payload, intake: FakeIntake, provider: Provider
) -> None:
    path = f"{ACCOUNT}/Messages/MM1/Media/ME1"
    provider.on(path, 200, b"", content_type="video/mp4", content_length=str(LARGEST + 1))
    arrival = channel.read(event(payload("whatsapp/message__voice_note.form"), MediaUrl0=provider.url + path), intake)
    assert isinstance(arrival, Received)
    assert arrival.attachments[0].problem == "too_large"


def test_our_own_number_is_nobody_to_answer(channel: WhatsappChannel, payload: Payload, intake: FakeIntake) -> None:
    ours = event(payload("whatsapp/message__plain.form"), From="whatsapp:+34910000000")
    assert isinstance(channel.read(ours, intake), Ignored)


@pytest.mark.parametrize("fields", [{"MessageSid": ""}, {"From": "", "WaId": "", "ExternalUserId": ""}])
def test_message_without_its_bones_is_unreadable(
    channel: WhatsappChannel, payload: Payload, intake: FakeIntake, fields: dict[str, str]
) -> None:
    with pytest.raises(Unreadable):
        channel.read(event(payload("whatsapp/message__plain.form"), **fields), intake)


@pytest.mark.parametrize(
    ("name", "state", "reason"),
    [
        ("delivered", Delivery.DELIVERED, None),
        ("read", Delivery.READ, None),
        ("undelivered_window_closed", Delivery.FAILED, Reason.WINDOW_CLOSED),
        ("failed_not_on_whatsapp", Delivery.FAILED, Reason.ADDRESS_INVALID),
    ],
)
def test_status_is_a_receipt(
    channel: WhatsappChannel,
    payload: Payload,
    intake: FakeIntake,
    name: str,
    state: Delivery,
    reason: Reason | None,
) -> None:
    receipt = channel.read(event(payload(f"whatsapp/status__{name}.form"), message="01abc-3"), intake)
    assert isinstance(receipt, Receipt)
    assert (receipt.channel, receipt.message_id, receipt.state) == ("whatsapp", "01abc-3", state)
    assert (receipt.failure.reason if receipt.failure else None) is reason


# Going out


def test_text_goes_from_our_number_to_theirs(channel: WhatsappChannel, takes: Provider) -> None:
    assert channel.send(outgoing(), {}) == Accepted("SM9")
    fields = sent_fields(takes)
    assert (fields["To"], fields["From"]) == (["whatsapp:+34600111222"], ["whatsapp:+34910000000"])
    assert (fields["Body"], fields["StatusCallback"][0][-8:]) == (["Sale hoy"], "=01abc-3")


def test_whoever_has_no_number_is_written_to_all_the_same(channel: WhatsappChannel, takes: Provider) -> None:
    channel.send(outgoing(to="GB.13491208655302741918"), {})
    assert sent_fields(takes)["To"] == ["whatsapp:GB.13491208655302741918"]


def test_messaging_service_takes_the_senders_place(settings: ChannelSettings, takes: Provider) -> None:
    service = "MG" + "0" * 32
    around = replace(settings, twilio_api_url=takes.url, whatsapp_sender=service)
    WhatsappChannel(around).send(outgoing(), {})
    fields = sent_fields(takes)
    assert fields["MessagingServiceSid"] == [service]
    assert "From" not in fields


def test_template_goes_by_its_id_with_its_values_as_text(channel: WhatsappChannel, takes: Provider) -> None:
    template = Approved("HX1", "es", ("Ana", "la entrega"))
    assert channel.send(outgoing("Hola, Ana: seguimos con la entrega.", template=template), {}) == Accepted("SM9")
    fields = sent_fields(takes)
    assert fields["ContentSid"] == ["HX1"]
    assert json.loads(fields["ContentVariables"][0]) == {"1": "Ana", "2": "la entrega"}
    assert "Body" not in fields


def test_template_without_places_has_no_values(channel: WhatsappChannel, takes: Provider) -> None:
    channel.send(outgoing(template=Approved("HX1", "es")), {})
    assert "ContentVariables" not in sent_fields(takes)


def test_file_goes_as_an_address_that_twilio_can_fetch(channel: WhatsappChannel, takes: Provider) -> None:
    assert channel.send(outgoing("Así es", attachments=(PHOTO,)), {PHOTO.key: b"jpg"}) == Accepted("SM9")
    assert sent_fields(takes)["MediaUrl"] == ["https://bucket.example/plato.jpg?signed"]
    assert sent_fields(takes)["Body"] == ["Así es"]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (outgoing("x" * 1601), Reason.TOO_LONG),
        (outgoing("x" * 1025, attachments=(PHOTO,)), Reason.TOO_LONG),
        (outgoing(attachments=(PHOTO, PHOTO)), Reason.ONE_AT_A_TIME),
        (outgoing(attachments=(PHOTO,), template=Approved("HX1", "es")), Reason.ONE_AT_A_TIME),
        (outgoing(attachments=(replace(PHOTO, content_type="audio/ogg"),)), Reason.ONE_AT_A_TIME),
        (outgoing(attachments=(replace(PHOTO, content_type="application/zip"),)), Reason.ATTACHMENT_REFUSED),
        (outgoing(attachments=(replace(PHOTO, size=6 * 1024 * 1024),)), Reason.ATTACHMENT_REFUSED),
    ],
    ids=["long", "long with a file", "two files", "file and template", "audio with words", "archive", "large picture"],
)
def test_what_would_be_cut_or_refused_is_not_sent_at_all(
    channel: WhatsappChannel, provider: Provider, message: Outgoing, reason: Reason
) -> None:
    result = channel.send(message, {})
    assert isinstance(result, Failure)
    assert (result.reason, result.retryable) == (reason, False)
    assert provider.calls == []


def test_voice_without_words_may_go(channel: WhatsappChannel, takes: Provider) -> None:
    voice = replace(PHOTO, content_type="audio/ogg; codecs=opus")
    assert channel.send(outgoing("", attachments=(voice,)), {}) == Accepted("SM9")


@pytest.mark.parametrize("wrong", [{"whatsapp_sender": ""}, {"whatsapp_provider": "carrier pigeon"}])
def test_without_its_settings_nothing_goes_out(
    settings: ChannelSettings, provider: Provider, wrong: dict[str, Any]
) -> None:
    around = replace(settings, **{"twilio_api_url": provider.url, "whatsapp_sender": "+34910000000", **wrong})
    with pytest.raises(NotConfigured):
        WhatsappChannel(around).send(outgoing(), {})
    assert provider.calls == []


def test_file_without_a_way_to_fetch_it_waits_for_the_team(settings: ChannelSettings) -> None:
    with pytest.raises(NotConfigured):
        WhatsappChannel(replace(settings, whatsapp_sender="+34910000000")).send(outgoing(attachments=(PHOTO,)), {})


def test_attempt_is_found_by_its_text(channel: WhatsappChannel, provider: Provider) -> None:
    listed = {
        "sid": "SM9",
        "body": "Sale hoy",
        "direction": "outbound-api",
        "date_created": "Thu, 28 May 2026 20:26:40 +0000",
    }
    provider.on(MESSAGES, 200, json.dumps({"messages": [listed]}).encode(), content_type="application/json")
    assert channel.find_sent(outgoing(), NOW) == Accepted("SM9")
    assert "To=whatsapp%3A%2B34600111222" in provider.calls[0].path


def test_a_template_that_is_not_found_by_its_words_may_have_left_all_the_same(
    channel: WhatsappChannel, provider: Provider
) -> None:
    provider.on(MESSAGES, 200, b'{"messages": []}', content_type="application/json")
    assert channel.find_sent(outgoing(), NOW) is None
    with pytest.raises(CannotBeAsked):
        channel.find_sent(outgoing(template=Approved("HX1", "es", ("Ana",))), NOW)


def test_twilio_that_does_not_answer_is_asked_later(channel: WhatsappChannel) -> None:
    with pytest.raises(TryAgain):
        channel.find_sent(outgoing(), NOW)
