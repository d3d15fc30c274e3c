"""WhatsApp through Twilio: the form of an SMS with more fields, the Messages resource with a prefix.

Source: Twilio, "WhatsApp", and "TwiML for Programmable Messaging" (request parameters).
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from mostrador.channels.base import CannotBeAsked, Intake
from mostrador.channels.consent import CHAT_START, CHAT_STOP, consent
from mostrador.channels.files import collected
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.twilio.fields import announced_media
from mostrador.channels.twilio.receipts import is_receipt, read_receipt
from mostrador.channels.whatsapp.content import filled_in, is_scoped, place, plain
from mostrador.channels.whatsapp.sendable import LARGEST
from mostrador.domain.delivery import Accepted, SendResult
from mostrador.domain.errors import Unreadable
from mostrador.domain.messages import Address, Arrival, Attachment, Ignored, Outgoing, ProviderEvent, Received

if TYPE_CHECKING:
    from mostrador.channels.twilio.messages import TwilioMessages

type Fields = Mapping[str, object]

CHANNEL = "whatsapp"
_PREFIX = "whatsapp:"


class TwilioWhatsapp:
    def __init__(self, settings: ChannelSettings, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock

    def read(self, event: ProviderEvent, intake: Intake) -> Arrival:
        return read_receipt(event) if is_receipt(event) else self._received(event, intake)

    def send(self, message: Outgoing, link: str) -> SendResult:
        sender = self._settings.whatsapp_sender
        return self._messages.create(
            _PREFIX + message.to.value,
            sender if sender.startswith("MG") else _PREFIX + sender,
            message.text,
            message.message_id,
            media_url=link,
            template=message.template,
        )

    def find_sent(self, message: Outgoing, since: float) -> Accepted | None:
        found = self._messages.find(_PREFIX + message.to.value, message.text, since)
        if found is None and message.template:
            # It is Twilio that put the text together: ours need not be the same to the letter.
            raise CannotBeAsked
        return found

    def _received(self, event: ProviderEvent, intake: Intake) -> Arrival:
        fields = event.payload
        sid, sender = fields.get("MessageSid"), _sender(fields)
        if not isinstance(sid, str) or not sid or not sender:
            raise Unreadable("a WhatsApp message without MessageSid or sender")
        if sender == self._settings.whatsapp_sender:
            return Ignored("our own message")
        text = _text(fields)
        return Received(
            channel=CHANNEL,
            provider_id=sid,
            sender=Address(CHANNEL, sender, _field(fields, "ProfileName")),
            recipient=_field(fields, "To").removeprefix(_PREFIX),
            text=text,
            sent_at=event.received_at,
            subject=_field(fields, "ReferralHeadline"),
            attachments=self._files(event, intake),
            consent=consent(text, stop=CHAT_STOP, start=CHAT_START),
            warnings=_warnings(fields, text),
            also_known_as=_other_name(fields, sender),
        )

    def _files(self, event: ProviderEvent, intake: Intake) -> tuple[Attachment, ...]:
        if not any(announced_media(event.payload)):
            return ()
        from mostrador.channels.twilio.media import MediaFetcher  # noqa: PLC0415  few messages carry a file

        announced = MediaFetcher(self._settings, LARGEST).announced(event.payload)
        return tuple(collected(announced, intake, event.received_at, self._clock))

    @cached_property
    def _messages(self) -> "TwilioMessages":
        from mostrador.channels.twilio.messages import TwilioMessages  # noqa: PLC0415  slow: only who sends pays

        return TwilioMessages(self._settings)


def _field(fields: Fields, name: str) -> str:
    return plain(fields.get(name, ""))


def _sender(fields: Fields) -> str:
    """The number; of somebody who goes by a username, what Meta calls them for this shop (``ES.1349...``)."""
    for name in ("From", "ExternalUserId"):
        if value := _field(fields, name).removeprefix(_PREFIX).strip():
            return value
    number = _field(fields, "WaId")
    return f"+{number}" if number.isascii() and number.isdigit() else ""


def _other_name(fields: Fields, sender: str) -> str:
    """What Meta calls somebody who is known by their number."""
    other = _field(fields, "ExternalUserId").removeprefix(_PREFIX).strip()
    return other if sender.startswith("+") and is_scoped(other) else ""


def _text(fields: Fields) -> str:
    words = _field(fields, "Body") or _field(fields, "ButtonText") or _field(fields, "ListTitle")
    labels = (_field(fields, "Label"), _field(fields, "Address"))
    where = place(fields.get("Latitude"), fields.get("Longitude"), labels)
    form = filled_in(fields.get("InteractiveData", ""))
    return "\n".join(filter(None, (words, where, form if not words else "")))


def _warnings(fields: Fields, text: str) -> tuple[str, ...]:
    passed_on = {_field(fields, name).lower() for name in ("Forwarded", "FrequentlyForwarded")}
    nothing = not text and not any(announced_media(fields)) and _field(fields, "MessageType") not in ("", "text")
    return (*(["forwarded"] if "true" in passed_on else []), *(["unsupported"] if nothing else []))
