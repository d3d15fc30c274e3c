"""What the live chat needs of the world, beside what every use case needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from mostrador.channels.chat.gateway import Gone
from mostrador.domain.chat import Connection
from mostrador.domain.delivery import Failure


@dataclass(frozen=True, slots=True)
class Limit:
    """How often in how many seconds."""

    times: int
    seconds: int


class Connections(Protocol):
    """Who is in the chat."""

    def open(self, connection: Connection) -> None: ...

    def find(self, connection_id: str) -> Connection | None: ...

    def touch(self, connection: Connection, now: float) -> None: ...

    def forget(self, connection: Connection) -> None: ...


class Allowances(Protocol):
    def take(self, what: str, limit: int, seconds: int, now: float) -> bool:
        """Count once more; False where it was done too often already."""


class Shelf(Protocol):
    """Where files lie, for browsers."""

    def ticket(self, key: str, content_type: str, largest: int, seconds: int) -> tuple[str, Mapping[str, str]]:
        """The address to post a form to, and the fields that have to be in it."""

    def link(self, key: str, name: str, content_type: str, seconds: int) -> str: ...


class Line(Protocol):
    """To a browser."""

    def post(self, connection_id: str, data: bytes) -> Failure | Gone | None: ...


@dataclass(frozen=True, slots=True)
class Offers:
    """What else a visitor may do; addresses of pages, empty where not offered."""

    email: bool = False
    form: str = ""
    callback: str = ""
