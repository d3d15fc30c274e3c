"""A chat that goes on by mail, on the page: what is labelled, and the link that leads back from a mailbox."""

import time

from playwright.sync_api import FilePayload, Page, expect

from fakes.chat_server import CLOSED, HERE, ChatServer
from fakes.chat_visitor import enter, messages, png, texts, write

PROOF = "abcdefghijklmnop2345"


def visits(page: Page, server: ChatServer) -> None:
    enter(page)
    write(page, "¿Hacéis envíos a Canarias?")
    server.until(lambda: bool(server.sent("send")))
    expect(messages(page)).to_contain_text("Enviado")


def test_link_of_a_mail_opens_the_chat_brings_its_proof_and_leaves_the_address_clean(
    page: Page, server: ChatServer
) -> None:
    visits(page, server)
    page.get_by_test_id("close").click()
    page.goto(f"{server.url}tienda?color=azul#mostrador-chat={PROOF}")
    expect(page.get_by_test_id("panel")).to_be_visible()
    server.until(lambda: len(server.sent("hello")) == 2)
    assert [hello.get("proof") for hello in server.sent("hello")] == [None, PROOF]
    assert page.url == f"{server.url}tienda?color=azul"
    expect(page.get_by_test_id("presence")).not_to_have_text("Conectando…")
    server.cut()
    server.until(lambda: len(server.sent("hello")) == 3)
    assert "proof" not in server.sent("hello")[-1]


def test_link_that_is_opened_by_somebody_who_never_chatted_proves_nothing(page: Page, server: ChatServer) -> None:
    page.goto(f"{server.url}tienda#mostrador-chat={PROOF}")
    expect(page.get_by_test_id("panel")).to_be_visible()
    server.until(lambda: len(server.sent("hello")) == 1)
    assert "proof" not in server.sent("hello")[0]


def test_anchor_of_the_shops_own_stays(page: Page, server: ChatServer) -> None:
    page.goto(f"{server.url}tienda#arriba")
    enter(page)
    assert page.url.endswith("#arriba")


def test_what_went_by_mail_is_labelled_and_takes_the_place_of_what_was_said_of_it(
    page: Page, server: ChatServer
) -> None:
    visits(page, server)
    hint = server.say("Te hemos respondido en tu correo.", automatic=True, name="", via="email")
    expect(texts(page).last).to_have_text("Te hemos respondido en tu correo.")
    server.say("Entre las 10 y las 14.", id=hint["id"], via="email")
    expect(texts(page)).to_have_text(["¿Hacéis envíos a Canarias?", "Entre las 10 y las 14."])
    expect(messages(page).last.get_by_test_id("via")).to_have_text("· por correo")
    expect(messages(page).first.get_by_test_id("via")).to_have_count(0)


def test_file_that_was_not_kept_is_said_to_the_page_that_is_open(page: Page, server: ChatServer) -> None:
    enter(page)
    picture: FilePayload = {"name": "falsa.png", "mimeType": "image/png", "buffer": png(8, 8, (180, 60, 40))}
    page.get_by_test_id("picker").set_input_files(picture)
    write(page, "¿Es esta?")
    server.until(lambda: bool(server.stored))
    server.visitor.messages[-1]["files"][0] |= {"name": "falsa.png", "problem": "refused"}
    expect(messages(page).last).to_contain_text("no parece del tipo que dice su nombre")


def test_hours_that_begin_are_shown_when_they_do(page: Page, server: ChatServer) -> None:
    server.presence = {**CLOSED, "opens_at": time.time() + 3}
    enter(page)
    expect(page.get_by_test_id("presence")).to_contain_text("cerrado")
    server.presence = HERE
    expect(page.get_by_test_id("presence")).to_contain_text("Ahora estamos")
    assert len(server.sent("ping")) == 1


def test_answer_of_a_person_asks_again_whether_somebody_is_there(page: Page, server: ChatServer) -> None:
    server.presence = CLOSED
    visits(page, server)
    server.presence = HERE
    server.say("Abrimos ahora mismo.")
    expect(page.get_by_test_id("presence")).to_contain_text("Ahora estamos")
