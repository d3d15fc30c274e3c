"""Who answers first, and what is said before a person has looked: one rule for the counter and for the simulator."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from mostrador.domain.attention import Attention, Stage
from mostrador.domain.routing import Because
from mostrador.policy.model import Policy
from mostrador.policy.requests import CALLBACK
from mostrador.policy.routing import NO_ANSWER, Decision

MACHINES_FIRST = (Attention.SELF_SERVICE, Attention.AUTOMATED)
SELF_SERVICE = "self_service"
"""Who says what answers a question, in the record."""

type Answers = Callable[[Policy, str, str, str], str]
"""Of a policy, a text, its intent and its language: the id of the answer to it; empty where a person should answer."""


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    intent: str
    language: str
    request: str
    """What was asked for in so many words (``policy.requests``)."""
    shows: bool = False
    """A file came with it."""


class Silence(StrEnum):
    """Why a machine says nothing, though a rule has an answer."""

    MACHINE = "machine"
    """The message was written by a machine, or to many."""
    UNPROVEN = "unproven"
    STOPPED = "stopped"
    """They asked for no more messages."""
    RECENT = "recent"
    """They had an automatic answer a short while ago."""
    COMMUNITY = "community"
    """Other customers go first."""
    SHOWN = "shown"
    """They show something, which a machine does not see."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a machine may say to whoever asks; None: it may."""

    help: Silence | None = None
    courtesy: Silence | None = None


@dataclass(frozen=True, slots=True)
class FirstWord:
    stage: Stage
    answer: str = ""
    """The id of what is said; empty: nothing."""
    because: tuple[Because, ...] = ()
    """Where that is not what the rules say: ``said`` by ``self_service`` or by a request, ``unsaid`` by a Silence."""


def first_word(policy: Policy, decision: Decision, question: Question, allowed: Allowed, answers: Answers) -> FirstWord:
    if decision.attention is Attention.COMMUNITY and not question.request:
        return FirstWord(Stage.COMMUNITY, because=_unsaid(_by_rule(decision), Silence.COMMUNITY))
    helpful = _helpful(policy, decision, question, answers)
    unhelpful = Silence.SHOWN if question.shows else allowed.help
    if helpful and not unhelpful:
        return FirstWord(Stage.MACHINE, helpful, (Because("said", helpful, SELF_SERVICE),))
    if question.request == CALLBACK and may_confirm_a_call(policy, decision):
        return _before_a_person(CALLBACK, allowed.help, said=(Because("said", CALLBACK, CALLBACK),))
    # Thanks for an idea are no mere receipt: who had one for a question yesterday is thanked all the same.
    silence = allowed.help if decision.attention is Attention.CO_CREATION else allowed.courtesy
    return _before_a_person(_by_rule(decision), silence, unsaid=_unsaid(helpful, unhelpful))


def may_confirm_a_call(policy: Policy, decision: Decision) -> bool:
    return CALLBACK in policy.answers and decision.answer != NO_ANSWER


def _before_a_person(
    answer: str, silence: Silence | None, *, said: tuple[Because, ...] = (), unsaid: tuple[Because, ...] = ()
) -> FirstWord:
    if answer and not silence:
        return FirstWord(Stage.PERSON, answer, (*unsaid, *said))
    return FirstWord(Stage.PERSON, because=(*unsaid, *_unsaid(answer, silence)))


def _unsaid(answer: str, silence: Silence | None) -> tuple[Because, ...]:
    return (Because("unsaid", answer, silence),) if answer and silence else ()


def _by_rule(decision: Decision) -> str:
    return "" if decision.answer == NO_ANSWER else decision.answer


def _helpful(policy: Policy, decision: Decision, question: Question, answers: Answers) -> str:
    first = decision.attention in MACHINES_FIRST and decision.answer != NO_ANSWER and not question.request
    return answers(policy, question.text, question.intent, question.language) if first else ""
