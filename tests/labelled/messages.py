"""What shoppers write, with its language and what an agent would act on first (docs/intents.md has the definitions).

``test.jsonl`` was written before there were any words to find; nothing is tuned on it, nor learnt from it. All tuning
and learning is from the part that is called ``dev``: the examples of the shop's policy, and a few messages in languages
that it does not speak.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mostrador.domain.attention import Intent

FOLDER = Path(__file__).parent
PARTS = {
    "dev": (FOLDER.parents[1] / "infra/policy/examples.jsonl", FOLDER / "abroad.jsonl"),
    "test": (FOLDER / "test.jsonl",),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    """A subject, if there is one, is the first line."""
    language: str
    """Empty where nobody can tell."""
    intent: str
    also: tuple[str, ...] = ()
    """What else it is about."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well one intent is read."""

    intent: str
    messages: int
    precision: float
    recall: float

    def __str__(self) -> str:
        return f"{self.intent:<14}{self.messages:>5}{self.precision:>11.2f}{self.recall:>8.2f}"


def labelled(part: str) -> list[Labelled]:
    lines = (line for file in PARTS[part] for line in file.read_text(encoding="utf-8").splitlines())
    return [Labelled(**{**entry, "also": tuple(entry.get("also", ()))}) for entry in map(json.loads, lines)]


def accuracy(expected: Sequence[str], read: Sequence[str]) -> float:
    return sum(one == other for one, other in zip(expected, read, strict=True)) / len(expected)


def scores(expected: Sequence[str], read: Sequence[str]) -> list[Score]:
    right = Counter(one for one, other in zip(expected, read, strict=True) if one == other)
    return [
        Score(intent, expected.count(intent), _share(right, intent, read), _share(right, intent, expected))
        for intent in Intent
    ]


def table(title: str, rows: Iterable[Score]) -> str:
    return "\n".join((f"\n{title:<14}{'':>5}{'precision':>11}{'recall':>8}", *map(str, rows), ""))


def _share(right: Counter[str], intent: str, all_of_them: Sequence[str]) -> float:
    return right[intent] / (all_of_them.count(intent) or 1)
