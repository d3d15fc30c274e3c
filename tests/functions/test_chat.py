"""The chat's function with API Gateway's own envelopes, over the real table, bucket, queues and secrets."""

import io
import json
from typing import Any

import boto3
import pytest

from fakes.provider import Provider, running_provider
from functions.conftest import Invoke, Json, Queues, sqs_event
from mostrador.store.connections import DynamoConnections

ORIGIN = "https://latinaja.example"


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch, environment: None) -> Any:
    """Amazon's side of open connections."""
    with running_provider() as running:
        for connection in ("one", "two"):
            running.on(f"/@connections/{connection}%3D", 200)
        values = {"CHAT_ENDPOINT": running.url, "CHAT_ORIGINS": f"{ORIGIN},https://www.latinaja.example"}
        for name, value in (values | {"CHANNELS": "chat,email,sms"}).items():
            monkeypatch.setenv(name, value)
        client: Any = boto3.client("secretsmanager")
        client.create_secret(Name="mostrador/chat-key", SecretString='{"key": "a-key-of-the-tests"}')
        yield running


def envelope(kind: str, connection: str = "one=", **more: Any) -> Json:
    """Proxy integration of a WebSocket API (API Gateway Developer Guide, "Set up a WebSocket API integration")."""
    route = {"CONNECT": "$connect", "DISCONNECT": "$disconnect", "MESSAGE": "$default"}[kind]
    context = {
        "routeKey": route,
        "eventType": kind,
        "connectionId": connection,
        "connectedAt": 1_780_000_000_000,
        "requestTimeEpoch": 1_780_000_000_100,
        "domainName": "a1b2c3.execute-api.eu-west-1.amazonaws.com",
        "stage": "live",
        "apiId": "a1b2c3",
        "identity": {"sourceIp": "203.0.113.7"},
    }
    return {"requestContext": context, "isBase64Encoded": False, **more}


def frame(kind: str, **fields: Any) -> Json:
    return envelope("MESSAGE", body=json.dumps({"v": 1, "type": kind, **fields}))


def heard(gateway: Provider) -> list[Json]:
    return [json.loads(call.body) for call in gateway.calls]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": ORIGIN}, 200),
        ({"origin": "https://www.latinaja.example"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({}, 403),
        (None, 403),
    ],
)
def test_a_connection_is_opened_from_the_shops_pages_alone(
    invoke: Invoke, gateway: Provider, secrets: None, table: str, headers: Any, status: int
) -> None:
    assert invoke("chat", envelope("CONNECT", headers=headers)) == {"statusCode": status}


def test_while_the_channel_is_switched_off_nobody_connects(
    invoke: Invoke, gateway: Provider, secrets: None, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHANNELS", "email,sms")
    assert invoke("chat", envelope("CONNECT", headers={"Origin": ORIGIN})) == {"statusCode": 403}


def test_a_visitor_is_welcomed_heard_answered_and_forgotten(
    invoke: Invoke, gateway: Provider, secrets: None, policy: None, queues: Queues
) -> None:
    assert invoke("chat", frame("hello", language="es")) == {"statusCode": 200}
    welcome, history = heard(gateway)
    assert (welcome["type"], welcome["shop"], history["messages"]) == ("welcome", "La Tinaja", [])
    assert welcome["presence"]["text"]

    invoke("chat", frame("send", ref="7h2kq9dm-1", text="Quiero hablar con una persona"))
    assert heard(gateway)[-1] == {"v": 1, "type": "ack", "ref": "7h2kq9dm-1"}
    (event,) = queues.messages("inbound")
    assert invoke("ingest", sqs_event(json.dumps(event))) == {"batchItemFailures": []}

    invoke("chat", frame("hello", token=welcome["token"]))
    (message, *_) = heard(gateway)[-1]["messages"]
    assert (message["from"], message["ref"], message["text"]) == (
        "you",
        "7h2kq9dm-1",
        "Quiero hablar con una persona",
    )

    for wake in queues.messages("deliver"):
        assert invoke("deliver", sqs_event(json.dumps(wake))) == {"batchItemFailures": []}
    assert heard(gateway)[-1]["type"] in {"message", "history"}
    invoke("chat", envelope("DISCONNECT"))
    invoke("chat", frame("ping"))
    assert heard(gateway)[-1]["code"] == "hello_first"


@pytest.mark.parametrize(
    ("channels", "offers"),
    [
        ("chat", {"email": False, "form": "", "callback": ""}),
        ("chat,email,form", {"email": True, "form": "https://api.example.com/prod/web/form?lang=es", "callback": ""}),
    ],
)
def test_what_else_a_visitor_may_do_is_what_is_switched_on(
    invoke: Invoke,
    gateway: Provider,
    secrets: None,
    policy: None,
    monkeypatch: pytest.MonkeyPatch,
    channels: str,
    offers: Json,
) -> None:
    monkeypatch.setenv("CHANNELS", channels)
    invoke("chat", frame("hello"))
    assert heard(gateway)[0]["offers"] == offers


def test_a_difficulty_of_ours_is_told_and_counted(
    invoke: Invoke, gateway: Provider, secrets: None, policy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke("chat", frame("hello"))
    monkeypatch.setenv("INBOUND_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/not-there.fifo")
    with pytest.raises(Exception, match="NonExistentQueue"):
        invoke("chat", frame("send", ref="7h2kq9dm-1", text="Hola"))
    assert (heard(gateway)[-1]["code"], heard(gateway)[-1]["ref"]) == ("try_again", "7h2kq9dm-1")


def test_without_a_policy_visitors_are_asked_to_come_again_and_the_log_says_why(
    invoke: Invoke, gateway: Provider, secrets: None, table: str, bucket: str, log: io.StringIO
) -> None:
    assert invoke("chat", frame("hello")) == {"statusCode": 200}
    assert heard(gateway)[-1]["code"] == "try_again"
    assert "channel_closed" in log.getvalue()


def test_neither_text_nor_token_nor_address_reaches_the_log(
    invoke: Invoke, gateway: Provider, secrets: None, policy: None, log: io.StringIO
) -> None:
    invoke("chat", frame("hello"))
    token = heard(gateway)[0]["token"]
    invoke("chat", frame("hello", token=token))
    invoke("chat", frame("send", ref="7h2kq9dm-1", text="un secreto mío"))
    invoke("chat", frame("leave_email", ref="7h2kq9dm-e1", email="ana.molina@correo.example"))
    invoke("chat", envelope("CONNECT", headers={"Origin": "https://evil.example"}))
    logged = log.getvalue()
    assert "request_refused" in logged
    assert not [private for private in (token, "un secreto", "ana.molina", "203.0.113.7") if private in logged]


def test_a_frame_that_no_browser_sends_is_refused_and_no_error_of_the_functions(
    invoke: Invoke, gateway: Provider, secrets: None, policy: None
) -> None:
    invoke("chat", frame("hello"))
    for body in ("[" * 60_000, '{"v": 1, "type": "ping", "x": ' + '{"a":' * 20_000, "\ud800", ""):
        assert invoke("chat", envelope("MESSAGE", body=body)) == {"statusCode": 200}
        assert heard(gateway)[-1]["code"] == "bad_frame"


def test_a_connection_that_greets_as_somebody_else_is_no_longer_the_first_visitors(
    invoke: Invoke, gateway: Provider, secrets: None, policy: None
) -> None:
    invoke("chat", frame("hello"))
    invoke("chat", frame("hello"))
    first, second = (one["session"] for one in heard(gateway) if one["type"] == "welcome")
    known = DynamoConnections()
    assert ([one.id for one in known.of(first)], [one.id for one in known.of(second)]) == ([], ["one="])
