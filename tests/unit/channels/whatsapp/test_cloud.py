"""WhatsApp straight from Meta."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from fakes.intake import FakeIntake
from fakes.provider import Provider
from mostrador.channels.base import CannotBeAsked
from mostrador.channels.meta.whatsapp_events import whatsapp_events
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.whatsapp import WhatsappChannel
from mostrador.domain.delivery import Accepted, Delivery, Failure, Fault, Reason, SendResult, Unclear
from mostrador.domain.errors import NotConfigured, Unreadable
from mostrador.domain.messages import (
    Address,
    Approved,
    Arrival,
    Attachment,
    Ignored,
    Outgoing,
    ProviderEvent,
    Receipt,
    Received,
)

NOW = 1_780_000_000.0
NUMBER = "106540352242922"
MAP = "https://www.google.com/maps/search/?api=1&query=39.961233,-4.830712"
MESSAGES = f"/v25.0/{NUMBER}/messages"

type Read = Callable[[str], list[Arrival]]


def outgoing(text: str = "Sale hoy", to: str = "+34600111222", **changes: Any) -> Outgoing:
    return Outgoing(message_id="01abc-3", conversation_id="01abc", to=Address("whatsapp", to), text=text, **changes)


@pytest.fixture
def channel(settings: ChannelSettings, provider: Provider) -> WhatsappChannel:
    around = replace(
        settings,
        meta_graph_url=provider.url,
        whatsapp_provider="meta",
        whatsapp_sender=NUMBER,
        link=lambda file: f"https://bucket.example/{file.name}?signed",
    )
    return WhatsappChannel(around, clock=lambda: NOW)


@pytest.fixture
def read(channel: WhatsappChannel, payload: Callable[[str], bytes], intake: FakeIntake) -> Read:
    def all_of(name: str) -> list[Arrival]:
        entries = json.loads(payload(f"whatsapp_cloud/{name}.json"))["entry"]
        events = [event for entry in entries for event in whatsapp_events(entry, NOW)]
        return [channel.read(event, intake) for event in events]

    return all_of


@pytest.fixture
def message(read: Read) -> Callable[[str], Received]:
    def one(name: str) -> Received:
        (arrival,) = read(f"message__{name}")
        assert isinstance(arrival, Received)
        return arrival

    return one


def refused(reason: Reason, fault: Fault, code: str, *, again: bool = False) -> Failure:
    return Failure(reason, again, fault, code)


def sent_document(provider: Provider) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(provider.calls[-1].body)
    return document


@pytest.fixture
def takes(provider: Provider) -> Provider:
    body = b'{"messages": [{"id": "wamid.9", "message_status": "accepted"}]}'
    provider.on(MESSAGES, 200, body, content_type="application/json")
    return provider


# Coming in


def test_message_is_normalised(message: Callable[[str], Received]) -> None:
    assert message("plain") == Received(
        channel="whatsapp",
        provider_id="wamid.HBgLMzQ2MDAxMTEyMjIVAgASGBQ0001",
        sender=Address("whatsapp", "+34600111222", "Ana Molina"),
        recipient="+34910000000",
        text="Hola, ¿ha salido ya mi pedido? 💙",
        sent_at=NOW - 10,
        also_known_as="ES.13491208655302741918",
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "location",
            f"📍 Taller La Tinaja, Calle del Alfar 12\n{MAP}",
        ),
        ("contacts", "👤 Javier Ruiz\n+34 600 333 444\njavier.ruiz@correo.example"),
        ("button", "Sí, por favor"),
        ("list_choice", "Devoluciones\nEn 30 días"),
        ("form_filled_in", "talla: Grande"),
        ("order", "🛒 2 x azul-24\n¿Lo tenéis?"),
        ("reaction", "👍"),
    ],
)
def test_what_is_no_text_becomes_one(message: Callable[[str], Received], name: str, text: str) -> None:
    assert message(name).text == text


@pytest.mark.parametrize(
    ("name", "asks"), [("plain", True), ("reaction", False), ("number_changed", False), ("unsupported", True)]
)
def test_nobody_waits_for_an_answer_to_a_thumb(message: Callable[[str], Received], name: str, *, asks: bool) -> None:
    assert message(name).asks is asks


@pytest.mark.parametrize(
    ("name", "warnings"), [("plain", ()), ("reply_forwarded", ("forwarded",)), ("unsupported", ("unsupported",))]
)
def test_agents_are_told_what_to_mind(message: Callable[[str], Received], name: str, warnings: tuple[str, ...]) -> None:
    assert message(name).warnings == warnings


def test_whoever_has_no_number_is_known_by_what_meta_calls_them(message: Callable[[str], Received]) -> None:
    assert message("username_without_number").sender == Address("whatsapp", "GB.99491208655302741918", "Emma")


def test_somebody_whose_number_is_told_is_known_by_both_names(message: Callable[[str], Received]) -> None:
    assert message("plain").sender.value == "+34600111222"
    assert message("plain").also_known_as == "ES.13491208655302741918"
    assert message("username_without_number").also_known_as == ""


def test_the_only_contact_of_a_request_lends_nobody_else_its_number(
    channel: WhatsappChannel, intake: FakeIntake
) -> None:
    contact = {"wa_id": "34600111222", "user_id": "ES.13491208655302741918"}
    message = {"from_user_id": "ES.7", "id": "wamid.1", "type": "text", "text": {"body": "Hola"}}
    event = ProviderEvent("whatsapp", "wamid.1", "ES.7", {"message": message, "contact": contact}, NOW)
    received = channel.read(event, intake)
    assert isinstance(received, Received)
    assert (received.sender.value, received.also_known_as) == ("ES.7", "")


def test_each_of_several_messages_has_its_own_sender(read: Read) -> None:
    senders = [arrival.sender for arrival in read("message__two_people_at_once") if isinstance(arrival, Received)]
    assert senders == [
        Address("whatsapp", "+34600111222", "Ana Molina"),
        Address("whatsapp", "+34600333444", "Javier Ruiz"),
    ]


@pytest.mark.parametrize(
    "name",
    ["message__our_own", "message__reaction_taken_back", "status__warning", "template__approved",
     "status__of_somebody_elses_message"],
)  # fmt: skip
def test_what_asks_nothing_of_us_is_ignored(read: Read, name: str) -> None:
    (arrival,) = read(name)
    assert isinstance(arrival, Ignored)


@pytest.mark.parametrize(
    ("name", "state", "reason"),
    [
        ("sent", Delivery.ACCEPTED, None),
        ("delivered", Delivery.DELIVERED, None),
        ("read", Delivery.READ, None),
        ("failed_window_closed", Delivery.FAILED, Reason.WINDOW_CLOSED),
    ],
)
def test_status_is_a_receipt(read: Read, name: str, state: Delivery, reason: Reason | None) -> None:
    (receipt,) = read(f"status__{name}")
    assert isinstance(receipt, Receipt)
    assert (receipt.message_id, receipt.state, receipt.at) == ("01kw0000000000000000000000-2", state, NOW - 5)
    assert (receipt.failure.reason if receipt.failure else None) is reason


@pytest.mark.parametrize(
    "payload_",
    [
        {"message": {"id": "wamid.1", "from": "34600111222", "type": "text"}},
        {"message": {"id": "wamid.1", "from": "34600111222", "type": "text", "text": []}},
        {"message": {"id": "", "from": "34600111222", "type": "text", "text": {"body": "x"}}},
        {"message": {"id": "wamid.1", "type": "text", "text": {"body": "x"}}},
        {"message": "text"},
        {"status": {"id": "wamid.1"}},
        {"status": {"id": "w", "status": "failed", "biz_opaque_callback_data": "1-2", "errors": ["x"]}},
    ],
    ids=repr,
)
def test_event_without_its_bones_is_unreadable(
    channel: WhatsappChannel, intake: FakeIntake, payload_: dict[str, Any]
) -> None:
    with pytest.raises(Unreadable):
        channel.read(ProviderEvent("whatsapp", "e", "s", payload_, NOW), intake)


@pytest.mark.parametrize("told", ["", "soon", "0", "99999999999"])
def test_time_that_cannot_be_is_ours(channel: WhatsappChannel, intake: FakeIntake, told: str) -> None:
    message = {"id": "wamid.1", "from": "34600111222", "type": "text", "text": {"body": "x"}, "timestamp": told}
    arrival = channel.read(ProviderEvent("whatsapp", "e", "s", {"message": message}, NOW), intake)
    assert isinstance(arrival, Received)
    assert arrival.sent_at == NOW


def test_half_a_character_can_be_stored(channel: WhatsappChannel, intake: FakeIntake) -> None:
    message = {"id": "wamid.1", "from": "34600111222", "type": "text", "text": {"body": "hola \ud83d \0"}}
    arrival = channel.read(ProviderEvent("whatsapp", "e", "s", {"message": message}, NOW), intake)
    assert isinstance(arrival, Received)
    assert arrival.text.encode() == b"hola ? "


# Files


def test_document_is_kept_under_its_name(
    message: Callable[[str], Received], provider: Provider, intake: FakeIntake
) -> None:
    described = {"url": f"{provider.url}/files/1", "mime_type": "application/pdf", "file_size": 4}
    provider.on("/v25.0/1003383421387258", 200, json.dumps(described).encode())
    provider.on("/files/1", 200, b"%PDF", content_type="application/pdf")
    received = message("document")
    (file,) = received.attachments
    assert (received.text, file.name, intake.kept[file.key]) == ("La factura", "factura.pdf", b"%PDF")
    assert {call.headers["authorization"] for call in provider.calls} == {"Bearer a token of Meta's"}


@pytest.mark.parametrize(
    "url", ["https://evil.example/1", "http://lookaside.fbsbx.com/1", "https://169.254.169.254/latest", "", "ftp:/"]
)
def test_token_goes_to_meta_alone(message: Callable[[str], Received], provider: Provider, url: str) -> None:
    provider.on("/v25.0/1003383421387256", 200, json.dumps({"url": url}).encode())
    assert message("photo_with_words").attachments[0].problem == "refused"
    assert len(provider.calls) == 1


def test_redirect_is_not_followed_with_the_token(message: Callable[[str], Received], provider: Provider) -> None:
    provider.on("/v25.0/1003383421387256", 200, json.dumps({"url": f"{provider.url}/files/1"}).encode())
    provider.on("/files/1", 302, location=f"{provider.url}/files/2")
    provider.on("/files/2", 200, b"jpg", content_type="image/jpeg")
    assert message("photo_with_words").attachments[0].problem == "unavailable"
    assert [call.path for call in provider.calls] == ["/v25.0/1003383421387256", "/files/1"]


@pytest.mark.parametrize(
    ("described", "problem"),
    [({"file_size": 99_000_000, "url": "x"}, "too_large"), ({}, "refused"), (["url"], "refused")],
)
def test_file_that_is_not_had_is_named(
    message: Callable[[str], Received], provider: Provider, described: object, problem: str
) -> None:
    provider.on("/v25.0/1003383421387256", 200, json.dumps(described).encode())
    received = message("photo_with_words")
    assert received.text == "Llegó rota"
    assert received.attachments[0].problem == problem


def test_file_that_meta_has_forgotten_is_named(message: Callable[[str], Received]) -> None:
    assert message("voice_note").attachments[0].problem == "unavailable"


# Going out


def test_text_goes_with_our_id(channel: WhatsappChannel, takes: Provider) -> None:
    assert channel.send(outgoing(), {}) == Accepted("wamid.9")
    assert sent_document(takes) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "34600111222",
        "type": "text",
        "text": {"body": "Sale hoy", "preview_url": False},
        "biz_opaque_callback_data": "01abc-3",
    }
    assert takes.calls[-1].headers["authorization"] == "Bearer a token of Meta's"


def test_whoever_has_no_number_is_written_to_by_what_meta_calls_them(channel: WhatsappChannel, takes: Provider) -> None:
    channel.send(outgoing(to="GB.99491208655302741918"), {})
    assert sent_document(takes)["recipient"] == "GB.99491208655302741918"
    assert "to" not in sent_document(takes)


def test_template_goes_with_its_values(channel: WhatsappChannel, takes: Provider) -> None:
    channel.send(outgoing(template=Approved("seguimiento", "es_ES", ("Ana", "la entrega"))), {})
    assert sent_document(takes)["template"] == {
        "name": "seguimiento",
        "language": {"code": "es_ES"},
        "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "la entrega"}]}
        ],
    }


@pytest.mark.parametrize(
    ("content_type", "text", "kind", "content"),
    [
        ("image/png", "Así", "image", {"caption": "Así"}),
        ("image/png", "", "image", {}),
        ("application/pdf", "La factura", "document", {"caption": "La factura", "filename": "a.pdf"}),
        ("audio/ogg", "", "audio", {}),
    ],
)
def test_file_goes_as_an_address_that_meta_can_fetch(
    channel: WhatsappChannel, takes: Provider, content_type: str, text: str, kind: str, content: dict[str, str]
) -> None:
    file = Attachment("a.pdf", content_type, 10, "media/1")
    assert channel.send(outgoing(text, attachments=(file,)), {}) == Accepted("wamid.9")
    assert sent_document(takes)[kind] == {"link": "https://bucket.example/a.pdf?signed", **content}


@pytest.mark.parametrize(
    ("status", "body", "result"),
    [
        (400, {"error": {"code": 131047}}, refused(Reason.WINDOW_CLOSED, Fault.THEIRS, "131047")),
        (400, {"error": {"code": 131056}}, refused(Reason.RATE_LIMITED, Fault.OURS, "131056", again=True)),
        (400, {"error": {"code": 131026}}, refused(Reason.UNREACHABLE, Fault.THEIRS, "131026")),
        (401, {"error": {"code": 190}}, refused(Reason.CREDENTIALS, Fault.OURS, "190")),
        (404, {"error": {"code": 132001}}, refused(Reason.TEMPLATE_REFUSED, Fault.OURS, "132001")),
        (500, {"error": {"code": 131000}}, refused(Reason.PROVIDER_DOWN, Fault.OURS, "131000", again=True)),
        (400, {"error": {"code": 7}}, refused(Reason.REJECTED, Fault.THEIRS, "7")),
        (429, {}, refused(Reason.RATE_LIMITED, Fault.OURS, "429", again=True)),
        (503, {}, refused(Reason.PROVIDER_DOWN, Fault.OURS, "503", again=True)),
        (400, {}, refused(Reason.REJECTED, Fault.THEIRS, "400")),
        (500, {}, Unclear("HTTP 500")),
        (200, {}, Unclear("an answer without an id")),
    ],
)
def test_answer_of_meta_is_a_value(
    channel: WhatsappChannel, provider: Provider, status: int, body: dict[str, Any], result: SendResult
) -> None:
    provider.on(MESSAGES, status, json.dumps(body).encode(), content_type="application/json")
    assert channel.send(outgoing(), {}) == result
    assert len(provider.calls) == 1


def test_connection_that_breaks_off_leaves_a_doubt(channel: WhatsappChannel, provider: Provider) -> None:
    provider.on(MESSAGES, 0)
    assert isinstance(channel.send(outgoing(), {}), Unclear)


def test_graph_that_is_not_there_may_be_tried_again(settings: ChannelSettings) -> None:
    nowhere = replace(settings, meta_graph_url="http://127.0.0.1:1", whatsapp_provider="meta", whatsapp_sender=NUMBER)
    result = WhatsappChannel(nowhere).send(outgoing(), {})
    assert isinstance(result, Failure)
    assert result.retryable


def test_meta_keeps_no_list(channel: WhatsappChannel) -> None:
    with pytest.raises(CannotBeAsked):
        channel.find_sent(outgoing(), NOW)


def test_without_the_token_nothing_goes_out(settings: ChannelSettings, provider: Provider) -> None:
    around = replace(
        settings,
        secret=lambda _: {"app_secret": "x"},
        meta_graph_url=provider.url,
        whatsapp_provider="meta",
        whatsapp_sender=NUMBER,
    )
    with pytest.raises(NotConfigured):
        WhatsappChannel(around).send(outgoing(), {})
    assert provider.calls == []
