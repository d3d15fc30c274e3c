"""The telephone as a channel: what callers did comes in, and what agents write is read out by a call."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mostrador.channels.base import Intake
from mostrador.channels.files import Announced, Media, collected
from mostrador.channels.numbers import is_dear
from mostrador.channels.phone import transcripts
from mostrador.channels.phone.callers import caller, is_hidden, language_of_number
from mostrador.channels.phone.outcomes import agents_call, read_out
from mostrador.channels.phone.spoken import LONGEST, spoken
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.twilio import calls
from mostrador.domain.call import PHONE
from mostrador.domain.delivery import Accepted, Failure, Fault, Reason, SendResult
from mostrador.domain.errors import NotConfigured, TryAgain, Unreadable
from mostrador.domain.messages import Arrival, Attachment, Ignored, Outgoing, ProviderEvent, Received

if TYPE_CHECKING:
    from mostrador.channels.phone.calls import Calls
    from mostrador.channels.twilio.media import MediaFetcher

LARGEST = 16 * 1024 * 1024
"""Bytes of a recording: more than an hour of MP3."""
RECORDING = "voicemail.mp3"
"""What the file is called: Twilio's own name for it says nothing to an agent."""
RECORDING_PATIENCE = 600.0
"""Seconds after which a recording is given up: it is all that the message says."""
LINGERS = 60
"""Seconds after which whoever has hung up has done nothing else: a message that they left comes on its own way."""
AS_SOON_AS_POSSIBLE = 1.0
"""The moment long past that ``Received.callback_at`` says it with."""


class PhoneChannel:
    name = PHONE
    longest_text = LONGEST

    def __init__(self, settings: ChannelSettings, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock
        self._calls: Calls | None = None
        self._media: MediaFetcher | None = None

    def read(self, event: ProviderEvent, intake: Intake) -> Arrival:
        match event.payload.get("what"):
            case calls.CALLBACK:
                return self._callback(event)
            case calls.VOICEMAIL:
                return self._voicemail(event, intake)
            case calls.STATUS:
                return self._status(event)
            case calls.BRIDGED | calls.MACHINE:
                return agents_call(event)
            case transcripts.TRANSCRIPT:
                return transcripts.transcribed(event, intake)
            case _:
                raise Unreadable("a call of which nothing is told")

    def send(self, message: Outgoing, files: Mapping[str, bytes]) -> SendResult:  # noqa: ARG002  no file can be read out
        if refused := self._refusal(message):
            return Failure(refused, retryable=False, fault=Fault.THEIRS)
        said = spoken(message)
        if said is None:
            return Failure(Reason.TOO_LONG, retryable=False, fault=Fault.THEIRS)
        if not self._settings.phone_sender:
            raise NotConfigured("the number that calls are made from")
        return self._twilio().read_out(message.to.value, self._settings.phone_sender, said, message.message_id)

    def _refusal(self, message: Outgoing) -> Reason | None:
        number = message.to.value
        if message.attachments:
            return Reason.ATTACHMENT_REFUSED
        if is_hidden(number):
            return Reason.NUMBER_HIDDEN
        return Reason.NUMBER_NOT_CALLED if is_dear(number) or number == self._settings.phone_sender else None

    def find_sent(self, message: Outgoing, since: float) -> Accepted | None:
        return self._twilio().find(message.to.value, since)

    # What came in

    def _callback(self, event: ProviderEvent) -> Received:
        at = event.payload.get("at") or 0.0
        if not isinstance(at, int | float) or is_hidden(caller(event.payload).value):
            raise Unreadable("a wish to be called by nobody, or never")
        deed = ("callback_at" if at else "callback") + ("_web" if event.payload.get("typed") else "")
        return self._received(event, deed, callback_at=float(at) or AS_SOON_AS_POSSIBLE)

    def _voicemail(self, event: ProviderEvent, intake: Intake) -> Received:
        url = event.payload.get("RecordingUrl")
        if not isinstance(url, str) or not url:
            raise Unreadable("a voice message without RecordingUrl")
        return self._received(event, "voicemail", attachments=self._recording(url, event, intake))

    def _status(self, event: ProviderEvent) -> Arrival:
        fields = event.payload
        if fields.get("message"):
            return read_out(event)
        if fields.get("conversation"):
            return self._agents_own(event)
        if fields.get("Direction") != "inbound" or fields.get("CallStatus") not in calls.OVER:
            return Ignored("a call that goes on, or is of ours")
        if is_hidden(caller(fields).value):
            return Ignored("a call of nobody who could be called back")
        if caller(fields).value == self._settings.phone_sender:
            return Ignored("a call of our own that came back to us")
        if self._clock() - event.received_at < LINGERS:
            raise TryAgain("whoever hung up may have left a message", after=LINGERS)
        return self._received(event, "missed_call")

    def _agents_own(self, event: ProviderEvent) -> Arrival:
        """How the agent's half ended: where they were put through, that was told already."""
        over = event.payload.get("CallStatus") == "completed"
        if over and self._clock() - event.received_at < LINGERS:
            raise TryAgain("what the agent did is still on its way", after=LINGERS)
        return agents_call(event)

    def _received(
        self,
        event: ProviderEvent,
        deed: str,
        *,
        callback_at: float = 0.0,
        attachments: tuple[Attachment, ...] = (),
    ) -> Received:
        fields, sender = event.payload, caller(event.payload)
        if not sender.value or not isinstance(fields.get("CallSid"), str):
            raise Unreadable("a call without CallSid or From")
        hidden = is_hidden(sender.value)
        over = calls.over_id(str(fields["CallSid"]))
        return Received(
            channel=self.name,
            provider_id=event.event_id,
            sender=sender,
            recipient=str(fields.get("To", "")),
            text="",
            deed=deed,
            sent_at=event.received_at,
            attachments=attachments,
            trusted=not (fields.get("typed") or str(fields.get("StirVerstat", "")).startswith("TN-Validation-Failed")),
            # Nobody is rung up in order to be told that they have called.
            answerable=False,
            # Nor does anybody wait for an answer that nobody can give.
            asks=not hidden,
            anonymous=hidden,
            threads=hidden,
            covers=(over,) if event.event_id != over else (),
            language=str(fields.get("language", "")) or language_of_number(sender.value),
            callback_at=callback_at,
        )

    def _recording(self, url: str, event: ProviderEvent, intake: Intake) -> tuple[Attachment, ...]:
        announced = Announced(RECORDING, "audio/mpeg", lambda: self._fetch(f"{url}.mp3"))
        return tuple(collected([announced], intake, event.received_at, self._clock, RECORDING_PATIENCE))

    def _fetch(self, url: str) -> Media:
        """Twilio says "not found" of a recording for a short while after the call."""
        media = self._fetcher().fetch(url, "audio/mpeg")
        if media.problem == "unavailable":
            raise TryAgain("the recording is not there yet", after=5)
        return replace(media, name=RECORDING)

    def _fetcher(self) -> "MediaFetcher":
        if self._media is None:
            from mostrador.channels.twilio.media import MediaFetcher  # noqa: PLC0415  few calls leave a recording

            self._media = MediaFetcher(self._settings, LARGEST)
        return self._media

    def _twilio(self) -> "Calls":
        if self._calls is None:
            from mostrador.channels.phone.calls import Calls  # noqa: PLC0415  slow: only who calls pays

            self._calls = Calls(self._settings)
        return self._calls
