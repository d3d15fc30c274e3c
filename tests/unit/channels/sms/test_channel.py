from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import pytest

from fakes.intake import FakeIntake
from fakes.provider import Provider
from mostrador.channels.files import LONGEST_FETCH, PATIENCE
from mostrador.channels.registry import ChannelSettings, open_channel
from mostrador.channels.sms import SmsChannel
from mostrador.channels.sms.channel import LONGEST
from mostrador.domain.delivery import Accepted, Delivery, Failure, Reason
from mostrador.domain.errors import NotConfigured, TryAgain, Unreadable
from mostrador.domain.messages import Address, Attachment, Consent, Ignored, Outgoing, ProviderEvent, Receipt, Received

NOW = 1_780_000_000.0
MESSAGES = "/2010-04-01/Accounts/ACplayground00000000000000000000000/Messages.json"
PHOTO = (
    "/2010-04-01/Accounts/ACplayground00000000000000000000000/Messages/MM00000000000000000000000000000003"
    "/Media/ME00000000000000000000000000000031"
)


def event(body: bytes, **changes: Any) -> ProviderEvent:
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return ProviderEvent("sms", "SM1", "+34600111222", {**fields, **changes}, NOW)


def outgoing(text: str = "Sale hoy", **changes: Any) -> Outgoing:
    return Outgoing(
        message_id="01abc-3", conversation_id="01abc", to=Address("sms", "+34600111222"), text=text, **changes
    )


@pytest.fixture
def channel(settings: ChannelSettings, provider: Provider) -> SmsChannel:
    return SmsChannel(replace(settings, twilio_api_url=provider.url), clock=lambda: NOW)


def received(channel: SmsChannel, event: ProviderEvent, intake: FakeIntake) -> Received:
    arrival = channel.read(event, intake)
    assert isinstance(arrival, Received)
    return arrival


def test_registry_opens_it(settings: ChannelSettings) -> None:
    assert isinstance(open_channel("sms", settings), SmsChannel)


def test_message_is_normalised(channel: SmsChannel, payload: Callable[[str], bytes], intake: FakeIntake) -> None:
    message = received(channel, event(payload("sms/message__plain.form")), intake)
    assert message == Received(
        channel="sms",
        provider_id="SM00000000000000000000000000000001",
        sender=Address("sms", "+34600111222"),
        recipient="+34910000000",
        text="Hola, ¿tenéis tazas azules? 💙",
        sent_at=NOW,
    )


@pytest.mark.parametrize(
    ("name", "sender", "wish"),
    [
        ("empty_body", "+34600111222", None),
        ("stop", "+447700900123", Consent.STOP),
        ("stop_by_messaging_service", "+34600111222", Consent.STOP),
        ("alphanumeric_sender", "CORREOS", None),
    ],
)
def test_special_message_keeps_what_matters(
    channel: SmsChannel,
    payload: Callable[[str], bytes],
    intake: FakeIntake,
    name: str,
    sender: str,
    wish: Consent | None,
) -> None:
    message = received(channel, event(payload(f"sms/message__{name}.form")), intake)
    assert (message.sender.value, message.consent) == (sender, wish)
    assert message.answerable == sender.startswith("+")


def test_a_number_that_earns_by_being_answered_is_answered_by_no_machine(
    channel: SmsChannel, payload: Callable[[str], bytes], intake: FakeIntake
) -> None:
    message = received(channel, event(payload("sms/message__plain.form"), From="+34803123456"), intake)
    assert not message.answerable


def test_a_text_of_our_own_number_is_nobodys(
    channel: SmsChannel, payload: Callable[[str], bytes], intake: FakeIntake
) -> None:
    ours = event(payload("sms/message__plain.form"), From="+34910000000")
    assert isinstance(channel.read(ours, intake), Ignored)


def photo_event(payload: Callable[[str], bytes], provider: Provider, **changes: Any) -> ProviderEvent:
    return event(payload("sms/message__photo.form"), MediaUrl0=provider.url + PHOTO, **changes)


def test_photo_is_kept_beside_the_words(
    channel: SmsChannel, payload: Callable[[str], bytes], intake: FakeIntake, provider: Provider
) -> None:
    provider.on(PHOTO, 200, b"photo", content_type="image/jpeg")
    message = received(channel, photo_event(payload, provider), intake)
    (file,) = message.attachments
    assert (message.text, file.name) == ("Llegó rota", "ME00000000000000000000000000000031.jpg")
    assert intake.kept[file.key] == b"photo"


def test_photo_that_is_gone_leaves_the_words(
    channel: SmsChannel, payload: Callable[[str], bytes], intake: FakeIntake, provider: Provider
) -> None:
    message = received(channel, photo_event(payload, provider), intake)
    assert message.text == "Llegó rota"
    assert message.attachments == (
        Attachment("ME00000000000000000000000000000031.jpg", "image/jpeg", 0, problem="unavailable"),
    )


def test_photo_of_a_provider_unwell_is_waited_for_only_so_long(
    settings: ChannelSettings, payload: Callable[[str], bytes], intake: FakeIntake, provider: Provider
) -> None:
    provider.on(PHOTO, 503)
    there = replace(settings, twilio_api_url=provider.url)
    with pytest.raises(TryAgain):
        SmsChannel(there, clock=lambda: NOW + 1).read(photo_event(payload, provider), intake)
    late = SmsChannel(there, clock=lambda: NOW + PATIENCE)
    assert received(late, photo_event(payload, provider), intake).attachments[0].problem == "unavailable"


def test_photos_that_take_too_long_are_named_and_the_words_arrive(
    settings: ChannelSettings, payload: Callable[[str], bytes], intake: FakeIntake, provider: Provider
) -> None:
    provider.on(PHOTO, 200, b"photo", content_type="image/jpeg")
    times = iter([NOW, NOW, NOW + LONGEST_FETCH + 1])
    channel = SmsChannel(replace(settings, twilio_api_url=provider.url), clock=lambda: next(times))
    more = {"NumMedia": "2", "MediaUrl1": f"{provider.url}{PHOTO}", "MediaContentType1": "image/jpeg"}
    message = received(channel, photo_event(payload, provider, **more), intake)
    assert message.text == "Llegó rota"
    assert [file.problem for file in message.attachments] == ["", "unavailable"]


@pytest.mark.parametrize("count", ["", "-1", "x", "²"])
def test_count_of_files_that_is_no_number_means_none(channel: SmsChannel, intake: FakeIntake, count: str) -> None:
    strange = event(b"MessageSid=SM1&From=%2B34600111222&Body=hola", NumMedia=count)
    assert received(channel, strange, intake).attachments == ()


def test_state_callback_is_a_receipt(channel: SmsChannel, payload: Callable[[str], bytes], intake: FakeIntake) -> None:
    receipt = channel.read(event(payload("sms/status__delivered.form"), message="01abc-3"), intake)
    assert isinstance(receipt, Receipt)
    assert receipt.state is Delivery.DELIVERED


@pytest.mark.parametrize("body", [b"Body=hola", b"MessageSid=SM1&Body=hola", b"From=%2B34600111222&Body=hola"])
def test_message_without_its_bones_is_unreadable(channel: SmsChannel, intake: FakeIntake, body: bytes) -> None:
    with pytest.raises(Unreadable):
        channel.read(event(body), intake)


def test_message_is_sent_and_found_again(channel: SmsChannel, provider: Provider) -> None:
    sent = b'{"sid": "SM9", "body": "Sale hoy", "direction": "outbound-api"}'
    provider.on(MESSAGES, 201, sent)
    assert channel.send(outgoing(), {}) == Accepted("SM9")
    provider.on(
        MESSAGES,
        200,
        b'{"messages": [%s]}' % sent.replace(b"}", b', "date_created": "Fri, 01 May 2026 12:00:00 +0000"}'),
    )
    assert channel.find_sent(outgoing(), 1_777_636_800.0) == Accepted("SM9")


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (outgoing("x" * (LONGEST + 1)), Reason.TOO_LONG),
        (outgoing(attachments=(Attachment("factura.pdf", "application/pdf", 3, "k"),)), Reason.ATTACHMENT_REFUSED),
    ],
    ids=["too_long", "with_a_file"],
)
def test_message_that_sms_cannot_carry_fails_before_the_call(
    channel: SmsChannel, provider: Provider, message: Outgoing, reason: Reason
) -> None:
    result = channel.send(message, {"k": b"pdf"})
    assert isinstance(result, Failure)
    assert (result.reason, result.retryable) == (reason, False)
    assert not provider.calls


def test_missing_sender_is_named(settings: ChannelSettings) -> None:
    with pytest.raises(NotConfigured, match="number"):
        SmsChannel(replace(settings, sms_sender="")).send(outgoing(), {})
