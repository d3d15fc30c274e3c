"""When a function's parts are put together."""

from collections import deque

import pytest

from mostrador.domain.errors import NotConfigured
from mostrador.runtime.starting import opened_early


def test_parts_are_there_before_the_first_event_and_are_made_once() -> None:
    made: list[str] = []
    opened = opened_early(lambda: made.append("parts"))
    assert made == ["parts"]
    opened()
    opened()
    assert made == ["parts"]


def test_a_function_that_could_not_be_opened_starts_and_says_why_with_each_event() -> None:
    outcomes = deque([NotConfigured("the environment"), NotConfigured("the environment"), None])

    def open_parts() -> str:
        if trouble := outcomes.popleft():
            raise trouble
        return "parts"

    opened = opened_early(open_parts)
    with pytest.raises(NotConfigured, match="environment"):
        opened()
    assert opened() == "parts"
