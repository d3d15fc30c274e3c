"""What is no text, in words that need no language: agents read them between the customer's own."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from mostrador.domain.typed import storable

_SCOPED = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
"""Source: Meta, "Business-scoped user IDs"."""


def plain(text: object) -> str:
    """A stranger's text that can be stored: a half of a character, or none, breaks what comes after."""
    return storable(text) if isinstance(text, str) else ""


def is_scoped(name: str) -> bool:
    """Whether it is what Meta calls a person for one business (``ES.1349...``), also for several of one owner."""
    return _SCOPED.fullmatch(name) is not None


def place(latitude: object, longitude: object, labels: Iterable[str]) -> str:
    """What it is called, and an address that opens a map."""
    name = ", ".join(filter(None, (label.strip() for label in labels)))
    where = _on_map(latitude, longitude)
    return "\n".join(filter(None, (f"📍 {name}".strip() if name or where else "", where)))


def _on_map(latitude: object, longitude: object) -> str:
    try:
        north, east = float(str(latitude)), float(str(longitude))
    except ValueError:
        return ""
    if not (abs(north) <= 90 and abs(east) <= 180):
        return ""
    return f"https://www.google.com/maps/search/?api=1&query={north:.6f},{east:.6f}"


def card(name: str, ways: Iterable[str]) -> str:
    """Somebody's name, and how to reach them."""
    return "\n".join([f"👤 {name.strip()}".strip(), *filter(None, (way.strip() for way in ways))])


def filled_in(answers: object) -> str:
    """The fields of a form (WhatsApp Flows), one in a line; ``answers`` is a JSON object, or the text of one."""
    if isinstance(answers, str):
        try:
            answers = json.loads(answers)
        except (ValueError, RecursionError):
            return plain(answers)
    if not isinstance(answers, Mapping):
        return ""
    return "\n".join(f"{plain(name)}: {_value(value)}" for name, value in answers.items() if name != "flow_token")


def _value(value: Any) -> str:
    return plain(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
