"""What every inbox promises, the one in memory and the one in the table."""

from dataclasses import replace

import pytest

from conformance.stored import (
    ANA,
    CONVERSATION,
    CONVERSATION_ID,
    CUSTOMER,
    FULL_CONVERSATION,
    FULL_MESSAGE,
    IDENTITY,
    MESSAGE,
    NOW,
)
from mostrador.domain.changes import AlreadySeen, Change, Create, Refer, Remember, Update
from mostrador.domain.conversation import (
    Conversation,
    HistoryLine,
    Message,
)
from mostrador.domain.errors import Conflict
from mostrador.usecases.ports import Inbox


def remember(event_id: str = "event-1") -> Remember:
    return Remember("email", event_id, CONVERSATION_ID, 1, NOW)


def test_what_was_never_stored_is_not_there(inbox: Inbox) -> None:
    assert inbox.identity(ANA) is None
    assert inbox.conversation(CONVERSATION_ID) is None
    assert inbox.message(CONVERSATION_ID, 1) is None
    assert inbox.messages(CONVERSATION_ID, 0, 10) == []
    assert inbox.seen("email", "event-1") is None
    assert inbox.referred("mail", "<a>") is None


@pytest.mark.parametrize("conversation", [CONVERSATION, FULL_CONVERSATION], ids=["sparse", "full"])
def test_a_stored_conversation_comes_back_as_it_was(inbox: Inbox, conversation: Conversation) -> None:
    inbox.commit(Create(conversation))
    assert inbox.conversation(CONVERSATION_ID) == conversation


@pytest.mark.parametrize("message", [MESSAGE, FULL_MESSAGE], ids=["sparse", "full"])
def test_a_stored_message_comes_back_as_it_was(inbox: Inbox, message: Message) -> None:
    inbox.commit(Create(message))
    assert inbox.message(CONVERSATION_ID, message.sequence) == message


def test_a_stored_identity_comes_back_as_it_was(inbox: Inbox) -> None:
    inbox.commit(Create(IDENTITY), Create(CUSTOMER))
    assert inbox.identity(ANA) == IDENTITY


def test_messages_come_in_the_order_of_their_sequence(inbox: Inbox) -> None:
    inbox.commit(*(Create(replace(MESSAGE, sequence=sequence)) for sequence in (10, 2, 9, 1)))
    assert [message.sequence for message in inbox.messages(CONVERSATION_ID, 1, 10)] == [2, 9, 10]
    assert [message.sequence for message in inbox.messages(CONVERSATION_ID, 1, 8)] == [2, 9]


def test_an_event_that_was_seen_writes_nothing_again(inbox: Inbox) -> None:
    inbox.commit(remember(), Create(CONVERSATION), Create(MESSAGE))
    with pytest.raises(AlreadySeen):
        inbox.commit(remember(), Create(replace(MESSAGE, sequence=2)))
    assert inbox.message(CONVERSATION_ID, 2) is None
    assert inbox.seen("email", "event-1") == (CONVERSATION_ID, 1)


@pytest.mark.parametrize("place", range(4))
def test_an_event_that_was_seen_is_told_from_a_lost_race_wherever_it_stands(inbox: Inbox, place: int) -> None:
    inbox.commit(remember(), Create(CONVERSATION), Create(IDENTITY))
    changes: list[Change] = [
        Update(CONVERSATION, replace(CONVERSATION, counter=2)),
        Create(replace(MESSAGE, sequence=2)),
        Update(IDENTITY, replace(IDENTITY, last_inbound_at=NOW + 1)),
    ]
    with pytest.raises(AlreadySeen):
        inbox.commit(*changes[:place], remember(), *changes[place:])


@pytest.mark.parametrize("place", range(2))
def test_a_lost_race_is_not_taken_for_an_event_that_was_seen(inbox: Inbox, place: int) -> None:
    inbox.commit(Create(replace(CONVERSATION, counter=7)))
    inbox.commit(Update(CONVERSATION, replace(CONVERSATION, counter=8)))
    changes: list[Change] = [remember(), remember("event-2")]
    changes.insert(place, Update(CONVERSATION, replace(CONVERSATION, counter=2)))
    with pytest.raises(Conflict) as lost:
        inbox.commit(*changes)
    assert not isinstance(lost.value, AlreadySeen)


def test_an_event_seen_alone_is_known_by_its_kind_of_conflict(inbox: Inbox) -> None:
    inbox.commit(remember())
    with pytest.raises(AlreadySeen):
        inbox.commit(remember())


def test_the_same_event_id_on_another_channel_is_another_event(inbox: Inbox) -> None:
    inbox.commit(remember())
    inbox.commit(replace(remember(), channel="sms"))
    assert inbox.seen("sms", "event-1") == (CONVERSATION_ID, 1)


def test_a_second_creation_is_a_conflict(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    with pytest.raises(Conflict):
        inbox.commit(Create(CONVERSATION))


def test_an_update_is_read_back_with_a_new_revision(inbox: Inbox) -> None:
    inbox.commit(Create(FULL_CONVERSATION))
    emptied = replace(FULL_CONVERSATION, assignee="", outbox=frozenset(), watch_at=0.0, trusted=True)
    inbox.commit(Update(FULL_CONVERSATION, emptied))
    assert inbox.conversation(CONVERSATION_ID) == replace(emptied, revision=1)


def test_an_update_planned_on_an_old_revision_is_a_conflict(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    claimed = replace(CONVERSATION, assignee="U0MARTA")
    inbox.commit(Update(CONVERSATION, claimed))
    with pytest.raises(Conflict):
        inbox.commit(Update(CONVERSATION, replace(CONVERSATION, assignee="U0LUIS")))
    stored = inbox.conversation(CONVERSATION_ID)
    assert stored is not None
    assert stored.assignee == "U0MARTA"


def test_an_update_of_what_was_never_stored_is_a_conflict(inbox: Inbox) -> None:
    with pytest.raises(Conflict):
        inbox.commit(Update(CONVERSATION, replace(CONVERSATION, assignee="U0MARTA")))
    assert inbox.conversation(CONVERSATION_ID) is None


def test_a_commit_with_one_conflict_writes_nothing(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    stale = replace(CONVERSATION, revision=7)
    with pytest.raises(Conflict):
        inbox.commit(Create(MESSAGE), Update(stale, replace(stale, assignee="U0LUIS")), remember())
    assert inbox.message(CONVERSATION_ID, 1) is None
    assert inbox.seen("email", "event-1") is None


def test_a_reference_means_the_conversation_said_last(inbox: Inbox) -> None:
    inbox.commit(Refer("mail", "<a@x>", "one"))
    inbox.commit(Refer("mail", "<a@x>", "two"), Refer("desk", "C:1", "three"))
    assert (inbox.referred("mail", "<a@x>"), inbox.referred("desk", "C:1")) == ("two", "three")
    assert inbox.referred("desk", "<a@x>") is None


def test_a_key_made_of_a_strangers_text_may_be_of_any_length(inbox: Inbox) -> None:
    endless = "<" + "ñ" * 5000 + "@x>"
    inbox.commit(Refer("mail", endless, "one"), replace(remember(), event_id=endless))
    assert inbox.referred("mail", endless) == "one"
    assert inbox.seen("email", endless) == (CONVERSATION_ID, 1)


def test_history_lines_of_one_version_exclude_one_another(inbox: Inbox) -> None:
    line = HistoryLine(CONVERSATION_ID, 1, "opened", "", NOW, "event-1")
    inbox.commit(Create(line))
    with pytest.raises(Conflict):
        inbox.commit(Create(replace(line, what="closed")))
