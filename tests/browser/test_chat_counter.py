"""The chat on the deployed template: a visitor on the shop's page, an agent in Slack beside it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from fakes.chat_visitor import a_browser_of, a_page, enter, messages, png, texts, write
from playground.running import RunningStack

PATIENCE = 60_000
"""Milliseconds: two slow cores start ten functions."""
PNG = png(480, 360, (181, 101, 58))
KEEP_SOCKETS = """
  window.sockets = [];
  window.WebSocket = class extends WebSocket { constructor(...how) { super(...how); sockets.push(this); } };
"""


@pytest.fixture
def context(browser: Browser, shop: RunningStack) -> Iterator[BrowserContext]:
    with a_browser_of(browser, 1440, 900) as context:
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield context


@pytest.fixture
def page(context: BrowserContext, shop: RunningStack) -> Page:
    return a_page(context, f"{shop.url}/tienda")


@pytest.fixture
def slack(context: BrowserContext, shop: RunningStack) -> Page:
    slack = a_page(context, shop.url)
    expect(slack.get_by_test_id("slack")).to_be_visible()
    return slack


def open_thread(slack: Page, saying: str) -> None:
    """The card calls a visitor by the beginning of their session, which this browser knows."""
    session = slack.evaluate("JSON.parse(localStorage['mostrador-chat:session']).session")
    cards = slack.get_by_test_id("slack-messages").get_by_test_id("slack-message")
    card = cards.filter(has_text=f"Una visita {session[:4].upper()}")
    card.get_by_test_id("slack-thread-summary").click()
    expect(slack.get_by_test_id("slack-thread")).to_contain_text(saying)


def answer(slack: Page, text: str) -> None:
    slack.get_by_test_id("slack-thread-text").fill(text)
    slack.get_by_test_id("slack-thread-text").press("Enter")


def mark(slack: Page, text: str, name: str) -> None:
    said = slack.get_by_test_id("slack-thread").get_by_test_id("slack-message").filter(has_text=text)
    expect(said.locator(f'[data-testid=slack-reaction][data-name="{name}"]')).to_be_visible()


def test_visitor_is_answered_from_slack_and_it_is_known_what_they_saw(page: Page, slack: Page) -> None:
    enter(page)
    page.get_by_test_id("picker").set_input_files({"name": "jarra.png", "mimeType": "image/png", "buffer": PNG})
    expect(page.get_by_test_id("chip")).to_have_attribute("data-state", "there")
    write(page, "Quiero hablar con una persona: ha llegado rota la jarra uno")
    expect(messages(page).first.get_by_role("img", name="jarra.png")).to_be_visible()
    open_thread(slack, "la jarra uno")
    expect(slack.get_by_test_id("slack-thread")).to_contain_text("Está en: La Tinaja (/tienda)")
    expect(slack.get_by_test_id("slack-thread").get_by_role("img", name="jarra.png")).to_be_visible()
    attached = slack.get_by_test_id("slack-thread").locator("input[type=file]")
    attached.set_input_files({"name": "otra.png", "mimeType": "image/png", "buffer": PNG})
    answer(slack, "Lo siento: te mandamos otra.")
    expect(texts(page).last).to_have_text("Lo siento: te mandamos otra.")
    expect(messages(page).last.get_by_role("img", name="otra.png")).to_be_visible()
    expect(messages(page).last).to_contain_text("Marta")
    mark(slack, "te mandamos otra", "eyes")


def test_nothing_is_lost_or_doubled_over_lost_connections_reloads_and_tabs(
    context: BrowserContext, shop: RunningStack, slack: Page
) -> None:
    context.add_init_script(KEEP_SOCKETS)
    page = a_page(context, f"{shop.url}/tienda")
    enter(page)
    write(page, "Quiero hablar con una persona de la jarra dos")
    page.reload()
    expect(messages(page).first).to_contain_text("Enviado")
    open_thread(slack, "la jarra dos")
    other = a_page(context, f"{shop.url}/tienda")
    enter(other)
    expect(texts(other).first).to_have_text("Quiero hablar con una persona de la jarra dos")
    for tab in (page, other):
        tab.evaluate("sockets.forEach((socket) => socket.close())")
    write(page, "Sigo por aquí")
    write(other, "Y por aquí también")
    page.reload()
    thread = slack.get_by_test_id("slack-thread")
    # The card begins with the first of them.
    for said, times in (("la jarra dos", 2), ("Sigo por aquí", 1), ("Y por aquí también", 1)):
        expect(thread.get_by_test_id("slack-message").filter(has_text=said)).to_have_count(times)
    other.close()
    page.goto("about:blank")
    answer(slack, "Te la guardo.")
    mark(slack, "Te la guardo.", "outbox_tray")
    page.goto(f"{shop.url}/tienda")
    for said in ("la jarra dos", "Sigo por aquí", "Y por aquí también", "Te la guardo."):
        expect(texts(page).filter(has_text=said)).to_have_count(1)
    mark(slack, "Te la guardo.", "eyes")


def test_visitor_stands_beside_slack_on_one_page(slack: Page) -> None:
    slack.get_by_test_id("side-site").click()
    site = slack.frame_locator("[data-testid=site]")
    site.get_by_test_id("launcher").click()
    site.get_by_test_id("write").fill("Quiero hablar con una persona de la jarra tres")
    site.get_by_test_id("send").click()
    expect(site.get_by_test_id("message").first).to_contain_text("Enviado")
    open_thread(slack, "la jarra tres")
    answer(slack, "Dime.")
    expect(site.get_by_test_id("message").get_by_test_id("text").last).to_have_text("Dime.")


def test_page_of_another_language_is_answered_in_it(page: Page, shop: RunningStack) -> None:
    page.goto(f"{shop.url}/tienda?lang=en")
    enter(page)
    expect(page.get_by_test_id("presence")).to_have_text(re.compile("We are|Nobody is"))
    expect(page.get_by_test_id("write")).to_have_attribute("placeholder", "Write a message")
