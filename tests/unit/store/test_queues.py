"""Events on their way through a queue."""

import json
from dataclasses import replace
from typing import Any

import pytest

from mostrador.domain.errors import TryAgain
from mostrador.domain.messages import ProviderEvent
from mostrador.store.queues import SqsQueues, decode_event, encode_event

EVENT = ProviderEvent("sms", "SM1", "+34600333444", {"Body": "Hola"}, 1_780_000_000.0)


def test_an_event_comes_out_as_it_went_in() -> None:
    assert decode_event(encode_event(EVENT)) == EVENT


def test_what_a_newer_version_adds_is_left_out() -> None:
    assert decode_event({**encode_event(EVENT), "mood": "good"}) == EVENT


class Refusing:
    """Amazon SQS may take some of a batch and not the rest."""

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803
        return {"Successful": Entries[1:], "Failed": [{"Id": Entries[0]["Id"], "Code": "ServiceUnavailable"}]}


def test_a_wake_up_that_was_not_taken_is_not_taken_for_one() -> None:
    with pytest.raises(TryAgain):
        SqsQueues(Refusing(), {"clocks": "url"}).clocks(["c1", "c2"])


def test_an_event_that_was_not_taken_is_not_taken_for_one() -> None:
    with pytest.raises(TryAgain):
        SqsQueues(Refusing(), {"inbound": "url"}).inbound_all([EVENT, EVENT])


class Taking:
    def __init__(self) -> None:
        self.batches: list[list[dict[str, str]]] = []

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803
        self.batches.append(Entries)
        return {"Successful": Entries}


@pytest.mark.parametrize(("count", "size", "batches"), [(25, 10, [10, 10, 5]), (3, 150_000, [1, 1, 1]), (0, 1, [])])
def test_many_events_are_taken_in_order_and_as_many_at_once_as_may_be(
    count: int, size: int, batches: list[int]
) -> None:
    client = Taking()
    events = [replace(EVENT, event_id=f"SM{number}", payload={"Body": "x" * size}) for number in range(count)]
    SqsQueues(client, {"inbound": "url"}).inbound_all(events)
    assert [len(batch) for batch in client.batches] == batches
    taken = [json.loads(entry["MessageBody"])["event_id"] for batch in client.batches for entry in batch]
    assert taken == [event.event_id for event in events]
