"""A conversation's own page: who sees what through which link, and what is written there."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape

import pytest

from fakes.web import KEY, Shop
from fakes.world import text_of
from mostrador.channels.form.tokens import LINK_SECONDS, Page, Pass, link_token, page_token
from mostrador.domain.attention import Attention
from mostrador.domain.changes import Create
from mostrador.domain.conversation import Conversation, Customer, Direction, Identity, Message
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.messages import Address, Receipt
from mostrador.domain.shop import Profile
from mostrador.policy.model import CustomerCondition, Segment
from mostrador.usecases.web.private_page import FILED_WITHIN, REPLIES, THANKED

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def shop() -> Shop:
    """Ana has sent the form, with a photo, and Marta has answered."""
    shop = Shop()
    shop.thanks = shop.sends([("plato.png", "image/png", PNG)], name="Ana")
    shop.work()
    shop.counter.answers("Ana, tu pedido 1042 sale hoy hacia la calle del Alfar.")
    shop.work()
    shop.counter.wait(60)
    return shop


def by_mail(shop: Shop) -> str:
    """The link in the last mail."""
    return shop.counter.channels["email"].sent[-1].page.removeprefix("https://latinaja.example")


def by_browser(shop: Shop) -> str:
    """The link on the page that says thanks."""
    assert shop.thanks is not None
    return next(link for link in shop.get(shop.thanks.onward).links if "/web/conversation" in link)


def add(shop: Shop, link: str, text: str, **fields: str) -> int:
    page = shop.get(link)
    return shop.post("/web/conversation", {**page.fields, "text": text, **fields}).status


def test_the_link_in_the_mail_shows_the_whole_conversation(shop: Shop) -> None:
    words = shop.get(by_mail(shop)).words
    assert "¿Dónde está mi pedido?" in words
    assert "sale hoy hacia la calle del Alfar" in words
    assert "Marta" in words
    assert "Vidal" not in words
    assert "Las horas son las de la tienda (Madrid)." in words


def test_the_browser_that_sent_the_form_sees_its_own_words_and_that_there_is_an_answer(shop: Shop) -> None:
    words = shop.get(by_browser(shop)).words
    assert "¿Dónde está mi pedido?" in words
    assert "Te hemos respondido en tu correo" in words
    assert "1042" not in words
    assert "Alfar" not in words


def test_what_the_customer_wrote_by_mail_is_not_shown_to_the_browser_that_sent_the_form(shop: Shop) -> None:
    conversation = shop.counter.conversation
    shop.counter.writes(
        "Mi número es el 600111222", channel="email", reply_token=conversation.id, threads=True,
        sender=conversation.address.value,
    )  # fmt: skip
    shop.work()
    assert "600111222" not in shop.get(by_browser(shop)).body
    assert "600111222" in shop.get(by_mail(shop)).body


def test_who_comes_by_the_link_of_the_mail_is_the_customer_who_has_the_mailbox(shop: Shop) -> None:
    address = shop.counter.conversation.address.value
    profile = Profile("shop-7", name="Ana Molina", email=address, phone="+34600111222")
    customer = Customer("ana", "Ana Molina", 1.0, profile=profile, orders=4)
    shop.counter.inbox.commit(Create(customer), Create(Identity(Address("email", address), "ana")))
    regular = Segment(
        "regular", {"es": "Cliente habitual"}, Attention.PERSONAL, (CustomerCondition(orders_at_least=3),)
    )
    shop.counter.policies.policy = replace(shop.counter.policies.policy, segments=(regular,))
    add(shop, by_browser(shop), "Todavía soy cualquiera")
    shop.work()
    assert "Cliente habitual" not in text_of(shop.counter.root.card)
    add(shop, by_mail(shop), "Ya soy yo")
    shop.work()
    assert shop.counter.conversation.customer_id == "ana"
    assert "Cliente habitual" in text_of(shop.counter.root.card)


def test_automatic_answers_are_for_everybody(shop: Shop) -> None:
    conversation = shop.counter.conversation
    message = Message(
        conversation.id, conversation.counter + 1, Direction.OUTBOUND, "Hemos recibido tu mensaje.", 1.0,
        automatic=True, answers=1, state=Delivery.ACCEPTED,
    )  # fmt: skip
    shop.counter.inbox.commit(Create(message))
    assert "Hemos recibido tu mensaje." in shop.get(by_browser(shop)).words
    assert "respuesta automática" in shop.get(by_browser(shop)).words


@pytest.mark.parametrize("direction", [Direction.NOTE, Direction.NOTICE])
def test_what_stays_inside_is_never_shown(shop: Shop, direction: Direction) -> None:
    conversation = shop.counter.conversation
    note = Message(conversation.id, conversation.counter + 1, direction, "Es un pesado", 1.0)
    shop.counter.inbox.commit(Create(note))
    for link in (by_mail(shop), by_browser(shop)):
        assert "pesado" not in shop.get(link).body


@pytest.mark.parametrize("state", [Delivery.HELD, Delivery.CANCELLED, Delivery.FAILED])
def test_what_has_not_left_is_not_shown(shop: Shop, state: Delivery) -> None:
    conversation = shop.counter.conversation
    held = Message(conversation.id, conversation.counter + 1, Direction.OUTBOUND, "Borrador", 1.0, state=state)
    shop.counter.inbox.commit(Create(held))
    assert "Borrador" not in shop.get(by_mail(shop)).body


def test_a_page_is_kept_nowhere_and_told_to_nobody(shop: Shop) -> None:
    headers = shop.get(by_mail(shop)).answer.headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "noindex" in headers["x-robots-tag"]
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "spoil", [lambda link: link[:-2] + "AA", lambda _: "/web/conversation", lambda link: link + "x"]
)
def test_a_link_cannot_be_guessed_or_changed(shop: Shop, spoil: Callable[[str], str]) -> None:
    assert shop.get(spoil(by_mail(shop))).status == 404


def test_a_link_runs_out(shop: Shop) -> None:
    link = by_mail(shop)
    shop.counter.clock.now += LINK_SECONDS - 120
    assert shop.get(link).status == 200
    shop.counter.clock.now += 240
    assert shop.get(link).status == 404


def test_a_link_to_a_conversation_that_was_erased_shows_nothing(shop: Shop) -> None:
    link, own = by_mail(shop), by_browser(shop)
    shop.counter.clock.now += FILED_WITHIN
    shop.counter.inbox.entities.clear()
    assert (shop.get(link).status, shop.get(own).status) == (404, 404)


def test_a_link_to_a_conversation_of_another_channel_shows_nothing(shop: Shop) -> None:
    shop.counter.writes("Hola", sender="+34600111222")
    conversations = [one for one in shop.counter.inbox.entities.values() if isinstance(one, Conversation)]
    [sms] = [one.id for one in conversations if one.address.channel == "sms"]
    assert shop.get(f"/web/conversation?k={link_token(Pass(sms), shop.counter.clock(), KEY)}").status == 404


def test_a_form_that_is_still_on_its_way_is_waited_for() -> None:
    shop = Shop()
    shop.thanks = shop.sends()
    waiting = shop.get(by_browser(shop))
    assert (waiting.status, waiting.answer.headers["refresh"]) == (200, "2")
    shop.work()
    assert "¿Dónde está mi pedido?" in shop.get(by_browser(shop)).words


def test_an_answer_that_bounces_is_told_as_the_mail_that_it_was(shop: Shop) -> None:
    bounced = Failure(Reason.BOUNCED, retryable=False, fault=Fault.THEIRS, code="5.1.1")
    shop.counter.ingest(
        shop.counter.event(Receipt("email", shop.counter.message(2).id, Delivery.FAILED, failure=bounced))
    )
    shop.work()
    [told] = [post for post in shop.counter.desk.thread(shop.counter.root.ts) if post.key == "failed.2"]
    assert told.card.text.startswith("❌ No se ha entregado a Ana por correo.")


# What is new


def test_a_browser_that_has_the_page_already_is_sent_nothing(shop: Shop) -> None:
    link = by_mail(shop)
    again = shop.get(link, known=shop.get(link).tag)
    assert (again.status, again.body) == (304, "")
    assert again.answer.headers["cache-control"] == "no-store"


def test_the_tag_stays_that_of_the_page_where_something_on_the_way_weakens_it(shop: Shop) -> None:
    link = by_mail(shop)
    assert shop.get(link, known=f"W/{shop.get(link).tag}").status == 304


def test_an_answer_makes_another_page_of_it(shop: Shop) -> None:
    link = by_mail(shop)
    before = shop.get(link).tag
    shop.counter.answers("Ya ha salido.")
    shop.work()
    assert shop.get(link, known=before).status == 304  # it may still be withdrawn
    shop.counter.wait(60)
    after = shop.get(link, known=before)
    assert (after.status, "Ya ha salido." in after.words) == (200, True)


@pytest.mark.parametrize("direction", [Direction.NOTE, Direction.NOTICE])
def test_what_stays_inside_cannot_be_told_from_the_tag(shop: Shop, direction: Direction) -> None:
    before = [shop.get(link).tag for link in (by_mail(shop), by_browser(shop))]
    conversation = shop.counter.conversation
    note = Message(conversation.id, conversation.counter + 1, direction, "Es un pesado", 1.0)
    shop.counter.inbox.commit(Create(note))
    assert [shop.get(link).tag for link in (by_mail(shop), by_browser(shop))] == before


def test_a_tag_opens_nothing(shop: Shop) -> None:
    link = by_mail(shop)
    assert shop.get(link[:-2] + "AA", known=shop.get(link).tag).status == 404


def test_only_a_conversations_page_may_ask_us_for_more(shop: Shop) -> None:
    own, form = (shop.get(path).answer.headers["content-security-policy"] for path in (by_mail(shop), "/web/form"))
    assert "connect-src 'self';" in own
    assert "connect-src" not in form


# Files


def test_a_file_is_handed_out_for_a_few_minutes(shop: Shop) -> None:
    link = next(link for link in shop.get(by_mail(shop)).links if "/web/file" in link)
    assert "?for=300" in shop.get(link).onward


def test_a_file_of_an_answer_is_not_handed_out_to_the_browser_that_sent_the_form(shop: Shop) -> None:
    message = shop.counter.message(2)
    kept = shop.counter.blobs.keep("factura.pdf", "application/pdf", b"%PDF-")
    answered = replace(message, attachments=(kept,))
    shop.counter.inbox.entities = {
        key: answered if isinstance(one, Message) and one.sequence == 2 else one
        for key, one in shop.counter.inbox.entities.items()
    }
    mine = next(link for link in shop.get(by_mail(shop)).links if f"m={answered.id}" in link)
    token = by_browser(shop).partition("k=")[2].partition("&")[0]
    assert shop.get(mine).status == 303
    assert shop.get(re.sub(r"k=[^&]+", f"k={token}", mine)).status == 404


@pytest.mark.parametrize("index", ["1", "-1", "x", "", "²"])
def test_a_file_that_is_not_there_is_not_there(shop: Shop, index: str) -> None:
    link = next(link for link in shop.get(by_mail(shop)).links if "/web/file" in link)
    assert shop.get(re.sub(r"i=\d+", f"i={index}", link)).status == 404


@pytest.mark.parametrize(
    ("name", "content_type", "is_shown"),
    [("a.png", "image/png", True), ("a.heic", "image/heic", False), ("a.pdf", "application/pdf", False)],
)
def test_pictures_are_shown_where_every_browser_can(name: str, content_type: str, *, is_shown: bool) -> None:
    data = {"image/png": PNG, "image/heic": b"\0\0\0\x18ftypheic", "application/pdf": b"%PDF-1.7"}[content_type]
    shop = Shop()
    shop.thanks = shop.sends([(name, content_type, data)])
    shop.work()
    page = shop.get(by_browser(shop))
    assert (f'alt="{name}"' in page.body) is is_shown
    [link] = [link for link in page.links if "/web/file" in link]
    assert (f'<img src="{escape(link)}"' in page.body) is is_shown
    policy = page.answer.headers["content-security-policy"]
    assert ("img-src 'self' blob: https://files.example;" in policy) is is_shown
    assert shop.get(link).onward.startswith("https://files.example/")


def test_addresses_in_our_words_can_be_clicked_and_those_in_theirs_cannot(shop: Shop) -> None:
    shop.counter.answers("Míralo en https://latinaja.example/platos?a=1&b=2.")
    shop.work()
    shop.counter.wait(60)
    add(shop, by_mail(shop), "¿Y en https://evil.example/?")
    shop.work()
    page = shop.get(by_mail(shop))
    assert 'href="https://latinaja.example/platos?a=1&amp;b=2" target="_blank" rel="noopener nofollow"' in page.body
    assert "https://latinaja.example/platos?a=1&b=2" in page.links
    assert not any("evil.example" in link for link in page.links)
    assert "https://evil.example/?" in page.words


# Going on


def test_a_picture_says_enough_without_a_word(shop: Shop) -> None:
    fields = {**shop.get(by_mail(shop)).fields, "text": ""}
    assert shop.post("/web/conversation", fields, [("roto.png", "image/png", PNG)]).status == 303
    shop.work()
    message = shop.counter.message(3)
    assert (message.text, [file.name for file in message.attachments]) == ("", ["roto.png"])
    assert 'alt="roto.png"' in shop.get(by_mail(shop)).body


def test_what_is_added_joins_the_conversation(shop: Shop) -> None:
    assert add(shop, by_mail(shop), "Gracias, Marta.") == 303
    shop.work()
    message = shop.counter.message(3)
    assert (message.text, message.trusted) == ("Gracias, Marta.", True)
    assert len(shop.conversations) == 1
    assert "Gracias, Marta." in shop.get(by_mail(shop)).words


def test_a_photo_survives_a_mistake_beside_it(shop: Shop) -> None:
    fields = {**shop.get(by_mail(shop)).fields, "text": "a" * 5001}
    shown = shop.post("/web/conversation", fields, [("roto.png", "image/png", PNG), ("nota.txt", "text/plain", b"x")])
    assert (shown.status, "nota.txt: solo se pueden" in shown.words) == (422, True)
    assert {"#text", "#files"} <= set(shown.links)
    assert shop.post("/web/conversation", {**shown.fields, "text": ""}).status == 303
    shop.work()
    assert [file.name for file in shop.counter.message(3).attachments] == ["roto.png"]


def test_what_is_added_through_the_link_of_the_mail_proves_the_address(shop: Shop) -> None:
    assert not shop.counter.conversation.trusted
    add(shop, by_mail(shop), "Soy yo")
    shop.work()
    assert shop.counter.conversation.trusted


def test_what_the_sending_browser_adds_proves_nothing_and_is_seen_by_it(shop: Shop) -> None:
    add(shop, by_browser(shop), "Y otra cosa")
    shop.work()
    assert not shop.counter.conversation.trusted
    assert not shop.counter.message(3).trusted
    assert "Y otra cosa" in shop.get(by_browser(shop)).words


def test_adding_twice_by_a_double_click_is_adding_once(shop: Shop) -> None:
    fields = {**shop.get(by_mail(shop)).fields, "text": "Gracias"}
    for _ in range(2):
        shop.post("/web/conversation", fields)
    shop.work()
    assert shop.counter.conversation.counter == 3


def test_it_says_that_what_was_added_is_on_its_way(shop: Shop) -> None:
    page = shop.get(by_mail(shop))
    sent = shop.post("/web/conversation", {**page.fields, "text": "Gracias"})
    assert "Recibido. Aparecerá aquí" in shop.get(sent.onward).words
    shop.work()
    words = shop.get(sent.onward).words
    assert ("Recibido." in words, "Aparecerá" in words, "Gracias" in words) == (True, False, True)
    shop.counter.wait(THANKED + 1)
    assert "Recibido." not in shop.get(sent.onward).words


@pytest.mark.parametrize("text", ["", "   ", "a" * 5001])
def test_nothing_or_too_much_is_not_added(shop: Shop, text: str) -> None:
    assert add(shop, by_mail(shop), text) == 422
    assert shop.events.taken == []


def test_nobody_adds_without_end(shop: Shop) -> None:
    answers = [add(shop, by_mail(shop), f"Mensaje {number}") for number in range(REPLIES.times + 1)]
    assert answers == [303] * REPLIES.times + [429]


@pytest.mark.parametrize("wrong", [{"k": "x"}, {"token": "x"}, {"token": ""}])
def test_what_was_not_written_on_a_page_of_ours_is_not_added(shop: Shop, wrong: dict[str, str]) -> None:
    assert add(shop, by_mail(shop), "Hola", **wrong) == 404
    assert shop.events.taken == []


def test_a_page_of_the_form_does_not_open_a_conversation(shop: Shop) -> None:
    token = page_token(Page("01kw0000000000000000000000", 0.0), KEY)
    assert shop.get(f"/web/conversation?k={token}").status == 404


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_what_was_written_is_text(shop: Shop, hostile: str) -> None:
    add(shop, by_mail(shop), hostile)
    shop.work()
    body = shop.get(by_mail(shop)).body
    assert "<script>alert" not in body
    assert "<img src=x" not in body
    assert hostile in shop.get(by_mail(shop)).words
