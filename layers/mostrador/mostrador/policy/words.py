"""Words and phrases of the policy, looked for in what shoppers write.

A phrase is one or more whole words in this order. An editor of the policy may write:

- ``devol*``: any ending, or none;
- ``pedido/paquete``: one of these, without spaces around the slash;
- ``donde .. pedido``: up to five other words may stand in between;
- ``estafa .. ?``: a question mark is a word.

A phrase never reaches over the end of a sentence or line. Accents, capitals, apostrophes and letters that are repeated
for emphasis make no difference, nor do the usual abbreviations of chats (``xq``, ``pls``).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

LONGEST_TEXT = 4_000
"""Characters: what comes later in a message does not count, so that nobody can keep a function busy."""
GAP = 5
"""The words that may stand where a phrase says ``..``."""
STOP = "."
QUESTION = "?"
"""Stand among the words of a text where a sentence or a line ends; a phrase may ask for the question mark."""

_SPACES = re.compile(r"\s+")
_APOSTROPHES = re.compile("['\u2019\u02bc\u00b4`]")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_WORDS = re.compile(r"[^\W_]+|[.?!;,:()\n]")
_ENDS = frozenset(".!;,:()\n")
# What is written shorter in chats; ``_`` where it stands for two words.
_TABLE = """
q:que k:que ke:que xq:porque pq:porque porq:porque xk:porque xke:porque xque:porque x:por xa:para d:de m:me dnd:donde
dsd:desde cnd:cuando cdo:cuando kuando:cuando tb:tambien tmb:tambien kiero:quiero kien:quien aki:aqui toy:estoy
paqete:paquete porfa:por_favor porfi:por_favor porfavor:por_favor xfa:por_favor
pls:please plz:please u:you ur:your r:are thx:thanks tnx:thanks
"""
_CHAT = dict(pair.split(":") for pair in _TABLE.split())


def fold(text: str) -> str:
    """Lower case, no accents or apostrophes, single spaces, no letter three times in a row; LONGEST_TEXT at most."""
    return _SPACES.sub(" ", _plain(text)).strip()


def contains(folded_text: str, folded_phrase: str) -> bool:
    """Whether a phrase stands in a text; both as `fold` gives them."""
    return any(True for _ in finder((folded_phrase,)).find(words_of(folded_text)))


def words_of(text: str) -> list[str]:
    """The words of a text, folded, with STOP where a sentence or a line ends."""
    return list(_spelled_out(_WORDS.findall(_plain(text))))


def _plain(text: str) -> str:
    letters = _without_accents(_APOSTROPHES.sub("", text[:LONGEST_TEXT]))
    return _DRAWN_OUT.sub(r"\1", letters[:LONGEST_TEXT].casefold())


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _spelled_out(found: Iterable[str]) -> Iterator[str]:
    for word in found:
        if word in _CHAT:
            yield from _CHAT[word].split("_")
        else:
            yield STOP if word in _ENDS else word


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a phrase."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    gap: int
    """How many other words may stand before it."""

    def takes(self, word: str) -> bool:
        return word in self.words or word.startswith(self.prefixes)


@dataclass(frozen=True, slots=True)
class Found:
    phrase: int
    """Its place among the phrases that were looked for."""
    at: tuple[int, ...]
    """The places of its words in the text; what stands in a gap is not among them."""


class Finder:
    """Looks for many phrases at once; what it costs depends on the text, hardly on the number of phrases."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._by_word: defaultdict[str, list[tuple[int, tuple[Step, ...]]]] = defaultdict(list)
        self._by_prefix: defaultdict[str, list[tuple[int, tuple[Step, ...]]]] = defaultdict(list)
        for place, phrase in enumerate(phrases):
            self._add(place, parse(phrase))
        self._lengths = sorted({len(prefix) for prefix in self._by_prefix})

    def find(self, words: Sequence[str]) -> Iterator[Found]:
        """Every place where a phrase stands, in the order of the text."""
        for begin, word in enumerate(words):
            for place, rest in self._begun_by(word):
                if at := _followed(begin, rest, words):
                    yield Found(place, at)

    def _add(self, place: int, steps: tuple[Step, ...]) -> None:
        if not steps:
            return
        first, rest = steps[0], steps[1:]
        for word in first.words:
            self._by_word[word].append((place, rest))
        for prefix in first.prefixes:
            self._by_prefix[prefix].append((place, rest))

    def _begun_by(self, word: str) -> Iterator[tuple[int, tuple[Step, ...]]]:
        yield from self._by_word.get(word, ())
        for length in self._lengths:
            if length > len(word):
                break
            yield from self._by_prefix.get(word[:length], ())


@lru_cache(maxsize=1024)
def finder(phrases: tuple[str, ...]) -> Finder:
    """One that is made once for the same phrases."""
    return Finder(phrases)


@lru_cache(maxsize=4096)
def parse(phrase: str) -> tuple[Step, ...]:
    """The words of a phrase as it is written in the policy; none where it holds no word."""
    steps: list[Step] = []
    gap = 0
    for written in fold(phrase).split():
        if written == "..":
            gap = GAP
        elif step := _step(written, gap):
            steps.append(step)
            gap = 0
    return tuple(steps)


def _step(written: str, gap: int) -> Step | None:
    choices = [(choice.endswith("*"), "".join(_WORDS.findall(choice.rstrip("*")))) for choice in written.split("/")]
    words = frozenset(word for is_prefix, word in choices if word and not is_prefix)
    prefixes = tuple(word for is_prefix, word in choices if word and is_prefix)
    return Step(words, prefixes, gap) if words or prefixes else None


def _followed(begin: int, rest: tuple[Step, ...], words: Sequence[str]) -> tuple[int, ...]:
    """The places of a phrase that begins there; none where the text does not go on like that."""
    at = [begin]
    for step in rest:
        place = _next(step, words, at[-1] + 1)
        if place is None:
            return ()
        at.append(place)
    return tuple(at)


def _next(step: Step, words: Sequence[str], begin: int) -> int | None:
    """The nearest word that the step takes; none where the sentence ends before."""
    for place in range(begin, min(begin + step.gap + 1, len(words))):
        if step.takes(words[place]):
            return place
        if words[place] in {STOP, QUESTION}:
            return None
    return None
