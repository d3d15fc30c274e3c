"""What the web shop says in its events (docs/connect/shop.md), as a shop that knows nothing else of the counter."""

from datetime import UTC, datetime
from typing import Any

from playground.shop.parcels import CARRIERS_PHONE
from playground.shop.state import CURRENCY, Account, Guest, Order, Parcel, Product, Refund

Json = dict[str, Any]
type Told = tuple[str, Json]
"""The type of an event, and its data."""


def account_updated(account: Account) -> Told:
    return "customer.updated", {
        "id": account.id,
        "updated_at": time(account.updated_at),
        "name": account.name,
        "email": account.mail,
        "phone": account.phone,
        "language": account.language,
        "country": account.country,
        "company": account.company,
        "tags": account.tags,
        "registered_at": time(account.registered_at),
    }


def order_updated(order: Order) -> Told:
    return "order.updated", {
        "id": order.id,
        "number": order.number,
        "placed_at": time(order.placed_at),
        "updated_at": time(order.updated_at),
        "status": order.status,
        "total": money(order.total),
        "currency": CURRENCY,
        "customer": _buyer(order.buyer),
        "lines": [
            {"product_id": line.product, "title": line.title, "quantity": line.quantity, "price": money(line.price)}
            for line in order.lines
        ],
    }


def _buyer(buyer: Account | Guest) -> Json:
    if isinstance(buyer, Account):
        return {"id": buyer.id, "email": buyer.mail}
    return {"email": buyer.mail, "name": buyer.name}


def parcel_updated(order: Order, parcel: Parcel) -> Told:
    return "fulfilment.updated", {
        "id": parcel.id,
        "order_id": order.id,
        "updated_at": time(parcel.updated_at),
        "carrier": parcel.carrier,
        "number": parcel.number,
        "url": parcel.url,
        "phone": CARRIERS_PHONE,
        "shipped_at": time(parcel.shipped_at),
        "expected_at": time(parcel.expected_at),
        "delivered_at": time(parcel.delivered_at) if parcel.delivered_at else None,
    }


def refund_updated(order: Order, refund: Refund) -> Told:
    return "refund.updated", {
        "id": refund.id,
        "order_id": order.id,
        "updated_at": time(refund.updated_at),
        "amount": money(refund.amount),
    }


def product_updated(product: Product) -> Told:
    return "product.updated", {
        "id": product.id,
        "updated_at": time(product.updated_at),
        "title": product.title,
        "sku": product.sku,
        "price": money(product.price),
        "currency": CURRENCY,
        "url": f"https://latinaja.example/{product.id}",
    }


def stock_updated(product: Product) -> Told:
    return "stock.updated", {
        "product_id": product.id,
        "updated_at": time(product.stock_updated_at),
        "available": product.available,
        "expected_at": time(product.expected_at) if product.expected_at else None,
    }


def everything_of(order: Order) -> list[Told]:
    parcels = [parcel_updated(order, parcel) for parcel in order.parcels]
    return [order_updated(order), *parcels, *(refund_updated(order, refund) for refund in order.refunds)]


def money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
