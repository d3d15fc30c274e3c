"""What is said: places that nothing fills, words that ask for nothing, machines without an answer."""

import re

from cli.policyfile.draft import Draft
from cli.policyfile.findings import Place, in_a_row, meant
from mostrador.domain.attention import Attention, Intent
from mostrador.policy.answers import PLACES
from mostrador.policy.requests import CALLBACK
from mostrador.policy.templates import VARIABLES
from mostrador.policy.words import parse

_PLACE = re.compile(r"\{([^\W\d]\w*)\}")
_NUMBER = re.compile(r"\{(\d+)\}")
_MACHINE = frozenset({Attention.SELF_SERVICE, Attention.AUTOMATED})


def check_texts(draft: Draft) -> None:
    _note_mark(draft)
    _answers(draft)
    _templates(draft)
    _self_service(draft)
    _machines(draft)
    _requests(draft)


def _note_mark(draft: Draft) -> None:
    if draft.document.desk.note_mark.startswith("/"):
        what = "Slack takes a message that begins with a slash for a command; choose another mark, such as ;;"
        draft.findings.fault(("desk", "note_mark"), what)


def _answers(draft: Draft) -> None:
    for name, texts in draft.document.answers.items():
        for language, text in texts.items():
            for place in sorted(set(_PLACE.findall(text)) - set(PLACES)):
                what = f"nothing is known to fill {{{place}}} in with; {meant(place, PLACES)}"
                draft.findings.fault(("answers", name, language), what)


def _templates(draft: Draft) -> None:
    for name, translations in draft.document.templates.items():
        for language, template in translations.items():
            numbers = {int(number) for number in _NUMBER.findall(template.text)}
            if numbers != set(range(1, len(numbers) + 1)):
                what = "the places of a template are counted from {1}, without leaving a number out"
                draft.findings.fault(("templates", name, language), what)
            elif len(template.variables) != len(numbers):
                places = ", ".join(f"{{{number}}}" for number in sorted(numbers)) or "no place"
                what = f"`variables` has to name what fills {places}, one for each: {in_a_row(VARIABLES, 'or')}"
                draft.findings.fault(("templates", name, language), what)


def _self_service(draft: Draft) -> None:
    for place, entry in draft.listed("self_service", draft.document.self_service):
        if not entry.intents and not entry.words:
            draft.findings.fault(place, "nothing leads to this answer; say `intents` or `words`")
        if Intent.COMPLAINT in entry.intents:
            what = "a complaint is never answered by a machine; take `complaint` out"
            draft.findings.warning((*place, "intents"), what)
        for language, words in (entry.words or {}).items():
            _empty_words(draft, (*place, "words", language), words)


def _machines(draft: Draft) -> None:
    """Segments that machines answer first, in a shop whose machines have nothing to say."""
    if draft.names("self_service"):
        return
    segments = ((place, each.attention) for place, each in draft.listed("segments", draft.document.segments))
    rules = (((*place, "then"), each.then.attention) for place, each in draft.listed("rules", draft.document.rules))
    for place, attention in (*segments, *rules):
        if attention in _MACHINE:
            missing = f"`{attention}` has nothing to answer with while there is no section `self_service`"
            what = f"{missing}: all goes to a person"
            draft.findings.warning((*place, "attention"), what)


def _requests(draft: Draft) -> None:
    requests = draft.document.requests
    if draft.names("self_service") and not draft.said("requests", "person"):
        what = (
            "nobody who was answered by a machine can ask for a person; say with which words, under `requests.person`"
        )
        draft.findings.fault(("requests",) if requests else ("self_service",), what)
    _calls(draft, asked=draft.said("requests", CALLBACK), answered=CALLBACK in draft.names("answers"))
    for kind in ("person", CALLBACK):
        for language, words in (getattr(requests, kind, None) or {}).items():
            _empty_words(draft, ("requests", kind, language), words)


def _calls(draft: Draft, *, asked: bool, answered: bool) -> None:
    if asked and not answered:
        what = "who asks for a call is not told when; write an answer called `callback`: We will call you {callback}."
        draft.findings.warning(("requests", CALLBACK), what)
    if answered and not asked:
        what = "nobody can ask for a call, so this is never sent; say with which words, under `requests.callback`"
        draft.findings.warning(("answers", CALLBACK), what)


def _empty_words(draft: Draft, place: Place, words: tuple[str, ...]) -> None:
    for phrase in words:
        if not parse(phrase):
            draft.findings.fault(place, f"`{phrase}` holds no word; write one, or take it out")
