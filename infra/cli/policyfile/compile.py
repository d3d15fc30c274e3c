"""From the file that people write to the policy that functions read."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

import msgspec

from cli.policyfile import document as file
from cli.policyfile.attached import Attached
from cli.policyfile.draft import Draft
from cli.policyfile.public_holidays import last_known_day
from cli.policyfile.sections import Agent as WrittenAgent
from cli.policyfile.sections import Queue as WrittenQueue
from cli.policyfile.sections import Shop
from cli.policyfile.weeks import ordinary_day
from mostrador.domain.attention import Attention, Priority
from mostrador.policy.model import (
    Agent,
    ChannelRules,
    CustomerCondition,
    Dedication,
    FixedAnswer,
    Hours,
    Offer,
    Patience,
    Policy,
    Queue,
    Rule,
    Segment,
    Target,
    Template,
    Work,
)
from mostrador.policy.words import fold


def compiled(draft: Draft, hours: dict[str, Hours], holidays: dict[str, str], attached: Attached) -> Policy:
    """The draft must be without a fault."""
    written, users, day = draft.document, _users(draft), ordinary_day(hours)
    shop = written.shop or Shop(name="", language="es")
    policy = Policy(
        shop_name=shop.name,
        language=shop.language,
        queues={name: _queue(name, queue, users) for name, queue in written.queues.items()},
        agents={agent.slack: _agent(name, agent, users) for name, agent in written.agents.items()},
        note_mark=written.desk.note_mark,
        timezone=shop.timezone,
        currency=shop.currency,
        hours=hours,
        holidays=holidays,
        holidays_until=last_known_day(draft.today),
        segments=tuple(_segment(segment) for segment in written.segments),
        dedications=tuple(Dedication(users[each.agent], _any_of(each.when)) for each in written.dedicated),
        targets={name: _target(name, promise, day) for name, promise in written.promises.items()},
        channels={name: ChannelRules(each.hold, each.hours, each.promise) for name, each in written.channels.items()},
        rules=tuple(_rule(rule, users) for rule in written.rules),
        phone_offers=tuple(_offer(number, when) for number, when in enumerate(written.phone.offer, start=1)),
        phone_countries=tuple(written.phone.countries),
        patience=_patience(written.patience, day),
        answers=written.answers,
        fixed_answers=tuple(_fixed(entry) for entry in written.self_service),
        requests=dict(_requests(written.requests)),
        intents=attached.intents,
        protocols=attached.protocols,
        templates={name: _template(translations) for name, translations in written.templates.items()},
        retention=written.retention.model_dump(exclude_none=True) if written.retention else {},
    )
    return with_version(policy)


def with_version(policy: Policy) -> Policy:
    """The same rules always have the same version."""
    rules = msgspec.json.encode(replace(policy, version=""), order="sorted")
    return replace(policy, version=sha256(rules).hexdigest()[:16])


def _users(draft: Draft) -> dict[str, str]:
    return {name: agent.slack for name, agent in draft.document.agents.items()}


def _queue(name: str, queue: WrittenQueue, users: Mapping[str, str]) -> Queue:
    return Queue(
        name,
        queue.name,
        queue.slack,
        users=tuple(users[agent] for agent in queue.agents),
        lead=users[queue.lead],
        work=Work(queue.work),
        hours=queue.hours,
        overflow=queue.overflow,
    )


def _agent(name: str, agent: WrittenAgent, users: Mapping[str, str]) -> Agent:
    stand_in = users[agent.stand_in] if agent.stand_in else ""
    return Agent(name, agent.slack, agent.name, agent.languages, stand_in, agent.capacity, agent.phone)


def _segment(segment: file.Segment) -> Segment:
    return Segment(segment.id, segment.name, Attention(segment.attention), _any_of(segment.when))


def _any_of(when: file.When | None) -> tuple[CustomerCondition, ...]:
    each = (when.any or (when,)) if when else ()
    return tuple(_condition(conditions) for conditions in each)


def _condition(conditions: file.Conditions) -> CustomerCondition:
    said = conditions.model_dump(exclude={"any"}, exclude_unset=True)
    return CustomerCondition(**said | {"tags": tuple(tag.casefold() for tag in conditions.tags)})


def _target(name: str, promise: file.Promise, day: int) -> Target:
    return Target(name, promise.first.in_seconds(day), promise.next.in_seconds(day), promise.warn)


def _rule(rule: file.Rule, users: Mapping[str, str]) -> Rule:
    then = rule.then
    return Rule(
        rule.id,
        **rule.when.model_dump(exclude_unset=True),
        queue=then.queue,
        priority=Priority[then.priority.upper()] if then.priority else None,
        tags=then.tags,
        attention=Attention(then.attention) if then.attention else None,
        promise=then.promise,
        answer=then.answer,
        protocol=then.protocol,
        agent=users[then.agent] if then.agent else "",
    )


def _offer(number: int, when: file.OfferWhen) -> Offer:
    return Offer(f"phone.offer {number}", **when.model_dump(exclude_unset=True))


def _patience(patience: file.Patience, day: int) -> Patience:
    usual, follow_up = Patience(), patience.follow_up
    wait, again = patience.community_wait, patience.callback_again
    return Patience(
        follow_up_after=follow_up.after if follow_up else 0,
        follow_up_answer=follow_up.answer if follow_up and follow_up.answer != file.NONE else "",
        close_after=patience.close_after or 0,
        community_wait=wait.in_seconds(day) if wait else usual.community_wait,
        callback_again=again.in_seconds(day) if again else usual.callback_again,
    )


def _fixed(entry: file.SelfService) -> FixedAnswer:
    return FixedAnswer(entry.id, entry.answer, entry.intents, _folded(entry.words or {}))


def _requests(requests: file.Requests | None) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    for kind in ("person", "callback"):
        words = getattr(requests, kind, None)
        if words:
            yield kind, _folded(words)


def _folded(words: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(fold(phrase) for phrase in phrases) for language, phrases in words.items()}


def _template(translations: Mapping[str, file.Template]) -> dict[str, Template]:
    return {
        language: Template(each.channel, each.text, each.provider_id, each.variables, each.provider_language)
        for language, each in translations.items()
    }
