"""A chat that goes on by mail: what the open page shows of it, to whom, and who the shop takes the visitor for."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.chat import ORIGIN, Browser, Room
from fakes.policies import POLICY
from fakes.world import text_of
from mostrador.domain.attention import Attention
from mostrador.domain.catalogue import say
from mostrador.domain.changes import Create
from mostrador.domain.conversation import Customer, Identity
from mostrador.domain.delivery import Delivery
from mostrador.domain.messages import Address
from mostrador.domain.shop import Profile
from mostrador.policy.model import CustomerCondition, Segment

TAB = "7h2kq9dm"
ANA = "ana.molina@correo.example"
HINT = say("chat.by_mail", "es")
PAGE = {"address": f"{ORIGIN}/tienda/plato", "title": "Plato"}


@pytest.fixture
def room() -> Room:
    return Room()


def says(room: Room, browser: Browser, text: str, number: int) -> None:
    browser.says("send", ref=f"{TAB}-{number}", text=text, page=PAGE)
    room.work()


def answered(room: Room, text: str) -> None:
    room.counter.answers(text)
    room.counter.wait(60)


def mailed(room: Room, text: str, **fields: Any) -> None:
    """Ana answers the mail that she had."""
    token = room.counter.conversation.id
    room.counter.writes(text, channel="email", sender=ANA, reply_token=token, **fields)


def away_and_back(room: Room) -> Browser:
    """She left her address and went, was answered by mail, came back, and replied by mail with the chat open."""
    browser = room.browser()
    says(room, browser, "¿Hacéis envíos a Canarias?", 1)
    browser.says("leave_email", ref=f"{TAB}-e1", email=ANA)
    room.work()
    browser.leaves()
    room.counter.answers("Sí, en tres días.")
    room.counter.pass_time(240)
    back = room.browser(browser.welcome["token"])
    room.counter.clock.now += 60
    mailed(room, "¿A qué hora llega?")
    return back


def proof(room: Room) -> str:
    """What stands in the last mail that went to her."""
    return room.counter.channels["email"].sent[-1].page.rpartition("#mostrador-chat=")[2]


def known(room: Room) -> str:
    """Ana has an account in the shop, and has bought."""
    profile = Profile("shop-7", name="Ana Molina", email=ANA, phone="+34600111222")
    customer = Customer("ana", "Ana Molina", 1.0, profile=profile, orders=4, spent=20_000)
    room.counter.inbox.commit(Create(customer), Create(Identity(Address("email", ANA), "ana")))
    return customer.id


def texts(browser: Browser) -> list[tuple[str, str]]:
    return [(message["text"], message.get("via", "")) for message in browser.history]


# The page that is open


def test_answer_to_a_mail_is_told_to_the_open_page_at_once_without_what_it_says(room: Room) -> None:
    back = away_and_back(room)
    answered(room, "Entre las 10 y las 14, en la calle del Alfar.")
    assert back.told == [HINT]
    assert [mail.text.partition("\n")[0] for mail in room.counter.channels["email"].sent] == [
        "Sí, en tres días.",
        "Entre las 10 y las 14, en la calle del Alfar.",
    ]


def test_what_the_page_has_heard_and_what_the_history_tells_are_the_same(room: Room) -> None:
    back = away_and_back(room)
    answered(room, "Entre las 10 y las 14.")
    live = [frame["message"] for frame in back.heard if frame["type"] == "message"]
    again = room.browser(back.welcome["token"]).history
    assert [{**message, "at": 0} for message in live] == [{**again[-1], "at": 0}]


def test_page_that_only_hears_of_an_answer_does_not_say_that_it_was_read(room: Room) -> None:
    back = away_and_back(room)
    answered(room, "Entre las 10 y las 14.")
    [hint] = [frame["message"]["id"] for frame in back.heard if frame["type"] == "message"]
    back.says("receipt", ids=[hint], state="read")
    room.work()
    assert room.counter.message(int(hint.rpartition("-")[2])).state is Delivery.ACCEPTED


def test_mail_leads_back_to_the_page_where_the_chat_is(room: Room) -> None:
    away_and_back(room)
    mail = room.counter.channels["email"].sent[-1]
    assert mail.page.startswith(f"{ORIGIN}/tienda/plato#mostrador-chat=")
    assert mail.text == "Sí, en tres días."


# Who opens the link


def test_whoever_opens_the_link_in_the_chat_reads_there_all_that_went_by_mail(room: Room) -> None:
    back = away_and_back(room)
    answered(room, "Entre las 10 y las 14.")
    opened = room.browser(back.welcome["token"], back.cursor, proof=proof(room))
    assert texts(opened) == [
        ("¿Hacéis envíos a Canarias?", ""),
        ("Sí, en tres días.", "email"),
        ("¿A qué hora llega?", "email"),
        ("Entre las 10 y las 14.", "email"),
    ]
    room.work()
    mailed(room, "¿Y si no estoy?")
    answered(room, "Lo dejan en un punto de recogida.")
    assert opened.told == ["Lo dejan en un punto de recogida."]
    assert room.counter.channels["email"].sent[-1].text.startswith("Lo dejan")
    assert texts(room.browser(back.welcome["token"]))[-2:] == [
        ("¿Y si no estoy?", "email"),
        ("Lo dejan en un punto de recogida.", "email"),
    ]


def test_what_came_by_mail_reaches_the_open_page_with_its_next_ping(room: Room) -> None:
    back = away_and_back(room)
    opened = room.browser(back.welcome["token"], proof=proof(room))
    room.work()
    told_before = len(opened.history)
    mailed(room, "¿Y si no estoy?")
    opened.says("ping", cursor=opened.cursor)
    assert texts(opened)[told_before:] == [("¿Y si no estoy?", "email")]
    heard = len(opened.heard)
    opened.says("ping", cursor=opened.cursor)
    assert [frame["type"] for frame in opened.heard[heard:]] == ["pong"]


def test_the_link_of_a_mail_is_worth_nothing_in_another_browser(room: Room) -> None:
    away_and_back(room)
    other = room.browser()
    says(room, other, "Soy otra persona", 9)
    other.says("leave_email", ref=f"{TAB}-e2", email=ANA)
    room.work()
    opened = room.browser(other.welcome["token"], proof=proof(room))
    assert texts(opened) == [("Soy otra persona", "")]
    assert not room.events.taken


@pytest.mark.parametrize("wrong", ["", "a" * 20, "ñ" * 20, "a" * 5000])
def test_a_proof_that_is_none_proves_nothing(room: Room, wrong: str) -> None:
    back = away_and_back(room)
    opened = room.browser(back.welcome["token"], proof=wrong)
    assert not [text for text, _ in texts(opened) if "hora" in text]
    assert not room.events.taken


def test_another_address_is_not_proven_by_the_link_of_the_first(room: Room) -> None:
    back = away_and_back(room)
    old = proof(room)
    room.browser(back.welcome["token"], proof=old)
    room.work()
    back.says("leave_email", ref=f"{TAB}-e5", email="otra@correo.example")
    room.work()
    identity = room.counter.inbox.identity(room.counter.conversation.address)
    assert identity is not None
    assert not identity.mail_proven
    room.browser(back.welcome["token"], proof=old)
    assert not room.events.taken


# Whom the card shows


def test_reply_by_mail_shows_on_the_card_who_reads_that_mailbox(room: Room) -> None:
    known(room)
    regular = Segment(
        "regular", {"es": "Cliente habitual"}, Attention.PERSONAL, (CustomerCondition(orders_at_least=3),)
    )
    room.counter.policies.policy = replace(POLICY, segments=(regular,))
    away_and_back(room)
    assert room.counter.conversation.customer_id == "ana"
    card = text_of(room.counter.root.card)
    assert "Ana Molina" in card
    assert "Cliente habitual" in card
    assert ANA in card
    assert room.counter.conversation.address.value not in card
    [mail] = [post for post in room.counter.desk.posts.values() if "¿A qué hora llega?" in text_of(post.card)]
    assert mail.username == "Ana Molina · correo"


def test_visitor_who_only_typed_that_address_is_not_taken_for_her(room: Room) -> None:
    known(room)
    back = away_and_back(room)
    says(room, back, "¿Qué dirección tenéis mía?", 2)
    assert not room.counter.conversation.trusted
    [asked] = [post for post in room.counter.desk.posts.values() if "qué dirección" in text_of(post.card).lower()]
    assert say("warning.visitor", "es") in text_of(asked.card)


def test_visitor_who_opened_the_link_is_her(room: Room) -> None:
    known(room)
    back = away_and_back(room)
    opened = room.browser(back.welcome["token"], proof=proof(room))
    room.work()
    says(room, opened, "Ya estoy aquí", 2)
    assert room.counter.conversation.trusted
    assert room.counter.conversation.customer_id == "ana"
    assert ANA in room.counter.notices[-1].text
    identity = room.counter.inbox.identity(room.counter.conversation.address)
    assert identity is not None
    assert (identity.customer_id, identity.mail_proven) == ("ana", True)


def test_link_shows_who_it_is_before_any_mail_was_answered(room: Room) -> None:
    known(room)
    browser = room.browser()
    says(room, browser, "Hola", 1)
    browser.says("leave_email", ref=f"{TAB}-e1", email=ANA)
    room.work()
    browser.leaves()
    room.counter.answers("Sí, en tres días.")
    room.counter.pass_time(240)
    assert "Ana Molina" not in text_of(room.counter.root.card)
    room.browser(browser.welcome["token"], proof=proof(room))
    room.work()
    assert "Ana Molina" in text_of(room.counter.root.card)
    assert room.counter.conversation.customer_id == "ana"


def test_mailbox_that_nobody_knew_is_not_the_visitors_either(room: Room) -> None:
    away_and_back(room)
    visitor = room.counter.inbox.identity(room.counter.conversation.address)
    mailbox = room.counter.inbox.identity(Address("email", ANA))
    assert visitor is not None
    assert mailbox is not None
    assert visitor.customer_id != mailbox.customer_id
    assert room.counter.inbox.customer(mailbox.customer_id) is not None


def test_reply_that_proves_nothing_shows_nobody(room: Room) -> None:
    known(room)
    browser = room.browser()
    says(room, browser, "Hola", 1)
    browser.says("leave_email", ref=f"{TAB}-e1", email=ANA)
    room.work()
    mailed(room, "¿A qué hora llega?", trusted=False)
    assert room.counter.conversation.customer_id != "ana"
    assert "Ana Molina" not in text_of(room.counter.root.card)


def test_a_proof_told_twice_is_told_once_in_the_thread(room: Room) -> None:
    back = away_and_back(room)
    for _ in range(2):
        room.browser(back.welcome["token"], proof=proof(room))
    room.work()
    told = [notice for notice in room.counter.notices if "enlace" in notice.text]
    assert len(told) == 1
