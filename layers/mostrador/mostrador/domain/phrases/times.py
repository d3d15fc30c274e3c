"""Days, hours and spans of time in words."""

from mostrador.domain.phrases.phrase import Phrase

TIMES: dict[str, Phrase] = {}
