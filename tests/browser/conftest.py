"""One Chromium for each file of tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from fakes.chat_server import ChatServer, chat_server
from fakes.chat_visitor import a_browser_of, a_page, no_faults

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Playwright talks to its own driver over a socket pair, which the ban on sockets would forbid."""
    missing = pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium here: `sudo apt-get install chromium` brings one"
    )
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.enable_socket)
            item.add_marker(missing)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Goes with its file: as long as it is open, its event loop counts as running, and no test may run another."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def server() -> Iterator[ChatServer]:
    """A shop's page with the chat, and what is behind it."""
    with chat_server() as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with a_browser_of(browser) as context:
        yield context


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """Stays open from test to test, which spares most of a test's time: each test has a shop of another
    origin, where nothing is kept yet."""
    with a_browser_of(browser) as context:
        yield context.new_page()


@pytest.fixture
def page(server: ChatServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The shop's page, for somebody who has never been there; in the test's own browser, where it has one."""
    if "context" in request.fixturenames:
        yield a_page(request.getfixturevalue("context"), server.url)
        return
    tab: Page = request.getfixturevalue("tab")
    with no_faults(tab.context):
        tab.goto(server.url)
        yield tab
        if folder := os.environ.get("SCREENSHOTS"):
            tab.screenshot(path=f"{folder}/{request.node.name}.png")
        for popup in tab.context.pages[1:]:
            popup.close()
        tab.goto("about:blank")
