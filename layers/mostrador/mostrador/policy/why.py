"""The record of a decision as sentences for an agent who asks why a conversation is where it is.

It reads the records of older policies as well: an id that is not in the policy any more stands there as it is. ``*``
marks what stands out, as the desk's markup does; what the shop and the customer wrote is not escaped.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import takewhile
from zoneinfo import ZoneInfo

from mostrador.domain.catalogue import say
from mostrador.domain.phrases import PHRASES
from mostrador.domain.routing import Because, Routing
from mostrador.policy.in_words import joined, span
from mostrador.policy.model import DEFAULT, Policy
from mostrador.policy.routing import NO_ANSWER

_MONEY = ("spent_at_least", "spent_at_most", "spent")
_SPANS = ("ordered_within", "not_ordered_for")
_TABLES = {
    "channel": "channel",
    "channels": "channel",
    "language": "why.language",
    "languages": "why.language",
    "intent": "card.intent",
}
"""Where the catalogue has words for the values of a fact or a condition."""
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}


def explained(policy: Policy, routing: Routing, language: str) -> list[str]:
    """One sentence or two for each thing that was decided, the most important first."""
    words = _Words(policy, language)
    return [
        *words.segment(routing),
        words.place(routing),
        *words.people(routing),
        *words.decided(routing),
        *words.facts(routing),
        *words.age(routing),
    ]


class _Words:
    def __init__(self, policy: Policy, language: str) -> None:
        self._policy = policy
        self._language = language

    # Who the customer is

    def segment(self, routing: Routing) -> Iterator[str]:
        name = self._segment(routing.segment)
        if not routing.segment:
            yield self._say("why.segment.none")
        elif routing.segment_because:
            yield self._say("why.segment", segment=name, conditions=self._conditions(routing))
        else:
            yield self._say("why.segment.rest", segment=name)
        if routing.facts.get("trusted") == "no":
            yield self._say("why.untrusted")

    def _conditions(self, routing: Routing) -> str:
        pairs = (condition.partition("=") for condition in routing.segment_because)
        return ", ".join(self._named("why.condition", name, value) for name, _, value in pairs)

    # Where it is, and whose

    def place(self, routing: Routing) -> str:
        queues = _said(routing, "queue") or [Because("queue", DEFAULT, DEFAULT)]
        meant, last = queues[0], queues[-1]
        if last.rule != "overflow":
            return self._say("why.queue", queue=self._queue(last.value), by=self._by(last))
        names = {"meant": self._queue(meant.value), "queue": self._queue(last.value)}
        return self._say("why.queue.overflow", by=self._by(meant), **names)

    def people(self, routing: Routing) -> Iterator[str]:
        for owner in _said(routing, "agent"):
            key = f"why.agent.{owner.rule}" if owner.rule in ("dedicated", "customer") else "why.agent"
            yield self._say(key, agent=self._person(owner.value), by=self._by(owner))
        for given in _said(routing, "assignee")[-1:]:
            yield self._given(given, routing)

    def _given(self, given: Because, routing: Routing) -> str:
        sentence = self._say(f"why.assignee.{given.rule}", agent=self._person(given.value))
        obstacles = [
            self._say(f"why.passed_over.{because.rule}", agent=self._person(because.value))
            for because in _before(given, routing)
        ]
        if not obstacles:
            return sentence
        return self._say("why.assignee.after", obstacles=joined(obstacles, self._language), given=sentence)

    # What else was decided

    def decided(self, routing: Routing) -> Iterator[str]:
        for because in routing.because:
            if because.field in _DECIDED and not _goes_without_saying(because, routing):
                yield _DECIDED[because.field](self, because)
        for field in ("unsaid", "said"):
            for answer in _said(routing, field):
                yield self._say(f"why.{field}.{answer.rule}", answer=answer.value)
        tags = [self._say("why.tag", tag=tag.value, by=self._by(tag)) for tag in _said(routing, "tags")]
        if tags:
            yield self._say("why.tags", tags=joined(tags, self._language))

    def attention(self, because: Because) -> str:
        attention = self._word("card.attention", because.value)
        return self._say("why.attention", attention=attention, by=self._by(because))

    def priority(self, because: Because) -> str:
        return self._say("why.priority", priority=self._word("why.priority", because.value), by=self._by(because))

    def promise(self, because: Because) -> str:
        target = self._policy.targets.get(because.value)
        if target is None:
            return self._say("why.promise.unknown", target=because.value, by=self._by(because))
        spans = {"first": span(target.first, self._language), "next": span(target.next, self._language)}
        key = "why.promise.default" if target.id == DEFAULT else "why.promise"
        return self._say(key, target=target.id, by=self._by(because), **spans)

    def answer(self, because: Because) -> str:
        key = "why.answer.none" if because.value == NO_ANSWER else "why.answer"
        return self._say(key, answer=because.value, by=self._by(because))

    def protocol(self, because: Because) -> str:
        texts = self._policy.protocols.get(because.value, {})
        protocol = texts.get(self._language) or texts.get(self._policy.language)
        title = protocol.title if protocol else because.value
        return self._say("why.protocol", protocol=title, by=self._by(because))

    # What was known

    def facts(self, routing: Routing) -> Iterator[str]:
        said = [self._named("why.fact", name, value) for name, value in routing.facts.items()]
        if any(said):
            yield self._say("why.facts", facts=", ".join(fact for fact in said if fact))

    def age(self, routing: Routing) -> Iterator[str]:
        if routing.policy != self._policy.version:
            yield self._say("why.older", version=routing.policy)

    # Single words

    def _say(self, key: str, **places: object) -> str:
        return say(key, self._language, **places)

    def _by(self, because: Because) -> str:
        kind = because.rule.partition(":")[0]
        return self._say(f"why.by.{kind}" if kind in _NOT_RULES else "why.by.rule", rule=because.rule)

    def _named(self, table: str, name: str, value: str) -> str:
        """A condition or a fact by its own phrase, that of its value where there is one; empty where there is none."""
        exact = f"{table}.{name}.{value}"
        if exact in PHRASES:
            return self._say(exact)
        if name == "orders" and value == "0":
            return self._say("why.fact.orders.none")
        key = f"{table}.{name}"
        return self._say(key, value=self._value(name, value)) if key in PHRASES else ""

    def _value(self, name: str, value: str) -> str:
        if name in _MONEY:
            return _money(int(value), self._policy.currency, self._language)
        if name in _SPANS:
            return span(int(value), self._language)
        if name == "last_order":
            return self._date(value)
        if name in _TABLES:
            return joined([self._word(_TABLES[name], word) for word in value.split(",")], self._language)
        return value.replace(",", ", ")

    def _word(self, table: str, value: str) -> str:
        key = f"{table}.{value}"
        return self._say(key) if key in PHRASES else value

    def _date(self, written: str) -> str:
        day = datetime.fromisoformat(written).astimezone(ZoneInfo(self._policy.timezone))
        return self._say("why.date", number=day.day, month=self._say(f"times.month.{day.month}"), year=day.year)

    def _queue(self, queue_id: str) -> str:
        queue = self._policy.queues.get(queue_id)
        return queue.name.get(self._language, queue_id) if queue else queue_id

    def _segment(self, segment_id: str) -> str:
        names = {segment.id: segment.name for segment in self._policy.segments}
        return names.get(segment_id, {}).get(self._language, segment_id)

    def _person(self, user: str) -> str:
        agent = self._policy.agents.get(user)
        return agent.name if agent else user


_DECIDED: dict[str, Callable[[_Words, Because], str]] = {
    "attention": _Words.attention,
    "priority": _Words.priority,
    "promise": _Words.promise,
    "answer": _Words.answer,
    "protocol": _Words.protocol,
}
"""What is told of each thing that was decided, beside where it is, whose it is, and its tags."""
_NOT_RULES = ("segment", "channel", DEFAULT)
"""Who else can say something; a rule that is called so cannot be told from them."""


def _goes_without_saying(because: Because, routing: Routing) -> bool:
    """Everybody's priority is normal, unless a rule says so; and no rule's answer goes out beside a better one."""
    if because.field == "answer":
        return any(_said(routing, "said"))
    return (because.field, because.rule) == ("priority", DEFAULT)


def _said(routing: Routing, field: str) -> list[Because]:
    return [because for because in routing.because if because.field == field]


def _before(given: Because, routing: Routing) -> list[Because]:
    """Those who were passed over when this was given out, not at an earlier time."""
    earlier = routing.because[: len(routing.because) - 1 - routing.because[::-1].index(given)]
    last = list(takewhile(lambda because: because.field in ("passed_over", "queue"), reversed(earlier)))
    return [because for because in reversed(last) if because.field == "passed_over"]


def _money(hundredths: int, currency: str, language: str) -> str:
    """ "312,50 €", "€312.50"; of a currency without a sign here, its code."""
    amount = f"{hundredths / 100:,.2f}"
    sign = _SIGNS.get(currency, currency)
    if language == "es":
        return f"{amount.translate(str.maketrans(',.', '.,'))} {sign}"
    return f"{sign}{amount}" if sign != currency else f"{amount} {currency}"
