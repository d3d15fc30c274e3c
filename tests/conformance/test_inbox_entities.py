"""What every inbox promises of customers, orders, products and agents."""

from dataclasses import replace

import pytest

from conformance.stored import (
    AGENT,
    CONVERSATION,
    CUSTOMER,
    FULL_AGENT,
    FULL_CUSTOMER,
    FULL_ORDER,
    FULL_PRODUCT,
    MESSAGE,
    NOW,
    ORDER,
    PRODUCT,
)
from mostrador.domain.agents import AgentState, Turn
from mostrador.domain.changes import Create, Revised, Tally, Update
from mostrador.domain.conversation import (
    Customer,
    State,
)
from mostrador.domain.errors import Conflict
from mostrador.domain.shop import Order, Product
from mostrador.usecases.ports import Inbox


def stored(inbox: Inbox, entity: Revised) -> Revised | None:
    match entity:
        case Customer(id=customer_id):
            return inbox.customer(customer_id)
        case Order(id=order_id, customer_id=customer_id):
            return inbox.order(customer_id, order_id)
        case Product(id=product_id):
            return inbox.product(product_id)
        case AgentState(user=user):
            return inbox.agent(user)
        case Turn(queue=queue):
            return inbox.turn(queue)
        case _:
            raise TypeError(entity)


ENTITIES: list[tuple[Revised, Revised]] = [
    (CUSTOMER, FULL_CUSTOMER),
    (ORDER, FULL_ORDER),
    (PRODUCT, FULL_PRODUCT),
    (AGENT, replace(FULL_AGENT, load=0)),
    (Turn("wholesale", ""), Turn("wholesale", "U0LUIS")),
]
entities = pytest.mark.parametrize(("sparse", "full"), ENTITIES, ids=[type(sparse).__name__ for sparse, _ in ENTITIES])


@entities
def test_an_entity_comes_back_as_it_was(inbox: Inbox, sparse: Revised, full: Revised) -> None:
    assert stored(inbox, sparse) is None
    inbox.commit(Create(full))
    assert stored(inbox, sparse) == full


@entities
def test_an_entity_is_filled_and_emptied_again(inbox: Inbox, sparse: Revised, full: Revised) -> None:
    inbox.commit(Create(sparse))
    inbox.commit(Update(sparse, full))
    filled = replace(full, revision=1)
    assert stored(inbox, sparse) == filled
    inbox.commit(Update(filled, replace(sparse, revision=1)))
    assert stored(inbox, sparse) == replace(sparse, revision=2)


@entities
def test_an_entity_that_changed_meanwhile_is_a_conflict(inbox: Inbox, sparse: Revised, full: Revised) -> None:
    inbox.commit(Create(sparse))
    inbox.commit(Update(sparse, full))
    with pytest.raises(Conflict):
        inbox.commit(Update(sparse, sparse))
    assert stored(inbox, sparse) == replace(full, revision=1)


def test_orders_are_told_newest_first_and_not_those_of_others(inbox: Inbox) -> None:
    placed = {"b": NOW + 2, "a": NOW + 3, "c": NOW + 1}
    inbox.commit(*(Create(replace(ORDER, id=order_id, placed_at=at)) for order_id, at in placed.items()))
    inbox.commit(Create(replace(ORDER, customer_id="customer-2")), Create(CONVERSATION))
    assert [order.id for order in inbox.orders("customer-1", 10)] == ["a", "b", "c"]
    assert [order.id for order in inbox.orders("customer-1", 2)] == ["a", "b"]
    assert inbox.orders("customer-3", 10) == []


def test_several_agents_are_told_at_once_and_who_is_unknown_is_left_out(inbox: Inbox) -> None:
    inbox.commit(Create(FULL_AGENT), Create(AgentState("U0MARTA")))
    found = inbox.agents(["U0LUIS", "U0MARTA", "U0INES"])
    assert found == {"U0LUIS": FULL_AGENT, "U0MARTA": AgentState("U0MARTA")}
    assert inbox.agents([]) == {}


def test_only_conversations_that_are_not_closed_are_told_of_a_queue(inbox: Inbox) -> None:
    states = {"open": State.OPEN, "snoozed": State.SNOOZED, "closed": State.CLOSED}
    for number, (name, state) in enumerate(states.items()):
        inbox.commit(Create(replace(CONVERSATION, id=name, state=state, opened_at=NOW - number)))
    inbox.commit(Create(replace(CONVERSATION, id="elsewhere", queue="wholesale")))
    assert list(inbox.open_conversations("default")) == ["snoozed", "open"]


# How much an agent has to do


def test_tallies_add_up_and_never_conflict(inbox: Inbox) -> None:
    inbox.commit(Tally("U0LUIS", 1))
    inbox.commit(Create(CONVERSATION), Tally("U0LUIS", 1), Tally("U0MARTA", 1))
    inbox.commit(Tally("U0LUIS", -1), Create(MESSAGE), Tally("U0LUIS", 2))
    loads = {user: state.load for user, state in inbox.agents(["U0LUIS", "U0MARTA"]).items()}
    assert loads == {"U0LUIS": 3, "U0MARTA": 1}


def test_a_tally_of_a_commit_that_was_lost_does_not_count(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    with pytest.raises(Conflict):
        inbox.commit(Tally("U0LUIS", 1), Create(CONVERSATION))
    assert inbox.agent("U0LUIS") is None


def test_an_agent_of_whom_only_a_tally_tells_may_say_something(inbox: Inbox) -> None:
    inbox.commit(Tally("U0LUIS", 1))
    known = inbox.agent("U0LUIS")
    assert known == AgentState("U0LUIS", load=1)
    inbox.commit(Tally("U0LUIS", 1))
    inbox.commit(Update(known, replace(known, on_duty=True, said_at=NOW)))
    assert inbox.agent("U0LUIS") == AgentState("U0LUIS", on_duty=True, said_at=NOW, load=2, revision=1)


def test_whoever_writes_an_agents_state_does_not_touch_their_load(inbox: Inbox) -> None:
    inbox.commit(Create(AGENT), Tally("U0MARTA", 1))
    inbox.commit(Tally("U0LUIS", 1))
    inbox.commit(Update(AGENT, replace(AGENT, on_duty=True, load=7)))
    assert inbox.agent("U0LUIS") == AgentState("U0LUIS", on_duty=True, load=1, revision=1)


def test_tallies_that_cancel_out_write_nothing(inbox: Inbox) -> None:
    inbox.commit(Tally("U0LUIS", 1), Tally("U0LUIS", -1))
    assert inbox.agent("U0LUIS") is None


def test_an_agents_state_and_their_tally_are_not_written_at_once(inbox: Inbox) -> None:
    inbox.commit(Create(AGENT))
    with pytest.raises(ValueError, match="tally"):
        inbox.commit(Update(AGENT, replace(AGENT, on_duty=True)), Tally("U0LUIS", 1))
    assert inbox.agent("U0LUIS") == AGENT
