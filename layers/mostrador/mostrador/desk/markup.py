"""Between a shopper's plain text and Slack's markup, both ways.

To Slack: whatever a customer wrote goes into ``plain_text`` objects only, where Slack reads no mentions, links or
formatting, so that ``*``, ``_`` and ``~`` stay as they were typed and an address or an order number can be copied
unharmed (zero-width characters between them would break that). ``&``, ``<`` and ``>`` are escaped all the same, as
Slack asks for every text object (docs.slack.dev, *Formatting message text*).

From Slack: an agent's text is unescaped, mentions become names, links show their address, formatting goes.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate

from mostrador.desk.emoji import replace_codes

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_WIDTHS = {"&": 5, "<": 4, ">": 4}

# Controls, halves of characters, and the two marks that turn the reading direction of what follows (exe.jpg).
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202d\u202e]")


def clean(text: str) -> str:
    """Without what no screen shows; line ends are ``\\n``."""
    return _UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escape(text: str) -> str:
    return clean(text).translate(_ENTITIES)


def fit(text: str, limit: int) -> str:
    """One line, escaped, at most ``limit`` characters long after escaping; an ellipsis says that it was cut."""
    line = " ".join(clean(text).split())
    return escape(_cut(line, _prefix(line, limit), _prefix(line, limit - 1)))


def shorten(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, not escaped: a part of something that will be."""
    line = " ".join(clean(text).split())
    return _cut(line, limit, limit - 1)


def _cut(line: str, fits: int, fits_with_ellipsis: int) -> str:
    return line if len(line) <= fits else line[:fits_with_ellipsis].rstrip() + "…"


def split(text: str, limit: int) -> list[str]:
    """Escaped pieces of at most ``limit`` characters, cut between paragraphs, else lines, else words, else anywhere."""
    return [escape(piece) for piece in pieces(text, limit)]


def pieces(text: str, limit: int) -> Iterator[str]:
    """The same, not escaped: for a text that Slack reads as it stands."""
    rest = clean(text).strip()
    while rest:
        end = _boundary(rest, _prefix(rest, limit))
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()


def _boundary(text: str, end: int) -> int:
    """The best place to cut at or before ``end`` which does not leave a piece half empty."""
    if end == len(text):
        return end
    places = (text.rfind(mark, end // 2, end + 1) for mark in ("\n\n", "\n", " "))
    return next((place for place in places if place > 0), end)


def _prefix(text: str, limit: int) -> int:
    """How many characters of ``text`` fit. One beyond U+FFFF counts as two, as it does where JavaScript counts."""
    widths = (_WIDTHS.get(character, 1 + (character > "\uffff")) for character in text[:limit])
    return next((place for place, total in enumerate(accumulate(widths)) if total > limit), len(text[:limit]))


# From Slack

_DROPPED = "\x01"
_TOKEN = re.compile(r"<([^<>\n]+)>")
_STASHED = re.compile(r"\x00(\d+)\x00")
_CODE = re.compile(r"```\n?(.*?)\n?```|`([^`\n]+)`", re.DOTALL)
_GAP = re.compile(rf"[ \t]*(?:{_DROPPED}[ \t]*)+")
_MENTION = re.compile(r"<@([A-Z0-9]+)")

# A marker counts only around a word or more, as in Slack: 2*3*4, snake_case and ~5 are left alone.
_MARKERS = [
    re.compile(rf"(?<![^\W_])(?<!{mark}){mark}(?=[^\s{mark}])([^{mark}\n]*)(?<=\S){mark}(?!{mark})(?![^\W_])")
    for mark in (r"\*", "_", "~")
]


def mentioned(text: str) -> frozenset[str]:
    """The users whose names ``to_plain`` needs."""
    return frozenset(_MENTION.findall(text))


def to_plain(text: str, names: Mapping[str, str]) -> str:
    """An agent's Slack text as a shopper reads it. ``names`` by user id; whoever is not in it is left out."""
    stash: list[str] = []

    def put(plain: str) -> str:
        stash.append(plain)
        return f"\x00{len(stash) - 1}\x00"

    def token(match: re.Match[str]) -> str:
        plain = _read_token(match[1], names)
        return put(plain) if plain else _DROPPED

    def restore(match: re.Match[str]) -> str:
        return _STASHED.sub(restore, stash[int(match[1])])

    text = _TOKEN.sub(token, clean(text))
    text = _CODE.sub(lambda code: put(_unescape(code[1] or code[2] or "").replace(_DROPPED, "")), text)
    text = _without_markers(replace_codes(_GAP.sub(_close_gap, text)))
    return _STASHED.sub(restore, _unescape(text)).strip()


def _read_token(token: str, names: Mapping[str, str]) -> str:
    """What stands between ``<`` and ``>`` (docs.slack.dev, *Formatting message text*); empty where nothing is left."""
    target, _, label = (_unescape(part) for part in token.partition("|"))
    match target[:1]:
        case "@":
            return names.get(target[1:], "") or label.removeprefix("@")
        case "#":
            return label and f"#{label.removeprefix('#')}"
        case "!":
            return label.removeprefix("@") if target.startswith(("!date", "!subteam")) else ""
        case _:
            return _read_link(target, label)


def _read_link(target: str, label: str) -> str:
    address = target.removeprefix("mailto:").removeprefix("tel:")
    bare = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    return address if label.rstrip("/") in ("", address.rstrip("/"), bare) else f"{label} ({address})"


def _close_gap(gap: re.Match[str]) -> str:
    """What is left where mentions were dropped: one space between words, none before a stop or at a line's end."""
    before, after = gap.string[max(gap.start() - 1, 0) : gap.start()], gap.string[gap.end() : gap.end() + 1]
    between_words = before not in ("", "\n") and after not in ("", "\n") and after not in ".,;:!?)"
    return " " if between_words and (" " in gap[0] or "\t" in gap[0]) else ""


def _without_markers(text: str) -> str:
    for marker in _MARKERS:
        text = marker.sub(r"\1", text)
    return text


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
