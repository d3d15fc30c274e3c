"""The widget as one file."""

import gzip
import re
from pathlib import Path

import pytest

from cli.chat_script import WIDGET, chat_script
from mostrador.pages.chat_script import NotJoinable, joined

MOST = 20_000
"""Bytes, compressed: what a shop's page may be asked to carry."""
SOURCES = sorted(WIDGET.rglob("*.js"))
WORDS = (WIDGET / "words.js").read_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "chat.css").write_text("p { color: red; }\n/* said\n   here */\n")
    (tmp_path / "view").mkdir()
    return tmp_path


def test_widget_stays_small() -> None:
    assert len(gzip.compress(chat_script().encode(), mtime=0)) < MOST


def test_modules_are_joined_after_what_they_need(folder: Path) -> None:
    (folder / "main.js").write_text('import { b } from "./view/b.js";\n// Begins.\nb();\n')
    imports = 'import { c } from "../c.js";\nimport { STYLES } from "../styles.js";\n\n'
    (folder / "view/b.js").write_text(imports + "export function b() {\n  c(STYLES);\n}\n")
    (folder / "c.js").write_text("/** Says it.\n * Well. */\nexport const c = (text) => console.log(text);\n")
    assert joined(folder) == (
        '(() => {\n"use strict";\nconst STYLES = "p { color: red; }";\nconst c = (text) => console.log(text);\n'
        "function b() {\nc(STYLES);\n}\nb();\n})();\n"
    )


def test_style_sheets_come_in_the_order_in_which_they_are_named(folder: Path) -> None:
    (folder / "css").mkdir()
    (folder / "css/a.css").write_text("p { color: red; }\n")
    (folder / "css/b.css").write_text("p { color: blue; }\n")
    (folder / "chat.css").write_text('/* The look. */\n@import "css/b.css";\n@import "css/a.css";\n')
    (folder / "main.js").write_text('import { STYLES } from "./styles.js";\nsay(STYLES);\n')
    assert "p { color: blue; } p { color: red; }" in joined(folder)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("import * as b from './b.js';\n", "cannot be joined: import * as b"),
        ("export default 1;\n", "cannot be joined: export default 1;"),
        ("const STYLES = 1;\n", "declared in two modules: STYLES"),
    ],
    ids=["import", "export", "name"],
)
def test_what_cannot_be_joined_is_named(folder: Path, source: str, sentence: str) -> None:
    (folder / "main.js").write_text(source)
    with pytest.raises(NotJoinable, match=re.escape(sentence)):
        joined(folder)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_text_can_become_markup_or_code(source: Path) -> None:
    ways_in = r"\w+HTML\b|DOMParser|createContextualFragment|document\.write|eval\(|Function\("
    assert re.findall(ways_in, source.read_text()) == []


def test_widget_says_everything_in_both_languages() -> None:
    spanish, english = re.findall(r"^  (?:es|en): \{\n(.*?)^  \},", WORDS, re.MULTILINE | re.DOTALL)
    keys = [re.findall(r"^    (\w+):", part, re.MULTILINE) for part in (spanish, english)]
    assert keys[0] == keys[1]
    assert len(keys[0]) > 30


def test_every_word_is_said_and_every_word_said_is_there() -> None:
    said = "\n".join(path.read_text() for path in SOURCES)
    defined = set(re.findall(r"^    (\w+):", WORDS, re.MULTILINE))
    asked = set(re.findall(r'\bsay\("(\w+)"', said))
    assert asked <= defined
    assert [word for word in sorted(defined) if f'"{word}"' not in said] == []
