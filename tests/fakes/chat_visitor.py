"""What a visitor of the shop's page does with the chat."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, WebError, expect

WITHIN = 30_000
"""Milliseconds."""
PNG_BEGINS = b"\x89PNG\r\n\x1a\n"


def png(width: int, height: int, color: tuple[int, int, int]) -> bytes:
    """A picture of one colour."""
    line = b"\0" + bytes(color) * width
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(line * height)), (b"IEND", b""))
    return PNG_BEGINS + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


@contextmanager
def a_browser_of(browser: Browser, width: int = 1100, height: int = 800, **more: Any) -> Iterator[BrowserContext]:
    """Somebody's own browser: no token, no history. An error in one of its pages fails the test."""
    settings = {"locale": "es-ES", **more}
    context = browser.new_context(viewport={"width": width, "height": height}, **settings)
    context.set_default_timeout(WITHIN)
    expect.set_options(timeout=WITHIN)
    with no_faults(context):
        yield context
        context.close()


@contextmanager
def no_faults(context: BrowserContext) -> Iterator[None]:
    faults: list[str] = []

    def broken(error: WebError) -> None:
        faults.append(str(error.error))

    def refused(line: ConsoleMessage) -> None:
        if "Content Security Policy" in line.text:
            faults.append(line.text)

    context.on("weberror", broken)
    context.on("console", refused)
    yield
    context.remove_listener("weberror", broken)
    context.remove_listener("console", refused)
    assert not faults, faults


def a_page(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    return page


def enter(page: Page) -> None:
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("presence")).not_to_have_text("Conectando…")


def write(page: Page, text: str) -> None:
    page.get_by_test_id("write").fill(text)
    page.get_by_test_id("write").press("Enter")


def messages(page: Page) -> Locator:
    return page.get_by_test_id("message")


def texts(page: Page) -> Locator:
    return page.get_by_test_id("message").get_by_test_id("text")
