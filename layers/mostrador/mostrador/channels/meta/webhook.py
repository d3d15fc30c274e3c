"""Meta's callback: one address for all of its products. ``object`` says which one speaks."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mostrador.channels.base import HttpAnswer, WebhookRequest
from mostrador.channels.meta import signature
from mostrador.channels.meta.whatsapp_events import UNREAD, whatsapp_events
from mostrador.channels.registry import ChannelSettings
from mostrador.domain.errors import Unreadable
from mostrador.domain.messages import ProviderEvent

type Json = Mapping[str, Any]

_PRODUCTS: Mapping[str, Callable[[Json, float], Iterator[ProviderEvent]]] = {
    "whatsapp_business_account": whatsapp_events,
}
"""By ``object``: the events of one entry, of which a request may carry a thousand."""


class MetaWebhook:
    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings

    def verify(self, request: WebhookRequest) -> None:
        signature.verify(request, self._settings.secret("meta"))

    def greet(self, request: WebhookRequest) -> HttpAnswer:
        return signature.challenged(request, self._settings.secret("meta"))

    def split(self, request: WebhookRequest) -> Sequence[ProviderEvent]:
        document = _document(request.body)
        events_of = _PRODUCTS.get(str(document.get("object")))
        if events_of is None:
            raise Unreadable("a product of Meta that is not connected here")
        try:
            events = [event for entry in document["entry"] for event in events_of(entry, request.received_at)]
        except (KeyError, TypeError, AttributeError) as error:
            raise Unreadable(f"the callback lacks what Meta documents: {type(error).__name__}") from error
        if all(UNREAD in event.payload for event in events):
            raise Unreadable("a callback without an event")
        return events

    def acknowledgement(self) -> HttpAnswer:
        return HttpAnswer(200)


def _document(body: bytes) -> Json:
    try:
        document = json.loads(body.decode())
    except (ValueError, RecursionError) as error:
        raise Unreadable("a callback that is not JSON") from error
    if not isinstance(document, dict):
        raise Unreadable("a callback that is not a JSON object")
    return document
