"""What messages whose intent is known say about a new one: naive Bayes over their words and pairs of words.

The phrases of a policy say what somebody thought of; the examples, how often a word really stands in messages of each
intent. A word that all intents share says nothing.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from mostrador.policy.model import IntentWords
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
MOST = 40
"""The words and pairs of a message that count in full; all of a longer one weigh together what so many would."""


class Examples:
    """Those of one language."""

    def __init__(self, entries: Iterable[IntentWords]) -> None:
        by_intent = _by_intent(entries)
        self._messages = {intent: len(messages) for intent, messages in by_intent.items()}
        self._says = {term: self._odds(count) for term, count in _counts(by_intent).items()}

    def weigh(self, words: Sequence[str]) -> Mapping[str, float]:
        """What the words of a message (``words_of``) say for each intent that has examples; below zero: against it.

        Nothing, where the examples have none of its words."""
        known = [self._says[term] for term in _terms(words) if term in self._says]
        if not known:
            return {}
        share = SHARE * min(1.0, MOST / len(known))
        return {
            intent: share * sum(said) for intent, said in zip(self._messages, zip(*known, strict=True), strict=True)
        }

    def said_for(self, intent: str, words: Sequence[str], most: int = 3) -> tuple[str, ...]:
        """The words of a message that speak loudest for an intent, folded and cut to their stems."""
        if intent not in self._messages:
            return ()
        at = list(self._messages).index(intent)
        loud = [(-self._says[term][at], term) for term in _terms(words) if term in self._says]
        return tuple(term for said, term in sorted(loud)[:most] if said < 0)

    def _odds(self, count: Counter[str]) -> tuple[float, ...]:
        """For each intent the logarithm of how often the word stands there, against the mean of all intents."""
        often = [
            math.log((count[intent] + DOUBT) / (messages + 2 * DOUBT)) for intent, messages in self._messages.items()
        ]
        mean = sum(often) / len(often)
        return tuple(one - mean for one in often)


def _by_intent(entries: Iterable[IntentWords]) -> dict[str, list[str]]:
    messages: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        messages[entry.intent] += entry.examples
    return {intent: known for intent, known in messages.items() if len(known) >= FEWEST}


def _counts(by_intent: Mapping[str, Sequence[str]]) -> Mapping[str, Counter[str]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for intent, messages in by_intent.items():
        for message in messages:
            for term in _terms(words_of(message)):
                counts[term][intent] += 1
    return counts


def _terms(words: Sequence[str]) -> Iterable[str]:
    """The stems of a message, and each two that stand together, once; where a sentence ends is part of a pair."""
    stems = [_stem(word) for word in words]
    pairs = (f"{one} {other}" for one, other in pairwise(stems))
    return dict.fromkeys([*(stem for stem in stems if stem != STOP), *pairs])


def _stem(word: str) -> str:
    if word[0].isdigit():
        return NUMBER
    return _DIPHTHONG.sub(lambda found: _VOWEL[found[0]], word)[:STEM]
