"""A telephone call through the whole function, as API Gateway hands it over."""

import base64
import hashlib
import hmac
from urllib.parse import urlencode

import pytest

from functions.conftest import Invoke, Json, Queues, http_event

URL = "https://api.example.com/prod/voice"
CALL = {"CallSid": "CA1", "From": "+34600111222", "To": "+34910000000", "CallStatus": "ringing", "Direction": "inbound"}


@pytest.fixture(autouse=True)
def phone_is_on(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANNELS", "email,phone,sms")


def call(step: str, query: str = "", token: str = "test-secret", **more: str) -> Json:
    form = CALL | more
    text = f"{URL}/{step}" + (f"?{query}" if query else "") + "".join(name + form[name] for name in sorted(form))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    headers = {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "x-twilio-signature": base64.b64encode(digest).decode(),
    }
    event = http_event(f"/prod/voice/{step}", urlencode(form).encode(), headers, query=query)
    return event | {"pathParameters": {"step": step}}


def test_a_call_is_answered_in_twiml(invoke: Invoke, secrets: None, policy: None) -> None:
    answer = invoke("voice", call("incoming"))
    assert answer["statusCode"] == 200
    assert answer["headers"]["content-type"].startswith("text/xml")
    assert "Hola, has llamado a La Tinaja." in answer["body"]


def test_what_a_caller_chooses_is_queued(invoke: Invoke, secrets: None, policy: None, queues: Queues) -> None:
    assert "te llamamos" in invoke("voice", call("choice", "language=es", Digits="1"))["body"]
    (event,) = queues.messages("inbound")
    assert (event["channel"], event["event_id"], event["payload"]["language"]) == ("phone", "CA1:callback", "es")


def test_a_call_with_a_wrong_signature_is_refused(invoke: Invoke, secrets: None, policy: None) -> None:
    assert invoke("voice", call("incoming", token="another"))["statusCode"] == 403


def test_without_a_policy_whoever_calls_hears_a_sentence(invoke: Invoke, secrets: None) -> None:
    answer = invoke("voice", call("incoming"))
    assert answer["statusCode"] == 200
    assert "Perdona, algo no va bien" in answer["body"]


def test_a_function_that_cannot_start_says_so_to_whoever_is_on_the_line(
    invoke: Invoke, secrets: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TABLE_NAME")
    answer = invoke("voice", call("incoming"))
    assert answer["statusCode"] == 200
    assert "Perdona, algo no va bien" in answer["body"]


def test_the_end_of_a_call_is_queued_by_receive(invoke: Invoke, secrets: None, queues: Queues) -> None:
    url = "https://api.example.com/prod/webhooks/twilio"
    form = CALL | {"CallStatus": "completed"}
    text = url + "".join(name + form[name] for name in sorted(form))
    signature = base64.b64encode(hmac.new(b"test-secret", text.encode(), hashlib.sha1).digest()).decode()
    headers = {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature}
    answer = invoke("receive", http_event("/prod/webhooks/twilio", urlencode(form).encode(), headers))
    assert answer["statusCode"] == 200
    (event,) = queues.messages("inbound")
    assert (event["channel"], event["event_id"]) == ("phone", "CA1:completed")
