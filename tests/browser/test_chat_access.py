"""The chat widget for whoever comes with a keyboard, a screen reader, a small screen, another language or theme, and on
whatever page it stands.
"""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from fakes.chat_server import CLOSED, ChatServer
from fakes.chat_visitor import a_browser_of, a_page, enter, messages, texts, write

FOCUSED = "document.activeElement.shadowRoot?.activeElement?.dataset.testid ?? document.activeElement.id"
CONTRAST = """([ink, paper]) => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low, high] = [luminance(ink), luminance(paper)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""
READABLE = 4.5
"""WCAG 2.2, 1.4.3."""


def style(element: Locator, name: str) -> str:
    return str(element.evaluate(f"element => getComputedStyle(element)['{name}']"))


def contrast(ink: Locator, paper: Locator) -> float:
    return float(ink.page.evaluate(CONTRAST, [style(ink, "color"), style(paper, "background-color")]))


class TestKeyboard:
    def test_chat_is_used_without_a_mouse(self, page: Page, server: ChatServer) -> None:
        page.keyboard.press("Tab")
        expect(page.get_by_test_id("launcher")).to_be_focused()
        expect(page.get_by_test_id("launcher")).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("write")).to_be_focused()
        expect(page.get_by_test_id("launcher")).to_have_attribute("aria-expanded", "true")
        page.keyboard.type("Hola")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("¿qué tal?")
        page.keyboard.press("Enter")
        server.until(lambda: server.stored == ["Hola\n¿qué tal?"])
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("panel")).to_be_hidden()
        expect(page.get_by_test_id("launcher")).to_be_focused()

    def test_focus_goes_through_everything_in_order(self, page: Page) -> None:
        enter(page)
        page.get_by_test_id("write").fill("Hola")
        page.get_by_test_id("sound").focus()
        order = []
        for _ in range(6):
            order.append(page.evaluate(FOCUSED))
            page.keyboard.press("Tab")
        assert order == ["sound", "close", "log", "attach", "write", "send"]

    def test_page_s_own_shortcuts_do_not_hear_what_is_written(self, page: Page, server: ChatServer) -> None:
        page.evaluate("""() => {
          window.heard = [];
          for (const type of ["keydown", "keypress", "keyup"]) addEventListener(type, ({ key }) => heard.push(key));
        }""")
        enter(page)
        page.get_by_test_id("write").focus()
        page.keyboard.type("s")
        page.keyboard.press("Escape")
        assert "s" not in page.evaluate("heard")

    def test_phone_keeps_the_focus_in_the_window(self, browser: Browser, server: ChatServer) -> None:
        with a_browser_of(browser, 390, 800) as context:
            page = a_page(context, server.url)
            enter(page)
            expect(page.get_by_test_id("panel")).to_have_attribute("aria-modal", "true")
            page.get_by_test_id("write").fill("Hola")
            page.get_by_test_id("send").focus()
            page.keyboard.press("Tab")
            assert page.evaluate(FOCUSED) == "sound"
            page.keyboard.press("Shift+Tab")
            assert page.evaluate(FOCUSED) == "send"

    def test_wide_window_lets_the_focus_go_on_to_the_page(self, page: Page) -> None:
        enter(page)
        expect(page.get_by_test_id("panel")).not_to_have_attribute("aria-modal", "true")
        page.get_by_test_id("send").focus()
        page.keyboard.press("Tab")
        expect(page.get_by_test_id("launcher")).to_be_focused()


class TestScreenReader:
    def test_everything_has_a_role_and_a_name(self, page: Page, server: ChatServer) -> None:
        server.presence = CLOSED
        server.offers = {"email": True, "form": f"{server.url}form", "callback": f"{server.url}call"}
        enter(page)
        panel = page.get_by_role("dialog", name="La Tinaja")
        expect(panel.get_by_role("heading", name="La Tinaja")).to_be_visible()
        expect(panel.get_by_role("log", name="Conversación")).to_be_visible()
        for name in ("Adjuntar archivos", "Enviar", "Cerrar el chat", "Avisar con un sonido", "Guardar"):
            expect(panel.get_by_role("button", name=name, exact=True)).to_be_visible()
        expect(panel.get_by_role("textbox", name="Escribe un mensaje")).to_be_visible()
        expect(panel.get_by_role("textbox", name="Deja tu correo y te respondemos ahí.")).to_be_visible()
        expect(panel.get_by_role("link", name="Pide que te llamemos (se abre en otra ventana)")).to_be_visible()
        unnamed = (
            "element => element.querySelectorAll('button:not([aria-label]):empty, svg:not([aria-hidden=true])').length"
        )
        assert panel.evaluate(unnamed) == 0

    def test_new_message_is_announced_and_the_history_is_not(self, page: Page, server: ChatServer) -> None:
        enter(page)
        server.say("Buenas")
        told = page.get_by_test_id("told")
        expect(told).to_have_text("Marta: Buenas")
        expect(told).to_have_attribute("role", "status")
        page.reload()
        expect(texts(page)).to_have_text(["Buenas"])
        expect(told).to_have_text("")
        expect(page.get_by_test_id("log")).to_have_attribute("aria-live", "off")

    def test_sound_is_off_until_somebody_wants_it(self, page: Page, server: ChatServer) -> None:
        page.evaluate("() => { window.AudioContext = class { constructor() { window.played = true; } }; }")
        enter(page)
        expect(page.get_by_test_id("sound")).to_have_attribute("aria-pressed", "false")
        server.say("Sin ruido")
        expect(texts(page)).to_have_count(1)
        assert page.evaluate("window.played") is None

    def test_sound_that_was_wanted_stays_on(self, page: Page, server: ChatServer) -> None:
        count = """
          const Real = AudioContext;
          window.played = 0;
          window.AudioContext = class extends Real { constructor() { super(); window.played++; } };
        """
        page.evaluate(f"() => {{ {count} }}")
        enter(page)
        page.get_by_test_id("sound").click()
        expect(page.get_by_test_id("sound")).to_have_attribute("aria-pressed", "true")
        server.say("Con ruido")
        expect(texts(page)).to_have_count(1)
        assert page.evaluate("window.played") == 2
        page.reload()
        expect(page.get_by_test_id("sound")).to_have_attribute("aria-pressed", "true")


class TestLanguage:
    @pytest.mark.parametrize(
        ("tag", "lang", "hello", "name"),
        [
            ({}, "es", "es", "Abrir el chat"),
            ({}, "en-GB", "en-GB", "Open the chat"),
            ({"data-language": "en"}, "es", "en", "Open the chat"),
            ({}, "ca", "ca", "Abrir el chat"),
            ({}, "de", "de", "Open the chat"),
        ],
        ids=["page", "english-page", "tag", "catalan", "german"],
    )
    def test_widget_speaks_the_visitor_s_language(
        self, context: BrowserContext, server: ChatServer, tag: dict[str, str], lang: str, hello: str, name: str
    ) -> None:
        server.tag, server.lang = tag, lang
        page = a_page(context, server.url)
        expect(page.get_by_test_id("launcher")).to_have_accessible_name(name)
        page.get_by_test_id("launcher").click()
        server.until(lambda: bool(server.frames))
        assert server.frames[0]["language"] == hello

    def test_widget_goes_along_with_the_shop_s_language(self, context: BrowserContext, server: ChatServer) -> None:
        server.lang, server.language = "de", "es"
        page = a_page(context, server.url)
        enter(page)
        expect(page.get_by_test_id("write")).to_have_attribute("placeholder", "Escribe un mensaje")
        expect(page.locator("mostrador-chat")).to_have_attribute("lang", "es")

    def test_english_is_whole(self, context: BrowserContext, server: ChatServer) -> None:
        server.lang = server.language = "en"
        page = a_page(context, server.url)
        enter(page)
        write(page, "Hello")
        expect(messages(page)).to_contain_text("Sent")
        page.get_by_test_id("write").fill("a" * 3999)
        expect(page.get_by_test_id("hint")).to_have_text("1 character left")


class TestLook:
    @pytest.mark.parametrize(
        "color",
        ["#1d4f91", "#ffd400", "white", "black", "#777", "oklch(70% 0.2 150)", "rgb(255 90 95)", "hsl(30 100% 50%)"],
    )
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_any_color_of_a_shop_can_be_read(
        self, browser: Browser, server: ChatServer, color: str, scheme: str
    ) -> None:
        server.tag = {"data-color": color, "data-theme": scheme}
        server.presence = CLOSED
        server.offers = {"email": True, "form": f"{server.url}form", "callback": ""}
        with a_browser_of(browser) as context:
            page = a_page(context, server.url)
            enter(page)
            write(page, "Hola")
            expect(messages(page)).to_contain_text("Enviado")
            header, offers = page.locator("header"), page.get_by_test_id("offers")
            assert contrast(header.get_by_role("heading"), header) >= READABLE
            assert contrast(texts(page), texts(page)) >= READABLE
            assert contrast(page.get_by_test_id("email-save"), page.get_by_test_id("email-save")) >= READABLE
            assert contrast(offers.get_by_role("link"), offers) >= READABLE
            assert contrast(messages(page).locator(".state"), page.get_by_test_id("panel")) >= READABLE

    @pytest.mark.parametrize(
        ("tag", "head", "fill"),
        [
            ({"data-color": "#aa0000"}, "", "rgb(170, 0, 0)"),
            ({"data-color": "--brand"}, "<link rel=stylesheet href=/page.css>", "rgb(0, 85, 0)"),
            ({}, "<link rel=stylesheet href=/page.css>", "rgb(85, 0, 85)"),
            ({}, '<meta name="theme-color" content="#805000">', "rgb(128, 80, 0)"),
            ({"data-color": "url(x)"}, "", "rgb(29, 79, 145)"),
            ({}, "", "rgb(29, 79, 145)"),
        ],
        ids=["tag", "property-of-the-tag", "property", "bar", "nonsense", "nothing"],
    )
    def test_color_is_the_shop_s(
        self, context: BrowserContext, server: ChatServer, tag: dict[str, str], head: str, fill: str
    ) -> None:
        server.tag, server.head = tag, head
        server.page_css = ":root { --brand: rgb(0 85 0); --mostrador-color: rgb(85 0 85); }"
        page = a_page(context, server.url)
        assert style(page.get_by_test_id("launcher"), "background-color") == fill

    @pytest.mark.parametrize(
        ("page_css", "tag", "dark"),
        [
            ("", {}, False),
            (":root { color-scheme: light dark; }", {}, True),
            (":root { color-scheme: light dark; }", {"data-theme": "light"}, False),
            ("", {"data-theme": "dark"}, True),
        ],
        ids=["light-page", "both", "light-tag", "dark-tag"],
    )
    def test_theme_follows_the_page_unless_the_tag_says_another(
        self, browser: Browser, server: ChatServer, page_css: str, tag: dict[str, str], *, dark: bool
    ) -> None:
        server.tag, server.page_css, server.head = tag, page_css, "<link rel=stylesheet href=/page.css>"
        with a_browser_of(browser, color_scheme="dark") as context:
            page = a_page(context, server.url)
            enter(page)
            paper = style(page.get_by_test_id("panel"), "background-color")
            assert paper == ("rgb(30, 32, 37)" if dark else "rgb(255, 255, 255)")

    @pytest.mark.parametrize(("width", "height"), [(360, 640), (400, 860), (820, 1180), (1440, 900), (740, 360)])
    def test_everything_is_on_the_screen(self, browser: Browser, server: ChatServer, width: int, height: int) -> None:
        server.presence = CLOSED
        server.offers = {"email": True, "form": f"{server.url}form", "callback": f"{server.url}call"}
        with a_browser_of(browser, width, height) as context:
            page = a_page(context, server.url)
            enter(page)
            write(page, "palabra" * 60)
            server.until(lambda: bool(server.visitors and server.stored))
            server.say("¿?" * 300, files=[{"name": "n" * 140 + ".pdf", "type": "application/pdf", "size": 3_500_000}])
            expect(texts(page)).to_have_count(2)
            for part in ("close", "write", "send", "attach", "email"):
                box = page.get_by_test_id(part).bounding_box()
                assert box
                assert min(box["x"], box["y"]) >= 0
                assert box["x"] + box["width"] <= width
                assert box["y"] + box["height"] <= height
            assert page.get_by_test_id("log").evaluate("log => log.scrollWidth <= log.clientWidth")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_keyboard_of_a_phone_leaves_the_writing_in_sight(self, browser: Browser, server: ChatServer) -> None:
        with a_browser_of(browser, 390, 800) as context:
            page = a_page(context, server.url)
            page.emulate_media(reduced_motion="reduce")  # so that nothing is measured on its way
            enter(page)
            for name, pixels in (("height", 420), ("offsetTop", 60)):
                page.evaluate(f"Object.defineProperty(visualViewport, '{name}', {{ get: () => {pixels} }})")
            page.evaluate("visualViewport.dispatchEvent(new Event('resize'))")
            panel = page.get_by_test_id("panel")
            expect(panel).to_have_css("height", "420px")  # the page answers to the keyboard when it is drawn next
            assert panel.bounding_box() == {"x": 0, "y": 60, "width": 390, "height": 420}

    @pytest.mark.parametrize("side", ["left", "right"])
    def test_button_stands_where_the_shop_wants_it(
        self, context: BrowserContext, server: ChatServer, side: str
    ) -> None:
        server.tag, server.page_css = {"data-position": side}, ":root { --mostrador-bottom: 90px; }"
        server.head = "<link rel=stylesheet href=/page.css>"
        box = a_page(context, server.url).get_by_test_id("launcher").bounding_box()
        assert box
        assert (box["x"] < 100) == (side == "left")
        assert 800 - box["y"] - box["height"] == 90

    def test_motion_is_left_out_where_it_is_not_wanted(self, browser: Browser, server: ChatServer) -> None:
        with a_browser_of(browser, reduced_motion="reduce") as context:
            page = a_page(context, server.url)
            enter(page)
            assert style(page.get_by_test_id("panel"), "animationName") == "none"


class TestOnAnyPage:
    def test_style_sheets_stay_apart(self, context: BrowserContext, server: ChatServer) -> None:
        server.page_css = "* { color: red !important; font-size: 40px !important; display: inline !important; }"
        server.head, server.body = "<link rel=stylesheet href=/page.css>", "<p class=bubble>De la tienda</p>"
        page = a_page(context, server.url)
        before = style(page.locator("p.bubble").first, "padding")
        enter(page)
        write(page, "Hola")
        expect(messages(page)).to_contain_text("Enviado")
        assert style(texts(page), "fontSize") == "15px"
        assert style(texts(page), "color") == "rgb(255, 255, 255)"
        assert style(page.locator("body > p.bubble"), "padding") == before

    def test_tag_that_stands_there_twice_is_one_chat(self, context: BrowserContext, server: ChatServer) -> None:
        server.body = f'<script src="/chat.js" data-url="ws://127.0.0.1:{server.port}/chat"></script>'
        page = a_page(context, server.url)
        expect(page.locator("mostrador-chat")).to_have_count(1)

    def test_tag_without_an_address_says_what_is_missing(self, context: BrowserContext, server: ChatServer) -> None:
        server.tag = {"data-url": ""}
        page = context.new_page()
        with page.expect_console_message() as told:
            page.goto(server.url)
        assert "data-url" in told.value.text
        assert page.locator("mostrador-chat").count() == 0

    def test_tag_in_the_head_waits_for_the_page(self, context: BrowserContext, server: ChatServer) -> None:
        server.head = f'<script src="/chat.js" data-url="ws://127.0.0.1:{server.port}/chat"></script>'
        page = a_page(context, server.url)
        expect(page.get_by_test_id("launcher")).to_have_count(1)

    def test_page_can_open_the_chat_itself(self, page: Page) -> None:
        page.evaluate("document.dispatchEvent(new Event('mostrador:open'))")
        expect(page.get_by_test_id("write")).to_be_focused()

    def test_times_and_sizes_are_in_the_visitor_s_way(self, page: Page, server: ChatServer) -> None:
        enter(page)
        server.say("Mira", files=[{"name": "a.pdf", "type": "application/pdf", "size": 3_500_000}])
        expect(messages(page)).to_contain_text("3,3 MB")
        expect(messages(page).locator("time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
