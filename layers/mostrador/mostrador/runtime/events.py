"""Handlers that AWS itself invokes, with an event of its own."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from mostrador.runtime.observability import logger, share_logger
from mostrador.runtime.starting import opened_early

type Work = Callable[[dict[str, Any]], object]


def event_handler(open_work: Callable[[], Work]) -> Callable[[dict[str, Any], LambdaContext], None]:
    """An exception is left to AWS, which invokes again."""
    opened = opened_early(open_work)

    @logger.inject_lambda_context(clear_state=True)
    def handler(event: dict[str, Any], _context: LambdaContext) -> None:
        share_logger()
        opened()(event)

    return handler
