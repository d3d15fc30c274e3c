"""The simulator tells what the counter does: every recorded conversation, begun at the counter and in the simulator."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from cli.policyfile.read import read_policy
from cli.recordings import read_recordings
from fakes.world import Counter, FakeChannel, received
from mostrador.domain.changes import Create
from mostrador.domain.conversation import Conversation, Customer, Identity
from mostrador.domain.messages import Address, Received
from mostrador.domain.shop import Profile
from mostrador.policy.answers import fill
from mostrador.policy.model import Policy
from mostrador.policy.recorded import Recorded
from mostrador.policy.simulator import Replayed, replay
from mostrador.selfservice.fixed import fixed_answer

ROOT = Path(__file__).parents[2]
RECORDED = [recorded for recorded in read_recordings(ROOT / "tests/recorded") if recorded.words]


@cache
def example() -> Policy:
    """With a promise that a call is coming, which a shop may leave out."""
    policy = read_policy(ROOT / "infra/policy/policy.yaml").policy
    return replace(policy, answers={**policy.answers, "callback": {"es": "Te llamamos.", "en": "We will call."}})


def opened_at_the_counter(recorded: Recorded) -> Counter:
    counter = Counter()
    counter.policies.policy = example()
    counter.clock.now = recorded.at
    counter.channels[recorded.channel] = FakeChannel(recorded.channel)
    sender = Address(recorded.channel, _address(recorded), "")
    counter.inbox.commit(Create(_customer(recorded)), Create(Identity(sender, "cus1")))
    counter.ingest(counter.event(_received(recorded, sender)))
    return counter


def _received(recorded: Recorded, sender: Address) -> Received:
    return received(
        recorded.text,
        "provider-message",
        recorded.at,
        channel=recorded.channel,
        sender=sender,
        subject=recorded.subject,
        public=recorded.public,
        trusted=recorded.trusted,
    )


def _address(recorded: Recorded) -> str:
    domains = recorded.customer.email_domains or ("correo.example",)
    return f"somebody@{domains[0]}" if recorded.channel == "email" else "+34600111222"


def _customer(recorded: Recorded) -> Customer:
    known = recorded.customer
    domain = next(iter(known.email_domains), "")
    profile = Profile(
        "1",
        email=f"somebody@{domain}" if domain else "",
        language=known.language,
        country=known.country,
        tags=known.tags,
    )
    return Customer(
        "cus1",
        "",
        recorded.at - 1,
        agent=known.agent,
        profile=profile,
        orders=known.orders,
        spent=known.spent,
        last_order_at=known.last_order_at,
    )


def conversation_of(counter: Counter) -> Conversation:
    (desk_wake,) = set(counter.queues.desk_wakes)
    found = counter.inbox.conversation(desk_wake)
    assert found is not None
    return found


def said(counter: Counter, conversation: Conversation) -> str:
    """What a machine told the customer."""
    messages = counter.inbox.messages(conversation.id, 1, 5)
    return "".join(message.text for message in messages if message.automatic)


def told_by(replayed: Replayed, recorded: Recorded, language: str) -> str:
    if not replayed.answer:
        return ""
    return fill(
        example(),
        replayed.answer,
        language,
        recorded.at,
        channel=recorded.channel,
        queue=replayed.decision.queue,
        promise=replayed.promise,
    )


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda recorded: recorded.id)
def test_the_counter_does_what_the_simulator_tells(recorded: Recorded) -> None:
    counter = opened_at_the_counter(recorded)
    conversation = conversation_of(counter)
    replayed = replay(example(), replace(recorded, language=""), fixed_answer)
    decision = replayed.decision
    assert (conversation.segment, conversation.attention) == (decision.segment, decision.attention)
    assert (conversation.queue, conversation.priority) == (decision.queue, decision.priority)
    assert (conversation.intent, conversation.protocol) == (replayed.intent, decision.protocol)
    assert set(decision.tags) <= set(conversation.tags)
    assert (conversation.stage, conversation.promise) == (replayed.stage, replayed.promise)
    assert said(counter, conversation) == told_by(replayed, recorded, conversation.language)


def test_several_kinds_of_beginning_are_compared() -> None:
    beginnings = {replay(example(), recorded, fixed_answer).stage for recorded in RECORDED}
    answers = {replay(example(), recorded, fixed_answer).answer for recorded in RECORDED}
    assert len(beginnings) == 3
    assert answers == {"", "callback", "closed", "delivery", "hours", "idea", "received", "trust"}
