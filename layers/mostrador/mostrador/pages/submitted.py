"""What a browser sends back: the fields of a form and its files (RFC 7578, and HTML's own rules for the names)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from mostrador.domain.errors import Refused

MOST_PARTS = 60
LONGEST_HEAD = 4000
"""Bytes before the content of a part; browsers write a name, a file's name and its type."""

_BOUNDARY = re.compile(r'boundary="?([A-Za-z0-9\'()+_,./:=? -]{1,70})"?')
_NAME = re.compile(r';\s*name="([^"]*)"')
_FILE_NAME = re.compile(r';\s*filename="([^"]*)"')
_ESCAPED = {"%0D": " ", "%0A": " ", "%22": '"'}


@dataclass(frozen=True, slots=True)
class SentFile:
    name: str
    content_type: str
    """What the browser says that it is."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Submitted:
    fields: Mapping[str, str]
    """Without spaces around them; of two with the same name the last."""
    files: tuple[SentFile, ...] = field(default=())

    def __getitem__(self, name: str) -> str:
        """Empty for a field that was not sent."""
        return self.fields.get(name, "")


@dataclass(frozen=True, slots=True)
class _Part:
    headers: Mapping[str, str]
    data: bytes


def read_form(content_type: str, body: bytes) -> Submitted:
    """Raises Refused for what no browser sends."""
    if content_type.startswith("application/x-www-form-urlencoded"):
        return Submitted({name: _text(value) for name, value in _pairs(body)})
    boundary = _BOUNDARY.search(content_type)
    if not content_type.startswith("multipart/form-data") or not boundary:
        raise Refused("not a form")
    return _submitted(list(_parts(body, boundary[1].encode())))


def _pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, errors="replace", max_num_fields=MOST_PARTS)
    except ValueError:
        raise Refused("a form that cannot be read") from None


def _submitted(parts: list[_Part]) -> Submitted:
    fields: dict[str, str] = {}
    files: list[SentFile] = []
    for part in parts:
        disposition = part.headers.get("content-disposition", "")
        name, file_name = _NAME.search(disposition), _FILE_NAME.search(disposition)
        if name is None:
            raise Refused("a part without a name")
        if file_name is None:
            fields[_unescaped(name[1])] = _text(part.data.decode("utf-8", "replace"))
        elif part.data:  # a file field in which nothing was chosen is sent as a file of no bytes
            kind = part.headers.get("content-type", "").partition(";")[0].strip().lower()
            files.append(SentFile(_base_name(_unescaped(file_name[1])), kind, part.data))
    return Submitted(fields, tuple(files))


def _parts(body: bytes, boundary: bytes) -> Iterator[_Part]:
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary, MOST_PARTS)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--") or len(pieces) > MOST_PARTS:
        raise Refused("a form without an end")
    for piece in pieces[1:-1]:
        head, separator, data = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if not separator or len(head) > LONGEST_HEAD:
            raise Refused("a part without a head")
        yield _Part(dict(_header(line) for line in head.decode("utf-8", "replace").split("\r\n")), data)


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


def _unescaped(text: str) -> str:
    for escape, character in _ESCAPED.items():
        text = text.replace(escape, character)
    return text


def _text(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\0", "").strip()


def _base_name(name: str) -> str:
    """Some programs send the whole path."""
    return name.replace("\\", "/").rpartition("/")[2][-150:] or "file"
