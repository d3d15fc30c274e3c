"""Names that stand for nothing, and things that nobody names."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from cli.policyfile.document import NONE, PolicyFile, Rule
from cli.policyfile.draft import Draft
from cli.policyfile.findings import Place, meant
from cli.policyfile.understand import in_passing
from mostrador.policy.model import DEFAULT
from mostrador.policy.requests import CALLBACK

_CALLED = {
    "agents": "agent is",
    "answers": "answer is",
    "hours": "hours are",
    "promises": "promise is",
    "protocols": "protocol is",
    "queues": "queue is",
    "segments": "segment is",
}
_WITH_DEFAULT = {
    "hours": "the hours of the shop",
    "promises": "how soon customers have an answer where nothing else is said",
    "queues": "the queue that gets whatever no rule sends elsewhere",
}
_UNUSED = {
    "agents": "answers in no queue and stands in for nobody; add them to a queue, or take them out",
    "answers": "is never sent; name it in a rule, in `self_service` or in `patience`, or take it out",
    "hours": "are nobody's hours; name them in a queue or a channel, or take them out",
    "promises": "is never made; name it in a rule or a channel, or take it out",
    "protocols": "is never shown; name it in a rule, or take it out",
    "queues": "gets nothing: no rule sends anything there, and no queue overflows into it",
}


class Use(NamedTuple):
    place: Place
    section: str
    name: str


def check_references(draft: Draft) -> None:
    used = [use for use in _uses(draft) if use.name]
    for use in used:
        missed = use.section in PolicyFile.REQUIRED and not draft.said(use.section)  # which is said once, elsewhere
        if use.name not in draft.names(use.section) and not missed:
            meaning = meant(use.name, draft.names(use.section))
            draft.findings.fault(use.place, f"no {_CALLED[use.section]} called `{use.name}`; {meaning}")
    _missing_defaults(draft)
    _missing_sections(draft)


def check_unused(draft: Draft) -> None:
    """For a file without faults: what is wrong with an entry would else make others look idle."""
    used = {(use.section, use.name) for use in _uses(draft)}
    used.add(("answers", CALLBACK))  # It confirms a call that was asked for, whatever the rules say.
    for section, what in _UNUSED.items():
        for name in draft.names(section):
            if (section, name) not in used and not (section in _WITH_DEFAULT and name == DEFAULT):
                draft.findings.warning((section, name), what)


def _missing_defaults(draft: Draft) -> None:
    for section, meaning in _WITH_DEFAULT.items():
        if draft.names(section) and DEFAULT not in draft.names(section):
            draft.findings.fault((section,), f"`{DEFAULT}` is missing: {meaning}")


def _missing_sections(draft: Draft) -> None:
    if not draft.source.document:
        return  # nothing of it could be read, and that was said
    misspelt = [section for section in draft.source.document if section not in PolicyFile.model_fields]
    for section in PolicyFile.REQUIRED:
        if draft.source.document.get(section) in ({}, []):
            draft.findings.fault((section,), "nothing stands in this section")
        if not draft.said(section) and not get_close_matches(section, misspelt):
            description = in_passing(PolicyFile.model_fields[section].description or "")
            draft.findings.fault((), f"the section `{section}` is missing: {description}")


def _uses(draft: Draft) -> Iterator[Use]:
    yield from _of_people(draft)
    yield from _of_channels(draft)
    yield from _of_answers(draft)
    for place, rule in draft.listed("rules", draft.document.rules):
        yield from _of_rule(place, rule)
    for number, offer in enumerate(draft.document.phone.offer):
        for at, segment in enumerate(offer.segments):
            yield Use(("phone", "offer", number, "segments", at), "segments", segment)


def _of_people(draft: Draft) -> Iterator[Use]:
    for name, agent in draft.document.agents.items():
        yield Use(("agents", name, "stand_in"), "agents", agent.stand_in)
    for name, queue in draft.document.queues.items():
        place: Place = ("queues", name)
        yield from (Use((*place, "agents", at), "agents", agent) for at, agent in enumerate(queue.agents))
        yield Use((*place, "lead"), "agents", queue.lead)
        yield Use((*place, "hours"), "hours", queue.hours)
        yield Use((*place, "overflow"), "queues", queue.overflow)
    for place, dedicated in draft.listed("dedicated", draft.document.dedicated):
        yield Use((*place, "agent"), "agents", dedicated.agent)


def _of_channels(draft: Draft) -> Iterator[Use]:
    for name, channel in draft.document.channels.items():
        yield Use(("channels", name, "hours"), "hours", channel.hours)
        yield Use(("channels", name, "promise"), "promises", channel.promise)


def _of_answers(draft: Draft) -> Iterator[Use]:
    follow_up = draft.document.patience.follow_up
    if follow_up and follow_up.answer != NONE:
        yield Use(("patience", "follow_up", "answer"), "answers", follow_up.answer)
    for place, entry in draft.listed("self_service", draft.document.self_service):
        yield Use((*place, "answer"), "answers", entry.answer)


def _of_rule(place: Place, rule: Rule) -> Iterator[Use]:
    for at, segment in enumerate(rule.when.segments):
        yield Use((*place, "when", "segments", at), "segments", segment)
    then, answer = (*place, "then"), rule.then.answer
    yield Use((*then, "queue"), "queues", rule.then.queue)
    yield Use((*then, "promise"), "promises", rule.then.promise)
    yield Use((*then, "answer"), "answers", "" if answer == NONE else answer)
    yield Use((*then, "protocol"), "protocols", rule.then.protocol)
    yield Use((*then, "agent"), "agents", rule.then.agent)
