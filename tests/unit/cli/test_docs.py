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

MANUAL = (EXAMPLE.parents[2] / "docs/policy.md").read_text()
PIECES = re.findall(r"^```yaml\n(.*?)^```", MANUAL, re.DOTALL | re.MULTILINE)
SECTION = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)


def sections(text: str) -> dict[str, str]:
    """The text of each section, by its name."""
    parts = [part for part in SECTION.split(text) if SECTION.match(part)]
    return {part.partition(":")[0]: part for part in parts}


def name_of(piece: str) -> str:
    return " ".join(sections(piece))


@pytest.mark.parametrize("piece", PIECES, ids=name_of)
def test_a_piece_of_the_manual_fits_into_the_example(tmp_path: Path, piece: str) -> None:
    folder = copytree(EXAMPLE.parent, tmp_path / "policy")
    file = folder / EXAMPLE.name
    file.write_text("".join((sections(EXAMPLE.read_text()) | sections(piece)).values()))
    assert read_policy(file, today=TODAY).policy.shop_name == "La Tinaja"


def test_the_pieces_together_are_a_policy_without_a_warning(tmp_path: Path) -> None:
    folder = copytree(EXAMPLE.parent, tmp_path / "policy")
    together: dict[str, str] = {}
    for piece in PIECES:
        together |= sections(piece)
    (folder / EXAMPLE.name).write_text("".join(together.values()))
    warnings = read_policy(folder / EXAMPLE.name, today=TODAY).warnings
    assert [warning.place for warning in warnings] == ["hours.nights"]  # shown, and then left without a use


@pytest.mark.parametrize(
    "word", [*PolicyFile.model_fields, *CHANNELS, *Attention, *Intent, *(f"{{{place}}}" for place in PLACES)]
)
def test_the_manual_knows_every_word_of_the_file(word: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", MANUAL)
