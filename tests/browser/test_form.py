"""The contact form in a real browser: with and without scripts, in any width, there and back, and by mail."""

import os
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, expect

from fakes.chat_visitor import enter, messages, png, write
from playground.running import RunningStack

PATIENCE = 60_000
"""Milliseconds: two slow cores start nine functions."""
A_MINUTE = 60_000
"""After which a page that is looked at has asked for what is new, whatever it waited for before."""
PHOTO: FilePayload = {"name": "plato.png", "mimeType": "image/png", "buffer": png(640, 480, (180, 60, 40))}


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Any]:
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> BrowserContext:
        expect.set_options(timeout=PATIENCE)
        given = {"viewport": {"width": 1440, "height": 1000}, "locale": "es-ES", **options}
        contexts.append(browser.new_context(**given))
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1]

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_context: Any) -> Page:
    page: Page = open_context().new_page()
    return page


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/form-{name}.png", full_page=True)


def fill(page: Page, text: str, email: str = "ana.molina@correo.example") -> None:
    page.get_by_label("Correo electrónico").fill(email)
    page.get_by_label("¿De qué se trata?").select_option("order")
    page.get_by_label("Tu mensaje").fill(text)
    page.get_by_role("checkbox").check()
    page.wait_for_timeout(3500)  # nobody reads a form in less, and the form knows


def test_a_form_is_sent_answered_by_an_agent_and_read_in_the_mailbox_and_on_its_page(
    page: Page, shop: RunningStack
) -> None:
    page.clock.install()
    page.goto(f"{shop.url}/tienda?lang=es")
    page.get_by_test_id("site-form").click()
    expect(page).to_have_title("Escribe a La Tinaja")
    page.get_by_label("Nombre").fill("Ana Molina")
    page.get_by_label("Número de pedido").fill("#1042")
    page.get_by_label("Fotos o documentos").set_input_files(PHOTO)
    fill(page, "El plato grande ha llegado con una raja.")
    keep(page, "filled")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("status")).to_contain_text("a…@correo.example")
    keep(page, "thanks")
    page.get_by_role("link", name="Ver o ampliar tu mensaje").click()
    expect(page.get_by_role("list").first).to_contain_text("El plato grande ha llegado con una raja.")
    picture = page.get_by_role("img", name="plato.png")
    expect(picture).to_have_js_property("naturalWidth", 640)
    keep(page, "own-page")

    counter = page.context.new_page()
    counter.goto(shop.url)
    cards = counter.get_by_test_id("slack-messages").get_by_test_id("slack-message").filter(has_text="Ana Molina")
    cards.filter(has_text="Mi pedido").last.get_by_test_id("slack-thread-summary").click()
    thread = counter.get_by_test_id("slack-thread")
    expect(thread).to_contain_text("Pedido: #1042")
    expect(thread.get_by_role("img", name="plato.png").first).to_be_visible()
    counter.get_by_test_id("slack-thread-text").fill("Ana, te mandamos otro mañana: https://latinaja.example/platos")
    counter.get_by_test_id("slack-thread-text").press("Enter")
    counter.get_by_test_id("mail-row").filter(has_text="Mi pedido").first.click()
    mail = counter.get_by_test_id("mail-messages").locator('[data-folder="inbox"] iframe').last.content_frame
    expect(mail.locator("body")).to_contain_text("te mandamos otro mañana")
    link = mail.get_by_role("link", name="seguir aquí").get_attribute("href")
    assert link is not None

    page.clock.run_for(A_MINUTE)
    expect(page.locator("main")).to_contain_text("Te hemos respondido en tu correo")
    expect(page.locator("main")).not_to_contain_text("te mandamos otro mañana")
    page.goto(link)
    expect(page.locator("main")).to_contain_text("te mandamos otro mañana")
    expect(page.get_by_role("link", name="https://latinaja.example/platos")).to_be_visible()
    page.get_by_label("Añadir algo").fill("Perfecto, gracias.")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("status")).to_contain_text("Recibido")
    expect(thread).to_contain_text("Perfecto, gracias.")
    page.get_by_label("Añadir algo").fill("Otra cosa:")
    page.clock.run_for(A_MINUTE)
    expect(page.get_by_role("log")).to_contain_text("Perfecto, gracias.")
    expect(page.get_by_role("status")).to_have_text("Recibido.")
    expect(page.get_by_label("Añadir algo")).to_have_value("Otra cosa:")
    keep(page, "conversation")
    with page.expect_download() as download:
        page.get_by_role("link", name="plato.png").click()
    assert download.value.path().read_bytes() == PHOTO["buffer"]


def test_without_scripts_everything_works_and_mistakes_are_explained(open_context: Any, shop: RunningStack) -> None:
    page: Page = open_context(java_script_enabled=False, viewport={"width": 400, "height": 800}).new_page()
    page.goto(f"{shop.url}/web/form")
    fill(page, "", email="javier.ruiz")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("alert")).to_contain_text("Escribe tu correo completo")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    keep(page, "errors-400")
    fill(page, "¿Hacéis envíos a Canarias por barco?", email="javier.ruiz@correo.example")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("status")).to_contain_text("j…@correo.example")
    page.get_by_role("link", name="Ver o ampliar tu mensaje").click()
    expect(page.locator("main")).to_contain_text("¿Hacéis envíos a Canarias por barco?")


def test_who_hears_the_page_lands_on_what_is_wrong(page: Page, shop: RunningStack) -> None:
    page.goto(f"{shop.url}/web/form")
    fill(page, "", email="javier.ruiz@correo.example")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Tu mensaje")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Tu mensaje")).to_be_focused()


def test_a_picture_from_a_phone_is_made_small_enough_to_travel(page: Page, shop: RunningStack) -> None:
    page.goto(f"{shop.url}/web/form")
    page.evaluate(
        """async () => {
          const canvas = new OffscreenCanvas(3200, 2400), context = canvas.getContext("2d");
          const noise = context.createImageData(3200, 2400);
          for (let at = 0; at < noise.data.length; at += 65536)
            crypto.getRandomValues(new Uint8Array(noise.data.buffer, at, Math.min(65536, noise.data.length - at)));
          for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
          context.putImageData(noise, 0, 0);
          const blob = await canvas.convertToBlob({ type: "image/png" });
          const chosen = new DataTransfer();
          chosen.items.add(new File([blob], "foto.png", { type: "image/png" }));
          document.querySelector('input[type="file"]').files = chosen.files;
        }"""
    )
    size = page.evaluate("document.querySelector('input[type=\"file\"]').files[0].size")
    assert size > 20_000_000
    fill(page, "La foto es de mi teléfono.", email="javier.ruiz@correo.example")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("status")).to_contain_text("j…@correo.example")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 400, 320])
@pytest.mark.parametrize(("language", "title"), [("es", "Escribe a La Tinaja"), ("en", "Write to La Tinaja")])
def test_the_form_fits_every_window(
    open_context: Any, shop: RunningStack, width: int, scheme: str, language: str, title: str
) -> None:
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "locale": language}
    page: Page = open_context(**options).new_page()
    page.goto(f"{shop.url}/web/form")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    keep(page, f"{language}-{width}-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    small = page.evaluate(
        """[...document.querySelectorAll("input:not([type=hidden]):not(#website):not([type=checkbox]), select, button")]
          .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
    )
    assert small == []


@pytest.fixture
def looked_at(page: Page, shop: RunningStack) -> tuple[Page, list[int]]:
    """A conversation's page that stands open, and the status of each answer to its script. Its clock stands still."""
    answers = [304, 304, 503, 304, 304, 304]
    heard: list[int] = []

    def answer(route: Route) -> None:
        heard.append(answers[len(heard)] if len(heard) < len(answers) else 404)
        route.fulfill(status=heard[-1])

    page.clock.install(time=0)
    page.clock.pause_at(1)
    page.route("**/looked-at", lambda route: route.fulfill(content_type="text/html", body=LOOKED_AT))
    page.route("**/web/conversation?k=1", answer)
    page.goto(f"{shop.url}/looked-at")
    return page, heard


def asks_after(page: Page, seconds: float, heard: list[int]) -> None:
    """The script asks when so much time has passed, and not before."""
    before = len(heard)
    page.clock.run_for(round(seconds * 1000) - 500)
    settles(page)
    assert len(heard) == before
    with page.expect_response("**/web/conversation?k=1"):
        page.clock.run_for(1000)
    settles(page)


def settles(page: Page) -> None:
    """What the page had asked for before is answered and dealt with."""
    page.evaluate("fetch('/web/assets/form.css').then((answer) => answer.text())")


def test_a_page_asks_less_and_less_often_and_no_more_once_its_link_has_run_out(
    looked_at: tuple[Page, list[int]],
) -> None:
    page, heard = looked_at
    for seconds in (4, 5.6, 7.8, 11, 15.4, 21.5, 30.1):
        asks_after(page, seconds, heard)
    assert heard == [304, 304, 503, 304, 304, 304, 404]
    page.clock.run_for(10 * A_MINUTE)
    settles(page)
    assert len(heard) == 7


def test_a_page_that_nobody_sees_asks_nothing_until_it_is_seen_again(looked_at: tuple[Page, list[int]]) -> None:
    page, heard = looked_at
    turn(page, hidden=True)
    page.clock.run_for(10 * A_MINUTE)
    settles(page)
    assert heard == []
    with page.expect_response("**/web/conversation?k=1"):
        turn(page, hidden=False)
    assert heard == [304]


def turn(page: Page, *, hidden: bool) -> None:
    """To another tab, or back."""
    page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


LOOKED_AT = (
    '<!doctype html><html lang="es"><body>'
    """<div id="said" data-from="/web/conversation?k=1" data-tag='"1"'><ol></ol></div>"""
    '<script src="/web/assets/conversation.js"></script></body></html>'
)


@pytest.fixture
def embedding(page: Page, shop: RunningStack) -> Page:
    """A page of a shop that takes its own counsel about colours, whatever a visitor's system wants."""

    def answer(route: Route) -> None:
        ink, ground = ("#eee", "#222") if "dark" in route.request.url else ("#222", "#fff8ee")
        body = EMBEDDING.replace("{ink}", ink).replace("{ground}", ground)
        route.fulfill(content_type="text/html", body=body)

    page.route("**/embedding?*", answer)
    return page


@pytest.mark.parametrize(("scheme", "system"), [("light", "dark"), ("dark", "light")])
def test_the_form_is_embedded_by_one_tag_in_the_colours_of_the_page_and_as_high_as_it_is(
    embedding: Page, shop: RunningStack, scheme: Literal["light", "dark"], system: Literal["light", "dark"]
) -> None:
    page = embedding
    page.emulate_media(color_scheme=system)
    page.goto(f"{shop.url}/embedding?{scheme}")
    frame = page.frame_locator("iframe[title='Formulario de contacto']")
    expect(frame.get_by_role("button", name="Enviar")).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').height !== '900'")
    keep(page, f"embedded-{scheme}")
    ink = {"light": "rgb(29, 36, 48)", "dark": "rgb(236, 238, 241)"}[scheme]
    expect(frame.get_by_role("main")).to_have_css("color", ink)


def test_an_embedded_form_shows_what_is_wrong_and_the_thanks_where_people_look(
    embedding: Page, shop: RunningStack
) -> None:
    page = embedding
    page.set_viewport_size({"width": 400, "height": 700})
    page.goto(f"{shop.url}/embedding?light")
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Enviar").click()
    expect(frame.get_by_role("alert")).to_be_focused()
    expect(frame.get_by_role("alert")).to_be_in_viewport()
    keep(page, "embedded-errors")
    frame.get_by_label("Correo electrónico").fill("javier.ruiz@correo.example")
    frame.get_by_label("¿De qué se trata?").select_option("idea")
    frame.get_by_label("Tu mensaje").fill("Tazas con el nombre.")
    frame.get_by_label("Tu mensaje").press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.wait_for_timeout(3500)
    page.keyboard.press("Enter")
    expect(frame.get_by_role("status")).to_contain_text("j…@correo.example")
    expect(frame.get_by_role("status")).to_be_in_viewport()
    keep(page, "embedded-thanks")


EMBEDDING = """<!doctype html><html lang="es"><meta name="viewport" content="width=device-width">
<style>html { background: {ground}; color: {ink}; }</style>
<body><h1>Contacto</h1><script src="/web/assets/embed.js" async></script></body></html>"""


def by_name(shop: RunningStack) -> str:
    """The address that people type; to a browser it is another origin."""
    return shop.url.replace("127.0.0.1", "localhost")


def test_a_page_of_another_origin_may_show_the_form_if_the_shop_says_so(page: Page, shop: RunningStack) -> None:
    page.goto(f"{by_name(shop)}/tienda/piezas")  # it allows every script, as it is no page
    page.evaluate(
        "(src) => document.body.replaceChildren(Object.assign(document.createElement('script'), { src }))",
        f"{shop.url}/web/assets/embed.js",
    )
    expect(page.frame_locator("iframe").get_by_role("button", name="Enviar")).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').height !== '900'")


def test_the_chat_opens_under_the_name_that_people_type(page: Page, shop: RunningStack) -> None:
    page.goto(f"{by_name(shop)}/tienda?lang=es")
    enter(page)
    write(page, "¿Hay botijos?")
    expect(messages(page).first).to_contain_text("Enviado")
