"""HTML out of Python, in which every text is escaped unless it was made here."""

import re
from collections.abc import Iterable
from html import escape

_LINK = re.compile(r"(https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]}»…])", re.IGNORECASE)
"""A sentence's last sign is not part of the address in it."""
_WITHOUT_CONTENT = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Html(str):
    """Markup. Everything else is text."""

    __slots__ = ()


type Content = str | Html | Iterable["Content"] | None


def el(name: str, /, *content: Content, **attributes: str | int | bool | None) -> Html:
    """An element. Names of attributes are written with ``_`` for ``-``, and with one at the end where Python has the
    word already (``class_``); False and None leave an attribute out, True gives it without a value.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    inside = "".join(_markup(content))
    return Html(f"<{name}{written}>" if name in _WITHOUT_CONTENT else f"<{name}{written}>{inside}</{name}>")


def lines(text: str) -> list[Content]:
    """A text with its line breaks."""
    parts: list[Content] = []
    for number, line in enumerate(text.splitlines()):
        parts += [el("br"), line] if number else [line]
    return parts


def linked(text: str) -> list[Content]:
    """As ``lines``, and the addresses of pages in it can be clicked. For words of our own."""
    return [_as_link(part) if isinstance(part, str) and not isinstance(part, Html) else part for part in lines(text)]


def _as_link(line: str) -> list[Content]:
    """Every second part that the expression splits off is an address."""
    away = {"target": "_blank", "rel": "noopener nofollow"}
    return [el("a", part, href=part, **away) if place % 2 else part for place, part in enumerate(_LINK.split(line))]


def _attribute(key: str, value: str | int | bool | None) -> str:  # noqa: FBT001 - an attribute's value may be one
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def _markup(content: Content) -> Iterable[str]:
    match content:
        case None:
            pass
        case Html():
            yield content
        case str():
            yield escape(content)
        case _:
            for one in content:
                yield from _markup(one)
