"""Where a conversation goes: of each thing, the first rule that holds and says something about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mostrador.domain.attention import Attention, Priority
from mostrador.domain.routing import Because, Routing
from mostrador.policy.facts import Facts, recorded_facts
from mostrador.policy.hours import calendar_of
from mostrador.policy.model import DEFAULT, Policy, Rule
from mostrador.policy.segments import Match, dedicated_agent, segment_of

NO_ANSWER = "none"
"""What a rule says so that no machine answers, not even where the attention would have one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The ids here are the policy's."""

    segment: str
    """Empty where no segment holds."""
    attention: Attention
    queue: str
    """Before anybody looked who is on duty: see ``policy.assignment``."""
    priority: Priority
    tags: tuple[str, ...]
    promise: str
    """The id of the target."""
    answer: str
    """The id of an automatic answer; ``NO_ANSWER``: none, whatever the attention; empty: no rule says anything."""
    protocol: str
    agent: str
    """The desk id of the agent who gets it, or whose customer this is; empty where the queue gives it out."""
    routing: Routing


type _Said[T] = tuple[T, Because]
"""What counts, and who said it."""


def decide(policy: Policy, facts: Facts) -> Decision:
    """Pure: the same policy and facts decide the same. Raises KeyError where the policy names no hours."""
    match = segment_of(policy, facts)
    queue, because_queue = _queue(policy, facts, match)
    is_open = calendar_of(policy, facts.channel, queue).is_open(facts.at)
    rules = list(that_hold(policy.rules, facts, match, is_open=is_open))
    attention, because_attention = _attention(rules, match)
    priority, because_priority = _first("priority", rules, lambda rule: rule.priority, (Priority.NORMAL, DEFAULT))
    promise, because_promise = _first("promise", rules, lambda rule: rule.promise, _channels_promise(policy, facts))
    answer, because_answer = _first("answer", rules, lambda rule: rule.answer, ("", DEFAULT))
    protocol, because_protocol = _first("protocol", rules, lambda rule: rule.protocol, ("", DEFAULT))
    agent, because_agent = _first("agent", rules, lambda rule: rule.agent, _owner(policy, facts, attention))
    tags = tuple(_tags(rules))
    said = (because_queue, because_attention, because_priority, because_promise, because_answer, because_protocol)
    because = (*(reason for reason in (*said, because_agent) if reason.value), *tags)
    segment = match.segment.id if match.segment else ""
    return Decision(
        segment=segment,
        attention=attention,
        queue=queue,
        priority=priority,
        tags=tuple(reason.value for reason in tags),
        promise=promise,
        answer=answer,
        protocol=protocol,
        agent=agent,
        routing=Routing(policy.version, segment, match.because, because, recorded_facts(facts, is_open=is_open)),
    )


def _queue(policy: Policy, facts: Facts, match: Match) -> _Said[str]:
    """Decided by the hours of the channel, and first: whether it is open for everything else, the queue's hours say."""
    is_open = calendar_of(policy, facts.channel).is_open(facts.at)
    rules = list(that_hold(policy.rules, facts, match, is_open=is_open))
    return _first("queue", rules, lambda rule: rule.queue, (DEFAULT, DEFAULT))


def that_hold[R: Rule](rules: Sequence[R], facts: Facts, match: Match, *, is_open: bool) -> Iterator[R]:
    segment = match.segment.id if match.segment else ""
    for rule in rules:
        if (
            (not rule.segments or segment in rule.segments)
            and (not rule.channels or facts.channel in rule.channels)
            and (not rule.intents or facts.intent in rule.intents)
            and (not rule.languages or facts.language in rule.languages)
            and rule.public in (None, facts.public)
            and rule.open in (None, is_open)
        ):
            yield rule


def _first[T](
    field: str, rules: Sequence[Rule], said: Callable[[Rule], T | None], otherwise: tuple[T, str]
) -> _Said[T]:
    """``otherwise``: what counts where no rule says anything, and by whose word."""
    value, by = next(((value, rule.id) for rule in rules if (value := said(rule))), otherwise)
    return value, Because(field, in_text(value), by)


def in_text(value: object) -> str:
    """As the policy's file writes it."""
    return value.name.lower() if isinstance(value, Priority) else str(value)


def _attention(rules: Sequence[Rule], match: Match) -> _Said[Attention]:
    segment = match.segment
    otherwise = (segment.attention, f"segment:{segment.id}") if segment else (Attention.PERSONAL, DEFAULT)
    return _first("attention", rules, lambda rule: rule.attention, otherwise)


def _channels_promise(policy: Policy, facts: Facts) -> tuple[str, str]:
    target = policy.target_of(facts.channel)
    own = policy.channels.get(facts.channel)
    return target, "channel" if own and own.promise else DEFAULT


def _owner(policy: Policy, facts: Facts, attention: Attention) -> tuple[str, str]:
    """Whose customer this is, where that counts. Somebody who is not in the policy any more has nobody."""
    if attention is not Attention.DEDICATED:
        return "", DEFAULT
    listed = dedicated_agent(policy, facts)
    if listed:
        return listed, "dedicated"
    agent = facts.believed.agent
    return (agent, "customer") if agent in policy.agents else ("", DEFAULT)


def _tags(rules: Sequence[Rule]) -> Iterator[Because]:
    seen: set[str] = set()
    for rule in rules:
        for tag in rule.tags:
            if tag not in seen:
                seen.add(tag)
                yield Because("tags", tag, rule.id)
