"""Identifiers: sortable by time, safe in a URL, an e-mail tag and a mail address."""

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no letter that a person confuses with a digit."""
_LONGEST_SEQUENCE = 8
"""Digits: those of a message's key."""


def new_id(now: float | None = None) -> str:
    """26 characters: 48 bits of milliseconds, then 80 random bits (the layout of a ULID, in lower case)."""
    milliseconds = int((time.time() if now is None else now) * 1000)
    return _encode((milliseconds << 80) | secrets.randbits(80), 26)


def _encode(number: int, length: int) -> str:
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(5 * (length - 1), -1, -5))


def message_id(conversation_id: str, sequence: int) -> str:
    """Our own name of a message, ``{conversation}-{sequence}``: it travels with everything that we send."""
    return f"{conversation_id}-{sequence}"


def parse_message_id(value: str) -> tuple[str, int] | None:
    """The conversation and the sequence, or None for what is not an identifier of ours."""
    conversation_id, dash, sequence = value.rpartition("-")
    ours = dash and len(conversation_id) == 26 and set(conversation_id) <= set(_ALPHABET)
    counted = sequence.isascii() and sequence.isdigit() and len(sequence) <= _LONGEST_SEQUENCE
    return (conversation_id, int(sequence)) if ours and counted else None
