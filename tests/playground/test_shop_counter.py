"""What a person does in the web shop from the page."""

from typing import Any

import httpx
import pytest

Json = dict[str, Any]
ANA = "ana.molina@correo.example"


def shop(page: httpx.Client) -> Json:
    found: Json = page.get("/api/state").json()["web_shop"]
    return found


def newest(page: httpx.Client) -> Json:
    found: Json = shop(page)["orders"][0]
    return found


def product(page: httpx.Client, identifier: str) -> Json:
    (found,) = (each for each in shop(page)["products"] if each["id"] == identifier)
    return dict(found)


def test_order_goes_its_whole_way(page: httpx.Client) -> None:
    left = product(page, "taza")["available"]
    page.post("/api/shop/buy", json={"mail": ANA, "wanted": {"taza": 2}}).raise_for_status()
    assert (newest(page)["customer"]["mail"], newest(page)["status"]) == (ANA, "paid")
    assert product(page, "taza")["available"] == left - 2
    for what, status in (("ship", "shipped"), ("deliver", "delivered"), ("refund", "refunded")):
        page.post("/api/shop/order", json={"order": newest(page)["id"], "do": what}).raise_for_status()
        assert newest(page)["status"] == status


def test_a_guest_who_buys_on_the_shops_page_is_called_by_their_name(page: httpx.Client) -> None:
    order = {"mail": " Nuria.Sanz@correo.example ", "name": "Nuria Sanz", "wanted": {"taza": 1}}
    answer = page.post("/api/shop/buy", json=order).raise_for_status()
    assert answer.json() == {"number": newest(page)["number"]}
    assert newest(page)["customer"]["mail"] == "nuria.sanz@correo.example"
    assert newest(page)["customer"]["name"] == "Nuria Sanz"


def test_customer_is_tagged(page: httpx.Client) -> None:
    (ana,) = (each for each in shop(page)["customers"] if each["mail"] == ANA)
    page.post("/api/shop/tags", json={"customer": ana["id"], "tags": ["Mayorista", ""]}).raise_for_status()
    (ana,) = (each for each in shop(page)["customers"] if each["mail"] == ANA)
    assert ana["tags"] == ["mayorista"]


def test_stock_is_counted_anew(page: httpx.Client) -> None:
    page.post("/api/shop/stock", json={"product": "azulejos", "available": 6}).raise_for_status()
    assert product(page, "azulejos")["available"] == 6


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("buy", {"mail": ANA, "wanted": {}}, "El carrito está vacío."),
        ("buy", {"mail": ANA, "wanted": {"tinaja": 2}}, "No quedan tantas piezas."),
        ("order", {"order": "5001", "do": "ship"}, "Con el pedido así, eso ya no se puede."),
        ("buy", {"mail": ANA, "wanted": {"taza": "2"}}, "Falta algún dato"),
        ("buy", {"mail": ANA, "wanted": {"taza": True}}, "Falta algún dato"),
        ("buy", {"mail": ANA, "wanted": ["taza"]}, "Falta algún dato"),
        ("order", {"order": "5001", "do": "burn"}, "Falta algún dato"),
        ("tags", {"customer": "1", "tags": "mayorista"}, "Falta algún dato"),
        ("tags", {"customer": "1", "tags": [1]}, "Falta algún dato"),
        ("stock", {"product": "taza", "available": None}, "Falta algún dato"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(page: httpx.Client, path: str, body: Json, told: str) -> None:
    before = shop(page)
    answer = page.post(f"/api/shop/{path}", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(told)
    assert shop(page) == before
