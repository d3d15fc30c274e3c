"""Calls on the page: telephones of shoppers and agents, as they are played by hand; and calls that the web offers."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from fakes.chat_visitor import a_browser_of, a_page
from playground.running import RunningStack

PATIENCE = 60_000
"""Milliseconds: two slow cores start ten functions."""
CARMENS, MARTAS = "+34600555666", "+34600900101"
BUYERS = "+34600777100"
BUTTON = ".mostrador-call a"
ALL_OF_IT = (
    "Hola, Carmen: salen mañana. "
    + "Las dos fuentes estaban en el taller, ya están envueltas y van con el pedido. " * 4
)
"""Longer than what is taken for "I cannot talk now": the telephones reckon how long it takes to say."""


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


def card_of(page: Page, words: str) -> Locator:
    """The last card that says this."""
    return page.get_by_test_id("slack-messages").get_by_test_id("slack-message").filter(has_text=words).last


def is_put_through(page: Page, card: Locator, number: str) -> None:
    """Marta calls, and whoever has this number picks up."""
    card.locator('[data-testid=slack-action][data-action-id="ring"]').click()
    telephone(page, MARTAS, "answer").get_by_test_id("call-pick_up").click()
    press(telephone(page, MARTAS, "key"), "1")
    telephone(page, number, "answer").get_by_test_id("call-pick_up").click()


def puts_into_the_basket(shopping: Page, piece: str, pieces: int = 1) -> None:
    for _ in range(pieces):
        shopping.get_by_role("button", name=f"Añadir a la cesta: {piece}").click()


def sends(wish: Page) -> None:
    """Whoever is quicker than people are gets the page back as it was, with a sentence, and presses again."""
    wish.get_by_role("button", name="Llamadme").click()
    outcome = wish.locator("[role=status], [role=alert]")
    expect(outcome).to_be_visible()
    while outcome.get_attribute("role") == "alert":
        expect(outcome).to_contain_text("Eso ha sido muy rápido")
        with wish.expect_navigation():
            wish.get_by_role("button", name="Llamadme").click()


def test_a_wholesaler_is_known_by_her_number_leaves_a_message_and_is_called_back(page: Page) -> None:
    page.get_by_test_id("sms-phone-select").select_option(CARMENS)
    page.get_by_test_id("call-shop").click()
    calling = telephone(page, CARMENS, "key")
    expect(calling.get_by_test_id("call-heard")).to_contain_text("has llamado a La Tinaja")
    press(calling, "3")
    speak(telephone(page, CARMENS, "voice"), "Nos faltan dos fuentes")

    page.locator('[data-testid=slack-channel][data-name="mayoristas"]').click()
    card = card_of(page, "Carmen Soler")
    expect(card).to_contain_text("+34 600 55 56 66: el número que figura en la tienda")
    card.get_by_test_id("slack-thread-summary").click()
    thread = page.get_by_test_id("slack-thread")
    expect(thread.get_by_test_id("file")).to_contain_text("voicemail.mp3")
    expect(thread).to_contain_text("Transcripción del mensaje de voz: «Nos faltan dos fuentes»")

    is_put_through(page, card, CARMENS)
    speak(telephone(page, MARTAS, "talk"), ALL_OF_IT)
    answered = telephone(page, CARMENS, "talk")
    expect(answered.get_by_test_id("call-heard")).to_contain_text("Hola, Carmen: salen mañana.")
    # Telephones cover nothing in which somebody writes meanwhile.
    for where in ("sms-text", "slack-channel-text", "slack-thread-text"):
        page.get_by_test_id(where).click(trial=True)
    answered.get_by_test_id("call-hang_up").click()

    expect(thread).to_contain_text("Marta Vidal ha hablado por teléfono con")


def test_a_cheap_basket_out_of_hours_is_offered_no_call(page: Page, shop: RunningStack) -> None:
    shopping = page.context.new_page()
    with shopping.expect_response("**/web/offer*") as told:
        shopping.goto(f"{shop.url}/tienda?lang=es")
    assert told.value.json()["basket_from"] == 100
    puts_into_the_basket(shopping, "Taza azul de 30 cl")
    expect(shopping.get_by_test_id("site-checkout")).to_be_visible()
    expect(shopping.locator(BUTTON)).to_be_hidden()

    # Whoever knows the address all the same reads why not, and where to write.
    shopping.goto(f"{shop.url}/web/call?lang=es")
    expect(shopping.locator("main")).to_contain_text("Ahora mismo no podemos llamarte")
    expect(shopping.get_by_role("link", name="Ir al formulario")).to_have_attribute("href", "/web/form?lang=es")


def test_a_dear_basket_is_offered_a_call_and_is_called_at_the_time_that_was_chosen(
    page: Page, shop: RunningStack
) -> None:
    shopping = page.context.new_page()
    shopping.goto(f"{shop.url}/tienda?lang=es")
    puts_into_the_basket(shopping, "Taza azul de 30 cl", 7)
    expect(shopping.locator(".mostrador-call")).to_contain_text("Te llamamos ")
    with shopping.expect_popup() as opened:
        shopping.locator(BUTTON).click()
    wish = opened.value
    wish.get_by_label("Teléfono").fill(BUYERS)
    wish.get_by_label("Nombre").fill("Nuria Sanz")
    chosen = wish.get_by_role("radio").nth(1)
    chosen.check()
    when = wish.locator(f"label[for={chosen.get_attribute('id')}]").inner_text()
    wish.get_by_role("checkbox").check()
    sends(wish)
    expect(wish.get_by_role("status")).to_contain_text(f"Te llamamos {when[:1].lower()}{when[1:]}")

    page.bring_to_front()
    card = card_of(page, "Nuria Sanz")
    expect(card).to_contain_text("llamada prometida para")
    expect(card).to_contain_text("Número sin verificar")
    card.get_by_test_id("slack-thread-summary").click()
    thread = page.get_by_test_id("slack-thread")
    expect(thread).to_contain_text("Pide desde la web que le llamemos ")
    is_put_through(page, card, BUYERS)
    speak(telephone(page, BUYERS, "talk"), ALL_OF_IT)
    telephone(page, BUYERS, "talk").get_by_test_id("call-hang_up").click()
    expect(thread).to_contain_text("Marta Vidal ha hablado por teléfono con Nuria Sanz")
    expect(card).not_to_contain_text("llamada prometida para")
