"""What was written by earlier versions is still read, and may be changed."""

from dataclasses import replace
from typing import Any

import boto3
import pytest

from mostrador.domain.attention import Attention, Clock, Priority, Stage
from mostrador.domain.changes import Timer, Update
from mostrador.domain.conversation import Customer
from mostrador.store.inbox import DynamoInbox

NOW = 1_780_000_000.0
ID = "01jd0000000000000000000000"
CONVERSATION: dict[str, Any] = {
    "pk": {"S": f"CON#{ID}"},
    "sk": {"S": "CON"},
    "channel": {"S": "sms"},
    "address": {"S": "+34600333444"},
    "customer_id": {"S": "customer-1"},
    "state": {"S": "open"},
    "language": {"S": "es"},
    "queue": {"S": "default"},
    "queue_open": {"S": "default"},
    "desk_channel": {"S": "C0ATENCION"},
    "opened_at": {"N": str(NOW)},
    "trusted": {"BOOL": True},
    "counter": {"N": "1"},
    "version": {"N": "1"},
    "revision": {"N": "3"},
    "due_shard": {"S": "1"},
    "due_at": {"N": str(NOW + 60)},
}
CUSTOMER: dict[str, Any] = {"pk": {"S": "CUS#customer-1"}, "sk": {"S": "CUS"}, "created_at": {"N": str(NOW)}}
"""Customers had no revision."""


@pytest.fixture
def inbox(table: str) -> DynamoInbox:
    client = boto3.client("dynamodb")
    client.put_item(TableName=table, Item=CONVERSATION)
    client.put_item(TableName=table, Item=CUSTOMER)
    return DynamoInbox(table)


def test_a_conversation_from_before_the_policy_is_one_for_people(inbox: DynamoInbox) -> None:
    conversation = inbox.conversation(ID)
    assert conversation is not None
    assert (conversation.attention, conversation.stage) == (Attention.PERSONAL, Stage.PERSON)
    assert (conversation.priority, conversation.promise, conversation.clocks) == (Priority.NORMAL, None, {})


def test_a_time_that_stood_in_the_index_alone_is_kept_when_a_clock_joins_it(inbox: DynamoInbox) -> None:
    conversation = inbox.conversation(ID)
    assert conversation is not None
    assert conversation.watch_at == NOW + 60
    inbox.commit(Update(conversation, replace(conversation, clocks={Clock.CLOSE: NOW + 900})))
    changed = inbox.conversation(ID)
    assert changed is not None
    assert changed.watch_at == NOW + 60
    assert [timer for shard in inbox.shards() for timer in inbox.due(shard, NOW + 60, 9)] == [Timer(ID, None, NOW + 60)]


def test_a_customer_from_before_the_shop_was_asked_may_be_described(inbox: DynamoInbox) -> None:
    customer = inbox.customer("customer-1")
    assert customer == Customer("customer-1", "", NOW)
    inbox.commit(Update(customer, replace(customer, orders=1)))
    assert inbox.customer("customer-1") == Customer("customer-1", "", NOW, orders=1, revision=1)
