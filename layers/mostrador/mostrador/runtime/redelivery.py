"""When a message comes again that could not be worked on.

The queue's own answer is its visibility timeout, minutes during which its whole group waits. That is right for what a
person has to mend, and wrong for a rate limit or a lost race: those come again in seconds, the first few times.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from mostrador.domain.errors import Conflict, TryAgain

log = logging.getLogger(__name__)

SOON = (2, 15, 60)
"""Seconds after the first deliveries; then the queue's own patience."""
LONGEST = 300
"""Seconds: beyond it the queue's own patience is hardly longer."""

type Json = Mapping[str, Any]


def seconds_until(error: Exception, deliveries: int) -> int | None:
    """None: when the queue thinks fit."""
    if not isinstance(error, Conflict | TryAgain) or deliveries > len(SOON):
        return None
    asked = error.after if isinstance(error, TryAgain) else 0
    return min(max(SOON[deliveries - 1], round(asked)), LONGEST)


class Redelivery:
    """What one batch leaves behind."""

    def __init__(self, open_client: Callable[[], Any]) -> None:
        self._open_client = open_client
        self._waits: dict[str, int] = {}

    def failed(self, record: Json, error: Exception) -> int | None:
        """A record of the batch failed; what follows it in its group waits as long.

        The seconds until it comes again; None: when the queue thinks fit.
        """
        seconds = seconds_until(error, int(record["attributes"]["ApproximateReceiveCount"]))
        if seconds is not None:
            self._waits[group_of(record)] = seconds
        return seconds

    def arrange(self, records: Sequence[Json], failed_ids: Sequence[str]) -> None:
        """Never raises: what cannot be arranged happens later."""
        early = [record for record in records if record["messageId"] in failed_ids and group_of(record) in self._waits]
        if not early:
            return
        entries = [
            {
                "Id": str(place),
                "ReceiptHandle": record["receiptHandle"],
                "VisibilityTimeout": self._waits[group_of(record)],
            }
            for place, record in enumerate(early)
        ]
        try:
            client = self._open_client()
            client.change_message_visibility_batch(QueueUrl=_url(client, early[0]), Entries=entries)
        except (BotoCoreError, ClientError) as error:
            log.warning("redelivery not hastened", extra={"why": type(error).__name__})


def group_of(record: Json) -> str:
    """In a queue without groups, the message itself."""
    group: str = record["attributes"].get("MessageGroupId") or record["messageId"]
    return group


def _url(client: Any, record: Json) -> str:
    """A function knows the addresses of the queues that it sends to; of its own it is told the name alone."""
    *_, account, name = record["eventSourceARN"].split(":")
    return f"{client.meta.endpoint_url}/{account}/{name}"
