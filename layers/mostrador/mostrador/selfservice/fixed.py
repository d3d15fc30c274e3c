"""The short list of answers of the policy that a machine gives by itself (``self_service``)."""

from mostrador.domain.attention import Intent
from mostrador.policy.model import FixedAnswer, Policy
from mostrador.policy.requests import asked_for
from mostrador.policy.words import QUESTION, STOP, Finder, finder, words_of

LONG = 60
"""Words: who writes more has explained something, and a person should read it."""
# Asked out of courtesy; nobody wants to know.
_COURTESIES = ("qué tal", "cómo estáis/están/estás/está/va", "how are you", "hows it going", "hay alguien")


def fixed_answer(policy: Policy, text: str, intent: str, language: str) -> str:
    """The id of the answer to a message that is plainly about one thing that the policy answers; else empty.

    Never for a complaint, for more than one question, nor for somebody who asks for a person or a call; and where two
    answers would do, a person decides.
    """
    if intent == Intent.COMPLAINT or asked_for(policy, text, language):
        return ""
    words = words_of(text)
    if len(words) > LONG or _questions(words) > 1:
        return ""
    fitting = [one for one in policy.fixed_answers if _fits(one, words, intent, language)]
    answers = {one.answer for one in fitting}
    about_it = intent == Intent.OTHER or any(intent in one.intents for one in fitting)
    return answers.pop() if len(answers) == 1 and about_it else ""


def _fits(one: FixedAnswer, words: list[str], intent: str, language: str) -> bool:
    phrases = one.words.get(language) or tuple(word for spoken in one.words.values() for word in spoken)
    return intent in one.intents or next(finder(tuple(phrases)).find(words), None) is not None


def _questions(words: list[str]) -> int:
    """How many sentences end in a question mark, courtesies apart."""
    asked = 0
    sentence: list[str] = []
    for word in words:
        if word == QUESTION:
            asked += bool(sentence) and not _is_courtesy(sentence)
        sentence = [] if word in {QUESTION, STOP} else [*sentence, word]
    return asked


def _is_courtesy(sentence: list[str]) -> bool:
    found = next(_courtesies().find(sentence), None)
    return found is not None and len(sentence) - len(found.at) <= 1


def _courtesies() -> Finder:
    return finder(_COURTESIES)
