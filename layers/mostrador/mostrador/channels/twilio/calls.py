"""What happened in a call, on its way to the inbox."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mostrador.domain.call import PHONE
from mostrador.domain.errors import Unreadable
from mostrador.domain.messages import ProviderEvent

WEBHOOK = "/webhooks/twilio"
"""Below the public base: where Twilio tells what became of messages and calls."""
CALLBACK, VOICEMAIL, STATUS = "callback", "voicemail", "status"
BRIDGED, MACHINE = "bridged", "machine"
"""What a payload says of itself, in ``what``."""
OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
"""The last of a call's states (Twilio, "Call resource")."""


def callback_event(fields: Mapping[str, str], at: float, language: str, now: float) -> ProviderEvent:
    """``at`` in epoch seconds; 0: as soon as possible."""
    return _event(fields, {"what": CALLBACK, "at": at, "language": language}, CALLBACK, now)


def voicemail_event(fields: Mapping[str, str], language: str, now: float) -> ProviderEvent:
    recording = fields.get("RecordingSid") or fields.get("RecordingUrl", "").rpartition("/")[2]
    return _event(fields, {"what": VOICEMAIL, "language": language}, f"{VOICEMAIL}:{recording}", now)


def status_event(fields: Mapping[str, str], url: str, now: float) -> ProviderEvent:
    """Of a call of ours or of a caller's, or that a machine answered. The query has what is our own.

    Nothing else waits behind it: what a caller did is told by other events, which may still be on their way.
    """
    sid, status = fields.get("CallSid", ""), fields.get("CallStatus", "")
    if not sid:
        raise Unreadable("a call without CallSid")
    ours = dict(parse_qsl(urlsplit(url).query))
    if "call" in ours:
        event_id = f"{sid}:{MACHINE}:{fields.get('AnsweredBy', '')}"
        payload = {**fields, **ours, "what": MACHINE}
        return ProviderEvent(PHONE, event_id, ours.get("conversation", sid), payload, now)
    return ProviderEvent(PHONE, over_id(sid, status), over_id(sid, status), {**fields, **ours, "what": STATUS}, now)


def bridged_event(fields: Mapping[str, str], status: str, now: float) -> ProviderEvent:
    """``status`` is what became of the second half of a call that an agent asked for; ``declined``: there was none."""
    sid = fields.get("CallSid", "")
    payload = {**fields, "what": BRIDGED, "status": status}
    return ProviderEvent(PHONE, f"{sid}:{BRIDGED}", fields.get("conversation", sid), payload, now)


def over_id(call: str, status: str = "completed") -> str:
    return f"{call}:{status}"


def _event(fields: Mapping[str, str], more: dict[str, Any], name: str, now: float) -> ProviderEvent:
    sid, sender = fields.get("CallSid", ""), fields.get("From", "")
    if not sid:
        raise Unreadable("a call without CallSid")
    return ProviderEvent(PHONE, f"{sid}:{name}", sender or sid, {**fields, **more}, now)
