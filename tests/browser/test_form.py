"""The contact form in a real browser: with and without scripts, in any width, there and back, and by mail."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from playground.running import RunningStack

PATIENCE = 60_000
"""Milliseconds: two slow cores start nine functions."""
PHOTO: FilePayload = {"name": "plato.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"\0" * 64}


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
    keep(page, "own-page")

    counter = page.context.new_page()
    counter.goto(shop.url)
    cards = counter.get_by_test_id("slack-messages").get_by_test_id("slack-message").filter(has_text="Ana Molina")
    cards.filter(has_text="Mi pedido").last.get_by_test_id("slack-thread-summary").click()
    thread = counter.get_by_test_id("slack-thread")
    expect(thread).to_contain_text("Pedido: #1042")
    expect(thread.get_by_role("img", name="plato.png").first).to_be_visible()
    counter.get_by_test_id("slack-thread-text").fill("Ana, te mandamos otro mañana.")
    counter.get_by_test_id("slack-thread-text").press("Enter")
    counter.get_by_test_id("mail-row").filter(has_text="Mi pedido").first.click()
    mail = counter.get_by_test_id("mail-messages").locator('[data-folder="inbox"] iframe').last.content_frame
    expect(mail.locator("body")).to_contain_text("te mandamos otro mañana")
    link = re.search(r"http\S+/web/conversation\?k=[\w.-]+", mail.locator("body").inner_text())
    assert link is not None

    page.reload()
    expect(page.locator("main")).to_contain_text("Te hemos respondido en tu correo")
    expect(page.locator("main")).not_to_contain_text("te mandamos otro mañana")
    page.goto(link[0])
    expect(page.locator("main")).to_contain_text("te mandamos otro mañana")
    page.get_by_label("Añadir algo").fill("Perfecto, gracias.")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("status")).to_contain_text("Recibido")
    expect(thread).to_contain_text("Perfecto, gracias.")
    page.goto(link[0])
    expect(page.locator("main")).to_contain_text("Perfecto, gracias.")
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


def test_the_form_is_embedded_by_one_tag_and_grows_with_its_content(page: Page, shop: RunningStack) -> None:
    page.goto(f"{shop.url}/web/form")  # a page of the shop's own origin
    page.route("**/embedding", lambda route: route.fulfill(content_type="text/html", body=EMBEDDING))
    page.goto(f"{shop.url}/embedding")
    frame = page.frame_locator("iframe[title='Formulario de contacto']")
    expect(frame.get_by_role("button", name="Enviar")).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').height !== '900'")
    keep(page, "embedded")


EMBEDDING = (
    '<!doctype html><html lang="es"><body><h1>Contacto</h1>'
    '<script src="/web/assets/embed.js" async></script></body></html>'
)
