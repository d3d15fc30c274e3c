"""What a workspace remembers: people, channels, messages, files. A message is known by its channel and `ts`."""

from dataclasses import dataclass, field
from typing import Any

from playground.cast import AGENTS, BOT_ID, BOT_USER_ID, CHANNELS, DeskChannel
from playground.clock import Clock

Json = dict[str, Any]

TOMBSTONE = "tombstone"


@dataclass(frozen=True, slots=True)
class User:
    id: str
    name: str
    real_name: str
    color: str
    title: str = ""
    is_bot: bool = False


@dataclass(slots=True)
class Channel:
    """`read_up_to` is, per person, the `ts` of the last message that they have seen."""

    id: str
    name: str
    topic: str
    members: frozenset[str]
    created: int
    read_up_to: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Author:
    """Who a message shows as its author. An app may borrow a name and a picture for one message."""

    user: str | None = None
    bot_id: str | None = None
    username: str | None = None
    icon_emoji: str | None = None
    icon_url: str | None = None

    @property
    def borrowed(self) -> bool:
        return bool(self.username or self.icon_emoji or self.icon_url)


@dataclass(slots=True)
class Message:
    channel: str
    ts: str
    author: Author
    text: str
    thread_ts: str | None = None
    subtype: str | None = None
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    metadata: Json | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: Json | None = None
    ephemeral_to: str | None = None
    client_msg_id: str | None = None

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def by_the_app(self) -> bool:
        return self.author.bot_id == BOT_ID or self.author.user == BOT_USER_ID


@dataclass(slots=True)
class SharedFile:
    """`shares` are (channel, ts, thread_ts) of the messages that carry the file; none until it was shared."""

    id: str
    name: str
    title: str
    mimetype: str
    size: int
    user: str
    created: int
    shares: list[tuple[str, str, str | None]] = field(default_factory=list)


class SlackState:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last_ts = 0
        self.users = {user.id: user for user in _people()}
        self.channels = {channel.id: channel for channel in _channels(int(clock.time()))}
        self.messages: dict[tuple[str, str], Message] = {}
        self.files: dict[str, SharedFile] = {}

    def next_ts(self) -> str:
        """Slack's time of a message: seconds and six digits, never twice the same."""
        self._last_ts = max(self._last_ts + 1, int(self._clock.time() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def add(self, message: Message) -> None:
        self.messages[message.channel, message.ts] = message

    def remove(self, message: Message) -> None:
        del self.messages[message.channel, message.ts]

    def find(self, channel: str, ts: str) -> Message | None:
        return self.messages.get((channel, ts))

    def in_channel(self, channel: str) -> list[Message]:
        """What the API knows of a channel, oldest first: what one person alone sees is never kept."""
        return [m for m in self.messages.values() if m.channel == channel and m.ephemeral_to is None]

    def replies(self, channel: str, root_ts: str) -> list[Message]:
        return [m for m in self.in_channel(channel) if m.is_reply and m.thread_ts == root_ts]

    def unread(self, channel: Channel, user: str) -> int:
        seen = channel.read_up_to.get(user, "0")
        return sum(1 for m in self.in_channel(channel.id) if m.ts > seen and m.author.user != user)


def _people() -> list[User]:
    people = [User(agent.id, agent.handle, agent.name, agent.color, agent.title) for agent in AGENTS]
    return [*people, User(BOT_USER_ID, "mostrador", "Mostrador", "3b3f46", is_bot=True)]


def _channels(created: int) -> list[Channel]:
    return [Channel(each.id, each.name, each.topic, _members(each), created) for each in CHANNELS]


def _members(channel: DeskChannel) -> frozenset[str]:
    people = frozenset(agent.id for agent in AGENTS)
    return people | {BOT_USER_ID} if channel.attended else people
