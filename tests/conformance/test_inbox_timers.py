"""What every inbox promises of what is due."""

from dataclasses import replace

import pytest

from conformance.stored import CONVERSATION, CONVERSATION_ID, FULL_MESSAGE, MESSAGE, NOW
from mostrador.domain.attention import Clock
from mostrador.domain.changes import Create, Timer, Update
from mostrador.domain.conversation import (
    Conversation,
)
from mostrador.usecases.ports import Inbox


def timers(inbox: Inbox, now: float) -> list[Timer]:
    return [timer for shard in inbox.shards() for timer in inbox.due(shard, now, 10)]


def test_only_what_is_due_is_told(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION), Create(FULL_MESSAGE), Create(MESSAGE))
    assert timers(inbox, NOW + 59) == []
    assert timers(inbox, NOW + 60) == [Timer(CONVERSATION_ID, None, NOW + 60)]
    assert Timer(CONVERSATION_ID, 2, NOW + 70) in timers(inbox, NOW + 70)


def test_a_cleared_timer_is_told_no_more(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    inbox.commit(Update(CONVERSATION, replace(CONVERSATION, watch_at=0.0)))
    assert timers(inbox, NOW + 1000) == []


def test_a_postponed_timer_is_told_later(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    assert inbox.postpone(Timer(CONVERSATION_ID, None, NOW + 60), NOW + 360)
    assert timers(inbox, NOW + 359) == []
    assert timers(inbox, NOW + 360) == [Timer(CONVERSATION_ID, None, NOW + 360)]


def test_a_postponed_conversation_says_of_its_times_what_it_said(inbox: Inbox) -> None:
    waiting = replace(CONVERSATION, clocks={Clock.WAKE: NOW + 100})
    inbox.commit(Create(waiting))
    inbox.postpone(Timer(CONVERSATION_ID, None, NOW + 60), NOW + 360)
    assert inbox.conversation(CONVERSATION_ID) == waiting


def test_the_earliest_of_its_times_is_when_a_conversation_is_due(inbox: Inbox) -> None:
    inbox.commit(Create(replace(CONVERSATION, clocks={Clock.WAKE: NOW + 90, Clock.PROMISE: NOW + 30})))
    assert timers(inbox, NOW + 29) == []
    assert timers(inbox, NOW + 30) == [Timer(CONVERSATION_ID, None, NOW + 30)]


@pytest.mark.parametrize(
    ("after", "due_at"),
    [
        (replace(CONVERSATION, watch_at=0.0), None),
        (replace(CONVERSATION, watch_at=NOW + 900), NOW + 900),
        (replace(CONVERSATION, clocks={Clock.CLOSE: NOW + 900}), NOW + 60),
        (replace(CONVERSATION, assignee="U0MARTA"), NOW + 360),
    ],
    ids=["nothing to wait for", "another time", "one more time", "the same times"],
)
def test_a_postponed_timer_stays_so_until_the_times_change(
    inbox: Inbox, after: Conversation, due_at: float | None
) -> None:
    inbox.commit(Create(CONVERSATION))
    inbox.postpone(Timer(CONVERSATION_ID, None, NOW + 60), NOW + 360)
    inbox.commit(Update(CONVERSATION, after))
    assert timers(inbox, NOW + 1000) == ([Timer(CONVERSATION_ID, None, due_at)] if due_at else [])


def test_a_timer_that_moved_meanwhile_is_not_postponed(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    inbox.commit(Update(CONVERSATION, replace(CONVERSATION, watch_at=0.0)))
    assert not inbox.postpone(Timer(CONVERSATION_ID, None, NOW + 60), NOW + 360)
    assert timers(inbox, NOW + 1000) == []


def test_postponing_does_not_disturb_whoever_changes_the_item(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    inbox.postpone(Timer(CONVERSATION_ID, None, NOW + 60), NOW + 360)
    inbox.commit(Update(CONVERSATION, replace(CONVERSATION, assignee="U0MARTA")))
    stored = inbox.conversation(CONVERSATION_ID)
    assert stored is not None
    assert stored.assignee == "U0MARTA"
