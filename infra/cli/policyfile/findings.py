"""What is wrong with a policy file, each with the line that it stands in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

type Place = tuple[str | int, ...]
"""The keys and positions that lead to a value, from the top of the file."""


class Severity(StrEnum):
    FAULT = "fault"
    """The file cannot be put to work like this."""
    WARNING = "warning"
    """It can, and somebody should look at it."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    path: str
    line: int
    """From 1; 0: the file as a whole."""
    place: str
    what: str
    """What is wrong, and what would be right."""
    severity: Severity = Severity.FAULT

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        place = f"{self.place}: " if self.place else ""
        return f"{self.path}{line}: {place}{self.what}"


@dataclass(slots=True)
class Findings:
    """Collects what is found in one file."""

    path: str
    lines: Mapping[Place, int] = field(default_factory=dict)
    names: Mapping[Place, str] = field(default_factory=dict)
    """What the entries of lists are called, so that a person need not count them."""
    found: list[Finding] = field(default_factory=list)
    faulty: set[Place] = field(default_factory=set)

    def fault(self, place: Place, what: str, line: int = 0) -> None:
        """``line`` where it is another one than that of the place."""
        self.faulty.add(place)
        self._add(place, what, Severity.FAULT, line)

    def is_faulty(self, place: Place) -> bool:
        """Whether something is wrong there, or within."""
        return any(wrong[: len(place)] == place for wrong in self.faulty)

    def warning(self, place: Place, what: str) -> None:
        self._add(place, what, Severity.WARNING)

    @property
    def faults(self) -> list[Finding]:
        return sorted({finding for finding in self.found if finding.severity is Severity.FAULT})

    @property
    def warnings(self) -> list[Finding]:
        return sorted({finding for finding in self.found if finding.severity is Severity.WARNING})

    def line_of(self, place: Place) -> int:
        """The line of the nearest thing around the place that stands in the file; 0 for the file itself."""
        around = (place[:length] for length in range(len(place), 0, -1))
        return next((self.lines[outer] for outer in around if outer in self.lines), 0)

    def _add(self, place: Place, what: str, severity: Severity, line: int = 0) -> None:
        self.found.append(Finding(self.path, line or self.line_of(place), self._spoken(place), what, severity))

    def _spoken(self, place: Place) -> str:
        parts = (self.names.get(place[: at + 1], part) for at, part in enumerate(place))
        return ".".join(_spoken_part(part) for part in parts if part != "")


def _spoken_part(part: str | int) -> str:
    if isinstance(part, int):
        return str(part + 1)
    return part if re.fullmatch(r"[\w{}-]*", part) else f'"{part}"'


def meant(word: str, known: Iterable[str]) -> str:
    """``did you mean ...?``, or all that there is to choose from; ends a sentence that said what is unknown."""
    choices = list(known)
    folded = {choice.casefold(): choice for choice in choices}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{folded[near[0]]}`?"
    if len(choices) < 2:
        return f"there is only `{choices[0]}`" if choices else "there is none yet"
    return f"there are {in_a_row(choices)}"


def in_a_row(words: Iterable[str], last: str = "and") -> str:
    """```a`, `b` and `c```."""
    quoted = [f"`{word}`" for word in words]
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
