"""``tick`` and ``clocks`` as they run in the cloud: threads, batches, the table, and the policy in the bucket."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import boto3
import pytest

from cli.policy import push
from fakes.conversations import a_conversation
from functions.conftest import ROOT, Invoke, Queues, sqs_event
from mostrador.domain.attention import Clock
from mostrador.domain.changes import Create
from mostrador.domain.conversation import Direction
from mostrador.domain.routing import Promise
from mostrador.store.inbox import DynamoInbox
from mostrador.store.queues import SqsQueues

NOW = 1_780_306_200.0
"""A Monday in June at half past eleven in Madrid: the shop is open."""
CONVERSATION = a_conversation(
    NOW - 3600,
    waiting_since=NOW - 3600,
    version=1,
    promise=Promise("default", "first", NOW - 3600, NOW + 3600, (NOW, NOW + 2160, NOW + 3600)),
    clocks={Clock.PROMISE: NOW},
)
MANY = 130


@pytest.fixture
def inbox(table: str, bucket: str, monkeypatch: pytest.MonkeyPatch) -> DynamoInbox:
    monkeypatch.setattr("time.time", lambda: NOW)
    push(ROOT / "infra/policy/policy.yaml", table_name=table, bucket_name=bucket)
    return DynamoInbox(table)


def waiting(queues: Queues, name: str) -> list[str]:
    """The bodies of everything in a queue."""
    found: list[str] = []
    while messages := queues.messages(name):
        found += [json.dumps(message) for message in messages]
    return found


def test_everything_that_is_due_is_announced_in_one_run_and_rings_once(
    invoke: Invoke, queues: Queues, inbox: DynamoInbox
) -> None:
    ids = [f"c{number}" for number in range(MANY)]
    for conversation_id in ids:
        inbox.commit(Create(replace(CONVERSATION, id=conversation_id)))
    invoke("tick", {})
    wakes = waiting(queues, "clocks")
    assert Counter(json.loads(wake)["conversation"] for wake in wakes) == Counter(ids)

    some = wakes[:10]
    assert invoke("clocks", sqs_event(*some, group="")) == {"batchItemFailures": []}
    assert invoke("clocks", sqs_event(*some, group="")) == {"batchItemFailures": []}
    for wake in some:
        (notice,) = inbox.messages(json.loads(wake)["conversation"], 0, 9)
        assert notice.direction is Direction.NOTICE
        assert notice.text == "Prometimos responder a Ana Molina antes de las 12:30; aún tenemos una hora."
        assert notice.mentions == ("U0MARTA", "U0LUIS", "U0INES")
    told = [json.loads(wake)["conversation"] for wake in waiting(queues, "desk")]
    assert set(told) == {json.loads(wake)["conversation"] for wake in some}


def test_a_second_run_in_the_same_minute_announces_nothing(invoke: Invoke, queues: Queues, inbox: DynamoInbox) -> None:
    inbox.commit(Create(CONVERSATION))
    invoke("tick", {})
    waiting(queues, "clocks")
    invoke("tick", {})
    assert waiting(queues, "clocks") == []


def test_a_wake_up_that_cannot_be_read_fails_alone(invoke: Invoke, queues: Queues, inbox: DynamoInbox) -> None:
    inbox.commit(Create(CONVERSATION))
    answer: Any = invoke("clocks", sqs_event("{}", json.dumps({"conversation": "c1"}), group=""))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert len(inbox.messages("c1", 0, 9)) == 1


def test_more_than_a_batch_leaves_in_several(queues: Queues, aws: None) -> None:
    ids = [f"c{number}" for number in range(23)]
    SqsQueues(boto3.client("sqs"), {"clocks": queues.urls["clocks"]}).clocks(ids)
    assert sorted(json.loads(wake)["conversation"] for wake in waiting(queues, "clocks")) == sorted(ids)
