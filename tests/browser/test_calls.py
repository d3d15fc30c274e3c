"""Calls on the page: a shopper's telephone and an agent's, as they are played by hand."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from fakes.chat_visitor import a_browser_of, a_page
from playground.running import RunningStack

PATIENCE = 60_000
"""Milliseconds: two slow cores start ten functions."""
CARMENS, MARTAS = "+34600555666", "+34600900101"


@pytest.fixture
def page(browser: Browser, shop: RunningStack) -> Iterator[Page]:
    with a_browser_of(browser, 1440, 900) as context:
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page = a_page(context, shop.url)
        expect(page.get_by_test_id("slack")).to_be_visible()
        yield page


def telephone(page: Page, number: str, waiting: str) -> Locator:
    """The one that can do this now."""
    return page.locator(f'[data-testid=call][data-phone="{number}"][data-waiting="{waiting}"]')


def press(telephone: Locator, key: str) -> None:
    telephone.locator(f'[data-testid=call-key][data-key="{key}"]').click()


def speak(telephone: Locator, words: str) -> None:
    telephone.get_by_test_id("call-words").fill(words)
    telephone.get_by_test_id("call-say").click()


def test_a_shopper_leaves_a_message_and_an_agent_calls_back(page: Page) -> None:
    page.get_by_test_id("sms-phone-select").select_option(CARMENS)
    page.get_by_test_id("call-shop").click()
    calling = telephone(page, CARMENS, "key")
    expect(calling.get_by_test_id("call-heard")).to_contain_text("has llamado a La Tinaja")
    press(calling, "3")
    speak(telephone(page, CARMENS, "voice"), "Nos faltan dos fuentes")

    card = page.get_by_test_id("slack-messages").get_by_test_id("slack-message").filter(has_text="teléfono")
    card.last.get_by_test_id("slack-thread-summary").click()
    thread = page.get_by_test_id("slack-thread")
    expect(thread.get_by_test_id("file")).to_contain_text("voicemail.mp3")

    card.last.locator('[data-testid=slack-action][data-action-id="ring"]').click()
    telephone(page, MARTAS, "answer").get_by_test_id("call-pick_up").click()
    press(telephone(page, MARTAS, "key"), "1")
    telephone(page, CARMENS, "answer").get_by_test_id("call-pick_up").click()
    speak(telephone(page, MARTAS, "talk"), "Hola, Carmen: salen mañana.")
    answered = telephone(page, CARMENS, "talk")
    expect(answered.get_by_test_id("call-heard")).to_contain_text("salen mañana")
    answered.get_by_test_id("call-hang_up").click()

    expect(thread).to_contain_text("Marta Vidal ha hablado por teléfono con")
