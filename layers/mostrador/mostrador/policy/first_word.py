"""Who answers first, and what is said before a person has looked: one rule for the counter and for the simulator."""

from collections.abc import Callable
from dataclasses import dataclass

from mostrador.domain.attention import Attention, Stage
from mostrador.policy.model import Policy
from mostrador.policy.requests import CALLBACK
from mostrador.policy.routing import NO_ANSWER, Decision

MACHINES_FIRST = (Attention.SELF_SERVICE, Attention.AUTOMATED)

type Answers = Callable[[Policy, str, str, str], str]
"""Of a policy, a text, its intent and its language: the id of the answer to it; empty where a person should answer."""


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    intent: str
    language: str
    request: str
    """What was asked for in so many words (``policy.requests``)."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a machine may say to whoever asks."""

    help: bool
    courtesy: bool


@dataclass(frozen=True, slots=True)
class FirstWord:
    stage: Stage
    answer: str = ""
    """The id of what is said; empty: nothing."""


def first_word(policy: Policy, decision: Decision, question: Question, allowed: Allowed, answers: Answers) -> FirstWord:
    if decision.attention is Attention.COMMUNITY and not question.request:
        return FirstWord(Stage.COMMUNITY)
    helpful = _helpful(policy, decision, question, answers) if allowed.help else ""
    if helpful:
        return FirstWord(Stage.MACHINE, helpful)
    if question.request == CALLBACK and CALLBACK in policy.answers:
        return FirstWord(Stage.PERSON, CALLBACK if allowed.help else "")
    said = decision.answer if allowed.courtesy and decision.answer != NO_ANSWER else ""
    return FirstWord(Stage.PERSON, said)


def _helpful(policy: Policy, decision: Decision, question: Question, answers: Answers) -> str:
    first = decision.attention in MACHINES_FIRST and decision.answer != NO_ANSWER and not question.request
    return answers(policy, question.text, question.intent, question.language) if first else ""
