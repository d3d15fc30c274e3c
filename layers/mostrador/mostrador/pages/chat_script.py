"""The chat widget as the one file that a shop's pages load: its modules joined, each after those that it needs.

A module of `functions/web/chat` imports with plain `import { a } from "./b.js"` and exports declarations; names are its
own among all modules. So joining them is leaving out those words, and no bundler has to be installed.
"""

import json
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

STYLES = "styles.js"
"""Not a file: the style sheet as a module."""

_SHEET = re.compile(r'@import "([^"]+)";')
_IMPORT = re.compile(r'^import \{[^}]*\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class)\b)", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(?://.*|/\*[\s\S]*?\*/)\n", re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


class NotJoinable(Exception):
    """Says what stands in the way."""


def joined(folder: Path) -> str:
    """Raises NotJoinable."""
    modules = dict(_modules(folder))
    order = TopologicalSorter({name: _imports(name, source) for name, source in modules.items()}).static_order()
    script = "".join(_without_words(modules[name]) for name in order)
    _require_own_names(script)
    return f'(() => {{\n"use strict";\n{_INDENT.sub("", script)}}})();\n'


def _modules(folder: Path) -> Iterator[tuple[str, str]]:
    yield STYLES, f"export const STYLES = {json.dumps(_smaller(_styles(folder)))};\n"
    for path in sorted(folder.rglob("*.js")):
        yield path.relative_to(folder).as_posix(), path.read_text()


def _styles(folder: Path) -> str:
    """In the order of ``chat.css``: of two rules that weigh the same, the later one counts."""
    return _SHEET.sub(lambda sheet: (folder / sheet[1]).read_text(), (folder / "chat.css").read_text())


def _imports(name: str, source: str) -> set[str]:
    base = Path(name).parent
    return {(base / path).as_posix() if not path.startswith("../") else path[3:] for path in _IMPORT.findall(source)}


def _without_words(source: str) -> str:
    stripped = _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", source)))
    if left := re.search(r"^(?:import|export)\b.*", stripped, re.MULTILINE):
        raise NotJoinable(f"cannot be joined: {left.group()}")
    return stripped


def _require_own_names(script: str) -> None:
    names = _DECLARED.findall(script)
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise NotJoinable(f"declared in two modules: {', '.join(twice)}")


def _smaller(css: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"/\*[\s\S]*?\*/", "", css)).strip()
