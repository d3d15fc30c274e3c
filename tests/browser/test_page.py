"""The page by itself in a real browser: what a person sees and does, and what the providers' side makes of it.

The shop behind it only takes what arrives, so that a test is about the page and quick.
"""

import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from slack_sdk import WebClient
from starlette.responses import PlainTextResponse, Response

from fakes.outside_world import STACK, UNHURRIED, Playground, Theatre, theatre
from playground.config import Credentials, PlaygroundConfig
from playground.shop_time import Moment, Pretence

QUEUE, WHOLESALE = "C0ATENCION", "C0MAYORISTAS"


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(text: str, value: str) -> dict[str, Any]:
    return {"text": plain(text), "value": value}


CARD: list[dict[str, Any]] = [
    {"type": "section", "text": plain("¿Cuándo llega mi pedido?")},
    {
        "type": "actions",
        "block_id": "card",
        "elements": [
            {"type": "button", "action_id": "claim", "text": plain("Atender"), "value": "c1"},
            {
                "type": "static_select",
                "action_id": "snooze",
                "placeholder": plain("Posponer"),
                "options": [option("Una hora", "1h"), option("Tres días", "3d")],
            },
            {
                "type": "overflow",
                "action_id": "more",
                "options": [option("¿Por qué está aquí?", "why"), option("Protocolo", "protocol")],
            },
        ],
    },
]


@pytest.fixture(scope="module")
def stage() -> Iterator[Theatre]:
    with theatre() as opened:
        yield opened


@pytest.fixture
def playground(stage: Theatre) -> Iterator[Playground]:
    with stage.playing(PlaygroundConfig(pace=UNHURRIED)) as running:
        running.loop.run(_connected(running))
        running.settle()
        running.door.pushed.clear()
        yield running


async def _connected(playground: Playground) -> None:
    playground.outside.connect(STACK)


@pytest.fixture
def slack(playground: Playground) -> WebClient:
    return WebClient(Credentials().slack_bot_token, base_url=f"{playground.url}/slack/api/")


@pytest.fixture(params=[(1440, 900), (400, 860)], ids=["wide", "narrow"])
def page(browser: Browser, playground: Playground, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="es-ES")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(playground.url)
    expect(page.get_by_test_id("slack")).to_be_visible()
    yield page
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{request.node.name}.png")
    context.close()
    assert faults == []


def posted(slack: WebClient, channel: str = QUEUE) -> str:
    return str(slack.chat_postMessage(channel=channel, text="¿Cuándo llega mi pedido?", blocks=CARD)["ts"])


def action(page: Page, name: str) -> Locator:
    return page.locator(f'[data-testid=slack-action][data-action-id="{name}"]')


def pressed(playground: Playground) -> dict[str, Any]:
    """What the app heard of the last press."""
    playground.settle()
    body = [each.body for each in playground.shop.received if each.path.endswith("/slack/actions")][-1]
    (told,) = json.loads(parse_qs(body.decode())["payload"][0])["actions"]
    return dict(told)


class TestMenus:
    def test_overflow_menu_is_opened_and_chosen_from_with_the_keyboard(
        self, page: Page, slack: WebClient, playground: Playground
    ) -> None:
        posted(slack)
        menu = action(page, "more")
        expect(menu).to_have_accessible_name("Más acciones")
        menu.press("Enter")
        entries = page.get_by_role("menuitem")
        expect(entries).to_have_text(["¿Por qué está aquí?", "Protocolo"])
        expect(entries.first).to_be_focused()
        page.keyboard.press("ArrowDown")
        with page.expect_response("**/api/slack/action"):
            page.keyboard.press("Enter")
        expect(page.get_by_role("menu")).to_be_hidden()
        told = pressed(playground)
        assert (told["type"], told["selected_option"]) == ("overflow", option("Protocolo", "protocol"))

    def test_overflow_menu_closes_without_a_choice(self, page: Page, slack: WebClient, playground: Playground) -> None:
        posted(slack)
        action(page, "more").click()
        expect(page.get_by_role("menu")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("menu")).to_be_hidden()
        expect(action(page, "more")).to_be_focused()
        playground.settle()
        assert [each for each in playground.shop.received if each.path.endswith("/slack/actions")] == []

    def test_list_is_chosen_from(self, page: Page, slack: WebClient, playground: Playground) -> None:
        posted(slack)
        expect(action(page, "snooze")).to_have_accessible_name("Posponer")
        with page.expect_response("**/api/slack/action"):
            action(page, "snooze").select_option("Tres días")
        told = pressed(playground)
        assert (told["type"], told["selected_option"]) == ("static_select", option("Tres días", "3d"))


class TestCommands:
    def send(self, page: Page, text: str, place: str = "channel") -> None:
        page.get_by_test_id(f"slack-{place}-text").fill(text)
        with page.expect_response("**/api/slack/post"):
            page.get_by_test_id(f"slack-{place}-text").press("Enter")

    def test_command_goes_to_the_app_and_its_answer_to_one_person(self, page: Page, playground: Playground) -> None:
        playground.shop.answers.append(PlainTextResponse("De turno: Marta y Luis."))
        page.get_by_test_id("slack-user-select").select_option("U0LUIS")
        page.get_by_test_id("slack-channel-text").fill("/mos")
        expect(page.get_by_test_id("slack-channel-composer")).to_contain_text("/mostrador on")
        self.send(page, "/mostrador estado")
        whisper = page.get_by_test_id("slack-message").filter(has_text="De turno: Marta y Luis.")
        expect(whisper.get_by_test_id("slack-ephemeral")).to_be_visible()
        (received,) = (each for each in playground.shop.received if each.path.endswith("/slack/commands"))
        fields = dict(parse_qsl(received.body.decode()))
        assert (fields["command"], fields["text"], fields["user_id"]) == ("/mostrador", "estado", "U0LUIS")
        page.get_by_test_id("slack-user-select").select_option("U0MARTA")
        expect(whisper).to_have_count(0)

    def test_unknown_command_is_answered_by_slackbot(self, page: Page) -> None:
        self.send(page, "/siesta")
        answer = page.locator('[data-testid=slack-message][data-author="Slackbot"]')
        expect(answer).to_contain_text("/siesta no es un comando válido")

    def test_thread_takes_no_command(self, page: Page, slack: WebClient) -> None:
        ts = posted(slack)
        slack.chat_postMessage(channel=QUEUE, thread_ts=ts, text="Hola")
        page.get_by_test_id("slack-thread-summary").click()
        page.get_by_test_id("slack-thread-text").fill("/mostrador")
        expect(page.get_by_test_id("slack-thread-composer")).to_contain_text("no admite comandos en los hilos")
        self.send(page, "/mostrador estado", place="thread")
        expect(page.get_by_test_id("slack-thread")).to_contain_text("/mostrador no se puede usar en hilos")


class TestChannels:
    def channel(self, page: Page, name: str) -> Locator:
        return page.locator(f'[data-testid=slack-channel][data-name="{name}"]')

    def test_news_of_another_queue_is_marked_until_it_is_looked_at(self, page: Page, slack: WebClient) -> None:
        posted(slack, WHOLESALE)
        posted(slack, WHOLESALE)
        mark = self.channel(page, "mayoristas").get_by_test_id("slack-unread")
        expect(mark).to_contain_text("2")
        self.channel(page, "mayoristas").click()
        expect(page.get_by_test_id("slack-channel-name")).to_have_text("mayoristas")
        expect(page.get_by_test_id("slack-message")).to_have_count(2)
        expect(mark).to_have_count(0)

    def test_news_stays_marked_for_everybody_else(self, page: Page, slack: WebClient) -> None:
        posted(slack, WHOLESALE)
        self.channel(page, "mayoristas").click()
        expect(page.get_by_test_id("slack-message")).to_have_count(1)
        self.channel(page, "general").click()
        page.get_by_test_id("slack-user-select").select_option("U0PABLO")
        expect(self.channel(page, "mayoristas").get_by_test_id("slack-unread")).to_contain_text("1")


class TestTime:
    def open(self, page: Page) -> Locator:
        page.get_by_test_id("shop-time").click()
        panel = page.get_by_test_id("shop-time-panel")
        expect(panel).to_be_visible()
        return panel

    def choose(self, page: Page, moment: Moment) -> None:
        with page.expect_response("**/api/shop-time"):
            page.locator(f'[data-testid=shop-time-moment][data-moment="{moment}"]').check()

    def test_header_says_whether_the_shop_is_open(self, page: Page) -> None:
        expect(page.get_by_test_id("shop-time")).to_contain_text("abierta")
        expect(self.open(page).get_by_test_id("shop-time-simulated")).to_contain_text("no hay nada simulado")

    def test_another_moment_is_put_in_force_and_called_simulated(self, page: Page, playground: Playground) -> None:
        panel = self.open(page)
        self.choose(page, Moment.HOLIDAY)
        expect(panel.get_by_test_id("shop-time-today")).to_contain_text("San Isidro")
        expect(panel.get_by_test_id("shop-time-simulated")).to_contain_text("otro horario para hoy")
        expect(page.get_by_test_id("shop-time")).to_contain_text("festivo")
        self.choose(page, Moment.AS_IT_IS)
        expect(panel.get_by_test_id("shop-time-simulated")).to_contain_text("no hay nada simulado")
        playground.settle()
        assert playground.door.pushed == [("es", Pretence(Moment.HOLIDAY)), ("es", Pretence())]

    def test_promises_in_a_hurry_are_shown_to_stand_still_while_it_is_closed(
        self, page: Page, playground: Playground
    ) -> None:
        panel = self.open(page)
        self.choose(page, Moment.NIGHT)
        with page.expect_response("**/api/shop-time"):
            page.get_by_test_id("shop-time-hurry").check()
        expect(panel).to_contain_text("prometida en dos minutos")
        expect(panel.get_by_test_id("shop-time-state")).to_contain_text("los plazos esperan")
        playground.settle()
        assert playground.door.pushed[-1] == ("es", Pretence(Moment.NIGHT, hurry=True))

    def test_choice_outlives_a_reload(self, page: Page) -> None:
        self.open(page)
        self.choose(page, Moment.LUNCH)
        page.reload()
        expect(page.get_by_test_id("shop-time")).to_contain_text("mediodía", ignore_case=True)


class TestWebShop:
    @pytest.fixture
    def shop(self, page: Page) -> Locator:
        narrow = page.get_by_test_id("tab-shop")
        (narrow if narrow.is_visible() else page.get_by_test_id("side-shop")).click()
        shop = page.get_by_test_id("web-shop")
        expect(shop).to_be_visible()
        return shop

    def product(self, shop: Locator, identifier: str) -> Locator:
        return shop.locator(f'[data-testid=shop-product][data-product-id="{identifier}"]')

    def test_new_visitor_buys_and_gets_it(self, page: Page, shop: Locator, playground: Playground) -> None:
        shop.get_by_test_id("shop-customer-select").select_option(label="Javier Ruiz")
        expect(shop).to_contain_text("Javier todavía no ha comprado nada")
        expect(shop.get_by_test_id("shop-buy")).to_be_disabled()
        for _ in range(2):
            self.product(shop, "taza").get_by_test_id("shop-more").click()
        expect(shop.get_by_test_id("shop-buy")).to_contain_text("29,00")
        shop.get_by_test_id("shop-buy").click()
        order = shop.get_by_test_id("shop-order")
        expect(order.get_by_test_id("shop-order-status")).to_have_text("pagado")
        for deed, status in (("ship", "en camino"), ("deliver", "entregado"), ("refund", "reembolsado")):
            order.locator(f'[data-testid=shop-do][data-do="{deed}"]').click()
            expect(order.get_by_test_id("shop-order-status")).to_have_text(status)
        expect(shop.get_by_test_id("shop-sum")).to_contain_text("0 compras")
        expect(shop.get_by_test_id("shop-told")).to_contain_text("Mostrador ya lo sabe")
        assert f"{playground.shop.received[-1].path}".endswith("/webhooks/shop")

    def test_tag_makes_and_unmakes_a_wholesaler(self, page: Page, shop: Locator, playground: Playground) -> None:
        shop.get_by_test_id("shop-tag-text").fill("Mayorista")
        shop.get_by_test_id("shop-tag-text").press("Enter")
        expect(shop.get_by_test_id("shop-tag")).to_have_text("mayorista")
        playground.settle()
        told = json.loads(playground.shop.received[-1].body)
        assert (told["type"], told["data"]["tags"]) == ("customer.updated", ["mayorista"])
        shop.get_by_role("button", name="Quitar la etiqueta mayorista").click()
        expect(shop.get_by_test_id("shop-tag")).to_have_count(0)

    def test_what_is_sold_out_is_bought_once_there_is_more(self, page: Page, shop: Locator) -> None:
        tiles = self.product(shop, "azulejos")
        expect(tiles).to_contain_text("agotado")
        expect(tiles.get_by_test_id("shop-more")).to_be_disabled()
        tiles.get_by_test_id("shop-restock").click()
        expect(tiles).to_contain_text("quedan 10")
        expect(tiles.get_by_test_id("shop-more")).to_be_enabled()

    def test_counter_that_does_not_hear_is_told_of(self, page: Page, shop: Locator, playground: Playground) -> None:
        playground.shop.answers.extend([Response(status_code=503)] * 4)
        self.product(shop, "botijo").get_by_test_id("shop-restock").click()
        expect(shop.get_by_test_id("shop-told")).to_contain_text("no se ha enterado")


def test_same_question_is_sent_by_whom_one_clicks(page: Page, playground: Playground) -> None:
    if page.get_by_test_id("tab-mail").is_visible():
        page.get_by_test_id("tab-mail").click()
    for account in ("compras@hotelsol.example", "ana.molina@correo.example"):
        page.locator(f'[data-testid=example][data-account="{account}"]').click()
        expect(page.get_by_test_id("mail-account-select")).to_have_value(account)
        expect(page.get_by_test_id("mail-conversation-subject")).to_have_text("¿Cuándo llega mi pedido?")
    playground.settle()
    senders = {raw.split(b"\nFrom: ", 1)[1].splitlines()[0] for raw in playground.door.stored.values()}
    assert len(senders) == 2
