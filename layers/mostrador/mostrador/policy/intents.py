"""What a message is about.

Read from the words that the policy lists for each intent (``intents.yaml``), and from messages whose intent is known.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from mostrador.domain.attention import Intent
from mostrador.policy.examples import Examples
from mostrador.policy.model import IntentWords
from mostrador.policy.words import Finder, Found, finder, words_of

ENOUGH = 1.0
"""What the words of an intent must weigh together before it counts: a message about nothing known weighs as much."""
ALONE = 2.0
"""The same where no phrase was found, and examples alone speak: a word of small talk resembles anything."""
ALL = ""
EARLY_WORDS = 12
EARLY = 1.25
"""What is said among the first words (a subject is the first line) weighs so much more."""
FADING = 0.7
"""Each further phrase of an intent, the heaviest first, counts for so much of the one before: a plain word is not
outvoted by a heap of hints."""
ORDER = (
    Intent.COMPLAINT,
    Intent.ORDER_CHANGE,
    Intent.RETURNS,
    Intent.PAYMENT,
    Intent.DELIVERY,
    Intent.IDEA,
    Intent.TRUST,
    Intent.PRODUCT,
    Intent.OTHER,
)
"""Who wins where two intents weigh the same: first what costs the shop most when it is overlooked."""
_PLACES = {str(intent): place for place, intent in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Reading:
    intent: str
    because: tuple[str, ...] = ()
    """The words of the message that spoke for it, folded, the heaviest first; ``..`` stands for what lies between.

    Where no phrase of the policy did, the stems by which it resembles the examples.
    """


@dataclass(frozen=True, slots=True)
class _Words:
    """The phrases of a language, to which entry of the policy each belongs, and what the examples teach."""

    finder: Finder
    phrases: tuple[str, ...]
    entries: tuple[IntentWords, ...]
    examples: Examples


@dataclass(frozen=True, slots=True)
class _Evidence:
    intent: str
    phrase: str
    weight: float
    found: Found


def read_intent(intents: tuple[IntentWords, ...], text: str, language: str) -> Reading:
    """The intent whose words weigh most in a text, with what the examples say; ``other`` where none weighs ENOUGH.

    A subject goes before the text, on a line of its own. Each word of the text counts once for an intent, with the
    heaviest phrase that it belongs to. A language without words of its own, or whose words say nothing, is read with
    the words of all.
    """
    words = words_of(text)
    own = language if language in {entry.language for entry in intents} else ALL
    return _read(_words(intents, own), words) or _read(_words(intents, ALL), words) or Reading(Intent.OTHER)


def _read(known: _Words, words: Sequence[str]) -> Reading | None:
    evidence = _counted(_evidence(known, words))
    least = ENOUGH if evidence else ALONE
    weights = _with_examples(_added_up(evidence), known.examples.weigh(words), least)
    best = max(weights, key=lambda intent: (weights[intent], -_PLACES.get(intent, len(ORDER))))
    said = tuple(_named(words, one.found.at) for one in evidence if one.intent == best)
    if best == Intent.OTHER and not evidence:
        return None
    return Reading(best, said or known.examples.said_for(best, words))


def _with_examples(weights: Mapping[str, float], examples: Mapping[str, float], least: float) -> dict[str, float]:
    """Both added up; ``other`` weighs at least so much."""
    added = {**weights, Intent.OTHER: max(weights.get(Intent.OTHER, 0.0), least)}
    return {intent: added.get(intent, 0.0) + examples.get(intent, 0.0) for intent in {**added, **examples}}


def _added_up(evidence: Sequence[_Evidence]) -> defaultdict[str, float]:
    """What each intent weighs; the evidence comes heaviest first."""
    weights: defaultdict[str, float] = defaultdict(float)
    shares: defaultdict[str, float] = defaultdict(lambda: 1.0)
    for one in evidence:
        weights[one.intent] += one.weight * shares[one.intent]
        shares[one.intent] *= FADING
    return weights


def _named(words: Sequence[str], at: tuple[int, ...]) -> str:
    gaps = (" .. " if after - before > 1 else " " for before, after in pairwise(at))
    return words[at[0]] + "".join(gap + words[place] for gap, place in zip(gaps, at[1:], strict=True))


@lru_cache(maxsize=8)
def _words(intents: tuple[IntentWords, ...], language: str) -> _Words:
    """Of one language, or of ALL: made when a text first needs it, and kept as long as the policy is the same.

    Examples teach of their own language alone: those of two would tell the languages apart rather than the intents.
    """
    entries = [entry for entry in intents if language in (entry.language, ALL)]
    pairs = [(phrase, entry) for entry in entries for phrase in entry.words]
    phrases = tuple(phrase for phrase, _ in pairs)
    examples = Examples(entries if language != ALL else ())
    return _Words(Finder(phrases), phrases, tuple(entry for _, entry in pairs), examples)


def _evidence(known: _Words, words: Sequence[str]) -> Iterator[_Evidence]:
    for found in known.finder.find(words):
        entry = known.entries[found.phrase]
        if not _blocked(entry, words):
            weight = entry.weight * (EARLY if found.at[0] < EARLY_WORDS else 1.0)
            yield _Evidence(entry.intent, known.phrases[found.phrase], weight, found)


def _blocked(entry: IntentWords, words: Sequence[str]) -> bool:
    return bool(entry.unless) and next(finder(entry.unless).find(words), None) is not None


def _counted(evidence: Iterator[_Evidence]) -> list[_Evidence]:
    """The heaviest first; none that says again what a word, or the same phrase, has said for its intent."""
    counted: list[_Evidence] = []
    taken: set[tuple[str, int | str]] = set()
    for one in sorted(evidence, key=lambda one: (-one.weight, one.found.at)):
        said: tuple[int | str, ...] = (one.phrase, *one.found.at)
        places = {(one.intent, place) for place in said}
        if taken.isdisjoint(places):
            taken |= places
            counted.append(one)
    return counted
