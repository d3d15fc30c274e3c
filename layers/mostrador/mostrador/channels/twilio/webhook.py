"""Twilio's callback: one address for incoming messages, and for what became of our messages and of calls.

Sources: Twilio, "Webhooks Security" (signature) and "TwiML for Programmable Messaging" (answers and fields).
"""

from collections.abc import Sequence
from urllib.parse import parse_qs, parse_qsl, urlsplit

from twilio.request_validator import RequestValidator, get_signature_algorithm

from mostrador.channels.base import HttpAnswer, WebhookRequest
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.twilio.calls import status_event
from mostrador.domain.errors import NotConfigured, Refused, Unreadable
from mostrador.domain.messages import ProviderEvent

_FORM = "application/x-www-form-urlencoded"


class TwilioWebhook:
    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings

    def verify(self, request: WebhookRequest) -> None:
        secret = self._signing_secret(request)
        signature = request.headers.get("x-twilio-signature", "")
        if not signature:
            raise Refused("no X-Twilio-Signature header")
        if not _is_signed(request, signature, secret):
            raise Refused("the X-Twilio-Signature header does not match")

    def split(self, request: WebhookRequest) -> Sequence[ProviderEvent]:
        """One event. ``payload`` holds the form's fields, and in ``message`` our own id where a state comes back."""
        if not _is_form(request):
            raise Unreadable("a Twilio callback that is not a form")
        fields = dict(_form(request))
        if "CallSid" in fields and "MessageSid" not in fields:
            return [status_event(fields, request.url, request.received_at)]
        sid = fields.get("MessageSid", "")
        if not sid:
            raise Unreadable("a Twilio callback without MessageSid")
        state = fields.get("MessageStatus", "")
        if state:
            return [_state_event(request, fields, sid, state)]
        return [_message_event(request, fields, sid)]

    def acknowledgement(self) -> HttpAnswer:
        # Twilio sends a text/plain answer to the shopper as a message: only empty TwiML is silent.
        return HttpAnswer(200, "<Response/>", "text/xml; charset=utf-8")

    def _signing_secret(self, request: WebhookRequest) -> str:
        fields = self._settings.secret("twilio")
        shared = _SETTINGS_HEADER in request.headers and fields.get("shared_key")
        secret = shared or fields.get("auth_token", "")
        if not secret:
            raise NotConfigured("the secret twilio has no auth_token")
        return secret


_SETTINGS_HEADER = "x-twilio-webhooks-signature-settings"
"""Names the algorithm where the account signs with a SharedKey instead of its Auth Token."""


class _Fields(dict[str, list[str]]):
    """Repeated names keep every value, as the signature needs them; ``getall`` is what the validator looks for."""

    def getall(self, name: str) -> list[str]:
        return self[name]


def _is_signed(request: WebhookRequest, signature: str, secret: str) -> bool:
    algorithm = get_signature_algorithm(request.headers.get(_SETTINGS_HEADER, ""))
    try:
        signed = _signed_content(request)
        valid: bool = RequestValidator(secret).validate(request.url, signed, signature, algorithm)
    except (TypeError, ValueError, IndexError):
        # The validator raises on what it does not expect (bytes, an impossible port); none of it is Twilio's.
        return False
    return valid


def _signed_content(request: WebhookRequest) -> _Fields | str:
    """The form's fields, or the text of a JSON body. Raises ValueError for a body that no signature covers."""
    if _is_form(request):
        fields = _Fields()
        for name, value in _form(request):
            fields.setdefault(name, []).append(value)
        return fields
    if request.body and "bodySHA256" not in parse_qs(urlsplit(request.url).query):
        raise ValueError("the signature of this address says nothing about the body")
    return request.body.decode()


def _is_form(request: WebhookRequest) -> bool:
    return request.headers.get("content-type", "").strip().lower().startswith(_FORM)


def _form(request: WebhookRequest) -> list[tuple[str, str]]:
    # Blank fields (``Body=``) are part of what Twilio signs.
    return parse_qsl(request.body.decode(), keep_blank_values=True)


def _message_event(request: WebhookRequest, fields: dict[str, str], sid: str) -> ProviderEvent:
    # Whoever goes by a username on WhatsApp may have no number.
    sender = fields.get("From") or fields.get("ExternalUserId", "")
    if not sender:
        raise Unreadable("a Twilio message without From")
    return ProviderEvent(_channel(fields), sid, sender, dict(fields), request.received_at)


def _state_event(request: WebhookRequest, fields: dict[str, str], sid: str, state: str) -> ProviderEvent:
    ours = parse_qs(urlsplit(request.url).query).get("message", [""])[0]
    payload = {**fields, "message": ours}
    return ProviderEvent(_channel(fields), f"{sid}:{state}", ours or sid, payload, request.received_at)


def _channel(fields: dict[str, str]) -> str:
    addresses = (fields.get("From", ""), fields.get("To", ""), fields.get("ExternalUserId", ""))
    return "whatsapp" if any(address.startswith("whatsapp:") for address in addresses) else "sms"
