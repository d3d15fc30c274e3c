"""The file of messages whose intent is known: one JSON object a line."""

import json
from pathlib import Path

import pytest

from cli.policyfile.read import BrokenPolicy
from fakes.policy_files import EXAMPLE, checked
from mostrador.policy.examples import FEWEST, lesson
from mostrador.policy.model import IntentWords

LINES = (
    {"text": "¿Dónde está mi pedido?", "language": "es", "intent": "delivery"},
    {"text": "Where is it?", "language": "en", "intent": "delivery", "also": ["trust"]},
    {"text": "No ha llegado", "language": "es", "intent": "delivery"},
)


def put(folder: Path, *lines: str) -> None:
    (folder / "examples.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_examples_are_compiled_by_intent_and_language(tmp_path: Path) -> None:
    put(tmp_path, *map(json.dumps, LINES), "")
    assert checked(tmp_path, examples="examples.jsonl").policy.intents == (
        IntentWords("delivery", "es", (), lesson=lesson(("¿Dónde está mi pedido?", "No ha llegado"))),
        IntentWords("delivery", "en", (), lesson=lesson(("Where is it?",))),
    )


def test_too_few_examples_of_an_intent_are_warned_of(tmp_path: Path) -> None:
    put(tmp_path, *map(json.dumps, LINES))
    warned = [warning.what for warning in checked(tmp_path, examples="examples.jsonl").warnings]
    assert warned == [
        f"{number} examples of delivery in {language} are too few to learn from; {FEWEST} would do"
        for number, language in ((1, "en"), (2, "es"))
    ]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ('{"text": "hola", "language": "es", "intent": "hello"}', "intent"),
        ('{"text": "ciao", "language": "it", "intent": "other"}', "language"),
        ('{"text": "", "language": "es", "intent": "other"}', "text"),
        ('{"language": "es", "intent": "other"}', "text"),
        ('{"text": "hola", "language": "es", "intent": "other", "about": 1}', "about"),
        ("hola", "the line"),
    ],
)
def test_a_line_that_is_no_example_is_named(tmp_path: Path, line: str, where: str) -> None:
    put(tmp_path, json.dumps(LINES[0]), line)
    with pytest.raises(BrokenPolicy) as broken:
        checked(tmp_path, examples="examples.jsonl")
    (fault,) = broken.value.faults
    assert fault.what.startswith(f"line 2 of `examples.jsonl` is not understood ({where});")


def test_a_file_of_examples_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BrokenPolicy, match=r"the file `examples\.jsonl` cannot be opened: no such file or directory"):
        checked(tmp_path, examples="examples.jsonl")


def test_the_shops_examples_teach_every_intent_in_both_languages() -> None:
    lines = [json.loads(line) for line in EXAMPLE.with_name("examples.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({(line["intent"], line["language"]) for line in lines}) == 2 * 9
