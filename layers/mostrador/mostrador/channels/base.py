"""What a provider's webhook and a channel are. Everything that is special about a provider stays behind these."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from mostrador.domain.delivery import Accepted, SendResult
from mostrador.domain.messages import Address, Arrival, Attachment, Outgoing, Page, ProviderEvent
from mostrador.domain.webhooks import HttpAnswer, WebhookRequest

__all__ = ["CannotBeAsked", "Channel", "Greeting", "HttpAnswer", "Intake", "ShowsTyping", "Webhook", "WebhookRequest"]


class Webhook(Protocol):
    """One provider's callback. It may carry events of several channels and of many senders."""

    def verify(self, request: WebhookRequest) -> None:
        """Prove the origin over the raw bytes. Raises Refused, and NotConfigured where the secret is missing."""

    def split(self, request: WebhookRequest) -> Sequence[ProviderEvent]:
        """The events in a verified request: pure, no call to anybody. Raises Unreadable."""

    def acknowledgement(self) -> HttpAnswer:
        """What the provider wants to hear once everything is durable."""


@runtime_checkable
class Greeting(Protocol):
    """A webhook whose provider asks first, by GET, whether the address is ours."""

    def greet(self, request: WebhookRequest) -> HttpAnswer:
        """Raises Refused, and NotConfigured where the secret is missing."""


class Intake(Protocol):
    """Where a channel reads raw messages from and puts files."""

    def fetch(self, key: str) -> bytes:
        """The object under ``key``. Raises TryAgain while it is not there (the event may overtake the object)."""

    def keep(self, name: str, content_type: str, data: bytes) -> Attachment:
        """Store a file of this message; the same bytes under the same name give the same key."""


class Channel(Protocol):
    """One way in which a shopper and the shop talk."""

    @property
    def name(self) -> str: ...

    @property
    def longest_text(self) -> int:
        """Characters that one outgoing message may have."""

    def read(self, event: ProviderEvent, intake: Intake) -> Arrival:
        """Normalise one event. Raises Unreadable for what is genuine but not understood, TryAgain to wait."""

    def send(self, message: Outgoing, files: Mapping[str, bytes]) -> SendResult:
        """Hand one message to the provider: one attempt, no retry inside. ``files`` has the bytes by attachment key."""

    def find_sent(self, message: Outgoing, since: float) -> Accepted | None:
        """Ask the provider whether an attempt since that time arrived; None: it did not.

        Raises CannotBeAsked where it cannot be asked, TryAgain where it does not answer now.
        """


@runtime_checkable
class ShowsTyping(Protocol):
    """What a channel is as well, if customers can see there that somebody is writing to them."""

    def typing(self, to: Address, name: str, seconds: float) -> None:
        """For so long, or until the message comes. Nothing depends on it: it never fails."""


@runtime_checkable
class ShowsElsewhere(Protocol):
    """What a channel is as well, if customers look at a conversation there while it goes on somewhere else."""

    def show(self, message: Outgoing) -> None:
        """To whoever looks now: it went by ``message.via``. Nothing depends on it: it never fails."""

    def way_back(self, customer: Address, mail: str, page: Page) -> str:
        """A link for a mail to ``mail``: whoever opens it where they look has shown that they read that mailbox.

        Raises NotConfigured.
        """


class CannotBeAsked(Exception):
    """The provider has no way of telling whether a message arrived: only its events will."""
