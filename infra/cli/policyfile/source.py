"""YAML as it is written: every scalar is text, and every value knows its line.

Ready-made loaders follow YAML 1.1, which reads ``10:00`` as six hundred, ``no`` as false (also where it is the country)
and ``2026-12-24`` as a date. Here the model of the file decides what a text means.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from cli.policyfile.findings import Findings, Place

type Raw = str | list[Raw] | dict[str, Raw] | None

DEEPEST = 20
"""Levels; an alias that contains itself would go on for ever."""

_UNCLOSED = "found unexpected end of stream"
_PLAIN_WORDS = {
    "mapping values are not allowed here": "a `:` is not expected here; put a text that contains one in quotes",
    "found character '\\t' that cannot start any token": "there is a tab here; indent with spaces",
    "could not find expected ':'": "a `:` is missing after the name",
    _UNCLOSED: "the quotes that open here are never closed",
    "found undefined alias": "`*` asks for an anchor (`&`) that is not there; a text that begins with `*` needs quotes",
    "expected <block end>, but found '<block mapping start>'": "this line is indented further than the ones before it",
    "expected <block end>, but found '-'": "this `-` does not stand in line with the others of its list",
    "expected <block end>, but found '<scalar>'": "something stands after the closing quote; quote all of it",
    "expected ',' or ']'": "a `]` or a comma is missing before this; a text with brackets, `:` or `?` needs quotes",
    "expected ',' or '}'": "a `}` or a comma is missing before this; a text with brackets, `:` or `?` needs quotes",
}
"""By how the parser's own words begin."""
_CUT_OFF = "cannot be read as YAML from here on: look for a bracket, a quote or an indentation before it"


@dataclass(frozen=True, slots=True)
class Source:
    path: Path
    text: str
    document: dict[str, Raw]
    findings: Findings

    def names(self, section: str) -> tuple[str, ...]:
        """What the entries of a section are called, those with faults as well."""
        entries = self.document.get(section)
        if isinstance(entries, dict):
            return tuple(entries)
        listed = [entry.get("id") for entry in entries or () if isinstance(entry, dict)]
        return tuple(name for name in listed if isinstance(name, str))


def read_text(path: Path, findings: Findings) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        findings.fault((), f"cannot be opened: {(error.strerror or str(error)).lower()}")
    except UnicodeDecodeError:
        findings.fault((), "is not UTF-8 text; save it as UTF-8")
    return None


def read_source(path: Path, shown: str = "") -> Source:
    """``shown`` is what the file is called in findings. Whatever cannot be read is a finding, and left out."""
    findings = Findings(shown or str(path))
    text = read_text(path, findings)
    raw = None if text is None else read_yaml(text, findings)
    if not isinstance(raw, dict) and not findings.found:
        findings.fault(
            (), "is empty" if raw is None else "sections such as `shop:` are expected here, not a list or a text"
        )
    document = raw if isinstance(raw, dict) else {}
    return Source(path, text or "", document, findings)


def read_yaml(text: str, findings: Findings) -> Raw:
    """None where nothing can be read. ``findings`` learns the lines and the names of everything."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        _explain(error, findings)
        return None
    reader = _Reader(findings)
    raw = reader.read(node, ()) if node else None
    findings.lines, findings.names = reader.lines, dict(_names(raw, ()))
    for place, what, line in reader.wrong:
        findings.fault(place, what, line)
    return raw


@dataclass(slots=True)
class _Reader:
    findings: Findings
    lines: dict[Place, int] = field(default_factory=dict)
    wrong: list[tuple[Place, str, int]] = field(default_factory=list)

    def read(self, node: yaml.Node, place: Place) -> Raw:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if len(place) > DEEPEST:
            self.wrong.append((place, "is nested too deeply; an anchor (`&`) may contain itself", 0))
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(entry, (*place, number)) for number, entry in enumerate(node.value)]
        return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Raw]:
        read: dict[str, Raw] = {}
        for key, value in node.value:
            if self._is_new(key, place, read):
                inner = (*place, key.value)
                self.lines[inner] = key.start_mark.line + 1
                read[key.value] = self.read(value, inner)
        return read

    def _is_new(self, key: yaml.Node, place: Place, read: dict[str, Raw]) -> bool:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            self.wrong.append((place, "a name is expected here, not a list or another section", line))
            return False
        if key.value in read:
            first = self.lines[*place, key.value]
            what = f"this stands here twice, in line {first} for the first time; keep one of the two"
            self.wrong.append(((*place, key.value), what, line))
            return False
        return True


def _names(raw: Raw, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield from _names(value, (*place, key))
    for number, entry in enumerate(raw if isinstance(raw, list) else ()):
        if isinstance(entry, dict):
            name = entry.get("id") or entry.get("name")
            if isinstance(name, str):
                yield (*place, number), name
        yield from _names(entry, (*place, number))


def _explain(error: yaml.YAMLError, findings: Findings) -> None:
    problem = str(getattr(error, "problem", None) or "")
    mark = getattr(error, "context_mark" if problem == _UNCLOSED else "problem_mark", None)
    if mark is not None:
        findings.lines = {("",): mark.line + 1}
    findings.fault(("",) if mark else (), _plain(problem))


def _plain(problem: str) -> str:
    return next((plain for begins, plain in _PLAIN_WORDS.items() if problem.startswith(begins)), _CUT_OFF)
