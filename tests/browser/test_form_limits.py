"""The form's script where a file does not fit, or the browser cannot make it smaller: nobody's words are lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from fakes.chat_visitor import WITHIN
from fakes.web import Shop, Shown
from mostrador.channels.base import WebhookRequest

ASSETS = Path(__file__).parents[2] / "functions/web/assets"
ORIGIN = "http://latinaja.example"
LARGE: FilePayload = {"name": "catalogo.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-" + b"\0" * 12_000_000}
PHOTO: FilePayload = {"name": "plato.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"\0" * 1_200_000}
SMALL: FilePayload = {"name": "roto.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"\0" * 64}


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def page(browser: Browser, shop: Shop) -> Iterator[Page]:
    """The form, as the pages' own use case gives it out."""

    def serve(route: Route) -> None:
        asked = route.request
        path = asked.url.removeprefix(ORIGIN)
        if "/web/assets/" in path:
            route.fulfill(path=ASSETS / path.partition("?")[0].rpartition("/")[2])
            return
        request = WebhookRequest(asked.method, path, asked.headers, asked.post_data_buffer or b"", shop.counter.clock())
        answer = Shown(shop.web(path.removeprefix("/web/").partition("?")[0], request, "203.0.113.7")).answer
        kept = {name: value for name, value in answer.headers.items() if name != "strict-transport-security"}
        route.fulfill(status=answer.status, headers={**kept, "content-type": answer.content_type}, body=answer.body)

    context = browser.new_context(locale="es-ES", viewport={"width": 1024, "height": 900})
    context.set_default_timeout(WITHIN)
    expect.set_options(timeout=WITHIN)
    context.route(f"{ORIGIN}/**", serve)
    page = context.new_page()
    page.goto(f"{ORIGIN}/web/form?lang=es")
    page.get_by_label("Correo electrónico").fill("ana.molina@correo.example")
    page.get_by_label("¿De qué se trata?").select_option("order")
    page.get_by_label("Tu mensaje").fill("Ha llegado roto.")
    page.get_by_role("checkbox").check()
    shop.counter.clock.now += 60
    yield page
    context.close()


def test_files_that_do_not_fit_are_refused_before_anything_is_sent(page: Page, shop: Shop) -> None:
    files = page.locator("#files")
    files.set_input_files(LARGE)
    page.get_by_role("button", name="Enviar").click()
    told = page.locator("#files-wrong")
    expect(told).to_have_text("Los archivos son demasiado grandes: caben 4 MB entre todos.")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(files).to_have_attribute("aria-invalid", "true")
    expect(files).to_have_attribute("aria-describedby", "files-hint files-wrong")
    expect(page.get_by_label("Tu mensaje")).to_have_value("Ha llegado roto.")
    assert shop.events.taken == []
    files.set_input_files([])
    page.get_by_role("button", name="Enviar").click()
    expect(page).to_have_url(re.compile("/web/thanks"))
    assert len(shop.events.taken) == 1


def test_a_browser_that_cannot_make_a_picture_smaller_sends_it_as_it_is(page: Page, shop: Shop) -> None:
    page.evaluate("() => { window.DataTransfer = undefined; }")
    page.locator("#files").set_input_files(PHOTO)
    page.get_by_role("button", name="Enviar").click()
    expect(page).to_have_url(re.compile("/web/thanks"))
    [event] = shop.events.taken
    assert [file["name"] for file in event.payload["files"]] == ["plato.png"]


def test_what_would_come_back_is_said_before_anything_is_sent(page: Page, shop: Shop) -> None:
    page.get_by_role("checkbox").uncheck()
    page.get_by_label("Tu mensaje").fill("")
    note: FilePayload = {"name": "nota.txt", "mimeType": "text/plain", "buffer": b"roto"}
    page.locator("#files").set_input_files([SMALL, note])
    page.get_by_role("button", name="Enviar").click()
    told = page.get_by_role("alert")
    expect(told).to_be_focused()
    expect(told.get_by_role("listitem")).to_have_text(
        [
            "Escribe tu mensaje.",
            "No hemos añadido nota.txt: solo se pueden adjuntar fotos y documentos PDF.",
            "Para responderte necesitamos que marques la casilla.",
        ]
    )
    expect(page.get_by_role("checkbox")).to_have_accessible_description(re.compile("marques la casilla"))
    told.get_by_role("link", name="nota.txt").click()
    expect(page.locator("#files")).to_be_focused()
    assert page.evaluate("[...document.querySelector('#files').files].map((file) => file.name)") == ["roto.png"]
    assert shop.events.taken == []
    page.get_by_label("Tu mensaje").fill("Ha llegado roto.")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Enviar").click()
    expect(page).to_have_url(re.compile("/web/thanks"))
    [event] = shop.events.taken
    assert [file["name"] for file in event.payload["files"]] == ["roto.png"]


def test_files_need_not_be_chosen_again_after_a_mistake_that_the_server_finds(page: Page, shop: Shop) -> None:
    false: FilePayload = {"name": "falsa.jpg", "mimeType": "image/jpeg", "buffer": b"texto"}
    page.locator("#files").set_input_files([SMALL, false])
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("alert")).to_contain_text("No hemos añadido falsa.jpg")
    expect(page.get_by_role("checkbox", name="roto.png")).to_be_checked()
    page.get_by_role("button", name="Enviar").click()
    expect(page).to_have_url(re.compile("/web/thanks"))
    [event] = shop.events.taken
    assert [file["name"] for file in event.payload["files"]] == ["roto.png"]
