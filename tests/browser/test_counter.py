"""The page in a real browser: a shopper writes on the left, an agent answers on the right."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from playground.running import RunningStack

PATIENCE = 60_000
"""Milliseconds: two slow cores start nine functions."""


@pytest.fixture
def page(browser: Browser, shop: RunningStack) -> Iterator[Page]:
    expect.set_options(timeout=PATIENCE)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="es-ES")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(shop.url)
    expect(page.get_by_test_id("slack")).to_be_visible()
    yield page
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{os.environ['PYTEST_CURRENT_TEST'].partition('::')[2].partition(' ')[0]}.png")
    context.close()
    assert faults == []


def open_thread(page: Page, saying: str) -> None:
    card = page.get_by_test_id("slack-messages").get_by_test_id("slack-message").filter(has_text=saying)
    card.get_by_test_id("slack-thread-summary").click()
    expect(page.get_by_test_id("slack-thread")).to_be_visible()


def answer(page: Page, text: str) -> None:
    page.get_by_test_id("slack-thread-text").fill(text)
    page.get_by_test_id("slack-thread-text").press("Enter")


def test_a_shopper_mails_and_reads_the_answer(page: Page) -> None:
    page.get_by_test_id("mail-compose").click()
    page.get_by_test_id("mail-subject").fill("Una jarra")
    page.get_by_test_id("mail-text").fill("¿Tenéis jarras de litro?")
    page.get_by_test_id("mail-attach").set_input_files(
        {"name": "jarra.txt", "mimeType": "text/plain", "buffer": b"como esta"}
    )
    page.get_by_test_id("mail-send").click()

    open_thread(page, "Una jarra")
    thread = page.get_by_test_id("slack-thread")
    expect(thread).to_contain_text("¿Tenéis jarras de litro?")
    expect(thread.get_by_test_id("file")).to_contain_text("jarra.txt")
    answer(page, "Sí, en azul y en blanco.")
    reply = thread.get_by_test_id("slack-message").filter(has_text="Sí, en azul y en blanco.")
    expect(reply.locator('[data-testid=slack-reaction][data-name="white_check_mark"]')).to_be_visible()

    page.get_by_test_id("mail-row").filter(has_text="Una jarra").first.click()
    received = page.get_by_test_id("mail-messages").locator('[data-folder="inbox"] iframe').last.content_frame
    expect(received.locator("body")).to_contain_text("Sí, en azul y en blanco.")
    page.get_by_test_id("mail-reply").last.click()
    page.get_by_test_id("mail-text").fill("La azul, por favor.")
    page.get_by_test_id("mail-send").click()
    expect(thread).to_contain_text("La azul, por favor.")


def test_a_shopper_texts_and_an_agent_thinks_twice(page: Page) -> None:
    page.get_by_test_id("sms-text").fill("¿Hacéis envíos a Canarias?")
    page.get_by_test_id("sms-send").click()
    cards = page.get_by_test_id("slack-messages").get_by_test_id("slack-message")
    expect(cards.filter(has_text="SMS").last).to_be_visible()
    cards.filter(has_text="SMS").last.get_by_test_id("slack-thread-summary").click()
    thread = page.get_by_test_id("slack-thread")
    expect(thread).to_contain_text("¿Hacéis envíos a Canarias?")

    answer(page, "Si, en diez dias.")
    reply = thread.get_by_test_id("slack-message").filter(has_text="Si, en diez dias.")
    reply.hover()
    reply.get_by_test_id("slack-edit").click()
    page.get_by_test_id("slack-edit-text").fill("Sí, en diez días.")
    page.get_by_test_id("slack-edit-save").click()
    answer(page, "Mejor no digas esto")
    wrong = thread.get_by_test_id("slack-message").filter(has_text="Mejor no digas esto")
    wrong.hover()
    wrong.get_by_test_id("slack-delete").click()
    page.get_by_test_id("confirm-accept").click()
    answer(page, ";; pide el código postal")

    received = page.locator('[data-testid=sms-bubble][data-direction="received"]')
    expect(received.filter(has_text="Sí, en diez días.")).to_be_visible()
    note = thread.get_by_test_id("slack-message").filter(has_text=";; pide el código postal")
    expect(note.locator('[data-testid=slack-reaction][data-name="lock"]')).to_be_visible()
    expect(received.filter(has_text="Mejor no digas esto")).to_have_count(0)
    expect(received.filter(has_text="código postal")).to_have_count(0)


def test_a_whatsapp_is_answered_freely_and_after_a_day_by_template(page: Page) -> None:
    page.get_by_test_id("app-whatsapp").click()
    page.get_by_test_id("sms-phone-select").select_option("+34600777888")
    page.get_by_test_id("whatsapp-text").fill("¿Tenéis fuentes de cuarenta centímetros?")
    page.get_by_test_id("whatsapp-send").click()
    cards = page.get_by_test_id("slack-messages").get_by_test_id("slack-message").filter(has_text="Nuria Vega")
    expect(cards.last).to_contain_text("ventana abierta hasta")
    cards.last.get_by_test_id("slack-thread-summary").click()
    thread = page.get_by_test_id("slack-thread")
    answer(page, "Tenemos dos.")
    received = page.locator('[data-testid=whatsapp-bubble][data-direction="received"]')
    expect(received.filter(has_text="Tenemos dos.")).to_be_visible()
    reply = thread.get_by_test_id("slack-message").filter(has_text="Tenemos dos.")
    expect(reply.locator('[data-testid=slack-reaction][data-name="eyes"]')).to_be_visible()

    page.get_by_test_id("whatsapp-later").click()
    expect(page.get_by_test_id("whatsapp-window")).to_have_attribute("data-open", "false")
    answer(page, "¿Te las guardo?")
    expect(thread).to_contain_text("ventana cerrada")
    answer(page, "¿Hola?")
    whispered = thread.get_by_test_id("slack-message").filter(has=page.get_by_test_id("slack-ephemeral"))
    expect(whispered).to_contain_text("no le llegará")
    thread.locator('[data-testid=slack-action][data-action-id="template"]').click()
    ready = page.locator(".block-section", has_text="soy Marta, de La Tinaja. Ya tenemos respuesta a lo que pregunt")
    ready.locator('[data-action-id="send_template"]').click()
    expect(received.filter(has_text="soy Marta, de La Tinaja")).to_be_visible()

    page.get_by_test_id("whatsapp-share").click()
    page.locator("[data-share=place]").click()
    expect(thread).to_contain_text("Alfar La Tinaja")
    expect(thread).to_contain_text("ventana abierta hasta")


def test_another_agent_claims_and_closes(page: Page) -> None:
    page.get_by_test_id("sms-text").fill("¿Seguís ahí?")
    page.get_by_test_id("sms-send").click()
    page.get_by_test_id("slack-user-select").select_option("U0LUIS")
    cards = page.get_by_test_id("slack-messages").get_by_test_id("slack-message").filter(has_text="SMS")
    cards.last.locator('[data-testid=slack-action][data-action-id="claim"]').click()
    expect(cards.last).to_contain_text("Luis")
    cards.last.locator('[data-testid=slack-action][data-action-id="close"]').click()
    page.get_by_test_id("confirm-accept").click()
    expect(cards.last).to_contain_text("Cerrada")


def channel(page: Page, name: str) -> Locator:
    return page.locator(f'[data-testid=slack-channel][data-name="{name}"]')


def example(page: Page, account: str) -> None:
    page.locator(f'[data-testid=example][data-account="{account}"]').click()


def test_the_same_question_lands_where_the_policy_says(page: Page) -> None:
    example(page, "compras@hotelsol.example")
    expect(channel(page, "mayoristas").get_by_test_id("slack-unread")).to_be_visible()
    example(page, "javier.ruiz@correo.example")
    question = page.get_by_test_id("slack-messages").get_by_test_id("slack-message").filter(has_text="mi pedido")
    expect(question.filter(has_text="Javier Ruiz").last).to_contain_text("Visita nueva")
    received = page.get_by_test_id("mail-messages").locator('[data-folder="inbox"] iframe').last.content_frame
    expect(received.locator("body")).to_contain_text("PERSONA")
    channel(page, "mayoristas").click()
    expect(question.last).to_contain_text("Mayorista")
    expect(question.last).to_contain_text("Luis Prieto")


def test_an_agent_asks_why_and_who_is_on_duty(page: Page) -> None:
    channel(page, "mayoristas").click()
    page.locator('[data-testid=slack-action][data-action-id="more"]').last.click()
    page.get_by_role("menuitem").first.click()
    whispers = page.get_by_test_id("slack-message").filter(has=page.get_by_test_id("slack-ephemeral"))
    expect(whispers.filter(has_text="Mayorista").last).to_be_attached()
    page.get_by_test_id("slack-channel-text").fill("/mostrador estado")
    page.get_by_test_id("slack-channel-text").press("Enter")
    expect(whispers.filter(has_text="Inés Soto")).to_be_visible()


def test_nobody_answers_whom_the_policy_does_not_name(page: Page) -> None:
    page.get_by_test_id("slack-user-select").select_option("U0PABLO")
    page.get_by_test_id("slack-thread-summary").last.click()
    answer(page, "Te paso la factura")
    thread = page.get_by_test_id("slack-thread")
    expect(thread.get_by_test_id("slack-ephemeral")).to_be_visible()
    expect(thread).to_contain_text("no se ha enviado")


def test_a_person_may_react_as_in_slack(page: Page) -> None:
    message = page.get_by_test_id("slack-messages").get_by_test_id("slack-message").last
    message.hover()
    message.get_by_test_id("slack-react").click()
    page.get_by_test_id("menu-entry").first.click()
    expect(message.get_by_test_id("slack-reaction")).to_have_count(1)


def test_the_shop_speaks_english_when_asked(page: Page) -> None:
    page.get_by_test_id("language-switch").click()
    expect(page.get_by_test_id("mail-compose")).to_contain_text("Write")
    page.get_by_test_id("language-switch").click()
    expect(page.get_by_test_id("mail-compose")).to_contain_text("Escribir")
