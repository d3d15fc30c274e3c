"""What was typed, on its way to the inbox."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mostrador.domain.form import FORM
from mostrador.domain.messages import ProviderEvent


@dataclass(frozen=True, slots=True)
class TypedFile:
    """A file that was sent along, and where it lies in the bucket."""

    key: str
    name: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was filled in, every field within its limits."""

    email: str
    text: str
    name: str = ""
    phone: str = ""
    number: str = ""
    """``phone`` in E.164, where the shop calls such numbers."""
    order: str = ""
    topic: str = ""
    """The name of a phrase, ``form.topic.{topic}``."""
    language: str = ""
    consent: str = ""
    """The sentence that they agreed to."""
    files: tuple[TypedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Continued:
    """What somebody wrote on a conversation's own page."""

    conversation: str
    email: str
    text: str
    name: str = ""
    language: str = ""
    proven: bool = False
    """They came by a link that was mailed to them."""
    files: tuple[TypedFile, ...] = ()


def message_event(page: str, typed: Typed, now: float) -> ProviderEvent:
    """The same form with the same words is the same event; with other words it is another one."""
    return _event("message", page, typed.email, asdict(typed), now)


def reply_event(page: str, continued: Continued, now: float) -> ProviderEvent:
    return _event("reply", page, continued.email, asdict(continued), now)


def page_name(page: str, sent: str = "") -> str:
    """Under what events of a page are known; those of a browser's later pages begin like its first event."""
    return f"{sent}/{page}" if sent else page


def is_of(event_id: str, sent: str) -> bool:
    """Whether this event came from the browser that sent ``sent``."""
    return event_id == sent or event_id.startswith(f"{sent}/")


def _event(kind: str, page: str, sender: str, fields: dict[str, Any], now: float) -> ProviderEvent:
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return ProviderEvent(FORM, f"{page}:{digest}", sender, {"type": kind, **fields}, now)


def files_of(fields: Any) -> Sequence[TypedFile]:
    return [TypedFile(str(one["key"]), str(one["name"]), str(one["content_type"])) for one in fields]
