"""What the manual of the policy shows is tried: each of its pieces, in place of the same sections of the example."""

import re
from pathlib import Path
from shutil import copytree

import pytest

from cli.policyfile.document import PolicyFile
from cli.policyfile.read import read_policy
from cli.policyfile.vocabulary import CHANNELS
from fakes.policy_files import EXAMPLE, TODAY
from mostrador.domain.attention import Attention, Intent
from mostrador.policy.answers import PLACES

DOCS = EXAMPLE.parents[2] / "docs"
MANUAL, SPANISH = ((DOCS / name).read_text() for name in ("policy.md", "es/politica.md"))
PIECE = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)
PIECES = PIECE.findall(MANUAL)
SECTION = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)


def sections(text: str) -> dict[str, str]:
    """The text of each section, by its name."""
    parts = [part for part in SECTION.split(text) if SECTION.match(part)]
    return {part.partition(":")[0]: part for part in parts}


def name_of(piece: str) -> str:
    return " ".join(sections(piece))


@pytest.mark.parametrize(
    "piece", PIECES + [piece for piece in PIECE.findall(SPANISH) if "segments:" not in piece], ids=name_of
)
def test_a_piece_of_the_manual_fits_into_the_example(tmp_path: Path, piece: str) -> None:
    folder = copytree(EXAMPLE.parent, tmp_path / "policy")
    file = folder / EXAMPLE.name
    file.write_text("".join((sections(EXAMPLE.read_text()) | sections(piece)).values()))
    assert read_policy(file, today=TODAY).policy.shop_name == "La Tinaja"


def put_together(folder: Path, pieces: list[str], **example: str) -> list[str]:
    """The places of the warnings about a policy of all these pieces, and what is missing from the example."""
    together = dict(example)
    for piece in pieces:
        together |= sections(piece)
    file = copytree(EXAMPLE.parent, folder / "policy") / EXAMPLE.name
    file.write_text("".join(together.values()))
    return [warning.place for warning in read_policy(file, today=TODAY).warnings]


def test_the_pieces_together_are_a_policy(tmp_path: Path) -> None:
    assert put_together(tmp_path, PIECES) == ["hours.nights"]  # it is shown, and then left without a use


def test_the_pieces_in_spanish_change_the_example(tmp_path: Path) -> None:
    assert put_together(tmp_path, PIECE.findall(SPANISH), **sections(EXAMPLE.read_text())) == []


@pytest.mark.parametrize(
    "word", [*PolicyFile.model_fields, *CHANNELS, *Attention, *Intent, *(f"{{{place}}}" for place in PLACES)]
)
def test_the_manual_knows_every_word_of_the_file(word: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", MANUAL)
