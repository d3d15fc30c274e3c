"""The events as the shop writes them: the contract of docs/connect/shop.md, and what its JSON Schema is made of.

What a field may hold is said here, so that whoever breaks it hears which field it was. Unknown fields are let pass: a
shop may tell more than we ask for.
"""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from mostrador.domain.shop import OrderStatus

MOST_LINES = 200
MOST_PARTS = 50
"""Shipments, and refunds, of one order."""

type Id = Annotated[str, Meta(pattern=r"^[!-~]{1,100}$", description="The shop system's own id; visible ASCII.")]
type Text = Annotated[str, Meta(max_length=300)]
type Phone = Annotated[str, Meta(max_length=40, description="International, or as people write it in `country`.")]
type Mail = Annotated[str, Meta(pattern=r"^[^\s@<>(),;:\"]{1,64}@[^\s@<>(),;:\"]{1,255}$")]
type Url = Annotated[str, Meta(pattern=r"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#]\S*)?$", max_length=2000)]
type Country = Annotated[str, Meta(pattern=r"^[A-Za-z]{2}$", description="ISO 3166-1 alpha-2.")]
type Currency = Annotated[str, Meta(pattern=r"^[A-Za-z]{3}$", description="ISO 4217.")]
type Language = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$", max_length=35)]
type Money = Annotated[str, Meta(pattern=r"^[0-9]{1,10}(\.[0-9]{1,2})?$", description='Decimal text, as in "49.90".')]
type Time = Annotated[datetime, Meta(tz=True, description="ISO 8601 with an offset or Z, between 2000 and 2100.")]
type Tag = Annotated[str, Meta(max_length=100)]
type Tags = Annotated[list[Tag], Meta(max_length=50)]
type Quantity = Annotated[int, Meta(ge=0, le=1_000_000)]
type Pieces = Annotated[int, Meta(ge=-1_000_000_000, le=1_000_000_000)]


class CustomerData(Struct, frozen=True):
    id: Id
    updated_at: Time
    name: Text | None = None
    email: Mail | None = None
    phone: Phone | None = None
    language: Language | None = None
    country: Country | None = None
    company: Text | None = None
    tags: Tags | None = None
    registered_at: Time | None = None


class DeletedData(Struct, frozen=True):
    id: Id
    updated_at: Time


class BuyerData(Struct, frozen=True):
    """One of `id` and `email` has to be there; without `id` it is a guest."""

    id: Id | None = None
    email: Mail | None = None
    name: Text | None = None
    phone: Phone | None = None
    language: Language | None = None
    country: Country | None = None


class LineData(Struct, frozen=True):
    title: Text
    quantity: Quantity
    price: Money
    product_id: Id | None = None


class OrderData(Struct, frozen=True):
    id: Id
    number: Text
    placed_at: Time
    updated_at: Time
    status: OrderStatus
    total: Money
    currency: Currency
    customer: BuyerData | None = None
    lines: Annotated[list[LineData], Meta(max_length=MOST_LINES)] | None = None


class FulfilmentData(Struct, frozen=True):
    id: Id
    order_id: Id
    updated_at: Time
    carrier: Text | None = None
    number: Text | None = None
    url: Url | None = None
    phone: Phone | None = None
    shipped_at: Time | None = None
    expected_at: Time | None = None
    delivered_at: Time | None = None


class RefundData(Struct, frozen=True):
    id: Id
    order_id: Id
    updated_at: Time
    amount: Money


class ProductData(Struct, frozen=True):
    id: Id
    updated_at: Time
    title: Text
    sku: Text | None = None
    price: Money | None = None
    currency: Currency | None = None
    url: Url | None = None


class StockData(Struct, frozen=True):
    """`available` is `null` where the shop does not count this product."""

    product_id: Id
    updated_at: Time
    available: Pieces | None
    expected_at: Time | None = None


class Event(Struct, frozen=True, tag_field="type"):
    id: Id
    created_at: Time | None = None


class CustomerUpdated(Event, frozen=True, kw_only=True, tag="customer.updated"):
    data: CustomerData


class CustomerDeleted(Event, frozen=True, kw_only=True, tag="customer.deleted"):
    data: DeletedData


class OrderUpdated(Event, frozen=True, kw_only=True, tag="order.updated"):
    data: OrderData


class FulfilmentUpdated(Event, frozen=True, kw_only=True, tag="fulfilment.updated"):
    data: FulfilmentData


class RefundUpdated(Event, frozen=True, kw_only=True, tag="refund.updated"):
    data: RefundData


class ProductUpdated(Event, frozen=True, kw_only=True, tag="product.updated"):
    data: ProductData


class StockUpdated(Event, frozen=True, kw_only=True, tag="stock.updated"):
    data: StockData


type ShopEvent = (
    CustomerUpdated | CustomerDeleted | OrderUpdated | FulfilmentUpdated | RefundUpdated | ProductUpdated | StockUpdated
)

EVENTS: dict[str, type[Event]] = {
    "customer.updated": CustomerUpdated,
    "customer.deleted": CustomerDeleted,
    "order.updated": OrderUpdated,
    "fulfilment.updated": FulfilmentUpdated,
    "refund.updated": RefundUpdated,
    "product.updated": ProductUpdated,
    "stock.updated": StockUpdated,
}
