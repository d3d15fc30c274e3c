"""What La Tinaja sells, and what its customers have bought so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from playground.cast import ANA, CARMEN, EMMA, JAVIER, Shopper
from playground.shop.parcels import parcel
from playground.shop.state import Account, Database, Line, Order, Product, Status

DAY = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Goods:
    title: str
    price: int
    available: int | None
    comes_in: float = 0.0
    """Days until there are more."""


GOODS = {
    "plato-llano": Goods("Plato llano, serie azul", 18_50, 64),
    "cuenco": Goods("Cuenco hondo, serie azul", 16_00, 40),
    "taza": Goods("Taza azul de 30 cl", 14_50, 52),
    "botijo": Goods("Botijo blanco de Talavera", 32_00, 12),
    "tinaja": Goods("Tinaja azul de 40 cm", 145_00, 1),
    "fuente": Goods("Fuente ovalada policromada", 48_00, 9),
    "azulejos": Goods("Juego de doce azulejos", 96_00, 0, comes_in=12),
    "taller": Goods("Taller de torno, dos horas", 45_00, None),
}

REGISTERED = {ANA: 700, JAVIER: 2, EMMA: 30, CARMEN: 1100}
"""Days ago."""
COUNTRIES = {EMMA: "GB"}
COMPANIES = {CARMEN: "Hotel Sol"}
TAGS = {CARMEN: ["mayorista"]}


@dataclass(frozen=True, slots=True)
class Purchase:
    number: str
    who: Shopper
    days_ago: float
    status: Status
    what: Mapping[str, int]


PURCHASES = (
    Purchase("LT-1714", CARMEN, 330, "delivered", {"plato-llano": 80, "cuenco": 80}),
    Purchase("LT-1733", ANA, 301, "delivered", {"botijo": 1}),
    Purchase("LT-1802", CARMEN, 240, "delivered", {"taza": 120}),
    Purchase("LT-1876", ANA, 188, "delivered", {"taza": 4, "cuenco": 4}),
    Purchase("LT-1925", CARMEN, 150, "delivered", {"fuente": 24, "plato-llano": 40}),
    Purchase("LT-1990", ANA, 94, "delivered", {"fuente": 1}),
    Purchase("LT-2034", CARMEN, 61, "delivered", {"plato-llano": 60, "taza": 60}),
    Purchase("LT-2071", ANA, 19, "paid", {"plato-llano": 12}),
    Purchase("LT-2088", EMMA, 6, "delivered", {"taza": 4}),
    Purchase("LT-2094", CARMEN, 3, "shipped", {"cuenco": 100, "plato-llano": 100}),
)


def opening(now: float) -> Database:
    """The shop as it is on the first morning. What was described by then was described then."""
    shop = Database()
    for identifier, goods in GOODS.items():
        comes = now + goods.comes_in * DAY if goods.comes_in else 0.0
        sku = f"LT-{identifier.upper()}"
        shop.products[identifier] = Product(identifier, goods.title, sku, goods.price, goods.available, comes, now, now)
    for number, (who, days) in enumerate(REGISTERED.items(), start=1):
        shop.accounts[str(number)] = _account(str(number), who, now - days * DAY, now)
    for number, purchase in enumerate(PURCHASES, start=5001):
        shop.orders[str(number)] = _order(shop, str(number), purchase, now)
    return shop


def _account(identifier: str, who: Shopper, registered_at: float, now: float) -> Account:
    return Account(
        identifier,
        who.name,
        who.mail,
        who.phone,
        who.language,
        COUNTRIES.get(who, "ES"),
        registered_at,
        COMPANIES.get(who, ""),
        list(TAGS.get(who, ())),
        now,
    )


def _order(shop: Database, identifier: str, purchase: Purchase, now: float) -> Order:
    placed_at = now - purchase.days_ago * DAY
    lines = [Line(each, GOODS[each].title, pieces, GOODS[each].price) for each, pieces in purchase.what.items()]
    buyer = shop.account_of(purchase.who.mail)
    if buyer is None:
        raise LookupError(purchase.who.mail)
    order = Order(identifier, purchase.number, buyer, placed_at, purchase.status, lines, updated_at=now)
    if purchase.status in ("shipped", "delivered"):
        sent = parcel(f"{identifier}-1", f"ES{identifier}00", shipped_at=placed_at + 2 * DAY)
        sent.delivered_at = placed_at + 4 * DAY if purchase.status == "delivered" else 0.0
        sent.updated_at = now
        order.parcels.append(sent)
    return order
