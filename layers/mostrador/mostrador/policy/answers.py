"""What the policy lets a machine say: its texts, with their places filled in."""

import re
import unicodedata

from mostrador.domain.catalogue import LANGUAGES, say
from mostrador.domain.routing import Promise
from mostrador.policy.hours import Calendar, calendar_of
from mostrador.policy.in_words import deadline, moment, today, week
from mostrador.policy.model import Policy

PLACES = ("shop", "customer", "hours", "today", "next_opening", "promise", "segment", "callback")
"""What a text may name in braces. Any other brace is a brace."""
SOON = 900
"""Seconds: a promise so near is not given as a time of the clock."""
LONGEST_NAME = 60

_PLACE = re.compile(r"\{(" + "|".join(PLACES) + r")\}")
_NAMELESS = re.compile(r"^\{customer\}[,:]? ?(\w?)|(?:, ?| )?\{customer\}", re.MULTILINE)
"""A place for a name that nobody knows, with what would be left over around it."""
_LINK = re.compile(r"[/@\\]")
_DOT = re.compile(r"(?<=\w)[.\u3002](?=\w)")


def fill(  # noqa: PLR0913 - each may be named by a text
    policy: Policy,
    answer: str,
    language: str,
    now: float,
    *,
    channel: str,
    queue: str = "",
    promise: Promise | None = None,
    customer: str = "",
    segment: str = "",
    callback_at: float = 0.0,
) -> str:
    """The text of ``answer`` for a customer who reads ``language``; in the shop's where we do not speak it.

    ``segment`` is its name in words; ``customer`` is the name that somebody gave themselves.
    Raises KeyError for an answer that the policy does not have.
    """
    spoken = spoken_to(policy, language)
    calendar = calendar_of(policy, channel, queue)
    name = presentable(customer)
    values = {
        "shop": lambda: policy.shop_name,
        "customer": lambda: name,
        "hours": lambda: week(calendar.hours, spoken, calendar.day(now)),
        "today": lambda: today(calendar, now, spoken),
        "next_opening": lambda: _next_opening(calendar, now, spoken),
        "promise": lambda: _promised(promise, now, spoken, calendar),
        "segment": lambda: segment,
        "callback": lambda: _called_back(callback_at, now, spoken, calendar),
    }
    text = policy.answers[answer][spoken].strip()
    if not name:
        text = _NAMELESS.sub(lambda match: (match[1] or "").upper(), text)
    return _PLACE.sub(lambda match: values[match[1]](), text)


def spoken_to(policy: Policy, language: str) -> str:
    """The language in which the shop answers somebody who writes ``language`` (``en``, ``en-GB``, ``fr``, empty)."""
    short = language.replace("_", "-").partition("-")[0].lower()
    return short if short in LANGUAGES else policy.language


def presentable(name: str) -> str:
    """A name that somebody gave themselves, fit to be repeated to whoever reads their mail: one line, nothing to click.

    Anybody can fill in a form with another person's address, and the advertisement as the name.
    """
    plain = unicodedata.normalize("NFKC", name)
    shown = "".join(letter if _shows(letter) else " " for letter in plain)
    words = (word for word in shown.split() if not _LINK.search(word))
    return _DOT.sub(". ", " ".join(words))[:LONGEST_NAME].strip(" ,;:<>\"'")


def _shows(letter: str) -> bool:
    """Neither control nor format characters, nor separators of lines, nor what no font can show."""
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _promised(promise: Promise | None, now: float, language: str, calendar: Calendar) -> str:
    if promise is None or promise.due_at <= now:
        return _unhurried(calendar, now, language)
    if promise.due_at - now <= SOON:
        return say("answer.soon", language)
    return deadline(promise.due_at, now, language, calendar.zone)


def _unhurried(calendar: Calendar, now: float, language: str) -> str:
    """Nothing is promised yet; but at night nobody answers before the morning."""
    opens = calendar.next_opening(now)
    if opens is None or opens <= now:
        return say("answer.as_soon_as_possible", language)
    return say("answer.once_open", language, when=moment(opens, now, language, calendar.zone))


def _next_opening(calendar: Calendar, now: float, language: str) -> str:
    opens = calendar.next_opening(now)
    if opens is None:
        return say("answer.as_soon_as_possible", language)
    return say("answer.now", language) if opens <= now else moment(opens, now, language, calendar.zone)


def _called_back(at: float, now: float, language: str, calendar: Calendar) -> str:
    return moment(at, now, language, calendar.zone) if at > now else say("answer.as_soon_as_possible", language)
