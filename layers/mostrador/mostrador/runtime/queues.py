"""Between SQS batches and the use cases: each record on its own, failures reported one by one."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from mostrador.domain.errors import TryAgain
from mostrador.runtime import aws
from mostrador.runtime.observability import logger, share_logger
from mostrador.runtime.redelivery import Json, Redelivery, group_of
from mostrador.runtime.starting import opened_early

type Work = Callable[[str], object]
"""A use case on the body of one message."""


def queue_handler(open_work: Callable[[], Work]) -> Callable[[dict[str, Any], LambdaContext], Any]:
    """What follows a failed message in its group is left for later, in order; all others go on."""
    opened = opened_early(open_work)

    @logger.inject_lambda_context(clear_state=True)
    def handler(event: dict[str, Any], context: LambdaContext) -> Any:
        share_logger()
        again = Redelivery(partial(aws.open_client, "sqs"))
        failed = _failed(event["Records"], _in_time(opened(), context), again)
        again.arrange(event["Records"], failed)
        return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}

    return handler


def _in_time(work: Work, context: LambdaContext) -> Work:
    """Begin nothing in the second half of the function's time. A function that is cut off takes the whole batch with
    it, and leaves a message that it was just sending in doubt."""
    half = context.get_remaining_time_in_millis() / 2

    def in_time(body: str) -> object:
        if context.get_remaining_time_in_millis() < half:
            raise TryAgain("no time left for the rest of the batch", after=0)
        return work(body)

    return in_time


def _failed(records: Sequence[Json], work: Work, again: Redelivery) -> list[str]:
    """The ids of those that have to come again. Every record is reported by itself, even when all of them failed."""
    failed: list[str] = []
    stopped: set[str] = set()
    for record in records:
        if group_of(record) in stopped or not _done(record, work, again):
            stopped.add(group_of(record))
            failed.append(record["messageId"])
    return failed


def _done(record: Json, work: Work, again: Redelivery) -> bool:
    logger.append_keys(sqs_message_id=record["messageId"])
    count = record["attributes"]["ApproximateReceiveCount"]
    try:
        work(record["body"])
    except TryAgain as patience:
        # Nothing is broken, and where it was raised tells nobody anything: one line.
        seconds = again.failed(record, patience)
        logger.warning("record waits", why=str(patience), seconds=seconds, receive_count=count)
        return False
    except Exception as error:  # noqa: BLE001 - whatever it is, the queue brings the record again
        again.failed(record, error)
        logger.exception("record failed", receive_count=count)
        return False
    return True
