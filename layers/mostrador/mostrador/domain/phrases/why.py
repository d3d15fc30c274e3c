"""Why a conversation is where it is."""

from mostrador.domain.phrases.phrase import Phrase

WHY: dict[str, Phrase] = {}
