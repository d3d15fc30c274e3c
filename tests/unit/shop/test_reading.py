"""From the shop's documents to what the inbox knows, each fault by the name of its field."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mostrador.domain.errors import Unreadable
from mostrador.domain.messages import Ignored
from mostrador.domain.shop import Fulfilment, Order, OrderLine, OrderStatus, Product, Profile, Refund
from mostrador.shop.reading import read
from mostrador.shop.told import OrderTold, PartTold, StockTold, Told
from unit.shop.payloads import NAMES, payload


def at(text: str) -> float:
    return datetime.fromisoformat(text).astimezone(UTC).timestamp()


NOW = at("2026-11-22T10:00:00Z")
ORDER = Order(
    "5001", "", "#1042", at("2026-11-20T17:30:00Z"), NOW, OrderStatus.PAID, 4_990, "EUR",
    lines=(OrderLine("p-botijo", "Botijo azul de Talavera", 1, 4_200), OrderLine("", "Envío", 1, 790)),
)  # fmt: skip
GUESTS = Order("5002", "", "#1043", at("2026-11-22T09:59:00Z"), NOW, OrderStatus.PENDING, 2_000, "EUR")

TOLD: dict[str, Told | Ignored] = {
    "customer_updated__full": Profile(
        "7", "Ana Molina", "ana.molina@correo.example", "+34600111222", "es", "ES", "", ("vip", "talavera"),
        at("2024-03-01T08:00:00Z"), at("2026-11-22T09:59:58.5Z"),
    ),
    "customer_updated__little_known": Profile("gid://shop/Customer/8", updated_at=NOW),
    "customer_deleted__account_closed": Profile("7", updated_at=NOW),
    "order_updated__of_an_account": OrderTold(ORDER, Profile("7", email="ana.molina@correo.example")),
    "order_updated__of_a_guest": OrderTold(
        GUESTS, Profile("", "Emma Clarke", "emma.clarke@mail.example", "+447700900123", "en", "GB", updated_at=NOW)
    ),
    "order_updated__at_the_till": Ignored("an order of nobody, such as one that was paid at the till"),
    "fulfilment_updated__on_its_way": PartTold(
        "5001",
        Fulfilment(
            "f-1", "Correos Express", "ES1234567890", "https://seguimiento.correos.example/?n=ES1234567890",
            "900 000 000", at("2026-11-22T09:00:00Z"), at("2026-11-24T18:00:00Z"), 0.0, NOW,
        ),
    ),
    "refund_updated__in_part": PartTold("5001", Refund("r-1", 790, NOW)),
    "product_updated__plain": Product(
        "p-botijo", "Botijo azul de Talavera", "BOT-01", 4_200, "EUR", "https://latinaja.example/botijo-azul",
        updated_at=NOW,
    ),
    "stock_updated__oversold": StockTold("p-botijo", 0, at("2026-12-01T00:00:00Z"), NOW),
    "stock_updated__not_counted": StockTold("p-taller", None, 0.0, NOW),
    "cart_abandoned__of_no_interest": Ignored("an event of a type that means nothing here"),
}  # fmt: skip


def test_every_recorded_event_is_read_by_a_test() -> None:
    assert set(NAMES) == set(TOLD)


@pytest.mark.parametrize("name", NAMES)
def test_an_event_says_in_our_terms_what_it_said_in_the_shops(name: str) -> None:
    assert read(payload(name), NOW) == TOLD[name]


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [("0", 0), ("0.01", 1), ("0.1", 10), ("49.9", 4_990), ("8.29", 829), ("9999999999.99", 999_999_999_999)],
)
def test_money_is_counted_exactly(text: str, hundredths: int) -> None:
    told = read(payload("refund_updated__in_part", amount=text), NOW)
    assert isinstance(told, PartTold)
    assert told.part == Refund("r-1", hundredths, NOW)


@pytest.mark.parametrize(
    ("phone", "country", "number"),
    [
        ("600 111 222", "ES", "+34600111222"),
        ("+34 600-111-222", None, "+34600111222"),
        ("0034600111222", "ES", "+34600111222"),
        ("+447700900123", "ES", "+447700900123"),
        ("600 111 222", None, ""),
        ("600 111 222", "ZZ", ""),
        ("llámame", "ES", ""),
        ("1", "ES", ""),
        ("  ", "ES", ""),
        ("\0+34600111222", None, "+34600111222"),
    ],
)
def test_a_telephone_that_a_customer_typed_is_a_number_or_nothing(phone: str, country: str | None, number: str) -> None:
    told = read(payload("customer_updated__little_known", phone=phone, country=country), NOW)
    assert isinstance(told, Profile)
    assert told.phone == number


LATE = "2026-11-23T10:00:01Z"
CUSTOMER, ORDERED, BUYER = "customer_updated__full", "order_updated__of_an_account", {"id": "7"}
SENT, REFUNDED = "fulfilment_updated__on_its_way", "refund_updated__in_part"
GOODS, STOCK = "product_updated__plain", "stock_updated__oversold"
LINE = {"title": "Botijo", "quantity": 1, "price": "1"}


@pytest.mark.parametrize(
    ("name", "changes", "field"),
    [
        (CUSTOMER, {"id": 7}, "data.id"),
        (CUSTOMER, {"id": ""}, "data.id"),
        (CUSTOMER, {"id": "a b"}, "data.id"),
        (CUSTOMER, {"id": "x" * 101}, "data.id"),
        (CUSTOMER, {"email": "ana at correo"}, "data.email"),
        (CUSTOMER, {"email": "Ana <ana@correo.example>"}, "data.email"),
        (CUSTOMER, {"email": "a@b@c"}, "data.email"),
        (CUSTOMER, {"name": "x" * 301}, "data.name"),
        (CUSTOMER, {"name": ["Ana"]}, "data.name"),
        (CUSTOMER, {"phone": "6" * 41}, "data.phone"),
        (CUSTOMER, {"country": "España"}, "data.country"),
        (CUSTOMER, {"language": "español"}, "data.language"),
        (CUSTOMER, {"tags": "vip"}, "data.tags"),
        (CUSTOMER, {"tags": ["vip", 1]}, "data.tags[1]"),
        (CUSTOMER, {"tags": ["x" * 101]}, "data.tags[0]"),
        (CUSTOMER, {"tags": ["x"] * 51}, "data.tags"),
        (CUSTOMER, {"updated_at": "22/11/2026"}, "data.updated_at"),
        (CUSTOMER, {"updated_at": "2026-11-22T10:00:00"}, "data.updated_at"),
        (CUSTOMER, {"updated_at": "1999-12-31T23:59:59Z"}, "data.updated_at"),
        (CUSTOMER, {"updated_at": LATE}, "data.updated_at"),
        (CUSTOMER, {"updated_at": NOW}, "data.updated_at"),
        (CUSTOMER, {"registered_at": "2100-01-01T00:00:00Z"}, "data.registered_at"),
        (CUSTOMER, {"registered_at": "0001-01-01T00:00:00+14:00"}, "data.registered_at"),
        (ORDERED, {"status": "lost"}, "data.status"),
        (ORDERED, {"total": 49.9}, "data.total"),
        (ORDERED, {"total": "49,90"}, "data.total"),
        (ORDERED, {"total": "49.901"}, "data.total"),
        (ORDERED, {"total": "-1"}, "data.total"),
        (ORDERED, {"total": "1e9"}, "data.total"),
        (ORDERED, {"total": "\u0661"}, "data.total"),
        (ORDERED, {"total": "9" * 11}, "data.total"),
        (ORDERED, {"currency": "€"}, "data.currency"),
        (ORDERED, {"placed_at": LATE}, "data.placed_at"),
        (ORDERED, {"number": None}, "data.number"),
        (ORDERED, {"customer": {}}, "data.customer"),
        (ORDERED, {"customer": "7"}, "data.customer"),
        (ORDERED, {"customer": BUYER | {"email": "x"}}, "data.customer.email"),
        (ORDERED, {"lines": [LINE, LINE | {"price": "gratis"}]}, "data.lines[1].price"),
        (ORDERED, {"lines": [LINE | {"quantity": 1.5}]}, "data.lines[0].quantity"),
        (ORDERED, {"lines": [LINE | {"quantity": -1}]}, "data.lines[0].quantity"),
        (ORDERED, {"lines": [LINE | {"title": None}]}, "data.lines[0].title"),
        (ORDERED, {"lines": [LINE] * 201}, "data.lines"),
        (SENT, {"url": "http://seguimiento.example/1"}, "data.url"),
        (SENT, {"url": "javascript:alert(1)"}, "data.url"),
        (SENT, {"url": "https://correos.example@evil.example/"}, "data.url"),
        (SENT, {"url": "https://correos.example/a b"}, "data.url"),
        (SENT, {"url": "https://correos.example/" + "x" * 2000}, "data.url"),
        (SENT, {"order_id": None}, "data.order_id"),
        (SENT, {"expected_at": "mañana"}, "data.expected_at"),
        (REFUNDED, {"amount": None}, "data.amount"),
        (GOODS, {"title": None}, "data.title"),
        (GOODS, {"price": "42 €"}, "data.price"),
        (STOCK, {"available": "2"}, "data.available"),
        (STOCK, {"available": True}, "data.available"),
        (STOCK, {"available": 10**30}, "data.available"),
    ],
)
def test_a_fault_is_named_by_its_field_and_nothing_of_it_is_repeated(
    name: str, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Unreadable) as fault:
        read(payload(name, **changes), NOW)
    sentence = str(fault.value)
    assert sentence.startswith(f"{field}: ")
    assert len(sentence) < 200
    assert not [value for value in changes.values() if isinstance(value, str) and len(value) > 3 and value in sentence]


def test_a_field_that_is_missing_is_named() -> None:
    event = payload(ORDERED)
    del event["data"]["total"]
    with pytest.raises(Unreadable, match=r"data: .*total"):
        read(event, NOW)


@pytest.mark.parametrize("event", [{"type": "order.updated"}, {"type": "order.updated", "id": 5, "data": {}}])
def test_an_event_without_its_envelope_is_unreadable(event: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read(event, NOW)


@pytest.mark.parametrize("kind", [None, 7, [], {}, "", "order", "order.created"])
def test_a_type_that_is_not_known_is_ignored(kind: object) -> None:
    assert isinstance(read({"id": "evt_1", "type": kind, "data": {"any": "thing"}}, NOW), Ignored)
