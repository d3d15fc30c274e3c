"""The shop's callback: one event, or a list of them, about customers, orders, products and stock."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Protocol

import msgspec

from mostrador.domain.errors import Unreadable
from mostrador.domain.messages import ProviderEvent
from mostrador.domain.webhooks import SHOP, HttpAnswer, WebhookRequest
from mostrador.shop.signature import verify

MOST_EVENTS = 100
"""Of one request: each is queued by itself before the shop hears an answer."""
LONGEST_ID = 100

type Json = dict[str, Any]


class Surroundings(Protocol):
    @property
    def secret(self) -> Callable[[str], Mapping[str, str]]:
        """A secret's fields by its name; raises NotConfigured."""


class ShopWebhook:
    """Implements ``channels.base.Webhook``."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings

    def verify(self, request: WebhookRequest) -> None:
        secret = self._surroundings.secret(SHOP).get("webhook_secret", "")
        verify(request.headers, request.body, secret, request.received_at)

    def split(self, request: WebhookRequest) -> Sequence[ProviderEvent]:
        """What is wrong inside one event is found when it is read, so that the others are taken."""
        return [_event(payload, request.received_at) for payload in _payloads(request.body)]

    def acknowledgement(self) -> HttpAnswer:
        return HttpAnswer(200)


def _payloads(body: bytes) -> list[Json]:
    try:
        document = msgspec.json.decode(body)
    except (ValueError, RecursionError) as error:  # msgspec's own errors are ValueErrors
        raise Unreadable("the body is not JSON") from error
    payloads = document if isinstance(document, list) else [document]
    if len(payloads) > MOST_EVENTS:
        raise Unreadable(f"more than {MOST_EVENTS} events in one request")
    if not all(isinstance(payload, dict) for payload in payloads):
        raise Unreadable("an event is not an object")
    return payloads


def _event(payload: Json, received_at: float) -> ProviderEvent:
    event_id = _text(payload.get("id")) or "sha256:" + sha256(msgspec.json.encode(payload, order="sorted")).hexdigest()
    return ProviderEvent(SHOP, event_id, _group(payload) or event_id, payload, received_at)


def _group(payload: Json) -> str:
    """Whose events stay in order.

    Shipments and refunds do not stand behind the customer's orders: one that waits for its order would keep it away.
    """
    subject = str(payload.get("type")).partition(".")[0]
    data = payload.get("data")
    if not isinstance(data, dict):
        return ""
    if subject == "order":
        buyer = data.get("customer")
        return _buyer(buyer) if isinstance(buyer, dict) else ""
    kind, field = _GROUPS.get(subject, ("", ""))
    return _named(kind, data.get(field))


_GROUPS = {
    "customer": ("customer", "id"),
    "fulfilment": ("order", "order_id"),
    "refund": ("order", "order_id"),
    "product": ("product", "id"),
    "stock": ("product", "product_id"),
}


def _buyer(buyer: Json) -> str:
    return _named("customer", buyer.get("id")) or _named("guest", buyer.get("email"))


def _named(kind: str, value: object) -> str:
    text = _text(value).lower()
    return f"{kind}:{text}" if text else ""


def _text(value: object) -> str:
    """Empty for what cannot be anybody's id."""
    return value.strip() if isinstance(value, str) and len(value) <= LONGEST_ID else ""
