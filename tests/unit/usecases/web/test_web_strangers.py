"""Whoever asks the pages for what no browser asks: what they cannot read, break or run up."""

import re
from dataclasses import replace

import pytest

from fakes.policies import POLICY
from fakes.web import Shop
from mostrador.channels.base import WebhookRequest
from mostrador.domain.changes import Create
from mostrador.domain.conversation import Direction, Message
from mostrador.domain.delivery import Delivery
from mostrador.policy.model import Rule
from mostrador.usecases.web.contact import FROM_ONE_PLACE, TO_ONE_ADDRESS
from mostrador.usecases.web.private_page import VIEWS

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
CONFIRMING = replace(
    POLICY,
    rules=(Rule("confirm", channels=("form",), answer="received"),),
    answers={"received": {"es": "Hemos recibido tu mensaje.", "en": "We have your message."}},
)


@pytest.fixture
def shop() -> Shop:
    return Shop()


def by_browser(shop: Shop) -> str:
    """The link on the page that says thanks."""
    assert shop.thanks is not None
    return next(link for link in shop.get(shop.thanks.onward).links if "/web/conversation" in link)


# Reading what is somebody else's


def test_what_a_machine_answers_to_the_mailbox_is_not_shown_to_whoever_typed_its_address(shop: Shop) -> None:
    shop.thanks = shop.sends()
    shop.work()
    conversation = shop.counter.conversation
    shop.counter.writes(
        "Llamadme mañana", channel="email", reply_token=conversation.id, threads=True, sender=conversation.address.value
    )
    shop.work()
    asked = shop.counter.conversation.last_inbound
    answer = Message(
        conversation.id, asked + 1, Direction.OUTBOUND, "Te llamamos mañana a las 10:00.", 1.0,
        automatic=True, answers=asked, state=Delivery.ACCEPTED,
    )  # fmt: skip
    shop.counter.inbox.commit(Create(answer))
    now = shop.counter.conversation
    shop.counter.inbox.entities = {
        key: replace(one, counter=asked + 1) if one == now else one for key, one in shop.counter.inbox.entities.items()
    }
    shown = shop.get(by_browser(shop)).words
    assert "10:00" not in shown
    assert "Te hemos respondido en tu correo" in shown


def test_a_name_that_is_an_advertisement_reaches_nobody_by_an_automatic_mail(shop: Shop) -> None:
    shop.counter.policies.policy = CONFIRMING
    shop.sends(name="Gana dinero en evil.example")
    shop.work()
    [mail] = shop.counter.channels["email"].sent
    assert (mail.automatic, mail.to.name) == (True, "")


def test_who_is_answered_by_a_person_is_called_by_name(shop: Shop) -> None:
    shop.sends(name="Ana Molina")
    shop.work()
    shop.counter.answers("Sale hoy.")
    shop.counter.wait(60)
    [mail] = shop.counter.channels["email"].sent
    assert mail.to.name == "Ana Molina"


# Files


@pytest.mark.parametrize(
    ("name", "content_type", "data", "kept"),
    [
        ("factura.html", "image/png", PNG, "factura.html.png"),
        ("plato.PNG", "image/png", PNG, "plato.PNG"),
        ("foto", "image/jpeg", b"\xff\xd8\xff<script>", "foto.jpg"),
        ("tarifa.pdf.exe", "application/pdf", b"%PDF-1.7", "tarifa.pdf.exe.pdf"),
        ("gpj\u202egnp.exe", "image/png", PNG, "gpj gnp.exe.png"),
        ("x" * 300 + ".png", "image/png", PNG, "x" * 146 + ".png"),
    ],
)
def test_a_file_is_called_what_it_is(shop: Shop, name: str, content_type: str, data: bytes, kept: str) -> None:
    shop.sends([(name, content_type, data)])
    shop.work()
    assert [file.name for file in shop.counter.message(1).attachments] == [kept]


# Breaking


def test_a_file_with_a_number_without_end_is_not_there(shop: Shop) -> None:
    shop.thanks = shop.sends([("plato.png", "image/png", PNG)])
    shop.work()
    link = next(link for link in shop.get(by_browser(shop)).links if "/web/file" in link)
    assert shop.get(re.sub(r"i=\d+", f"i={'9' * 5000}", link)).status == 404


def test_a_part_whose_head_would_fill_the_memory_is_refused(shop: Shop) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="text"\r\n' + b"a: b\r\n" * 100_000
    headers = {"content-type": "multipart/form-data; boundary=x"}
    request = WebhookRequest("POST", "/web/form", headers, head + b"\r\nHola\r\n--x--", 0.0)
    assert shop.web("form", request, "").status == 400


# Running up a bill


def test_many_addresses_of_one_household_are_one_place(shop: Shop) -> None:
    answers = [
        shop.sends(email=f"ana{number}@correo.example", source=f"2001:db8:7:1::{number:x}").status
        for number in range(FROM_ONE_PLACE.times + 1)
    ]
    assert answers == [303] * FROM_ONE_PLACE.times + [429]


def test_one_mailbox_under_many_names_is_not_flooded(shop: Shop) -> None:
    answers = [
        shop.sends(email=f"ana+{number}@correo.example", source=f"203.0.113.{number}").status
        for number in range(TO_ONE_ADDRESS.times + 1)
    ]
    assert answers == [303] * TO_ONE_ADDRESS.times + [429]


def test_one_link_is_not_looked_at_without_end(shop: Shop) -> None:
    shop.thanks = shop.sends([("plato.png", "image/png", PNG)])
    shop.work()
    link = by_browser(shop)
    file = next(found for found in shop.get(link).links if "/web/file" in found)
    for _ in range(VIEWS.times - 1):
        shop.get(link)
    for asked in (link, file):
        refused = shop.get(asked)
        assert (refused.status, "muchas veces seguidas" in refused.words) == (429, True)
    shop.counter.clock.now += VIEWS.seconds
    assert shop.get(link).status == 200
