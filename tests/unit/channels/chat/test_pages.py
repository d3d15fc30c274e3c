"""Where a visitor says that they are, and what of it is told."""

import pytest

from mostrador.channels.chat.frames import Whereabouts
from mostrador.channels.chat.pages import LONGEST_PATH, LONGEST_TITLE, page_of
from mostrador.domain.messages import Page

ORIGINS = ("https://latinaja.example", "http://127.0.0.1:4600")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://latinaja.example/tienda/plato-hondo", "https://latinaja.example/tienda/plato-hondo"),
        ("HTTPS://LaTinaja.example/Plato", "https://latinaja.example/Plato"),
        ("http://127.0.0.1:4600/tienda", "http://127.0.0.1:4600/tienda"),
        ("https://latinaja.example/pedido?token=secreto", "https://latinaja.example/pedido"),
        ("https://latinaja.example/pedido#secreto", "https://latinaja.example/pedido"),
        ("https://latinaja.example", "https://latinaja.example"),
        ("https://latinaja.example/" + "a" * 900, "https://latinaja.example/" + "a" * (LONGEST_PATH - 1)),
    ],
)
def test_page_of_the_shop_is_told_without_what_may_be_secret(address: str, told: str) -> None:
    assert page_of(Whereabouts(address, "Plato"), ORIGINS) == Page(told, "Plato")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "plato",
        "//latinaja.example/plato",
        "https://otra.example/plato",
        "http://latinaja.example/plato",
        "https://ana:clave@latinaja.example/plato",
        "https://latinaja.example:8443/plato",
        "https://latinaja.example.otra.example/",
        "https://otra.example/https://latinaja.example/",
        "https://[latinaja.example/plato",
        "javascript:alert(1)//https://latinaja.example",
    ],
)
def test_page_of_anybody_else_is_not_told(address: str) -> None:
    assert page_of(Whereabouts(address, "Plato"), ORIGINS) is None


def test_nothing_said_is_nothing_told() -> None:
    assert page_of(None, ORIGINS) is None


def test_title_is_one_line_of_some_length() -> None:
    page = page_of(Whereabouts("https://latinaja.example/", " Plato\n\thondo " + "a" * 900), ORIGINS)
    assert page is not None
    assert page.title.startswith("Plato hondo aaa")
    assert len(page.title) == LONGEST_TITLE
