"""The queues: what travels between the functions, as JSON.

All but the provider's and the agent's events are wake-ups: they say where to look, never what to do.
"""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import batched
from math import ceil
from typing import Any
from uuid import uuid4

from mostrador.domain.errors import TryAgain
from mostrador.domain.messages import ProviderEvent

LONGEST_DELAY = 900
"""Seconds: Amazon SQS delays no message longer."""
LARGEST_BATCH = 10
"""Messages that Amazon SQS takes in one call."""
LARGEST_TOGETHER = 250_000
"""Bytes of these messages' bodies: it took a quarter of a mebibyte for years, and takes more in some places only."""


class SqsQueues:
    """Implements ``usecases.ports.Queues``. A function is given only the queues that it may use."""

    def __init__(self, client: Any, urls: dict[str, str]) -> None:
        self._client = client
        self._urls = urls

    def inbound(self, event: ProviderEvent) -> None:
        """In order for each sender of a channel; the same event within five minutes is dropped here already."""
        self._client.send_message(QueueUrl=self._urls["inbound"], **_inbound(event))

    def inbound_all(self, events: Sequence[ProviderEvent]) -> None:
        """The same for each of several, in their order.

        Raises TryAgain where Amazon SQS did not take all of them; some may have gone, and are dropped the next time.
        """
        if len(events) == 1:
            self.inbound(events[0])
            return
        for batch in _together([_inbound(event) for event in events]):
            entries = [{"Id": str(place), **message} for place, message in enumerate(batch)]
            answer = self._client.send_message_batch(QueueUrl=self._urls["inbound"], Entries=entries)
            if answer.get("Failed"):
                raise TryAgain(f"{len(answer['Failed'])} events were not taken")

    def action(self, body: str, thread: str, event_id: str) -> None:
        """What an agent did, in order for each thread."""
        self._send_fifo("actions", body, group=_digest(thread), once=_digest(event_id))

    def desk(self, desk_channel: str, conversation_id: str) -> None:
        """Something of this conversation is not shown yet; in order for each channel of the desk."""
        self._send_fifo("desk", _wake_up(conversation_id), group=_digest(desk_channel), once=uuid4().hex)

    def deliver(self, conversation_id: str) -> None:
        """Something of this conversation may be due for sending."""
        self._send_fifo("deliver", _wake_up(conversation_id), group=conversation_id, once=uuid4().hex)

    def hold(self, conversation_id: str, seconds: float) -> None:
        """The same, after a while: at most 15 minutes, whatever is asked for."""
        self._client.send_message(
            QueueUrl=self._urls["hold"],
            MessageBody=_wake_up(conversation_id),
            DelaySeconds=min(max(0, ceil(seconds)), LONGEST_DELAY),
        )

    def clocks(self, conversation_ids: Sequence[str]) -> None:
        """A clock of each of these is due. In no order, and as many at once as there are.

        Raises TryAgain where Amazon SQS did not take all of them; some may have gone.
        """
        for batch in batched(conversation_ids, LARGEST_BATCH, strict=False):
            entries = [{"Id": str(place), "MessageBody": _wake_up(wanted)} for place, wanted in enumerate(batch)]
            answer = self._client.send_message_batch(QueueUrl=self._urls["clocks"], Entries=entries)
            if answer.get("Failed"):
                raise TryAgain(f"{len(answer['Failed'])} wake-ups were not taken")

    def _send_fifo(self, queue: str, body: str, *, group: str, once: str) -> None:
        self._client.send_message(
            QueueUrl=self._urls[queue],
            MessageBody=body,
            MessageGroupId=group,
            MessageDeduplicationId=once,
        )


def _inbound(event: ProviderEvent) -> dict[str, str]:
    return {
        # ASCII: Amazon SQS refuses a body with a character that XML does not allow, and a stranger may send one.
        "MessageBody": json.dumps(encode_event(event)),
        "MessageGroupId": _digest(event.channel, event.sender),
        "MessageDeduplicationId": _digest(event.channel, event.event_id),
    }


def _together(messages: Sequence[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """As many at once as Amazon SQS takes, by number and by size."""
    batch, size = list[dict[str, str]](), 0
    for message in messages:
        more = len(message["MessageBody"])
        if batch and (len(batch) == LARGEST_BATCH or size + more > LARGEST_TOGETHER):
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += more
    if batch:
        yield batch


def _wake_up(conversation_id: str) -> str:
    return json.dumps({"conversation": conversation_id})


def encode_event(event: ProviderEvent) -> dict[str, Any]:
    return {
        "channel": event.channel,
        "event_id": event.event_id,
        "sender": event.sender,
        "payload": event.payload,
        "received_at": event.received_at,
    }


def decode_event(body: dict[str, Any]) -> ProviderEvent:
    """What a newer version has added, which is being deployed, is left out."""
    return ProviderEvent(**{name: body[name] for name in ProviderEvent.__dataclass_fields__})


def _digest(*parts: str) -> str:
    """Group and deduplication ids allow 128 characters of ASCII; a sender's address may be anything."""
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
