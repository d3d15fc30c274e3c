"""What the counter itself says in a thread: promises, snoozes, who takes over."""

from mostrador.domain.phrases.phrase import Phrase

NOTICE: dict[str, Phrase] = {}
