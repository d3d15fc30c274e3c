"""The telephone: calls of others as they come in, and answers that are read out."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

import pytest

from fakes.intake import FakeIntake
from fakes.provider import Provider, running_provider
from mostrador.channels.phone.callers import is_hidden, language_of_number
from mostrador.channels.phone.channel import RECORDING_PATIENCE, PhoneChannel
from mostrador.channels.phone.script import Say
from mostrador.channels.phone.twiml import twiml
from mostrador.channels.registry import ChannelSettings
from mostrador.domain.delivery import Accepted, Delivery, Failure, Reason, Unclear
from mostrador.domain.errors import NotConfigured, TryAgain
from mostrador.domain.messages import Address, Attachment, Outgoing, ProviderEvent, Receipt, Received

NOW = 1_780_000_000.0
CALLS = "/2010-04-01/Accounts/AC1/Calls.json"
RECORDING = "/2010-04-01/Accounts/AC1/Recordings/RE1"
SETTINGS = ChannelSettings(
    public_base_url="https://api.latinaja.example",
    secret={"twilio": {"account_sid": "AC1", "auth_token": "token"}}.__getitem__,
    phone_sender="+34910000000",
)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


def phone(provider: Provider, now: float = NOW, **fields: Any) -> PhoneChannel:
    return PhoneChannel(replace(SETTINGS, twilio_api_url=provider.url, **fields), lambda: now)


def message(text: str = "Tu plato sale hoy.", **fields: Any) -> Outgoing:
    to = Address("phone", fields.pop("to", "+34600111222"))
    return Outgoing("01kw-2", "01kw", to, text, sender_name="Marta", shop_name="La Tinaja", **fields)


def taken(provider: Provider) -> None:
    provider.on(CALLS, 201, json.dumps({"sid": "CA9", "status": "queued"}).encode(), content_type="application/json")


def asked(provider: Provider) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(provider.calls[-1].body.decode()).items()}


# Reading out


def test_an_answer_is_read_out_twice_to_a_machine_as_well(provider: Provider) -> None:
    taken(provider)
    assert phone(provider).send(message(), {}) == Accepted("CA9")
    form = asked(provider)
    assert (form["To"], form["From"], form["MachineDetection"]) == ("+34600111222", "+34910000000", "DetectMessageEnd")
    assert form["StatusCallback"].endswith("/webhooks/twilio?message=01kw-2")
    assert form["Twiml"].count("Tu plato sale hoy.") == 2
    assert "Hola, te llamamos de La Tinaja con un mensaje de Marta." in form["Twiml"]


def test_it_is_read_in_the_customers_language_and_cannot_say_more_than_text(provider: Provider) -> None:
    taken(provider)
    phone(provider).send(message("<Dial>+900</Dial> & more", language="en-GB"), {})
    document = asked(provider)["Twiml"]
    assert "this is La Tinaja" in document
    assert "en-GB" in document
    assert "<Dial>" not in document


def test_a_name_that_no_document_may_hold_ends_no_call() -> None:
    said = twiml((Say("Ana\x0b\x00\ud800 <Molina>", "es"),))
    assert ET.fromstring(said).findtext("Say") == "Ana    <Molina>"  # noqa: S314 - it is our own


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        (message("x" * 1201), Reason.TOO_LONG),
        (message("&" * 1200), Reason.TOO_LONG),
        (message(attachments=(Attachment("a.pdf", "application/pdf", 1, "k"),)), Reason.ATTACHMENT_REFUSED),
        (message(to="CA1"), Reason.NUMBER_HIDDEN),
        (message(to="+34803123456"), Reason.NUMBER_NOT_CALLED),
        (message(to="+34910000000"), Reason.NUMBER_NOT_CALLED),
    ],
    ids=["too long", "too long in XML", "a file", "nobody", "premium", "our own"],
)
def test_what_cannot_be_said_rings_nobody(provider: Provider, out: Outgoing, reason: Reason) -> None:
    taken(provider)
    result = phone(provider).send(out, {})
    assert isinstance(result, Failure)
    assert (result.reason, result.retryable) == (reason, False)
    assert provider.calls == []


def test_without_a_number_of_ours_nobody_is_rung(provider: Provider) -> None:
    with pytest.raises(NotConfigured):
        phone(provider, phone_sender="").send(message(), {})


@pytest.mark.parametrize(
    ("status", "code", "reason", "retryable"),
    [
        (400, 21215, Reason.SENDER_NOT_ALLOWED, False),
        (400, 13224, Reason.ADDRESS_INVALID, False),
        (429, 20429, Reason.RATE_LIMITED, True),
        (400, 99999, Reason.REJECTED, False),
    ],
)
def test_a_refusal_is_a_failure_by_its_code(
    provider: Provider, status: int, code: int, reason: Reason, *, retryable: bool
) -> None:
    body = json.dumps({"code": code, "message": "no", "status": status}).encode()
    provider.on(CALLS, status, body, content_type="application/json")
    result = phone(provider).send(message(), {})
    assert isinstance(result, Failure)
    assert (result.reason, result.retryable) == (reason, retryable)


def test_an_answer_that_breaks_off_leaves_a_doubt(provider: Provider) -> None:
    provider.on(CALLS, 502, b"bad gateway")
    assert isinstance(phone(provider).send(message(), {}), Unclear)


@pytest.mark.parametrize(
    ("direction", "created", "found"),
    [
        ("outbound-api", "Thu, 28 May 2026 20:26:40 +0000", Accepted("CA9")),
        ("outbound-api", "Thu, 28 May 2026 20:00:00 +0000", None),
        ("outbound-dial", "Thu, 28 May 2026 20:26:40 +0000", None),
    ],
    ids=["made", "an earlier one", "from within another call"],
)
def test_a_call_in_doubt_is_looked_for(
    provider: Provider, direction: str, created: str, found: Accepted | None
) -> None:
    call = {"sid": "CA9", "direction": direction, "date_created": created}
    body = json.dumps({"calls": [call], "next_page_uri": None}).encode()
    provider.on(CALLS, 200, body, content_type="application/json")
    assert phone(provider).find_sent(message(), NOW) == found


def test_a_doubt_that_cannot_be_settled_now_waits(provider: Provider) -> None:
    provider.on(CALLS, 503, b"")
    with pytest.raises(TryAgain):
        phone(provider).find_sent(message(), NOW)


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        ("completed", Delivery.DELIVERED, None),
        ("ringing", Delivery.ACCEPTED, None),
        ("busy", Delivery.FAILED, Reason.LINE_BUSY),
        ("no-answer", Delivery.FAILED, Reason.NOT_ANSWERED),
        ("failed", Delivery.FAILED, Reason.UNREACHABLE),
        ("canceled", Delivery.FAILED, Reason.NOT_ANSWERED),
    ],
)
def test_what_became_of_it_is_a_receipt(
    provider: Provider, status: str, state: Delivery, reason: Reason | None
) -> None:
    payload = {"what": "status", "CallSid": "CA9", "CallStatus": status, "message": "01kw-2"}
    receipt = phone(provider).read(ProviderEvent("phone", "e", "s", payload, NOW), FakeIntake())
    assert isinstance(receipt, Receipt)
    assert (receipt.message_id, receipt.state, receipt.provider_id) == ("01kw-2", state, "CA9")
    assert (receipt.failure.reason if receipt.failure else None) == reason


# Voice messages


def voicemail(provider: Provider, **more: str) -> ProviderEvent:
    call = {"what": "voicemail", "CallSid": "CA1", "From": "+34600111222", "language": "es"}
    return ProviderEvent("phone", "e", "s", {**call, "RecordingUrl": provider.url + RECORDING, **more}, NOW)


def test_a_recording_is_fetched_with_our_name_and_kept(provider: Provider) -> None:
    provider.on(f"{RECORDING}.mp3", 200, b"ID3 sound", content_type="audio/mpeg")
    received = phone(provider).read(voicemail(provider), FakeIntake())
    assert isinstance(received, Received)
    (file,) = received.attachments
    assert (file.name, file.content_type, file.size, file.problem) == ("voicemail.mp3", "audio/mpeg", 9, "")
    assert provider.calls[0].headers["authorization"].startswith("Basic ")


def test_a_recording_that_is_not_there_yet_is_waited_for(provider: Provider) -> None:
    provider.on(f"{RECORDING}.mp3", 404, b"")
    with pytest.raises(TryAgain):
        phone(provider, NOW + RECORDING_PATIENCE - 1).read(voicemail(provider), FakeIntake())
    received = phone(provider, NOW + RECORDING_PATIENCE).read(voicemail(provider), FakeIntake())
    assert isinstance(received, Received)
    assert [file.problem for file in received.attachments] == ["unavailable"]


def test_a_recording_of_another_host_is_not_asked_for(provider: Provider) -> None:
    received = phone(provider).read(voicemail(provider, RecordingUrl="https://elsewhere.example/RE1"), FakeIntake())
    assert isinstance(received, Received)
    assert [file.problem for file in received.attachments] == ["refused"]
    assert provider.calls == []


@pytest.mark.parametrize(("word", "trusted"), [("TN-Validation-Failed-C", False), ("TN-Validation-Passed-A", True)])
def test_a_number_that_is_known_to_be_forged_is_not_believed(provider: Provider, word: str, *, trusted: bool) -> None:
    received = phone(provider, NOW + RECORDING_PATIENCE).read(voicemail(provider, StirVerstat=word), FakeIntake())
    assert isinstance(received, Received)
    assert received.trusted is trusted


# Numbers


@pytest.mark.parametrize(
    ("number", "language"), [("+34600111222", "es"), ("+541112345678", "es"), ("+447700900123", "en"), ("x", "")]
)
def test_a_number_says_which_language_is_likely(number: str, language: str) -> None:
    assert language_of_number(number) == language


@pytest.mark.parametrize(
    ("number", "hidden"),
    [
        ("+34600111222", False),
        ("anonymous", True),
        ("+266696687", True),
        ("sip:x@y", True),
        ("", True),
        ("+3412", True),
    ],
)
def test_who_hides_has_no_number(number: str, *, hidden: bool) -> None:
    assert is_hidden(number) is hidden
