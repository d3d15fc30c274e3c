"""Slack calls: prove that it is Slack, make what an agent did durable, and answer within three seconds."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from mostrador.channels.base import HttpAnswer, WebhookRequest
from mostrador.desk.events import AgentEvent, set_aside
from mostrador.desk.requests import Handshake, Nothing, RequestKind, read_request
from mostrador.desk.signature import verify
from mostrador.domain.errors import NotConfigured, Refused, Unreadable

log = logging.getLogger(__name__)

DONE = HttpAnswer(200)
UNAUTHORIZED = HttpAnswer(401, "refused")
BAD_REQUEST = HttpAnswer(400, "not understood")


class ActionQueue(Protocol):
    def action(self, body: str, thread: str, event_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Listen:
    secret: Callable[[str], Mapping[str, str]]
    renew: Callable[[str], bool]
    """Forgets a secret that may have been replaced; False where it was read only just now."""
    queue: ActionQueue

    def __call__(self, kind: RequestKind, request: WebhookRequest) -> HttpAnswer:
        try:
            self._verify(request)
        except Refused as refused:
            log.warning("request refused", extra={"event": "request_refused", "provider": "slack", "why": str(refused)})
            return UNAUTHORIZED
        except NotConfigured as missing:
            # An alarm listens for this line; a traceback would say nothing more than ``why``.
            log.error("channel closed", extra={"event": "channel_closed", "provider": "slack", "why": str(missing)})  # noqa: TRY400
            return UNAUTHORIZED
        return self._take(kind, request.body)

    def _verify(self, request: WebhookRequest) -> None:
        try:
            self._verify_once(request)
        except Refused:
            if not self.renew("slack"):
                raise
            self._verify_once(request)

    def _verify_once(self, request: WebhookRequest) -> None:
        verify(request.headers, request.body, self.secret("slack").get("signing_secret", ""), request.received_at)

    def _take(self, kind: RequestKind, body: bytes) -> HttpAnswer:
        try:
            meant = read_request(kind, body)
        except Unreadable as unreadable:
            log.warning("request not understood", extra={"event": "unreadable", "kind": kind, "why": str(unreadable)})
            digest = sha256(body).hexdigest()
            self.queue.action(set_aside(kind, body, str(unreadable)), f"unreadable:{digest}", digest)
            # An event is kept now and need not come again; whoever pressed or typed something is told that it failed.
            return DONE if kind == "events" else BAD_REQUEST
        match meant:
            case Handshake(challenge):
                return HttpAnswer(200, challenge)
            case Nothing(why):
                log.info("nothing to do", extra={"kind": kind, "why": why})
            case AgentEvent():
                self.queue.action(meant.to_json(), meant.group, meant.dedupe_id)
        return DONE
