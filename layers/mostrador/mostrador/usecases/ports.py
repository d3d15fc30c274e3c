"""What the use cases need of the world. ``store`` and ``desk`` implement it; the tests have fakes of it."""

# Types are only named here. A function that shows no card, or asks no policy, loads neither for their sake.
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from mostrador.channels.base import Channel, Intake
    from mostrador.desk.cards import Card
    from mostrador.desk.events import SlackFile, SlackUpload
    from mostrador.domain.agents import AgentState, Turn
    from mostrador.domain.changes import Change, Timer
    from mostrador.domain.conversation import Conversation, Customer, Identity, Message
    from mostrador.domain.messages import Address, ProviderEvent
    from mostrador.domain.shop import Order, Product
    from mostrador.policy.model import Policy

type Clock = Callable[[], float]
"""Epoch seconds."""

type Channels = Callable[[str], Channel]
"""A channel by its name; KeyError for one that does not exist or is switched off."""


class Inbox(Protocol):
    def identity(self, address: Address) -> Identity | None: ...

    def customer(self, customer_id: str) -> Customer | None: ...

    def conversation(self, conversation_id: str) -> Conversation | None: ...

    def message(self, conversation_id: str, sequence: int) -> Message | None: ...

    def messages(self, conversation_id: str, after: int, limit: int) -> list[Message]:
        """The messages with sequences from ``after + 1`` to ``after + limit``, in order."""

    def seen(self, channel: str, event_id: str) -> tuple[str, int] | None:
        """Where this event was stored: the conversation and the sequence."""

    def referred(self, kind: str, value: str) -> str | None:
        """What a name of the outside world means: a conversation, or a customer of ours (``Refer``)."""

    def agent(self, user: str) -> AgentState | None: ...

    def agents(self, users: Collection[str]) -> dict[str, AgentState]:
        """Those of whom anything is known, in one call."""

    def turn(self, queue: str) -> Turn | None: ...

    def order(self, customer_id: str, order_id: str) -> Order | None: ...

    def orders(self, customer_id: str, limit: int) -> list[Order]:
        """The newest first. One that was placed a moment ago may still be missing."""

    def product(self, product_id: str) -> Product | None: ...

    def open_conversations(self, queue: str) -> Iterator[str]:
        """The ids of all that are not closed, the oldest first."""

    def commit(self, *changes: Change) -> None:
        """All or nothing. Raises AlreadySeen or Conflict, then nothing was written."""

    def due(self, shard: str, now: float, limit: int) -> list[Timer]: ...

    def shards(self) -> Sequence[str]: ...

    def postpone(self, timer: Timer, until: float) -> bool:
        """Move a timer in what ``due`` tells, unless it moved meanwhile; True where it was moved.

        What a conversation itself says of its times stays as it is.
        """


class Blobs(Protocol):
    def fetch(self, key: str) -> bytes:
        """Raises TryAgain while nothing lies under the key."""

    def put(self, key: str, data: bytes, content_type: str = ...) -> None: ...

    def intake(self, channel: str, event_id: str) -> Intake:
        """Where the files of one event go."""


class Drawer(Protocol):
    """Where bytes are put, of a bucket that is not read."""

    def put(self, key: str, data: bytes, content_type: str = ...) -> None: ...


class Shelf(Protocol):
    """Where files lie, for browsers."""

    def ticket(self, key: str, content_type: str, largest: int, seconds: int) -> tuple[str, Mapping[str, str]]:
        """The address to post a form to, and the fields that have to be in it."""

    def link(self, key: str, name: str, content_type: str, seconds: int) -> str: ...


@dataclass(frozen=True, slots=True)
class Limit:
    """How often in how many seconds."""

    times: int
    seconds: int


class Allowances(Protocol):
    def take(self, what: str, limit: int, seconds: int, now: float) -> bool:
        """Count once more; False where it was done too often already."""


class Queues(Protocol):
    def inbound(self, event: ProviderEvent) -> None: ...

    def desk(self, desk_channel: str, conversation_id: str) -> None: ...

    def deliver(self, conversation_id: str) -> None: ...

    def hold(self, conversation_id: str, seconds: float) -> None: ...

    def clocks(self, conversation_ids: Sequence[str]) -> None:
        """A clock of each of these conversations is due."""


class InboundQueue(Protocol):
    def inbound(self, event: ProviderEvent) -> None: ...


class InboundQueues(InboundQueue, Protocol):
    def inbound_all(self, events: Sequence[ProviderEvent]) -> None:
        """In order. Raises TryAgain where not all of them were taken."""


class Transcriber(Protocol):
    def begin(self, message_id: str, media_key: str, content_type: str, language: str, result_key: str) -> None:
        """Has what is said in a recording of the bucket written into the bucket; an event tells when it is there.

        Asked twice for the same message, it is done once. ``language`` is ``es`` or ``en``; any other is found out.
        Raises TryAgain where it has too much to do. What cannot be begun at all is logged, and nobody waits for it.
        """


class Policies(Protocol):
    def current(self) -> Policy:
        """Raises NotConfigured where there is none."""


class Desk(Protocol):
    """Where agents work. Every call raises TryAgain where the desk asks for patience, NotConfigured where it is shut.

    MessageGone is raised where a message, or a thread's root, was deleted there.
    """

    def post(  # noqa: PLR0913 - a post of the desk has these parts
        self,
        channel: str,
        card: Card,
        *,
        conversation_id: str,
        key: str,
        thread_ts: str = ...,
        username: str = ...,
        icon: str = ...,
    ) -> str:
        """The new message's ts. ``conversation_id`` and ``key`` travel with it, so that it can be found again."""

    def update(self, channel: str, ts: str, card: Card) -> None: ...

    def react(self, channel: str, ts: str, name: str) -> None: ...

    def unreact(self, channel: str, ts: str, name: str) -> None: ...

    def whisper(self, channel: str, user: str, thread_ts: str, text: str, title: str = ...) -> None:
        """For one person alone. Under a ``title``, the text is Markdown. Without ``thread_ts``: in the channel."""

    def ask(self, channel: str, user: str, thread_ts: str, question: Card) -> None:
        """For one person alone, until ``withdraw``."""

    def withdraw(self, response_url: str) -> None:
        """A question, by the address that came with its answer."""

    def respond(self, response_url: str, text: str) -> None:
        """The answer to a command, for whoever typed it."""

    def find_root(self, channel: str, conversation_id: str, since: float) -> str:
        """The ts of a conversation's root; empty where none was posted since then."""

    def shown_keys(self, channel: str, thread_ts: str) -> Mapping[str, str]:
        """The ts by the key of everything of ours in the thread."""

    def conversation_of(self, channel: str, thread_ts: str) -> str | None: ...

    def begin_upload(self, name: str, size: int) -> SlackUpload: ...

    def finish_upload(self, upload: SlackUpload, data: bytes, channel: str, thread_ts: str) -> None: ...

    def was_shared(self, file_id: str, channel: str) -> bool: ...

    def download(self, file: SlackFile) -> bytes: ...

    def user_name(self, user: str) -> str: ...
