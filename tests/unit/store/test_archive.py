"""Conversations of the past, read in bulk."""

from dataclasses import replace

import pytest

from fakes.conversations import a_conversation
from mostrador.domain.changes import Create
from mostrador.domain.conversation import Conversation, Customer, Direction, Message, State
from mostrador.domain.ids import new_id
from mostrador.store.archive import AT_ONCE, beginnings, items_of_table
from mostrador.store.inbox import DynamoInbox

NOW = 1_780_000_000.0
DAY = 86_400.0
CONVERSATION = a_conversation(NOW, customer_id="cus1")
CUSTOMER = Customer("cus1", "Ana Molina", NOW)


@pytest.fixture
def inbox(table: str) -> DynamoInbox:
    inbox = DynamoInbox(table)
    inbox.commit(Create(CUSTOMER))
    return inbox


def stored(inbox: DynamoInbox, texts: tuple[str, ...] = ("Hola",), **fields: object) -> Conversation:
    conversation = replace(CONVERSATION, id=new_id(NOW), **fields)  # type: ignore[arg-type]
    messages = [
        Message(conversation.id, sequence, Direction.INBOUND, text, NOW) for sequence, text in enumerate(texts, start=1)
    ]
    inbox.commit(Create(conversation), *map(Create, messages))
    return conversation


def test_a_conversation_comes_with_its_first_message_and_its_customer(inbox: DynamoInbox) -> None:
    conversation = stored(inbox, ("¿Cuándo llega?", "¿Hola?"))
    ((found, first, customer),) = beginnings(since=NOW)
    assert found == conversation
    assert first is not None
    assert first.text == "¿Cuándo llega?"
    assert customer == CUSTOMER


def test_what_is_missing_is_none(inbox: DynamoInbox) -> None:
    conversation = stored(inbox, (), customer_id="cus2")
    assert list(beginnings(since=NOW)) == [(conversation, None, None)]


def test_only_what_was_opened_since_then_and_not_set_aside_is_found(inbox: DynamoInbox) -> None:
    recent = stored(inbox, opened_at=NOW - DAY, state=State.CLOSED)
    stored(inbox, opened_at=NOW - 31 * DAY)
    stored(inbox, quarantine="spam")
    assert [found for found, _, _ in beginnings(since=NOW - 30 * DAY)] == [recent]


def test_more_than_one_request_can_read_are_all_found(inbox: DynamoInbox) -> None:
    several = {stored(inbox).id for _ in range(AT_ONCE + 20)}
    read: list[int] = []
    found = list(beginnings(NOW, read.append))
    assert {conversation.id for conversation, _, _ in found} == several
    assert all(first is not None and first.conversation_id == conversation.id for conversation, first, _ in found)
    assert read == sorted(read)
    assert read[-1] == items_of_table() == 2 * len(several) + 1
