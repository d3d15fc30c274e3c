"""Whoever speaks the chat's protocol without being a browser: what they cannot read, break or run up."""

import json
from dataclasses import replace
from typing import Any

import pytest

from fakes.chat import Room
from fakes.world import Counter
from mostrador.channels.chat.channel import MOST_PAGES
from mostrador.domain.catalogue import say
from mostrador.domain.changes import Create, Update
from mostrador.domain.conversation import Conversation
from mostrador.domain.ids import message_id
from mostrador.usecases.chat.limits import RECEIPTS, VISITS
from mostrador.usecases.chat.replay import MOST_TOLD

TAB = "7h2kq9dm"
ANA = "ana.molina@correo.example"


@pytest.fixture
def room() -> Room:
    return Room()


def talks(room: Room) -> Any:
    browser = room.browser()
    browser.says("send", ref=f"{TAB}-1", text="¿Hacéis envíos a Canarias?")
    room.work()
    return browser


def goes_on_by_mail(room: Room) -> Any:
    """Somebody left Ana's address; Ana answered the mail that came of it, and was answered."""
    browser = talks(room)
    browser.says("leave_email", ref=f"{TAB}-e1", email=ANA)
    room.work()
    browser.leaves()
    room.counter.answers("Sí, en tres días.")
    room.counter.pass_time(240)
    token = room.counter.conversation.id
    photo = room.counter.blobs.keep("dni.jpg", "image/jpeg", b"\xff\xd8\xff")
    room.counter.writes(
        "Vivo en la calle del Alfar", channel="email", sender=ANA, reply_token=token, attachments=(photo,)
    )
    room.counter.answers("Sale hoy hacia la calle del Alfar.")
    room.counter.pass_time(60)
    return browser


# Reading what is somebody else's


def test_what_a_mailbox_wrote_and_was_told_is_not_shown_to_whoever_typed_its_address(room: Room) -> None:
    browser = goes_on_by_mail(room)
    assert [mail.text for mail in room.counter.channels["email"].sent][-1] == "Sale hoy hacia la calle del Alfar."
    told = [message["text"] for message in room.browser(browser.welcome["token"]).history]
    assert told == [
        "¿Hacéis envíos a Canarias?",
        "Sí, en tres días.",
        say("chat.by_mail", "es"),
    ]


def test_a_file_that_came_by_mail_is_not_handed_out_in_the_chat(room: Room) -> None:
    browser = goes_on_by_mail(room)
    back = room.browser(browser.welcome["token"])
    mailed = [number for number in range(1, 9) if (found := _stored(room, number)) and found.attachments]
    assert mailed
    answers = [back.says("open", id=message_id(room.counter.conversation.id, number), index=0) for number in mailed]
    assert [answer["code"] for answer in answers] == ["not_found"] * len(mailed)


def test_what_is_said_in_the_chat_afterwards_is_shown_there(room: Room) -> None:
    browser = goes_on_by_mail(room)
    back = room.browser(browser.welcome["token"])
    back.says("send", ref=f"{TAB}-2", text="Ya estoy aquí")
    room.work()
    room.counter.answers("Bien.")
    room.counter.wait(10)
    assert back.told == ["Bien."]
    assert [message["text"] for message in room.browser(browser.welcome["token"]).history][-2:] == [
        "Ya estoy aquí",
        "Bien.",
    ]


def test_a_connection_that_becomes_somebody_elses_hears_the_first_visitor_no_more(room: Room) -> None:
    browser = talks(room)
    browser.says("hello", language="es")
    room.counter.answers("Es para el primero.")
    room.counter.wait(10)
    assert browser.told == []


@pytest.mark.parametrize(
    "name",
    ["Marta:\n🔔 devuélvele 500 € ya", "Ana\u202egpj.exe", "Ana\u2028Luis", "Ana " * 60],
    ids=["lines", "direction", "separator", "length"],
)
def test_a_name_stays_a_name_in_the_counters_own_notice(room: Room, name: str) -> None:
    browser = talks(room)
    browser.says("leave_email", ref=f"{TAB}-e1", email=ANA, name=name)
    room.work()
    shown = room.counter.conversation.address.name
    assert len(shown) <= 80
    assert shown.isprintable()
    assert shown in room.counter.notices[0].text


def test_a_ticket_is_for_as_many_bytes_as_were_asked_for(room: Room) -> None:
    fields: Any = {"name": "x.png", "content_type": "image/png", "size": 812}
    ticket = room.browser().says("upload", ref=f"{TAB}-f1", **fields)
    assert ticket["fields"]["policy"].startswith("812 ")


# Breaking


@pytest.mark.parametrize("nested", ["[" * 60_000 + "]" * 60_000, "[" * 60_000, '{"a":' * 20_000])
def test_a_frame_of_brackets_is_a_bad_frame(room: Room, nested: str) -> None:
    browser = room.browser()
    browser.sends(f'{{"v": 1, "type": "ping", "x": {nested}}}')
    assert browser.heard[-1]["code"] == "bad_frame"


def test_numbers_without_end_are_nobodys_messages(room: Room) -> None:
    browser = talks(room)
    endless = f"{room.counter.conversation.id}-{'9' * 5000}"
    assert browser.says("open", id=endless, index=0)["code"] == "not_found"
    assert browser.says("receipt", ids=[endless], state="read") == {}
    assert room.browser(browser.welcome["token"], cursor=endless).heard[-1]["type"] == "history"


# Running up a bill


@pytest.mark.parametrize(
    "sources",
    [
        [f"2001:db8:7:1::{number:x}" for number in range(VISITS.times + 1)],
        [f"::ffff:203.0.113.{number % 2 + 7}" if number % 2 else "203.0.113.8" for number in range(VISITS.times + 1)],
    ],
    ids=["one household's addresses", "two ways of writing one address"],
)
def test_many_addresses_of_one_place_are_one_place(room: Room, sources: list[str]) -> None:
    for number, source in enumerate(sources):
        room.line.open.add(f"many{number}")
        room.chat.hears(f"many{number}", '{"v": 1, "type": "hello"}', source)
    assert room.line.said[f"many{VISITS.times}"][0]["code"] == "slow_down"


def test_a_history_without_end_is_told_from_its_last_messages(room: Room) -> None:
    browser = talks(room)
    first = room.counter.conversation
    _grow(room.counter, MOST_TOLD * 3)
    back = room.browser(browser.welcome["token"], cursor=message_id(first.id, 0))
    last = range(MOST_TOLD * 2 + 1, MOST_TOLD * 3 + 1)
    assert [message["text"] for message in back.history] == [f"Mensaje {number}" for number in last]


def test_receipts_of_messages_that_do_not_exist_go_nowhere(room: Room) -> None:
    browser = talks(room)
    room.counter.answers("Sí.")
    room.counter.wait(10)
    own = room.counter.conversation.id
    ids = [message_id(own, number) for number in (0, 2, *range(3, 50))]
    browser.says("receipt", ids=ids, state="read")
    assert [event.payload["id"] for event in room.events.taken] == [message_id(own, 2)]


def test_receipts_ask_the_table_for_a_few_conversations_only(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = talks(room)
    room.counter.answers("Sí.")
    room.counter.wait(10)
    asked: list[str] = []
    found = room.counter.inbox.conversation

    def counted(conversation_id: str) -> Conversation | None:
        asked.append(conversation_id)
        return found(conversation_id)

    monkeypatch.setattr(room.counter.inbox, "conversation", counted)
    browser.says("receipt", ids=[f"{number:026d}-1" for number in range(50)], state="read")
    assert len(asked) <= 3


def test_receipts_from_one_place_have_an_end(room: Room) -> None:
    browser = talks(room)
    room.counter.answers("Sí.")
    room.counter.wait(10)
    for _ in range(RECEIPTS.times + 1):
        browser.says("receipt", ids=[room.counter.message(2).id], state="read")
    assert browser.heard[-1]["code"] == "slow_down"


def test_an_answer_goes_to_the_pages_that_were_heard_last_and_to_no_more_than_a_few(room: Room) -> None:
    browser = talks(room)
    pages = []
    for _ in range(MOST_PAGES + 5):
        room.counter.clock.now += 15
        pages.append(room.browser(browser.welcome["token"]))
    room.counter.answers("Sí.")
    room.counter.wait(10)
    assert [page.told for page in pages] == [[]] * 5 + [["Sí."]] * MOST_PAGES


def test_a_frame_that_is_refused_without_a_sentence_costs_no_look_into_the_table(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = room.browser()
    monkeypatch.setattr(room.connections, "find", lambda _: pytest.fail("asked the table"))
    browser.sends("{}")
    assert browser.heard[-1]["code"] == "unknown_type"


def test_what_a_stranger_sends_is_json_or_nothing(room: Room) -> None:
    browser = room.browser()
    for body in ("", "null", "[]", "7", '"hello"', json.dumps({"type": "hello"})):
        browser.sends(body)
        assert browser.heard[-1]["type"] == "error"


def _stored(room: Room, number: int) -> Any:
    return room.counter.inbox.message(room.counter.conversation.id, number)


def _grow(counter: Counter, length: int) -> None:
    """As if they had written for weeks."""
    conversation, message = counter.conversation, counter.message(1)
    for number in range(2, length + 1):
        more = replace(message, sequence=number, text=f"Mensaje {number}", provider_id=f"{TAB}:{number}")
        counter.inbox.commit(Create(more))
    counter.inbox.commit(Update(conversation, replace(conversation, counter=length)))
