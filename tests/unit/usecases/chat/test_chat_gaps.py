"""Connections that break at the worst moment: whatever a browser was not told, it is told when it comes back."""

from typing import Any

import pytest

from fakes.chat import Browser, Frame, Room
from mostrador.channels.chat.gateway import Gone
from mostrador.domain.conversation import Message
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason

TAB = "7h2kq9dm"
BUSY = Failure(Reason.RATE_LIMITED, retryable=True, fault=Fault.OURS)


@pytest.fixture
def room() -> Room:
    return Room()


def talks(room: Room, number: int = 1, browser: Browser | None = None) -> Browser:
    visitor = browser or room.browser()
    visitor.says("send", ref=f"{TAB}-{number}", text=f"Pregunta {number}")
    room.work()
    return visitor


def answered(room: Room, text: str) -> None:
    room.counter.answers(text)
    room.counter.wait(10)


def texts(browser: Browser) -> list[str]:
    return [message["text"] for message in browser.history]


class Drops:
    """A line on which the given frames of a kind, counted from 0, do not leave."""

    def __init__(self, room: Room, kind: str, *lost: int) -> None:
        self._room, self._kind, self._lost, self._seen = room, kind, lost, 0
        self._post = room.line.post

    def __call__(self, connection_id: str, data: bytes) -> Failure | Gone | None:
        if f'"type":"{self._kind}"'.encode() not in data:
            return self._post(connection_id, data)
        self._seen += 1
        return BUSY if self._seen - 1 in self._lost else self._post(connection_id, data)


def test_an_answer_that_comes_before_the_history_does_not_hide_what_the_history_would_have_told(room: Room) -> None:
    browser = talks(room)
    known = room.browser(browser.welcome["token"]).cursor
    for page in list(room.line.open):
        room.line.open.discard(page)
    answered(room, "Uno")
    back = room.browser(browser.welcome["token"], known)
    back.heard.clear()  # It is welcome, and the history is still on its way...
    answered(room, "Dos")  # ...when somebody answers, and the connection ends.
    assert back.told == ["Dos"]
    again = room.browser(browser.welcome["token"], back.cursor or known)
    assert texts(again) == ["Uno", "Dos"]


def test_own_words_come_back_with_their_names_though_an_answer_came_first(room: Room) -> None:
    browser = talks(room)
    answered(room, "Uno")
    back = room.browser(browser.welcome["token"], browser.cursor)
    assert [message.get("ref", "") for message in back.history] == [f"{TAB}-1", ""]


@pytest.mark.parametrize("lost", [0, 1])
def test_a_part_of_the_history_that_does_not_leave_is_told_later_and_nothing_after_it_before(
    room: Room, lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = talks(room)
    for number in range(2, 45):
        room.counter.clock.now += 60
        browser.says("send", ref=f"{TAB}-{number}", text="ñ" * 4000)
        room.work()
    monkeypatch.setattr(room.line, "post", Drops(room, "history", lost))
    back = room.browser(browser.welcome["token"])
    assert [frame["type"] for frame in back.heard] == ["welcome", *["history"] * lost, "error"]
    error: Frame = back.heard[-1]
    assert (error["code"], error["retry_after"] > 0, back.cursor) == ("try_again", True, "")
    assert len(texts(room.browser(browser.welcome["token"], back.cursor))) == 44


def test_a_welcome_that_does_not_leave_is_followed_by_no_history(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = talks(room)
    monkeypatch.setattr(room.line, "post", Drops(room, "welcome", 0))
    back = room.browser(browser.welcome["token"])
    assert [frame["type"] for frame in back.heard] == ["error"]


def test_a_browser_that_leaves_while_it_is_welcomed_is_no_failure(room: Room) -> None:
    gone: Any = Browser(room, "gone=")
    gone.says("hello")
    assert gone.heard == []


@pytest.mark.parametrize("change", ["deleted", "rewritten"])
def test_words_that_their_author_took_back_while_a_page_was_waited_for_go_to_no_mailbox(
    room: Room, change: str
) -> None:
    browser = talks(room)
    browser.says("leave_email", ref=f"{TAB}-e1", email="ana@correo.example")
    room.work()
    answer = room.counter.answers("El pedido de Luis sale hoy.")
    room.counter.wait(10)
    assert browser.told == ["El pedido de Luis sale hoy."]
    if change == "deleted":
        room.counter.deletes(answer)
    else:
        room.counter.edits(answer, "Perdona, no era para ti.")
    room.counter.pass_time(1200)
    assert room.counter.channels["email"].sent == []
    assert room.counter.message(3).state is Delivery.UNKNOWN


def begins_anew(room: Room) -> Browser:
    """Days after the first conversation was closed."""
    first = talks(room)
    room.counter.presses("close")
    room.counter.clock.now += 5 * 24 * 3600
    return talks(room, 2, room.browser(first.welcome["token"]))


def answered_in_the_old_thread(room: Room) -> Message:
    thread = min(room.counter.desk.posts.values(), key=lambda post: float(post.ts))
    room.counter.answers("Por cierto, ya salió.", thread_ts=thread.ts)
    room.counter.wait(10)
    [old] = [
        one
        for one in room.counter.inbox.entities.values()
        if isinstance(one, Message) and one.text == "Por cierto, ya salió."
    ]
    return old


def test_what_nobody_would_ever_read_is_not_said_to_have_been_sent(room: Room) -> None:
    browser = begins_anew(room)
    browser.leaves()
    old = answered_in_the_old_thread(room)
    assert (old.state, old.failure and old.failure.reason) == (Delivery.FAILED, Reason.LEFT_BEHIND)
    assert texts(room.browser(browser.welcome["token"])) == ["Pregunta 2"]


def test_who_is_there_reads_an_answer_in_an_older_conversation_too(room: Room) -> None:
    browser = begins_anew(room)
    old = answered_in_the_old_thread(room)
    assert (browser.told, old.state) == (["Por cierto, ya salió."], Delivery.ACCEPTED)
