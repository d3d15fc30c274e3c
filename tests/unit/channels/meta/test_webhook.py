"""Meta's callback: who calls, and what a request holds."""

import json
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from fakes.intake import FakeIntake
from mostrador.channels.base import Greeting, WebhookRequest
from mostrador.channels.meta.webhook import MetaWebhook
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.whatsapp import WhatsappChannel
from mostrador.domain.errors import NotConfigured, Refused, Unreadable

ADDRESS = "https://mostrador.latinaja.example/webhooks/meta"
BODY = b'{"object":"page","entry":[{"id":"1","time":1,"messaging":[{"message":{"mid":"m1","text":"a\\u00f1o"}}]}]}'
SIGNATURE = "sha256=9e1eb74394f8688440a6277c5e3454f82182401e79275e06dfe865d08a0a57dc"
TOKEN = "a token of ours"


def post(body: bytes, signature: str = SIGNATURE) -> WebhookRequest:
    return WebhookRequest("POST", ADDRESS, {"x-hub-signature-256": signature}, body, 1_780_000_000.0)


def get(**fields: str) -> WebhookRequest:
    query = urlencode({f"hub.{name}": value for name, value in fields.items()})
    return WebhookRequest("GET", f"{ADDRESS}?{query}", {}, b"", 1_780_000_000.0)


@pytest.fixture
def webhook(settings: ChannelSettings) -> MetaWebhook:
    return MetaWebhook(settings)


def test_known_signature_over_escaped_letters_is_metas(webhook: MetaWebhook) -> None:
    webhook.verify(post(BODY))


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        (json.dumps(json.loads(BODY), ensure_ascii=False, separators=(",", ":")).encode(), SIGNATURE),
        (BODY + b" ", SIGNATURE),
        (BODY, SIGNATURE.removeprefix("sha256=")),
        (BODY, SIGNATURE.upper()),
        (BODY, ""),
        (BODY, "sha256=ñ"),
    ],
    ids=["read and written again", "a byte more", "bare", "capitals", "none", "no hexadecimal"],
)
def test_anything_else_is_refused(webhook: MetaWebhook, body: bytes, signature: str) -> None:
    with pytest.raises(Refused):
        webhook.verify(post(body, signature))


def test_old_signature_alone_is_none(webhook: MetaWebhook) -> None:
    with pytest.raises(Refused):
        webhook.verify(replace(post(BODY), headers={"x-hub-signature": "sha1=00"}))


def test_handshake_is_answered_with_the_bare_challenge(webhook: MetaWebhook) -> None:
    assert isinstance(webhook, Greeting)
    answer = webhook.greet(get(mode="subscribe", verify_token=TOKEN, challenge="1158201444"))
    assert (answer.status, answer.body) == (200, "1158201444")
    assert answer.content_type.startswith("text/plain")


@pytest.mark.parametrize(
    "asked",
    [
        {"mode": "subscribe", "verify_token": "guess", "challenge": "1"},
        {"mode": "subscribe", "verify_token": "", "challenge": "1"},
        {"mode": "subscribe", "challenge": "1"},
        {"mode": "unsubscribe", "verify_token": TOKEN, "challenge": "1"},
        {"mode": "subscribe", "verify_token": TOKEN},
        {"mode": "subscribe", "verify_token": TOKEN, "challenge": "<script>"},
        {},
    ],
    ids=repr,
)
def test_handshake_of_a_stranger_is_refused(webhook: MetaWebhook, asked: dict[str, str]) -> None:
    with pytest.raises(Refused):
        webhook.greet(get(**asked))


def test_without_our_token_nobody_is_greeted(settings: ChannelSettings) -> None:
    with pytest.raises(NotConfigured):
        MetaWebhook(replace(settings, secret=lambda _: {"app_secret": "x"})).greet(get(verify_token=""))


def test_several_entries_changes_and_messages_are_all_events(
    webhook: MetaWebhook, payload: Callable[[str], bytes]
) -> None:
    one = json.loads(payload("whatsapp_cloud/message__two_people_at_once.json"))
    two = json.loads(payload("whatsapp_cloud/status__read.json"))
    one["entry"][0]["changes"] += two["entry"][0]["changes"]
    one["entry"] += two["entry"]
    events = webhook.split(post(json.dumps(one).encode()))
    assert [event.sender for event in events] == [
        "34600111222",
        "34600333444",
        "01kw0000000000000000000000-2",
        "01kw0000000000000000000000-2",
    ]
    assert {event.channel for event in events} == {"whatsapp"}


@pytest.mark.parametrize("strange", ["text", None, {"from": ["x"]}, 7], ids=repr)
def test_one_message_that_nobody_can_read_takes_no_other_along(
    webhook: MetaWebhook, settings: ChannelSettings, payload: Callable[[str], bytes], strange: object
) -> None:
    document = json.loads(payload("whatsapp_cloud/message__two_people_at_once.json"))
    value = document["entry"][0]["changes"][0]["value"]
    value["messages"].insert(1, strange)
    value["contacts"].insert(0, None)
    document["entry"][0]["changes"].insert(0, {"value": {}})
    events = webhook.split(post(json.dumps(document).encode()))
    read = [event for event in events if "message" in event.payload]
    assert {event.sender for event in read} >= {"34600111222", "34600333444"}
    channel = WhatsappChannel(settings)
    for event in (each for each in events if each not in read):
        with pytest.raises(Unreadable):
            channel.read(event, FakeIntake())


@pytest.mark.parametrize(
    "document",
    [
        {"object": "page", "entry": []},
        {"object": "whatsapp_business_account"},
        {"object": "whatsapp_business_account", "entry": []},
        {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": None}]}]},
        {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": {}}]}]},
        {"object": ["page"]},
    ],
    ids=repr,
)
def test_what_is_not_as_documented_is_unreadable(webhook: MetaWebhook, document: object) -> None:
    with pytest.raises(Unreadable):
        webhook.split(post(json.dumps(document).encode()))


def test_depth_that_no_reader_survives_is_unreadable(webhook: MetaWebhook) -> None:
    with pytest.raises(Unreadable):
        webhook.split(post(b"[" * 100_000))
