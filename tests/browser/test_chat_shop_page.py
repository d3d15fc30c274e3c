"""The shop's page in the playground: what its customers see, and the chat that stands on it by one script tag."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from cli.chat_script import chat_script
from fakes.chat_server import ChatServer
from fakes.chat_visitor import a_browser_of, a_page
from fakes.outside_world import STACK, UNHURRIED, Playground, Theatre, theatre
from playground.config import PlaygroundConfig


@pytest.fixture(scope="module")
def stage() -> Iterator[Theatre]:
    with theatre() as opened:
        yield opened


@pytest.fixture
def playground(stage: Theatre, server: ChatServer) -> Iterator[Playground]:
    stack = replace(STACK, chat_url=f"ws://127.0.0.1:{server.port}/chat")
    with stage.playing(PlaygroundConfig(pace=UNHURRIED, stack=stack)) as running:
        running.settle()
        yield running


@pytest.fixture(params=[(1440, 900), (360, 740)], ids=["wide", "narrow"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    with a_browser_of(browser, *request.param) as context:
        # What the stack serves beside the page: there is none here.
        context.route("**/web/chat.js", lambda route: route.fulfill(body=chat_script(), content_type="text/javascript"))
        yield context


@pytest.fixture
def page(context: BrowserContext, playground: Playground) -> Page:
    return a_page(context, f"{playground.url}/tienda")


def test_customer_fills_a_basket_and_asks_before_paying(page: Page, server: ChatServer) -> None:
    expect(page.get_by_role("listitem")).to_have_count(8)
    expect(
        page.get_by_role("listitem").filter(has_text="Juego de doce azulejos").get_by_role("button")
    ).to_be_disabled()
    for _ in range(2):
        page.get_by_role("button", name="Añadir a la cesta: Botijo").click()
    expect(page.get_by_test_id("site-basket")).to_have_text("Cesta 2")
    page.reload()
    expect(page.locator("#lines")).to_contain_text("64,00 €")
    page.get_by_test_id("site-ask").click()
    expect(page.get_by_test_id("write")).to_be_focused()
    page.keyboard.type("¿El botijo se puede poner al fuego?")
    page.keyboard.press("Enter")
    server.until(lambda: bool(server.stored))
    server.say("Al fuego no: es para agua fresca.")
    expect(page.get_by_test_id("message").last).to_contain_text("es para agua fresca")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_page_and_chat_change_the_language(page: Page) -> None:
    page.get_by_test_id("site-language").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Clay from Talavera, painted by hand")
    expect(page.get_by_test_id("launcher")).to_have_accessible_name("Open the chat")


def test_every_picture_is_there(page: Page) -> None:
    expect(page.get_by_role("listitem")).to_have_count(8)
    page.wait_for_load_state("networkidle")
    missing = "Array.from(document.images).filter((one) => one.complete && !one.naturalWidth).map((one) => one.src)"
    assert page.evaluate(missing) == []


def test_page_stands_beside_slack(context: BrowserContext, playground: Playground, server: ChatServer) -> None:
    page = a_page(context, playground.url)
    narrow = page.get_by_test_id("tab-site")
    (narrow if narrow.is_visible() else page.get_by_test_id("side-site")).click()
    site: FrameLocator = page.frame_locator("[data-testid=site]")
    site.get_by_test_id("launcher").click()
    site.get_by_test_id("write").fill("Hola")
    site.get_by_test_id("send").click()
    server.until(lambda: server.stored == ["Hola"])
    expect(site.get_by_test_id("site-form")).to_have_attribute("target", "_blank")


def test_page_without_a_stack_has_no_chat(context: BrowserContext, stage: Theatre) -> None:
    with stage.playing(PlaygroundConfig(pace=UNHURRIED)) as running:
        page = a_page(context, f"{running.url}/tienda")
        expect(page.get_by_role("listitem")).to_have_count(8)
        expect(page.get_by_test_id("site-ask")).to_be_hidden()
        assert page.locator("mostrador-chat").count() == 0
