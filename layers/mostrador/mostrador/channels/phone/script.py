"""What a call is told to do next, without a provider's words for it. A part that is not last may wait for a key."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Say:
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Says something and waits for one key, which goes to ``then``; without a key the next part follows."""

    says: tuple[Say, ...]
    then: str
    """An address of ours, like every one here."""
    seconds: int = 6
    """After the last word."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the caller says after a tone goes to ``then``, also when they hang up; of silence, the next part follows."""

    then: str
    longest: int
    """Seconds."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """With what ``then`` says."""

    then: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """Rings ``number`` and connects the two; when that is over, ``then`` is told how it went."""

    number: str
    caller_id: str
    """What the other side sees."""
    then: str
    machine: str
    """An address of ours which is told, meanwhile, whether a machine answered."""


@dataclass(frozen=True, slots=True)
class HangUp:
    pass


@dataclass(frozen=True, slots=True)
class Reject:
    """Not even picked up: whoever calls hears that the line is busy. Only as the first part."""


type Part = Say | Ask | Record | GoOn | Bridge | HangUp | Reject
type Script = tuple[Part, ...]
