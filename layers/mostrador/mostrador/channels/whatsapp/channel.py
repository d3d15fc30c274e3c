"""WhatsApp as a channel, whichever provider carries it.

What comes in is read by the provider that it came from, so that late receipts of the one that was used before still
count; what goes out goes through the one that is set.
"""

import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from mostrador.channels.base import Intake
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.whatsapp.sendable import refusal
from mostrador.domain.delivery import Accepted, SendResult
from mostrador.domain.errors import NotConfigured, Unreadable
from mostrador.domain.messages import Arrival, Outgoing, ProviderEvent

if TYPE_CHECKING:
    from mostrador.channels.whatsapp.cloud import CloudWhatsapp
    from mostrador.channels.whatsapp.twilio import TwilioWhatsapp

TWILIO, META = "twilio", "meta"
LONGEST: Mapping[str, int] = {TWILIO: 1600, META: 4096}
"""Characters of a text. Sources: Twilio, "Message resource"; Meta, "Text messages"."""
WARNINGS = frozenset({"forwarded", "unsupported"})
"""What an agent may be told of a message: phrases of the catalogue, ``warning.{...}``."""


class Carrier(Protocol):
    """One provider's way with WhatsApp. ``link`` is where the only attachment can be fetched; empty without one."""

    def read(self, event: ProviderEvent, intake: Intake) -> Arrival: ...

    def send(self, message: Outgoing, link: str) -> SendResult: ...

    def find_sent(self, message: Outgoing, since: float) -> Accepted | None: ...


class WhatsappChannel:
    name = "whatsapp"

    def __init__(self, settings: ChannelSettings, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock

    @property
    def longest_text(self) -> int:
        return LONGEST[self._provider]

    def read(self, event: ProviderEvent, intake: Intake) -> Arrival:
        if "MessageSid" in event.payload:
            return self._by_twilio.read(event, intake)
        if event.payload.keys() & {"message", "status", "other"}:
            return self._by_meta.read(event, intake)
        raise Unreadable("neither Twilio's form nor Meta's document")

    def send(self, message: Outgoing, files: Mapping[str, bytes]) -> SendResult:  # noqa: ARG002  the provider fetches them
        refused = refusal(message, self.longest_text)
        if refused is not None:
            return refused
        if not self._settings.whatsapp_sender:
            raise NotConfigured("the number that WhatsApp messages are sent from")
        return self._carrier.send(message, self._link(message))

    def find_sent(self, message: Outgoing, since: float) -> Accepted | None:
        return self._carrier.find_sent(message, since)

    def _link(self, message: Outgoing) -> str:
        if not message.attachments:
            return ""
        if self._settings.link is None:
            raise NotConfigured("a way for WhatsApp's provider to fetch files")
        return self._settings.link(message.attachments[0])

    @property
    def _provider(self) -> str:
        provider = self._settings.whatsapp_provider
        if provider not in LONGEST:
            raise NotConfigured(f"WhatsApp through {provider}: there is twilio and meta")
        return provider

    @property
    def _carrier(self) -> Carrier:
        return self._by_meta if self._provider == META else self._by_twilio

    @cached_property
    def _by_twilio(self) -> "TwilioWhatsapp":
        from mostrador.channels.whatsapp.twilio import TwilioWhatsapp  # noqa: PLC0415  a shop has one of the two

        return TwilioWhatsapp(self._settings, self._clock)

    @cached_property
    def _by_meta(self) -> "CloudWhatsapp":
        from mostrador.channels.whatsapp.cloud import CloudWhatsapp  # noqa: PLC0415  a shop has one of the two

        return CloudWhatsapp(self._settings, self._clock)
