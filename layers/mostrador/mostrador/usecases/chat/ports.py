"""What the live chat needs of the world, beside what every use case needs."""

from dataclasses import dataclass
from typing import Protocol

from mostrador.channels.chat.gateway import Gone
from mostrador.domain.chat import Connection
from mostrador.domain.delivery import Failure


class Connections(Protocol):
    """Who is in the chat."""

    def open(self, connection: Connection) -> None: ...

    def find(self, connection_id: str) -> Connection | None: ...

    def touch(self, connection: Connection, now: float) -> None: ...

    def forget(self, connection: Connection) -> None: ...


class Line(Protocol):
    """To a browser."""

    def post(self, connection_id: str, data: bytes) -> Failure | Gone | None: ...


@dataclass(frozen=True, slots=True)
class Offers:
    """What else a visitor may do; addresses of pages, empty where not offered."""

    email: bool = False
    form: str = ""
    callback: str = ""
