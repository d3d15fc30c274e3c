"""Policy files with faults, each with what a person reads about it, word by word.

In ``broken/`` every file begins with the messages: ``# expect:`` for a fault, ``# warns:`` for a warning. They are all
that is said about the file, without its name.
"""

from datetime import date
from pathlib import Path

import pytest

from cli.policyfile.findings import Finding
from cli.policyfile.read import BrokenPolicy, read_policy

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
TODAY = date(2026, 11, 22)
"""A Sunday; some of the files speak of days that are over."""


def expected(file: Path, mark: str) -> list[str]:
    lines = file.read_text().splitlines()
    return [line.removeprefix(f"# {mark}: ") for line in lines if line.startswith(f"# {mark}: ")]


def found(file: Path) -> tuple[list[Finding], list[Finding]]:
    try:
        return [], read_policy(file, today=TODAY).warnings
    except BrokenPolicy as error:
        return error.faults, error.warnings


def told(findings: list[Finding], file: Path) -> list[str]:
    """Without the name of the file, but with that of a file that it names."""
    texts = (str(finding) for finding in findings)
    return [text.removeprefix(f"{file}:").replace(f"{file.parent}/", "").strip() for text in texts]


def test_there_are_as_many_as_mistakes_that_people_make() -> None:
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_file_is_explained(file: Path) -> None:
    faults, warnings = found(file)
    assert told(faults, file) == expected(file, "expect")
    assert told(warnings, file) == expected(file, "warns")
    assert faults or warnings


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_no_library_speaks_to_the_person(file: Path) -> None:
    faults, warnings = found(file)
    said = " ".join(map(str, faults + warnings))
    for phrase in ("Input should", "validation error", "Value error", "pydantic", "expected <", "did not find", "None"):
        assert phrase not in said
