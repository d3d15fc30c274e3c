"""The web shop as the page reads it. Money is in cents."""

from typing import Any

from playground.shop.shop import Shop
from playground.shop.state import CURRENCY, Account, Order, Parcel, Product

Json = dict[str, Any]
POSSIBLE = {
    "pending": ["cancel"],
    "paid": ["ship", "refund", "cancel"],
    "shipped": ["deliver", "refund"],
    "delivered": ["refund"],
    "cancelled": [],
    "refunded": [],
}
"""What the people of the shop can do with an order."""


def view(shop: Shop) -> Json:
    """Everything, the newest order first. ``heard``: whether the counter has taken what was told last."""
    database = shop.database
    return {
        "currency": CURRENCY,
        "heard": shop.heard,
        "products": [_product(product) for product in database.products.values()],
        "customers": [_account(account, shop) for account in database.accounts.values()],
        "orders": [_order(order) for order in reversed(database.orders.values())],
    }


def _product(product: Product) -> Json:
    return {
        "id": product.id,
        "title": product.title,
        "price": product.price,
        "available": product.available,
        "expected_at": product.expected_at or None,
    }


def _account(account: Account, shop: Shop) -> Json:
    orders = [order for order in shop.database.orders.values() if order.buyer is account]
    counted = [order for order in orders if order.status in ("paid", "shipped", "delivered")]
    return {
        "id": account.id,
        "name": account.name,
        "mail": account.mail,
        "company": account.company,
        "tags": account.tags,
        "orders": len(counted),
        "spent": sum(order.total - order.refunded for order in counted),
    }


def _order(order: Order) -> Json:
    return {
        "id": order.id,
        "number": order.number,
        "customer": {"name": order.buyer.name, "mail": order.buyer.mail},
        "placed_at": order.placed_at,
        "status": order.status,
        "total": order.total,
        "refunded": order.refunded,
        "lines": [{"title": line.title, "quantity": line.quantity, "price": line.price} for line in order.lines],
        "parcels": [_parcel(each) for each in order.parcels],
        "possible": POSSIBLE[order.status],
    }


def _parcel(parcel: Parcel) -> Json:
    return {
        "carrier": parcel.carrier,
        "number": parcel.number,
        "url": parcel.url,
        "shipped_at": parcel.shipped_at,
        "delivered_at": parcel.delivered_at or None,
    }
