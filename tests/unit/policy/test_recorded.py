"""What the inbox keeps of a conversation is enough to decide about it again."""

from dataclasses import replace

import pytest

from fakes.conversations import a_conversation
from fakes.policies import POLICY
from mostrador.domain.attention import Attention
from mostrador.domain.conversation import Conversation, Customer, Direction, Message
from mostrador.domain.messages import Address
from mostrador.domain.routing import Because
from mostrador.domain.shop import Profile
from mostrador.policy.assignment import assign
from mostrador.policy.facts import customer_facts, facts_of
from mostrador.policy.model import CustomerCondition, Policy, Rule, Segment
from mostrador.policy.recorded import Happened, Recorded, recorded_of
from mostrador.policy.routing import decide
from mostrador.policy.simulator import outcome, replay

NOW = 1_780_000_000.0
CARMEN = Address("email", "compras@hotelsol.example", "Carmen Soler")
CUSTOMER = Customer("cus1", "Carmen Soler", NOW, profile=Profile("7", tags=("mayorista",)), orders=3, spent=90_000)
POLICY_THEN = replace(
    POLICY,
    version="then",
    segments=(Segment("wholesale", {}, Attention.DEDICATED, (CustomerCondition(tags=("mayorista",)),)),),
    rules=(Rule("mail", channels=("email",), tags=("correo", "nuevo"), answer="received", protocol="returns"),),
)
CONVERSATION = a_conversation(
    NOW, id="con1", address=CARMEN, customer_id="cus1", subject="Pedido", public=True, intent="delivery"
)
FIRST = Message("con1", 1, Direction.INBOUND, "¿Cuándo llega?", NOW, subject="Pedido")


def routed(policy: Policy, *, trusted: bool = True) -> Conversation:
    facts = facts_of(
        sender=CARMEN, customer=CUSTOMER, at=NOW, trusted=trusted, public=True, language="es", intent="delivery"
    )
    decision = decide(policy, facts)
    record = assign(policy, decision, {}, None, NOW).on_record(decision.routing)
    return replace(
        CONVERSATION,
        trusted=trusted,
        routing=record,
        segment=decision.segment,
        queue=decision.queue,
        first_answered_at=NOW + 60,
    )


def test_a_routed_conversation_brings_the_facts_of_its_time_and_what_happened() -> None:
    today = replace(CUSTOMER, orders=99, profile=None)
    assert recorded_of(routed(POLICY_THEN), FIRST, today) == Recorded(
        id="con1",
        at=NOW,
        channel="email",
        text="¿Cuándo llega?",
        subject="Pedido",
        language="es",
        intent="delivery",
        public=True,
        customer=customer_facts(CARMEN, CUSTOMER),
        then=Happened(
            segment="wholesale",
            attention="dedicated",
            queue="default",
            priority="normal",
            tags=("correo", "nuevo"),
            promise="default",
            answer="received",
            protocol="returns",
            answered_at=NOW + 60,
        ),
    )


def test_overflow_is_no_decision_of_the_policy() -> None:
    conversation = routed(POLICY_THEN)
    assert conversation.routing is not None
    moved = replace(
        conversation.routing, because=(*conversation.routing.because, Because("queue", "other", "overflow"))
    )
    assert recorded_of(replace(conversation, routing=moved, queue="other"), FIRST, None).then.queue == "default"


@pytest.mark.parametrize("trusted", [True, False])
def test_the_policy_of_that_time_decides_the_same_again(*, trusted: bool) -> None:
    conversation = routed(POLICY_THEN, trusted=trusted)
    bare = replace(recorded_of(conversation, None, CUSTOMER), subject="")
    again = replay(POLICY_THEN, bare).decision
    assert conversation.routing is not None
    assert again.routing == replace(conversation.routing, because=conversation.routing.because[:-1])


def test_a_conversation_from_before_there_were_records_has_the_facts_of_today() -> None:
    recorded = recorded_of(CONVERSATION, FIRST, CUSTOMER)
    assert recorded.customer == customer_facts(CARMEN, CUSTOMER)
    assert recorded.then == Happened(queue="default")
    assert outcome(replay(POLICY_THEN, recorded))["segment"] == "wholesale"


def test_where_the_first_message_is_gone_the_subject_is_left() -> None:
    recorded = recorded_of(CONVERSATION, None, None)
    assert (recorded.subject, recorded.text) == ("Pedido", "")
