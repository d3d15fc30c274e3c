"""WhatsApp straight from Meta: the Cloud API. Source: Meta, "WhatsApp Cloud API", webhooks and messages."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from mostrador.channels.base import CannotBeAsked, Intake
from mostrador.channels.consent import CHAT_START, CHAT_STOP, consent
from mostrador.channels.files import Announced, collected
from mostrador.channels.meta.failures import failure
from mostrador.channels.meta.whatsapp_events import CHANNEL, MESSAGE, OTHER, STATUS
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.whatsapp.cloud_content import Content, File, content_of
from mostrador.channels.whatsapp.content import is_scoped, plain
from mostrador.channels.whatsapp.sendable import DOCUMENT, LARGEST, kind_of
from mostrador.domain.delivery import Accepted, Delivery, SendResult
from mostrador.domain.errors import Unreadable
from mostrador.domain.messages import (
    Address,
    Arrival,
    Attachment,
    Ignored,
    Outgoing,
    ProviderEvent,
    Receipt,
    Received,
)

if TYPE_CHECKING:
    from mostrador.channels.meta.graph import Graph

type Json = Mapping[str, Any]

STATES: Mapping[str, Delivery] = {
    "sent": Delivery.ACCEPTED,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "failed": Delivery.FAILED,
}
"""Other values (``deleted``, ``warning``) say nothing about the delivery."""


class CloudWhatsapp:
    def __init__(self, settings: ChannelSettings, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock

    def read(self, event: ProviderEvent, intake: Intake) -> Arrival:
        """Raises Unreadable for what is not shaped as Meta documents it."""
        if OTHER in event.payload:
            return Ignored(f"a change of {plain(event.payload[OTHER])[:40]}")
        try:
            if STATUS in event.payload:
                return _receipt(event, event.payload[STATUS])
            return self._received(event, event.payload[MESSAGE], intake)
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            raise Unreadable(f"the event lacks what Meta documents: {type(error).__name__}") from error

    def send(self, message: Outgoing, link: str) -> SendResult:
        return self._graph.send(f"{self._settings.whatsapp_sender}/messages", _document(message, link))

    def find_sent(self, message: Outgoing, since: float) -> Accepted | None:  # noqa: ARG002  the protocol's
        raise CannotBeAsked

    def _received(self, event: ProviderEvent, message: Json, intake: Intake) -> Arrival:
        contact, metadata = event.payload.get("contact") or {}, event.payload.get("metadata") or {}
        sender, provider_id = _sender(message, contact), plain(message["id"])
        ours = plain(metadata.get("display_phone_number"))
        if not sender or not provider_id:
            raise Unreadable("a WhatsApp message without id or sender")
        if sender == _number(ours):
            return Ignored("our own message")
        content = content_of(message)
        if content is None:
            return Ignored("a reaction was taken back")
        return Received(
            channel=CHANNEL,
            provider_id=provider_id,
            sender=Address(CHANNEL, sender, plain((contact.get("profile") or {}).get("name"))),
            recipient=_number(ours),
            text=content.text,
            sent_at=_sent_at(message, event.received_at),
            subject=plain((message.get("referral") or {}).get("headline")),
            attachments=self._files(content, event.received_at, intake),
            consent=consent(content.text, stop=CHAT_STOP, start=CHAT_START),
            warnings=content.warnings,
            asks=content.asks,
            also_known_as=_other_name(message, contact, sender),
        )

    def _files(self, content: Content, received_at: float, intake: Intake) -> tuple[Attachment, ...]:
        announced = map(self._announced, content.files)
        return tuple(collected(announced, intake, received_at, self._clock))

    def _announced(self, file: File) -> Announced:
        fetch = partial(self._graph.media, file.media_id, file.name, file.content_type, LARGEST)
        return Announced(file.name, file.content_type, fetch)

    @cached_property
    def _graph(self) -> "Graph":
        from mostrador.channels.meta.graph import Graph  # noqa: PLC0415  most messages need no call

        return Graph(self._settings)


# Coming in


def _sender(message: Json, contact: Json) -> str:
    """The number; of somebody who goes by a username, what Meta calls them for this shop (``ES.1349...``)."""
    scoped = plain(message.get("from_user_id"))
    # The only contact of a request need not be whose message it is.
    theirs = contact if scoped in ("", plain(contact.get("user_id"))) else {}
    return _number(plain(message.get("from") or theirs.get("wa_id"))) or scoped or plain(theirs.get("user_id"))


def _other_name(message: Json, contact: Json, sender: str) -> str:
    """What Meta calls somebody who is known by their number."""
    theirs = plain(contact.get("user_id")) if _number(plain(contact.get("wa_id"))) == sender else ""
    other = plain(message.get("from_user_id")) or theirs
    return other if sender.startswith("+") and is_scoped(other) else ""


def _number(digits: str) -> str:
    """As WhatsApp has it, which is not always what is dialled: it is neither parsed nor changed."""
    bare = digits.removeprefix("+")
    return f"+{bare}" if bare.isascii() and bare.isdigit() else ""


def _sent_at(message: Json, received_at: float) -> float:
    """By Meta's clock, which the window runs by; a time that cannot be is ours."""
    told = plain(message.get("timestamp"))
    at = float(told) if told.isascii() and told.isdigit() else 0.0
    return at if 0 < at <= received_at else received_at


def _receipt(event: ProviderEvent, status: Json) -> Arrival:
    state = STATES.get(plain(status["status"]))
    if state is None:
        return Ignored("a status that is not in the table")
    ours = plain(status.get("biz_opaque_callback_data"))
    if not ours:
        return Ignored("the status of a message that this system did not send")
    return Receipt(
        channel=CHANNEL,
        message_id=ours,
        state=state,
        provider_id=plain(status["id"]),
        at=_sent_at(status, event.received_at),
        failure=failure(_code(status)) if state is Delivery.FAILED else None,
    )


def _code(status: Json) -> str:
    errors = status.get("errors") or [{}]
    return str(errors[0].get("code", ""))


# Going out


def _document(message: Outgoing, link: str) -> dict[str, Any]:
    kind, content = _content(message, link)
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(message.to.value),
        "type": kind,
        kind: content,
        "biz_opaque_callback_data": message.message_id,
    }


def _recipient(address: str) -> dict[str, str]:
    return {"to": address.removeprefix("+")} if address.startswith("+") else {"recipient": address}


def _content(message: Outgoing, link: str) -> tuple[str, dict[str, Any]]:
    if message.template:
        return "template", _template(message)
    if not message.attachments:
        return "text", {"body": message.text, "preview_url": False}
    attachment = message.attachments[0]
    kind = kind_of(attachment)
    caption = {"caption": message.text} if message.text.strip() else {}
    name = {"filename": attachment.name} if kind == DOCUMENT else {}
    return kind, {"link": link, **caption, **name}


def _template(message: Outgoing) -> dict[str, Any]:
    template = message.template
    assert template is not None  # noqa: S101  the caller has looked
    parameters = [{"type": "text", "text": value} for value in template.values]
    components = [{"type": "body", "parameters": parameters}] if parameters else []
    return {"name": template.provider_id, "language": {"code": template.language}, "components": components}
