"""What somebody typed about themselves: whether it can be what it is meant to be, and how it is shown."""

import re

LONGEST_EMAIL = 254
"""Characters of a mail address (RFC 5321, 4.5.3.1.3)."""
LONGEST_NAME = 80
"""Characters of a person's name."""

_EMAIL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+")
_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""Controls, and what turns the direction of writing around."""


def is_email(text: str) -> bool:
    """In small letters: an address that mail can be sent to, as far as its form tells."""
    local = text.partition("@")[0]
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    return len(text) <= LONGEST_EMAIL and not dots and bool(_EMAIL.fullmatch(text))


def storable(text: str) -> str:
    """Without the character that no text has, or half of one: not everything that reads texts survives them."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def one_line(text: str) -> str:
    """Without what cannot be seen, and what makes other words than these appear."""
    return " ".join(_UNSHOWABLE.sub(" ", text).split())


def name_of(text: str) -> str:
    """A name as it is shown to agents, beside words of our own."""
    return one_line(text)[:LONGEST_NAME]
