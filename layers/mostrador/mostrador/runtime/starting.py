"""Putting a function's parts together while it starts."""

import logging
from collections.abc import Callable
from functools import cache

log = logging.getLogger(__name__)


def opened_early[T](open_parts: Callable[[], T]) -> Callable[[], T]:
    """The parts, opened now: while a function starts it has a whole processor, in its events only its share of one.

    Whatever fails now fails once more with the first event, which is where somebody hears of it: a function that does
    not start would be a riddle in the logs.
    """
    open_once = cache(open_parts)
    try:
        open_once()
    except Exception as early:  # noqa: BLE001 - of any kind: it is raised again where it can be told
        log.debug("not opened yet", extra={"why": type(early).__name__})
    return open_once
