"""Recorded conversations as JSON lines: one a line, times with their offset, and nothing that goes without saying."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import msgspec

from mostrador.policy.recorded import Recorded

_TIMES = ("at", "last_order_at", "answered_at")


class BadRecording(Exception):
    """``str()`` names the file, the line and what is wrong."""


def read_recordings(path: Path) -> list[Recorded]:
    """Of one file, or of all ``*.jsonl`` of a folder. Raises BadRecording."""
    if path.is_dir():
        return [recorded for file in sorted(path.glob("*.jsonl")) for recorded in _read_file(file)]
    return _read_file(path)


def _read_file(path: Path) -> list[Recorded]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # of line ends, JSON escapes this one alone
    except (OSError, UnicodeDecodeError) as error:
        raise BadRecording(f"{path}: {getattr(error, 'strerror', None) or 'the file is not UTF-8'}") from error
    return [_read(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def write_recordings(file: TextIO, recorded: Iterable[Recorded]) -> int:
    """How many there were."""
    written = 0
    for written, each in enumerate(recorded, start=1):  # noqa: B007 - how many there were is wanted afterwards
        file.write(json.dumps(_said(each), ensure_ascii=False) + "\n")
    return written


def _read(path: Path, number: int, line: str) -> Recorded:
    try:
        return msgspec.convert(_in_seconds(json.loads(line)), Recorded)
    except (ValueError, msgspec.ValidationError) as error:
        raise BadRecording(f"{path}:{number}: {error}") from error


def _in_seconds(value: Any) -> Any:
    """With the times that are written for people as epoch seconds. Raises ValueError for one without an offset."""
    if not isinstance(value, Mapping):
        return value
    return {name: _moment(each) if name in _TIMES else _in_seconds(each) for name, each in value.items()}


def _moment(written: Any) -> Any:
    if not isinstance(written, str):
        return written
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(f"{written} does not say of which time zone: write such as {written}+01:00")
    return moment.timestamp()


def _said(value: Any) -> dict[str, Any]:
    return dict(_said_fields(value))


def _said_fields(value: Any) -> Iterator[tuple[str, Any]]:
    for each in fields(value):
        said = getattr(value, each.name)
        if each.default is MISSING or said != each.default:
            yield each.name, _in_words(each.name, said)


def _in_words(name: str, said: Any) -> Any:
    if name in _TIMES:
        return datetime.fromtimestamp(said, UTC).isoformat()
    return _said(said) if is_dataclass(said) else said
