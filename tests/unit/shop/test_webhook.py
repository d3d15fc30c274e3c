"""One request of the shop becomes events that are queued by themselves."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from mostrador.channels.registry import ChannelSettings, open_webhook
from mostrador.domain.errors import NotConfigured, Refused, Unreadable
from mostrador.domain.messages import ProviderEvent
from mostrador.domain.webhooks import WebhookRequest
from mostrador.shop.signature import signature
from mostrador.shop.webhook import ShopWebhook

NOW = 1_795_341_600.0
SECRETS = {"shop": {"webhook_secret": "a-secret-of-the-shop"}}


def settings(secrets: Mapping[str, Mapping[str, str]] = SECRETS) -> ChannelSettings:
    return ChannelSettings("https://api.example.com", secrets.__getitem__)


def request(body: bytes, secret: str = "a-secret-of-the-shop") -> WebhookRequest:
    stamp = str(int(NOW))
    headers = {"mostrador-timestamp": stamp, "mostrador-signature": f"v1={signature(secret, stamp, body)}"}
    return WebhookRequest("POST", "https://api.example.com/webhooks/shop", headers, body, NOW)


def split(document: object) -> list[ProviderEvent]:
    return list(ShopWebhook(settings()).split(request(json.dumps(document).encode())))


def event(kind: str, event_id: str = "evt_1", **data: Any) -> dict[str, Any]:
    return {"id": event_id, "type": kind, "data": data}


def test_the_registry_opens_it_and_its_secret_proves_the_shop() -> None:
    webhook = open_webhook("shop", settings())
    webhook.verify(request(b"[]"))
    with pytest.raises(Refused):
        webhook.verify(request(b"[]", "the-secret-of-another"))
    with pytest.raises(NotConfigured):
        open_webhook("shop", settings({"shop": {"other": "a-secret-of-the-shop"}})).verify(request(b"[]"))


def test_nothing_is_said_to_the_shop_but_that_it_arrived() -> None:
    answer = ShopWebhook(settings()).acknowledgement()
    assert (answer.status, answer.body) == (200, "")


def test_one_event_and_a_list_of_events_are_the_same() -> None:
    one = event("stock.updated", product_id="p1")
    assert split(one) == split([one]) == [ProviderEvent("shop", "evt_1", "product:p1", one, NOW)]
    assert [found.event_id for found in split([one, event("ping", "evt_2")])] == ["evt_1", "evt_2"]
    assert split([]) == []


@pytest.mark.parametrize(
    ("told", "group"),
    [
        (event("customer.updated", id="7"), "customer:7"),
        (event("order.updated", id="1", customer={"id": "7", "email": "a@b.example"}), "customer:7"),
        (event("order.updated", id="1", customer={"email": "A@b.example"}), "guest:a@b.example"),
        (event("order.updated", id="1", customer=None), "evt_1"),
        (event("fulfilment.updated", id="f", order_id="1"), "order:1"),
        (event("refund.updated", id="r", order_id="1"), "order:1"),
        (event("product.updated", id="p1"), "product:p1"),
        (event("stock.updated", product_id="p1"), "product:p1"),
        (event("stock.updated", product_id=7), "evt_1"),
        (event("cart.abandoned", id="1"), "evt_1"),
        ({"id": "evt_1", "type": "order.updated", "data": []}, "evt_1"),
    ],
)
def test_what_concerns_one_customer_or_one_order_stays_in_order(told: dict[str, Any], group: str) -> None:
    (found,) = split(told)
    assert found.sender == group


@pytest.mark.parametrize("event_id", [None, "", " ", 7, "x" * 101, ["a"]])
def test_an_event_without_an_id_is_told_apart_by_what_it_says(event_id: object) -> None:
    first, second, again = (split({"id": event_id, "type": kind})[0].event_id for kind in ("a", "b", "a"))
    assert first == again != second
    assert first.startswith("sha256:")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"\xff\xfe{}",
        b'{"id": "evt_1", "total": NaN}',
        b'{"id": "evt_1", "total": 1e999}',
        b'{"id": "\\ud800"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[[]]",
        b'[{"id": "evt_1"}, null]',
        b'"text"',
        json.dumps([{"id": str(number)} for number in range(101)]).encode(),
    ],
    ids=lambda body: body[:30].decode("latin1"),
)
def test_what_is_no_list_of_events_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        ShopWebhook(settings()).split(request(body))
