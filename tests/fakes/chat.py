"""Browsers in the chat, and what the chat needs of the world, in memory."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from fakes.world import Counter, FakeChannel
from mostrador.channels.chat.channel import ChatChannel
from mostrador.channels.chat.gateway import Gone
from mostrador.channels.registry import ChannelSettings
from mostrador.domain.chat import Connection
from mostrador.domain.delivery import Failure
from mostrador.domain.errors import NotConfigured
from mostrador.domain.messages import ProviderEvent
from mostrador.usecases.chat.chat import Chat
from mostrador.usecases.chat.ports import Offers

ORIGIN = "https://latinaja.example"
KEY = "a-key-of-the-tests"

type Frame = dict[str, Any]


class FakeConnections:
    """As the table keeps them: whose a connection is, and beside that each visitor's own."""

    def __init__(self) -> None:
        self.opened: dict[str, Connection] = {}
        self._pages: dict[tuple[str, str], Connection] = {}

    def open(self, connection: Connection) -> None:
        self.opened[connection.id] = self._pages[connection.session, connection.id] = connection

    def find(self, connection_id: str) -> Connection | None:
        return self.opened.get(connection_id)

    def touch(self, connection: Connection, now: float) -> None:
        place = connection.session, connection.id
        if place in self._pages:
            self._pages[place] = replace(connection, seen_at=now)

    def of(self, session: str) -> Sequence[Connection]:
        return [connection for (whose, _), connection in self._pages.items() if whose == session]

    def forget(self, connection: Connection) -> None:
        self.opened.pop(connection.id, None)
        self._pages.pop((connection.session, connection.id), None)


class FakeAllowances:
    def __init__(self) -> None:
        self.used: dict[tuple[str, int], int] = {}

    def take(self, what: str, limit: int, seconds: int, now: float) -> bool:
        stretch = (what, int(now // seconds))
        self.used[stretch] = self.used.get(stretch, 0) + 1
        return self.used[stretch] <= limit


class FakeLine:
    """Frames by connection; one that is not in ``open`` is gone."""

    def __init__(self) -> None:
        self.open: set[str] = set()
        self.said: dict[str, list[Frame]] = {}
        self.failure: Failure | None = None

    def post(self, connection_id: str, data: bytes) -> Failure | Gone | None:
        if self.failure:
            return self.failure
        if connection_id not in self.open:
            return Gone.GONE
        self.said.setdefault(connection_id, []).append(json.loads(data))
        return None


class FakeShelf:
    def ticket(self, key: str, content_type: str, largest: int, seconds: int) -> tuple[str, Mapping[str, str]]:
        return "https://files.example/", {"key": key, "Content-Type": content_type, "policy": f"{largest} {seconds}"}

    def link(self, key: str, name: str, content_type: str, seconds: int) -> str:
        return f"https://files.example/{key}?for={seconds}"


class Events:
    def __init__(self) -> None:
        self.taken: list[ProviderEvent] = []
        self.failure: Exception | None = None

    def inbound(self, event: ProviderEvent) -> None:
        if self.failure:
            raise self.failure
        self.taken.append(event)


class Room:
    """The chat of a shop, with its counter behind it: what browsers say goes through, and the answers come back."""

    def __init__(self) -> None:
        self.counter = Counter()
        self.connections, self.line, self.events = FakeConnections(), FakeLine(), Events()
        self.key: str | None = KEY
        self.chat = Chat(
            inbox=self.counter.inbox,
            policies=self.counter.policies,
            queue=self.events,
            connections=self.connections,
            allowances=FakeAllowances(),
            shelf=FakeShelf(),
            line=self.line,
            key=self._key,
            clock=self.counter.clock,
            origins=(ORIGIN,),
            offers=Offers(email=True, form="https://latinaja.example/contacto"),
        )
        settings = ChannelSettings(
            "", lambda _: {"key": KEY}, chat_endpoint="https://chat", connections=self.connections
        )
        self.channel = ChatChannel(settings, self.counter.clock)
        self.channel._gateway = self.line  # type: ignore[assignment]  # noqa: SLF001 - what it would call over HTTP
        self.counter.channels["chat"] = self.channel  # type: ignore[assignment]
        self.counter.channels["email"] = FakeChannel("email")
        self._numbers = count(1)

    def browser(self, token: str = "", cursor: str = "", language: str = "es", proof: str = "") -> "Browser":
        """A page that connects and says hello."""
        browser = Browser(self, f"connection{next(self._numbers)}=")
        self.line.open.add(browser.connection)
        browser.says("hello", token=token, cursor=cursor, language=language, proof=proof)
        return browser

    def work(self) -> None:
        """What browsers said is taken in, and everything that follows is done."""
        while self.events.taken:
            self.counter.ingest(self.events.taken.pop(0))
        self.counter.run()

    def _key(self) -> str:
        if self.key is None:
            raise NotConfigured("the secret chat-key is missing")
        return self.key


class Browser:
    def __init__(self, room: Room, connection: str) -> None:
        self._room = room
        self.connection = connection

    def says(self, kind: str, **fields: Any) -> Frame:
        """One frame; the last that was answered, or nothing."""
        before = len(self.heard)
        self.sends(json.dumps({"v": 1, "type": kind, **fields}))
        return self.heard[-1] if len(self.heard) > before else {}

    def sends(self, body: str) -> None:
        self._room.chat.hears(self.connection, body, "203.0.113.7")

    def leaves(self) -> None:
        """Without saying so."""
        self._room.line.open.discard(self.connection)

    @property
    def heard(self) -> list[Frame]:
        return self._room.line.said.get(self.connection, [])

    @property
    def welcome(self) -> Frame:
        return next(frame for frame in reversed(self.heard) if frame["type"] == "welcome")

    @property
    def history(self) -> list[Frame]:
        """The messages that the last welcome was followed by."""
        return [message for frame in self.heard if frame["type"] == "history" for message in frame["messages"]]

    @property
    def cursor(self) -> str:
        """The latest that a frame gave."""
        return next((str(frame["cursor"]) for frame in reversed(self.heard) if frame.get("cursor")), "")

    @property
    def told(self) -> list[str]:
        """What the shop said while it was connected."""
        return [frame["message"]["text"] for frame in self.heard if frame["type"] == "message"]
