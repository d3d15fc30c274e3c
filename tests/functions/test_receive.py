"""The door for providers: what is signed gets in whole, everything else stays out."""

import base64
import hashlib
import hmac
import io
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest

from functions.conftest import Invoke, Json, Queues, http_event

PAYLOADS = Path(__file__).parents[1] / "payloads"
PATH = "/prod/webhooks/twilio"
URL = "https://api.example.com/prod/webhooks/twilio"
FORM = {
    "AccountSid": "AC1",
    "Body": "",
    "From": "+34600111222",
    "MessageSid": "SM1",
    "NumMedia": "0",
    "To": "+34910000000",
}


def signed(form: dict[str, str], *, query: str = "", encoded: bool = False, token: str = "test-secret") -> Json:
    """A request as Twilio signs it: HMAC-SHA1 over the URL and the sorted fields."""
    url = URL + (f"?{query}" if query else "")
    text = url + "".join(name + form[name] for name in sorted(form))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    headers = {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "x-twilio-signature": base64.b64encode(digest).decode(),
    }
    return http_event(PATH, urlencode(form).encode(), headers, query=query, encoded=encoded)


@pytest.mark.parametrize("encoded", [False, True], ids=["text", "base64"])
def test_a_signed_message_is_queued_and_answered_with_empty_twiml(
    invoke: Invoke, secrets: None, queues: Queues, *, encoded: bool
) -> None:
    answer = invoke("receive", signed(FORM, encoded=encoded))
    assert answer["statusCode"] == 200
    assert answer["headers"]["content-type"].startswith("text/xml")
    assert "OK" not in answer["body"]
    (event,) = queues.messages("inbound")
    assert (event["channel"], event["event_id"], event["payload"]["Body"]) == ("sms", "SM1", "")


def test_header_names_of_any_case_are_taken(invoke: Invoke, secrets: None, queues: Queues) -> None:
    event = signed(FORM)
    event["headers"] = {name.title(): value for name, value in event["headers"].items()}
    assert invoke("receive", event)["statusCode"] == 200
    assert len(queues.messages("inbound")) == 1


def test_a_receipt_says_whose_it_is_in_its_signed_url(invoke: Invoke, secrets: None, queues: Queues) -> None:
    form = {"MessageSid": "SM2", "MessageStatus": "delivered", "From": "+34910000000", "To": "+34600111222"}
    query = "message=01kw0000000000000000000000-2"
    assert invoke("receive", signed(form, query=query))["statusCode"] == 200
    (event,) = queues.messages("inbound")
    assert "01kw0000000000000000000000-2" in str(event)


def tampered(event: Json, **changes: Any) -> Json:
    return {**event, **changes}


@pytest.mark.parametrize(
    "event",
    [
        signed(FORM, token="another"),
        tampered(signed(FORM), body=urlencode({**FORM, "Body": "x"})),
        tampered(signed(FORM), rawQueryString="message=1"),
        tampered(signed(FORM), headers={"content-type": "application/x-www-form-urlencoded"}),
        tampered(signed(FORM), headers={}),
        tampered(signed(FORM), body=None),
        tampered(signed(FORM), body="%%%", isBase64Encoded=True),
        tampered(signed(FORM), body="ñ\ud800"),
        tampered(signed(FORM), headers={**signed(FORM)["headers"], "content-type": "application/json"}),
    ],
    ids=[
        "another secret",
        "another body",
        "another query",
        "no signature",
        "no headers",
        "no body",
        "not base64",
        "not text",
        "another kind",
    ],
)
def test_what_is_not_signed_is_refused_and_nothing_is_kept(
    invoke: Invoke, secrets: None, queues: Queues, bucket: str, event: Json
) -> None:
    assert invoke("receive", event)["statusCode"] == 403
    assert queues.messages("inbound") == []
    assert boto3.client("s3").list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_a_provider_without_its_secret_is_shut_and_says_so_in_the_log(
    invoke: Invoke, queues: Queues, log: io.StringIO
) -> None:
    assert invoke("receive", signed(FORM))["statusCode"] == 403
    assert queues.messages("inbound") == []
    assert '"event":"channel_closed"' in log.getvalue()


def test_an_unknown_provider_is_not_found(invoke: Invoke, queues: Queues) -> None:
    event = http_event("/prod/webhooks/pigeon", b"{}", {})
    assert invoke("receive", event)["statusCode"] == 404
    assert queues.messages("inbound") == []


def test_a_channel_that_is_switched_off_is_not_found(
    invoke: Invoke, secrets: None, queues: Queues, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHANNELS", "email,sms")
    whatsapp = {**FORM, "From": "whatsapp:+34600111222", "To": "whatsapp:+34910000000"}
    assert invoke("receive", signed(whatsapp))["statusCode"] == 404
    assert queues.messages("inbound") == []


def test_what_is_genuine_but_not_understood_is_kept_with_its_raw_bytes(
    invoke: Invoke, secrets: None, queues: Queues, bucket: str
) -> None:
    answer = invoke("receive", signed({"Surprise": "ñ", "AccountSid": "AC1"}))
    assert answer["statusCode"] == 200
    (event,) = queues.messages("inbound")
    kept = boto3.client("s3").get_object(Bucket=bucket, Key=event["payload"]["key"])["Body"].read()
    assert kept == urlencode({"Surprise": "ñ", "AccountSid": "AC1"}).encode()


def test_a_message_too_large_for_the_queue_travels_as_a_claim(
    invoke: Invoke, secrets: None, queues: Queues, bucket: str
) -> None:
    form = {**FORM, "Surprise": "x" * 250_000}
    assert invoke("receive", signed(form))["statusCode"] == 200
    (event,) = queues.messages("inbound")
    assert event["payload"].keys() == {"claim"}
    kept = boto3.client("s3").get_object(Bucket=bucket, Key=event["payload"]["claim"])["Body"].read()
    assert b"SM1" in kept


def test_a_text_travels_in_characters_that_the_queue_takes(invoke: Invoke, secrets: None, queues: Queues) -> None:
    assert invoke("receive", signed({**FORM, "Body": "ñ\uffff"}))["statusCode"] == 200
    client: Any = boto3.client("sqs")
    (message,) = client.receive_message(QueueUrl=queues.urls["inbound"])["Messages"]
    assert message["Body"].isascii()
    assert json.loads(message["Body"])["payload"]["Body"] == "ñ\uffff"


def test_no_secret_and_no_text_reaches_the_log(invoke: Invoke, secrets: None, log: io.StringIO) -> None:
    invoke("receive", signed({**FORM, "Body": "mi tarjeta es 4111"}))
    invoke("receive", signed({**FORM, "Body": "mi tarjeta es 4111"}, token="x"))
    assert "request refused" in log.getvalue()
    for secret in ("test-secret", "4111", "+34600111222"):
        assert secret not in log.getvalue()


def slack_event(body: bytes, *, at: float | None = None, secret: str = "test-secret", kind: str = "events") -> Json:
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}"}
    return http_event(f"/prod/slack/{kind}", body, headers)


REPLY = (
    b'{"type":"event_callback","team_id":"T1","api_app_id":"A1","event_id":"Ev1","event":{"type":"message",'
    b'"channel":"C1","user":"U1","text":"Sale hoy","ts":"2.0","thread_ts":"1.0","event_ts":"2.0"}}'
)


def test_slack_checks_the_address_with_a_challenge(invoke: Invoke, secrets: None) -> None:
    answer = invoke("slack", slack_event(b'{"type":"url_verification","challenge":"abc"}'))
    assert (answer["statusCode"], answer["body"]) == (200, "abc")


def test_an_agents_reply_is_queued_for_its_thread(invoke: Invoke, secrets: None, queues: Queues) -> None:
    assert invoke("slack", slack_event(REPLY))["statusCode"] == 200
    (action,) = queues.messages("actions")
    assert (action["kind"], action["text"], action["thread_ts"]) == ("reply", "Sale hoy", "1.0")


def test_a_retry_of_slack_within_five_minutes_is_queued_once(invoke: Invoke, secrets: None, queues: Queues) -> None:
    for _ in range(2):
        assert invoke("slack", slack_event(REPLY))["statusCode"] == 200
    assert len(queues.messages("actions")) == 1


@pytest.mark.parametrize(
    "forged",
    [
        lambda: slack_event(REPLY, secret="another"),
        lambda: slack_event(REPLY, at=time.time() - 900),
        lambda: slack_event(REPLY, at=time.time() + 900),
        lambda: tampered(slack_event(REPLY), body=REPLY.decode().replace("hoy", "nunca")),
        lambda: tampered(slack_event(REPLY), headers={}),
    ],
    ids=["another secret", "stale", "from the future", "tampered", "unsigned"],
)
def test_what_slack_did_not_sign_now_is_refused(
    invoke: Invoke, secrets: None, queues: Queues, forged: Callable[[], Json]
) -> None:
    assert invoke("slack", forged())["statusCode"] == 401
    assert queues.messages("actions") == []


def test_slack_without_its_secret_is_shut(invoke: Invoke, queues: Queues, log: io.StringIO) -> None:
    assert invoke("slack", slack_event(REPLY))["statusCode"] == 401
    assert '"event":"channel_closed"' in log.getvalue()


def test_what_slack_signed_but_nobody_understands_is_kept(invoke: Invoke, secrets: None, queues: Queues) -> None:
    assert invoke("slack", slack_event(b"[]"))["statusCode"] == 200
    (kept,) = queues.messages("actions")
    assert kept["body"] == "W10="


# Meta asks first, and signs the bytes


def test_handshake_of_meta_is_answered_with_the_bare_challenge(invoke: Invoke, secrets: None, queues: Queues) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": "our-token", "hub.challenge": "1158201444"}
    answer = invoke("receive", http_event("/prod/webhooks/meta", b"", {}, query=urlencode(asked), method="GET"))
    assert (answer["statusCode"], answer["body"]) == (200, "1158201444")
    assert queues.messages("inbound") == []


def test_handshake_with_another_token_is_refused(invoke: Invoke, secrets: None, queues: Queues) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": "a-guess", "hub.challenge": "1158201444"}
    answer = invoke("receive", http_event("/prod/webhooks/meta", b"", {}, query=urlencode(asked), method="GET"))
    assert answer["statusCode"] == 403
    assert "1158201444" not in answer["body"]


def test_two_messages_in_one_callback_of_meta_are_two_events(invoke: Invoke, secrets: None, queues: Queues) -> None:
    body = (PAYLOADS / "whatsapp_cloud/message__two_people_at_once.json").read_bytes()
    digest = hmac.new(b"test-secret", body, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "x-hub-signature-256": f"sha256={digest}"}
    answer = invoke("receive", http_event("/prod/webhooks/meta", body, headers))
    assert (answer["statusCode"], answer["body"]) == (200, "")
    assert [event["sender"] for event in queues.messages("inbound")] == ["34600111222", "34600333444"]


def test_many_messages_in_one_callback_of_meta_are_all_taken(invoke: Invoke, secrets: None, queues: Queues) -> None:
    document = json.loads((PAYLOADS / "whatsapp_cloud/message__plain.json").read_text())
    value = document["entry"][0]["changes"][0]["value"]
    (message,) = value["messages"]
    value["messages"] = [{**message, "id": f"wamid.{number}"} for number in range(45)]
    value["messages"].insert(20, "of no use to anybody")
    body = json.dumps(document).encode()
    signature = hmac.new(b"test-secret", body, hashlib.sha256).hexdigest()
    headers = {"x-hub-signature-256": f"sha256={signature}"}
    assert invoke("receive", http_event("/prod/webhooks/meta", body, headers))["statusCode"] == 200
    client: Any = boto3.client("sqs")
    waiting = client.get_queue_attributes(QueueUrl=queues.urls["inbound"], AttributeNames=["All"])["Attributes"]
    assert waiting["ApproximateNumberOfMessages"] == "46"
