"""What Slack sends: proven, made durable, answered."""

import hashlib
import hmac
import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mostrador.channels.base import WebhookRequest
from mostrador.desk.events import AgentEvent
from mostrador.desk.requests import RequestKind
from mostrador.domain.errors import Unreadable
from mostrador.usecases.agents.listen import Listen

NOW = 1_780_000_000.0
PAYLOADS = Path(__file__).parents[3] / "payloads" / "slack"


@dataclass
class Actions:
    taken: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)

    def action(self, body: str, thread: str, event_id: str) -> None:
        self.taken.append(body)
        self.groups.append(thread)


@dataclass
class Rotating:
    """A secret that was replaced; what a warm function knows is the old one."""

    known: str = "old"
    stored: str = "new"
    reads: int = 0

    def __call__(self, name: str) -> Mapping[str, str]:
        return {"signing_secret": self.known}

    def renew(self, name: str) -> bool:
        self.reads += 1
        self.known = self.stored
        return self.reads == 1


def request(body: bytes, secret: str) -> WebhookRequest:
    digest = hmac.new(secret.encode(), f"v0:{NOW:.0f}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {"x-slack-request-timestamp": f"{NOW:.0f}", "x-slack-signature": f"v0={digest}"}
    return WebhookRequest("POST", "/slack/events", headers, body, NOW)


REPLY = json.dumps(
    {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": "Ev1",
        "event": {
            "type": "message",
            "channel": "C1",
            "user": "U1",
            "text": "Sí\uffff",
            "ts": "2.0",
            "thread_ts": "1.0",
        },
    }
).encode()


def test_a_request_signed_with_a_secret_that_was_replaced_just_now_is_taken() -> None:
    secret, actions = Rotating(), Actions()
    assert Listen(secret, secret.renew, actions)("events", request(REPLY, "new")).status == 200
    assert len(actions.taken) == 1


def test_a_wrong_signature_does_not_make_us_read_the_secret_for_ever() -> None:
    secret, actions = Rotating(), Actions()
    listen = Listen(secret, secret.renew, actions)
    for _ in range(3):
        assert listen("events", request(REPLY, "forged")).status == 401
    assert actions.taken == []


@pytest.mark.parametrize(("kind", "status"), [("events", 200), ("actions", 400)])
def test_what_is_genuine_but_not_understood_is_kept_with_its_raw_bytes(kind: RequestKind, status: int) -> None:
    secret, actions = Rotating("s", "s"), Actions()
    assert Listen(secret, secret.renew, actions)(kind, request(b"[\xff]", "s")).status == status
    (kept,) = actions.taken
    assert b64decode(json.loads(kept)["body"]) == b"[\xff]"
    with pytest.raises(Unreadable):
        AgentEvent.from_json(kept)


def test_whatever_was_typed_travels_in_characters_that_the_queue_takes() -> None:
    secret, actions = Rotating("s", "s"), Actions()
    Listen(secret, secret.renew, actions)("events", request(REPLY, "s"))
    (taken,) = actions.taken
    assert taken.isascii()
    assert AgentEvent.from_json(taken).text == "Sí\uffff"


def test_a_command_is_answered_with_nothing_at_once_and_waits_in_the_line_of_whoever_typed_it() -> None:
    secret, actions = Rotating("s", "s"), Actions()
    body = (PAYLOADS / "command__mostrador.form").read_bytes()
    answer = Listen(secret, secret.renew, actions)("commands", request(body, "s"))
    assert (answer.status, answer.body) == (200, "")
    assert actions.groups == ["command:U0MARTA"]
    assert AgentEvent.from_json(actions.taken[0]).text == "ausente 2026-12-01"
