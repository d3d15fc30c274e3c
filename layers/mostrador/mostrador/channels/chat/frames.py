"""The frames that a browser sends, checked as far as their form goes (docs/chat-protocol.md)."""

import json
import re
from typing import Any

import msgspec
from msgspec import Struct

from mostrador.domain.typed import is_email

VERSION = 1
LONGEST_TEXT = 4000
"""Characters of one message."""
MOST_FILES = 5
LARGEST_FILE = 10 * 1024 * 1024
"""Bytes."""
MOST_RECEIPTS = 50

_REF = re.compile(r"[a-z0-9]{8,32}-[a-z]?[0-9]{1,9}")


class BadFrame(Exception):
    """``str()`` is the code of the error that the browser is told; ``ref`` that of its frame, where it had one."""

    def __init__(self, code: str, ref: str = "", retry_after: float = 0.0) -> None:
        super().__init__(code)
        self.ref = ref
        self.retry_after = retry_after


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


class Frame(Struct, tag_field="type", tag=_snake, frozen=True):
    v: int


class Hello(Frame, frozen=True):
    token: str = ""
    cursor: str = ""
    language: str = ""
    proof: str = ""


class Whereabouts(Struct, frozen=True):
    address: str = ""
    title: str = ""


class Send(Frame, frozen=True):
    ref: str
    text: str = ""
    files: tuple[str, ...] = ()
    page: Whereabouts | None = None


class Upload(Frame, frozen=True):
    ref: str
    name: str
    content_type: str
    size: int


class Open(Frame, frozen=True):
    id: str
    index: int
    ref: str = ""


class Receipt(Frame, frozen=True):
    ids: tuple[str, ...]
    state: str


class LeaveEmail(Frame, frozen=True):
    ref: str
    email: str
    name: str = ""


class Ping(Frame, frozen=True):
    cursor: str | None = None


_decoder = msgspec.json.Decoder(Hello | Send | Upload | Open | Receipt | LeaveEmail | Ping)
_TYPES = frozenset(_snake(kind.__name__) for kind in (Hello, Send, Upload, Open, Receipt, LeaveEmail, Ping))


def read_frame(body: str) -> Frame:
    """Raises BadFrame."""
    try:
        frame: Frame = _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise _why_bad(body) from None
    if frame.v != VERSION:
        raise BadFrame("version", getattr(frame, "ref", ""))
    _check(frame)
    return frame


def _check(frame: Frame) -> None:
    match frame:
        case Send():
            _check_ref(frame.ref)
            _check_send(frame)
        case Upload():
            _check_ref(frame.ref)
            _require(0 < frame.size <= LARGEST_FILE, "file_too_large", frame.ref)
        case LeaveEmail():
            _check_ref(frame.ref)
            _require(not frame.email or is_email(frame.email.strip().lower()), "email_invalid", frame.ref)
        case Receipt():
            _require(len(frame.ids) <= MOST_RECEIPTS and frame.state in {"delivered", "read"}, "bad_frame")
        case Open():
            _require(not frame.ref or bool(_REF.fullmatch(frame.ref)), "bad_frame", frame.ref[:48])
            _require(0 <= frame.index < 1000, "not_found", frame.ref)


def _check_send(frame: Send) -> None:
    _require(len(frame.text) <= LONGEST_TEXT, "too_long", frame.ref)
    _require(len(frame.files) <= MOST_FILES, "too_many_files", frame.ref)
    _require(bool(frame.text.strip() or frame.files), "empty", frame.ref)


def _check_ref(ref: str) -> None:
    _require(bool(_REF.fullmatch(ref)), "bad_frame", ref[:48])


def _require(holds: bool, code: str, ref: str = "") -> None:  # noqa: FBT001 - what is required is the argument
    if not holds:
        raise BadFrame(code, ref)


def _why_bad(body: str) -> BadFrame:
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        return BadFrame("bad_frame")
    if not isinstance(found, dict):
        return BadFrame("bad_frame")
    ref = found.get("ref")
    code = "bad_frame" if str(found.get("type")) in _TYPES else "unknown_type"
    return BadFrame(code, ref[:48] if isinstance(ref, str) else "")
