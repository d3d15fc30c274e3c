"""A provider calls: prove who it is, make what it says durable, and only then answer."""

import base64
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256

from mostrador.channels.base import Greeting, HttpAnswer, Webhook, WebhookRequest
from mostrador.domain.errors import NotConfigured, Refused, Unreadable
from mostrador.domain.messages import UNREADABLE, ProviderEvent
from mostrador.domain.webhooks import FORBIDDEN, NOT_FOUND
from mostrador.usecases.ports import Drawer, InboundQueues

log = logging.getLogger(__name__)

LARGEST_QUEUED = 200_000
"""Bytes of an event that still travel in the queue; a larger one lies in the bucket and a claim travels."""
CLAIM = "claim"


def _never(_name: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Receive:
    open_webhook: Callable[[str], Webhook]
    """Raises KeyError for a provider that does not exist."""
    switched_on: Callable[[str], bool]
    queue: InboundQueues
    blobs: Drawer
    renew: Callable[[str], bool] = _never
    """Forgets a provider's secret that may have been replaced; False where it was read only just now."""

    def __call__(self, provider: str, request: WebhookRequest) -> HttpAnswer:
        try:
            webhook = self.open_webhook(provider)
        except KeyError:
            return NOT_FOUND
        if request.method == "GET" and isinstance(webhook, Greeting):
            return self._proven(provider, partial(webhook.greet, request))
        return self._proven(provider, partial(webhook.verify, request)) or self._accept(provider, webhook, request)

    def _proven[T](self, provider: str, prove: Callable[[], T]) -> T | HttpAnswer:
        """What ``prove`` gives, or the answer to whoever proves nothing."""
        try:
            return self._renewing(provider, prove)
        except Refused as refused:
            log.warning(
                "request refused", extra={"event": "request_refused", "provider": provider, "why": str(refused)}
            )
        except NotConfigured as missing:
            # An alarm listens for this line; a traceback would say nothing more than ``why``.
            log.error("channel closed", extra={"event": "channel_closed", "provider": provider, "why": str(missing)})  # noqa: TRY400
        return FORBIDDEN

    def _renewing[T](self, provider: str, prove: Callable[[], T]) -> T:
        """A provider that does not try again must not be refused because its secret was replaced a minute ago."""
        try:
            return prove()
        except Refused:
            if not self.renew(provider):
                raise
            return prove()

    def _accept(self, provider: str, webhook: Webhook, request: WebhookRequest) -> HttpAnswer:
        try:
            events = webhook.split(request)
        except Unreadable as unreadable:
            self.queue.inbound(self._set_aside(provider, request, str(unreadable)))
            return webhook.acknowledgement()
        if not all(self.switched_on(event.channel) for event in events):
            return NOT_FOUND
        self.queue.inbound_all([self._bounded(provider, event) for event in events])
        return webhook.acknowledgement()

    def _set_aside(self, provider: str, request: WebhookRequest, why: str) -> ProviderEvent:
        """The bytes as they came, in the bucket; the event makes the desk show them to a person."""
        digest = sha256(request.body).hexdigest()
        key = f"raw/{provider}/{digest}"
        self.blobs.put(key, request.body)  # as plain bytes: what kind of thing it claims to be is a stranger's word
        log.warning("request set aside", extra={"event": "set_aside", "provider": provider, "key": key, "why": why})
        facts = {"key": key, "provider": provider, "why": why, "size": len(request.body)}
        return ProviderEvent(UNREADABLE, digest, provider, facts, request.received_at)

    def _bounded(self, provider: str, event: ProviderEvent) -> ProviderEvent:
        encoded = json.dumps(event.payload).encode()
        if len(encoded) <= LARGEST_QUEUED:
            return event
        key = f"raw/{provider}/{sha256(encoded).hexdigest()}"
        self.blobs.put(key, encoded, "application/json")
        return replace(event, payload={CLAIM: key})


def raw_body(body: str | None, *, is_base64: bool) -> bytes:
    """The bytes that the provider signed, out of an API Gateway event. Raises Refused for broken base 64."""
    if not is_base64:
        return (body or "").encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(body or "", validate=True)
    except ValueError:
        raise Refused("the body is not base 64") from None
