"""Conversations of the past, as far as their beginning decided where they went: what the simulator replays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mostrador.domain.conversation import Conversation, Customer, Message
from mostrador.policy.facts import STRANGER, CustomerFacts, Facts, customer_facts, recalled_customer
from mostrador.policy.model import CustomerCondition, Policy
from mostrador.policy.routing import in_text


@dataclass(frozen=True, slots=True)
class Happened:
    """What became of it then. The ids are those of the policy that was in force; empty where nothing is known."""

    segment: str = ""
    attention: str = ""
    queue: str = ""
    agent: str = ""
    priority: str = ""
    tags: tuple[str, ...] = ()
    promise: str = ""
    answer: str = ""
    protocol: str = ""
    answered_at: float = 0.0
    """When a person's first answer got through."""


@dataclass(frozen=True, slots=True)
class Recorded:
    id: str
    at: float
    """Epoch seconds: when the conversation began."""
    channel: str
    text: str = ""
    """Of the first message; empty in a record without names, then ``language`` and ``intent`` stand for it."""
    subject: str = ""
    language: str = ""
    """As it was read then; empty: to be read from the text."""
    intent: str = ""
    """As it was read then. Where there is a text, each policy reads it anew."""
    public: bool = False
    trusted: bool = True
    customer: CustomerFacts = STRANGER
    """As they were then."""
    then: Happened = Happened()

    @property
    def words(self) -> str:
        return f"{self.subject}\n{self.text}".strip()


def recorded_of(conversation: Conversation, first: Message | None, customer: Customer | None) -> Recorded:
    """The customer's facts are those of the record of that time; where there is none, those of today."""
    routing = conversation.routing
    known = recalled_customer(routing.facts) if routing else customer_facts(conversation.address, customer)
    return Recorded(
        id=conversation.id,
        at=conversation.opened_at,
        channel=conversation.address.channel,
        text=first.text if first else "",
        subject=first.subject if first else conversation.subject,
        language=conversation.language,
        intent=conversation.intent,
        public=conversation.public,
        trusted=conversation.trusted,
        customer=known,
        then=_happened(conversation),
    )


def _happened(conversation: Conversation) -> Happened:
    routing = conversation.routing
    if routing is None:
        return Happened(queue=conversation.queue, answered_at=conversation.first_answered_at)
    said = {because.field: because.value for because in reversed(routing.because)}
    return Happened(
        segment=routing.segment,
        attention=said.get("attention", ""),
        queue=said.get("queue", ""),
        agent=said.get("agent", ""),
        priority=said.get("priority", in_text(conversation.priority)),
        tags=tuple(because.value for because in routing.because if because.field == "tags"),
        promise=said.get("promise", ""),
        answer=said.get("answer", ""),
        protocol=said.get("protocol", ""),
        answered_at=conversation.first_answered_at,
    )


def without_names(recorded: Recorded, policy: Policy) -> Recorded:
    """What decides, without what tells who it was: no text, and of tags and mail domains those that the policy names.

    Automatic answers that go by words rather than by intents are lost with the text.
    """
    conditions = list(_conditions(policy))
    tags = {tag for condition in conditions for tag in condition.tags}
    domains = {domain for condition in conditions for domain in condition.email_domains}
    customer = replace(
        recorded.customer,
        tags=tuple(tag for tag in recorded.customer.tags if tag in tags),
        email_domains=tuple(domain for domain in recorded.customer.email_domains if domain in domains),
    )
    return replace(recorded, text="", subject="", customer=customer)


def _conditions(policy: Policy) -> Iterator[CustomerCondition]:
    for segment in policy.segments:
        yield from segment.any_of
    for dedication in policy.dedications:
        yield from dedication.any_of


def facts_recorded(recorded: Recorded, language: str, intent: str) -> Facts:
    return Facts(
        channel=recorded.channel,
        at=recorded.at,
        public=recorded.public,
        trusted=recorded.trusted,
        language=language,
        intent=intent,
        customer=recorded.customer,
    )
