"""SMS as a channel: Twilio's form in, Twilio's Messages resource out."""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from mostrador.channels.base import Intake
from mostrador.channels.consent import consent
from mostrador.channels.files import collected
from mostrador.channels.numbers import canonical, is_dear
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.twilio.fields import announced_media
from mostrador.channels.twilio.receipts import is_receipt, read_receipt
from mostrador.domain.delivery import Accepted, Failure, Fault, Reason, SendResult
from mostrador.domain.errors import NotConfigured, Unreadable
from mostrador.domain.messages import Address, Arrival, Attachment, Ignored, Outgoing, ProviderEvent, Received
from mostrador.domain.typed import storable

if TYPE_CHECKING:
    from mostrador.channels.twilio.media import MediaFetcher
    from mostrador.channels.twilio.messages import TwilioMessages

LONGEST = 1600
"""Characters of one Body. Source: Twilio, "Message resource"; above it answers 21617."""


class SmsChannel:
    name = "sms"
    longest_text = LONGEST

    def __init__(self, settings: ChannelSettings, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock
        self._messages: TwilioMessages | None = None
        self._media: MediaFetcher | None = None

    def read(self, event: ProviderEvent, intake: Intake) -> Arrival:
        return read_receipt(event) if is_receipt(event) else self._received(event, intake)

    def send(self, message: Outgoing, files: Mapping[str, bytes]) -> SendResult:  # noqa: ARG002  no file leaves by SMS
        if len(message.text) > LONGEST:
            return Failure(Reason.TOO_LONG, retryable=False, fault=Fault.THEIRS)
        if message.attachments:
            return Failure(Reason.ATTACHMENT_REFUSED, retryable=False, fault=Fault.THEIRS)
        if not self._settings.sms_sender:
            raise NotConfigured("the number or the messaging service that SMS are sent from")
        sender, to = self._settings.sms_sender, message.to.value
        return self._twilio().create(to, sender, message.text, message.message_id)

    def find_sent(self, message: Outgoing, since: float) -> Accepted | None:
        return self._twilio().find(message.to.value, message.text, since)

    def _received(self, event: ProviderEvent, intake: Intake) -> Received | Ignored:
        fields = event.payload
        sid, sender = fields.get("MessageSid"), fields.get("From")
        if not isinstance(sid, str) or not isinstance(sender, str) or not sid or not canonical(sender):
            raise Unreadable("an SMS without MessageSid or From")
        if canonical(sender) == self._settings.sms_sender:
            return Ignored("our own message")
        text = storable(str(fields.get("Body", "")))
        return Received(
            channel=self.name,
            provider_id=sid,
            sender=Address(self.name, canonical(sender)),
            recipient=canonical(str(fields.get("To", ""))),
            text=text,
            sent_at=event.received_at,
            attachments=self._files(event, intake),
            consent=consent(text, str(fields.get("OptOutType", ""))),
            answerable=_is_answerable(canonical(sender)),
        )

    def _files(self, event: ProviderEvent, intake: Intake) -> tuple[Attachment, ...]:
        if not any(announced_media(event.payload)):
            return ()
        announced = self._fetcher().announced(event.payload)
        return tuple(collected(announced, intake, event.received_at, self._clock))

    def _twilio(self) -> "TwilioMessages":
        if self._messages is None:
            from mostrador.channels.twilio.messages import TwilioMessages  # noqa: PLC0415  slow: only who sends pays

            self._messages = TwilioMessages(self._settings)
        return self._messages

    def _fetcher(self) -> "MediaFetcher":
        if self._media is None:
            from mostrador.channels.twilio.media import MediaFetcher  # noqa: PLC0415  few messages carry a file

            self._media = MediaFetcher(self._settings)
        return self._media


def _is_answerable(sender: str) -> bool:
    """Behind a name or a short code is a machine, and a dear number writes in order to be answered."""
    return sender.startswith("+") and not is_dear(sender)
