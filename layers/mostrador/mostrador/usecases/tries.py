"""Somebody else may be faster: then what was read is read again, and decided again."""

from collections.abc import Callable

from mostrador.domain.changes import AlreadySeen
from mostrador.domain.errors import Conflict

TRIES = 5


def until_it_holds[T](attempt: Callable[[], T]) -> T:
    """Read, decide and commit again while somebody else is faster. Raises AlreadySeen; Conflict after TRIES."""
    for _ in range(TRIES - 1):
        try:
            return attempt()
        except AlreadySeen:
            raise
        except Conflict:
            continue
    return attempt()
