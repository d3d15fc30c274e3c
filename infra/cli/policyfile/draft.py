"""A policy file that was read and not yet judged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cli.policyfile.document import PolicyFile
from cli.policyfile.findings import Findings, Place
from cli.policyfile.source import Source
from cli.policyfile.understand import understood


@dataclass(frozen=True, slots=True)
class Draft:
    document: PolicyFile
    """Without the entries that have a fault."""
    source: Source
    kept: Mapping[str, list[int]]
    today: date

    @property
    def findings(self) -> Findings:
        return self.source.findings

    @property
    def folder(self) -> Path:
        return self.source.path.parent

    @property
    def language(self) -> str:
        return self.document.shop.language if self.document.shop else "es"

    def names(self, section: str) -> tuple[str, ...]:
        """What the entries of a section are called, the faulty ones too: to name one of those is no fault."""
        return self.source.names(section)

    def listed[E](self, section: str, entries: Sequence[E]) -> Iterator[tuple[Place, E]]:
        """The entries of a list with their places in the file."""
        for number, entry in enumerate(entries):
            yield (section, self.kept[section][number]), entry

    def said(self, *place: str | int) -> bool:
        """Whether something stands at this place of the file."""
        return place in self.findings.lines


def draft_of(source: Source, today: date) -> Draft:
    document, kept = understood(PolicyFile, source.document, source.findings)
    return Draft(document, source, kept, today)
