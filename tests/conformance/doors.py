"""How events of each channel get in, and what its provider sees of what goes out: what the common tests need to know.

A new channel adds one door here; every test of test_channels.py then runs for it.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

from fakes.inbox import FakeInbox
from fakes.intake import FakeIntake
from fakes.provider import Provider
from fakes.web import BOUNDARY, submitted
from fakes.world import FakePolicies
from mostrador.channels.base import WebhookRequest
from mostrador.channels.chat import frames
from mostrador.channels.chat.events import email_event, message_event, receipt_events
from mostrador.channels.chat.frames import read_frame
from mostrador.channels.chat.pages import page_of
from mostrador.channels.chat.tokens import Upload
from mostrador.channels.email import split_ses
from mostrador.channels.registry import ChannelSettings, open_webhook
from mostrador.domain.chat import Connection
from mostrador.domain.messages import ProviderEvent
from mostrador.usecases.phone.pick_up import PickUp

PAYLOADS = Path(__file__).parents[1] / "payloads"
BASE = "https://mostrador.latinaja.example"
NOW = 1_780_000_000.0
SECRET = "a-secret-of-the-tests"
SECRETS = {
    "meta": {"app_secret": SECRET, "verify_token": SECRET, "access_token": SECRET},
    "twilio": {"account_sid": "ACplayground00000000000000000000000", "auth_token": SECRET},
    "reply-key": {"key": SECRET},
    "web-key": {"key": SECRET},
}
META_NUMBER = "106540352242922"


@dataclass(frozen=True)
class Door:
    channel: str
    secret: str
    """The secret without which the channel has to stay shut; empty where our role is the proof of who writes."""
    enter: Callable[[Path, ChannelSettings, FakeIntake], Sequence[ProviderEvent]]
    """What a payload file becomes on its way in; the intake gets what the provider would have stored."""
    to: str
    """An address that can be written to."""
    answer: Callable[[Provider], None]
    """Let the provider's API take one message."""
    provider: str = ""
    """Of the HTTP callback; empty where AWS itself is the door."""
    sign: Callable[[bytes], WebhookRequest] | None = None
    signs_url: bool = True
    """The signature covers the address as well as the body."""
    folder: str = ""
    """Of the payloads, where it is not named like the channel: a channel may have several doors."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Of ``ChannelSettings``, for this door."""

    @property
    def payloads(self) -> list[Path]:
        return sorted(path for path in (PAYLOADS / (self.folder or self.channel)).glob("*__*") if path.is_file())


def twilio_request(
    body: bytes, *, secret: str = SECRET, query: str = "message=01kw0000000000000000000000-2"
) -> WebhookRequest:
    """As Twilio signs a form: HMAC-SHA1 over the URL and the sorted fields (Webhooks Security)."""
    ours = b"MessageStatus" in body or b"outbound-api" in body
    return _signed_by_twilio(f"{BASE}/webhooks/twilio" + (f"?{query}" if ours else ""), body, secret)


def _signed_by_twilio(url: str, body: bytes, secret: str = SECRET) -> WebhookRequest:
    fields = sorted(set(parse_qsl(body.decode(), keep_blank_values=True)))
    text = url + "".join(name + value for name, value in fields)
    signature = base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()).decode()
    headers = {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature}
    return WebhookRequest("POST", url, headers, body, NOW)


def _enter_by_twilio(payload: Path, settings: ChannelSettings, _intake: FakeIntake) -> Sequence[ProviderEvent]:
    request = twilio_request(payload.read_bytes().strip())
    webhook = open_webhook("twilio", settings)
    webhook.verify(request)
    return webhook.split(request)


def _enter_by_telephone(payload: Path, settings: ChannelSettings, intake: FakeIntake) -> Sequence[ProviderEvent]:
    """A step of a call, or the state of one."""
    step = payload.name.partition("__")[0]
    if step not in ("choice", "time", "recorded"):
        return _enter_by_twilio(payload, settings, intake)
    events: list[ProviderEvent] = []
    queue = SimpleNamespace(inbound=events.append)
    pick_up = PickUp(open_webhook("twilio", settings), FakeInbox(), FakePolicies(), queue, lambda: NOW, BASE)
    query = f"language=es&at={int(NOW) + 3600}-{int(NOW) + 7200}"
    answer = pick_up(step, _signed_by_twilio(f"{BASE}/voice/{step}?{query}", payload.read_bytes().strip()))
    assert answer.status == 200
    return events


def meta_request(body: bytes, *, secret: str = SECRET) -> WebhookRequest:
    """As Meta signs: HMAC-SHA256 over the raw bytes with the app's secret ("Validating payloads")."""
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "x-hub-signature-256": f"sha256={signature}"}
    return WebhookRequest("POST", f"{BASE}/webhooks/meta", headers, body, NOW)


def _enter_by_meta(payload: Path, settings: ChannelSettings, _intake: FakeIntake) -> Sequence[ProviderEvent]:
    request = meta_request(payload.read_bytes().strip())
    webhook = open_webhook("meta", settings)
    webhook.verify(request)
    return webhook.split(request)


def _enter_by_ses(payload: Path, _settings: ChannelSettings, intake: FakeIntake) -> Sequence[ProviderEvent]:
    if payload.suffix == ".json":
        events = split_ses(json.loads(payload.read_bytes()), NOW)
        raw = b"From: ana.molina@correo.example\r\nSubject: Hola\r\n\r\nHola\r\n"
    else:
        raw = payload.read_bytes()
        events = split_ses(_ses_event(hashlib.sha256(raw).hexdigest()[:40]), NOW)
    for event in events:
        if "key" in event.payload:
            intake.mails[event.payload["key"]] = raw
    return events


def _ses_event(message_id: str) -> dict[str, object]:
    sender = "ana.molina@correo.example"
    mail = {"messageId": message_id, "source": sender, "commonHeaders": {"from": [sender]}}
    verdicts = {f"{name}Verdict": {"status": "PASS"} for name in ("spam", "virus", "spf", "dkim", "dmarc")}
    receipt = {"recipients": ["hola@latinaja.example"], **verdicts}
    return {"Records": [{"eventSource": "aws:ses", "ses": {"mail": mail, "receipt": receipt}}]}


VISITOR = Connection("connection1=", "k3fqvisitor", "es", NOW * 2)
"""In a page that says something all the time."""


class _OneVisitor:
    def of(self, session: str) -> Sequence[Connection]:
        return [VISITOR] if session == VISITOR.session else []

    def forget(self, connection: Connection) -> None:
        """It comes back at once."""


def _enter_by_websocket(payload: Path, _settings: ChannelSettings, _intake: FakeIntake) -> Sequence[ProviderEvent]:
    match read_frame(payload.read_text()):
        case frames.Send() as frame:
            key = f"uploads/chat/{VISITOR.session}/1"
            uploads = [Upload(VISITOR.session, key, "rota.jpg", "image/jpeg") for _ in frame.files]
            return [message_event(VISITOR, frame, uploads, NOW, page_of(frame.page, ("https://latinaja.example",)))]
        case frames.LeaveEmail() as frame:
            return [email_event(VISITOR, frame, NOW)]
        case frames.Receipt() as frame:
            return receipt_events(VISITOR.session, frame, NOW)
        case frame:
            raise AssertionError(frame)


def _gateway_takes(provider: Provider) -> None:
    provider.on("/@connections/connection1%3D", 200)


def _enter_by_form(payload: Path, settings: ChannelSettings, intake: FakeIntake) -> Sequence[ProviderEvent]:
    """As a browser sends it, through the page that takes it."""
    forms = {
        ".multipart": f"multipart/form-data; boundary={BOUNDARY}",
        ".urlencoded": "application/x-www-form-urlencoded",
    }
    key = settings.secret("web-key")["key"]
    return submitted(payload.read_bytes(), forms[payload.suffix], key, NOW, intake.mails)


def _twilio_takes(provider: Provider) -> None:
    account = SECRETS["twilio"]["account_sid"]
    body = json.dumps({"sid": "SM00000000000000000000000000000001", "status": "queued"}).encode()
    provider.on(f"/2010-04-01/Accounts/{account}/Messages.json", 201, body, content_type="application/json")


def _telephone_rings(provider: Provider) -> None:
    account = SECRETS["twilio"]["account_sid"]
    body = json.dumps({"sid": "CA00000000000000000000000000000099", "status": "queued"}).encode()
    provider.on(f"/2010-04-01/Accounts/{account}/Calls.json", 201, body, content_type="application/json")


def _meta_takes(provider: Provider) -> None:
    body = json.dumps({"messages": [{"id": "wamid.1", "message_status": "accepted"}]}).encode()
    provider.on(f"/v25.0/{META_NUMBER}/messages", 200, body, content_type="application/json")


def _ses_takes(provider: Provider) -> None:
    body = json.dumps({"MessageId": "0100018f-0000"}).encode()
    provider.on("/v2/email/outbound-emails", 200, body, content_type="application/json")


DOORS = {
    "sms": Door(
        channel="sms",
        secret="twilio",
        enter=_enter_by_twilio,
        to="+34600111222",
        answer=_twilio_takes,
        provider="twilio",
        sign=twilio_request,
    ),
    "whatsapp": Door(
        channel="whatsapp",
        secret="twilio",
        enter=_enter_by_twilio,
        to="+34600111222",
        answer=_twilio_takes,
        provider="twilio",
        sign=twilio_request,
        settings={"whatsapp_sender": "+34910000000"},
    ),
    "whatsapp_cloud": Door(
        channel="whatsapp",
        secret="meta",
        enter=_enter_by_meta,
        to="+34600111222",
        answer=_meta_takes,
        provider="meta",
        sign=meta_request,
        signs_url=False,
        folder="whatsapp_cloud",
        settings={"whatsapp_provider": "meta", "whatsapp_sender": META_NUMBER},
    ),
    "phone": Door(
        channel="phone",
        secret="twilio",
        enter=_enter_by_telephone,
        to="+34600111222",
        answer=_telephone_rings,
        provider="twilio",
        sign=twilio_request,
        settings={"phone_sender": "+34910000000"},
    ),
    "form": Door(
        channel="form",
        secret="web-key",
        enter=_enter_by_form,
        to="ana.molina@correo.example",
        answer=_ses_takes,
    ),
    "email": Door(
        channel="email",
        secret="reply-key",
        enter=_enter_by_ses,
        to="ana.molina@correo.example",
        answer=_ses_takes,
    ),
    "chat": Door(
        channel="chat",
        secret="",
        enter=_enter_by_websocket,
        to=VISITOR.session,
        answer=_gateway_takes,
        settings={"connections": _OneVisitor()},
    ),
}
