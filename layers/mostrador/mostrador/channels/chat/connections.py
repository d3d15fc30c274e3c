"""What the channel needs to know of the browsers that are there; the table implements it."""

from collections.abc import Sequence
from typing import Protocol

from mostrador.domain.chat import Connection


class Connections(Protocol):
    """Who is connected now."""

    def of(self, session: str) -> Sequence[Connection]: ...

    def forget(self, connection: Connection) -> None: ...
