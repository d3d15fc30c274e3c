"""What somebody typed after the slash command, in either of the shop's languages."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verb(StrEnum):
    ON = "on"
    OFF = "off"
    AWAY = "away"
    BACK = "back"
    STATUS = "status"
    HELP = "help"


WORDS: dict[str, Verb] = {
    "on": Verb.ON,
    "turno": Verb.ON,
    "off": Verb.OFF,
    "fuera": Verb.OFF,
    "away": Verb.AWAY,
    "ausente": Verb.AWAY,
    "back": Verb.BACK,
    "vuelvo": Verb.BACK,
    "status": Verb.STATUS,
    "estado": Verb.STATUS,
    "help": Verb.HELP,
    "ayuda": Verb.HELP,
}


@dataclass(frozen=True, slots=True)
class Command:
    verb: Verb
    day: date | None = None
    """The first date of the text that is written as in ISO 8601 (``2026-12-01``)."""


def read_command(text: str) -> Command:
    """What nobody understands asks for help."""
    words = text.casefold().split()
    verb = WORDS.get(words[0], Verb.HELP) if words else Verb.HELP
    return Command(verb, next(iter(_days(words[1:])), None))


def _days(words: list[str]) -> Iterable[date]:
    for word in words:
        with suppress(ValueError):
            yield date.fromisoformat(word)
