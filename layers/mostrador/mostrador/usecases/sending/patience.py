"""The time that one run has for a desk that asks for patience."""

from collections.abc import Callable

from mostrador.desk.errors import Doubtful
from mostrador.domain.errors import TryAgain
from mostrador.usecases.ports import Clock

LONGEST_RUN = 15.0
"""Seconds after which a run begins nothing new; the call it is at may take as long again."""
LONGEST_WAIT = 10.0
"""Seconds that a run sleeps, all in all; for longer, ``tick`` comes back."""


class Patience:
    def __init__(self, clock: Clock, sleep: Callable[[float], None]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._until = clock() + LONGEST_RUN
        self._left = LONGEST_WAIT

    @property
    def is_over(self) -> bool:
        return self._clock() >= self._until

    def __call__[T](self, call: Callable[[], T]) -> T:
        """Run a call of the desk; where it asks for a short wait, wait and ask again. Raises TryAgain for a longer one.

        What may have been done already is not asked for again here: the next run looks first.
        """
        while True:
            try:
                return call()
            except Doubtful:
                raise
            except TryAgain as wait:
                if wait.after > self._left or self.is_over:
                    raise
                self._left -= max(wait.after, 1.0)
                self._sleep(wait.after)
