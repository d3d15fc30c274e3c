"""Who is in the live chat: the connections of the visitors' browsers."""

from dataclasses import dataclass

CHAT = "chat"
"""The channel. An address on it is a visitor: a random text that a signed token vouches for."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One open connection of a visitor: one for each tab."""

    id: str
    """Amazon API Gateway's."""
    session: str
    """The visitor."""
    language: str
    """What the visitor reads: a language tag."""
    seen_at: float
    """When it last said something: epoch seconds."""
