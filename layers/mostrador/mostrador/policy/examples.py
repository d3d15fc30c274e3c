"""What messages whose intent is known say about a new one: naive Bayes over their words and pairs of words.

The phrases of a policy say what somebody thought of; the examples, how often a word really stands in messages of each
intent. A word that all intents share says nothing.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from mostrador.policy.model import IntentWords, Lesson
from mostrador.policy.words import STOP, words_of

STEM = 6
"""Letters of a word that count, so that its endings do not."""
_DIPHTHONG = re.compile("(?<!q)ue|ie")
_VOWEL = {"ue": "o", "ie": "e"}
"""Of Spanish verbs: *recomienda* is to count with *recomendar*."""
NUMBER = "#"
"""Stands for every number: which one it is does not matter."""
FEWEST = 20
"""An intent with fewer examples in a language is not judged by them."""
DOUBT = 0.1
"""Added to every count: what was never seen is not impossible."""
SHARE = 0.25
"""What a natural logarithm of the odds weighs beside the weights of phrases; 0.15 to 0.5 read almost equally well."""
NAMED = 3
"""Words of a message that are named as a reason."""
MOST = 40
"""The words and pairs of a message that count in full; all of a longer one weigh together what so many would."""


class Examples:
    """Those of one language."""

    def __init__(self, entries: Iterable[IntentWords]) -> None:
        lessons = {entry.intent: entry.lesson for entry in entries if entry.lesson.messages >= FEWEST}
        self._messages = {intent: lesson.messages for intent, lesson in lessons.items()}
        self._counts = [dict(_counted(lesson)) for lesson in lessons.values()]
        self._says: dict[str, tuple[float, ...]] = {}

    def weigh(self, words: Sequence[str]) -> Mapping[str, float]:
        """What the words of a message (``words_of``) say for each intent that has examples; below zero: against it.

        Nothing, where the examples have none of its words.
        """
        known = [said for term in _terms(words) if (said := self._said(term))]
        if not known:
            return {}
        share = SHARE * min(1.0, MOST / len(known))
        return {
            intent: share * sum(said) for intent, said in zip(self._messages, zip(*known, strict=True), strict=True)
        }

    def said_for(self, intent: str, words: Sequence[str]) -> tuple[str, ...]:
        """The words of a message that speak loudest for an intent, folded and cut to their stems."""
        if intent not in self._messages:
            return ()
        at = list(self._messages).index(intent)
        loud = [(-said[at], term) for term in _terms(words) if (said := self._said(term))]
        return tuple(term for said, term in sorted(loud)[:NAMED] if said < 0)

    def _said(self, term: str) -> tuple[float, ...]:
        """By intent; empty for what stands in no example."""
        if term not in self._says:
            self._says[term] = self._odds(term)
        return self._says[term]

    def _odds(self, term: str) -> tuple[float, ...]:
        """For each intent the logarithm of how often the word stands there, against the mean of all intents."""
        counts = [count.get(term, 0) for count in self._counts]
        if not any(counts):
            return ()
        often = [
            math.log((count + DOUBT) / (messages + 2 * DOUBT))
            for count, messages in zip(counts, self._messages.values(), strict=True)
        ]
        mean = sum(often) / len(often)
        return tuple(one - mean for one in often)


def lesson(messages: Sequence[str]) -> Lesson:
    """What examples of one intent teach."""
    counts = Counter(term for message in messages for term in _terms(words_of(message)))
    return Lesson(len(messages), "|".join(f"{term}:{count}" if count > 1 else term for term, count in counts.items()))


def _counted(lesson: Lesson) -> Iterator[tuple[str, int]]:
    for each in lesson.terms.split("|"):
        term, _, count = each.partition(":")
        yield term, int(count or 1)


def _terms(words: Sequence[str]) -> Iterable[str]:
    """The stems of a message, and each two that stand together, once; where a sentence ends is part of a pair."""
    stems = [_stem(word) for word in words]
    pairs = (f"{one} {other}" for one, other in pairwise(stems))
    return dict.fromkeys([*(stem for stem in stems if stem != STOP), *pairs])


def _stem(word: str) -> str:
    if word[0].isdigit():
        return NUMBER
    return _DIPHTHONG.sub(lambda found: _VOWEL[found[0]], word)[:STEM]
