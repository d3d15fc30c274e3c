"""What the shop's own system knows: customers, orders and stock. Money is in hundredths of the currency's unit."""

from dataclasses import dataclass
from enum import StrEnum


class OrderStatus(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    """All of it was paid back."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A customer as the shop's system describes them. Texts are the shop's, or the customer's own: untrusted."""

    shop_id: str
    """The shop system's id of the customer; empty for somebody who bought as a guest."""
    name: str = ""
    email: str = ""
    """Canonical, lower case."""
    phone: str = ""
    """E.164."""
    language: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2, upper case."""
    company: str = ""
    tags: tuple[str, ...] = ()
    """Lower case."""
    registered_at: float = 0.0
    updated_at: float = 0.0
    """By the shop's clock: an older description never replaces a newer one."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    product_id: str
    title: str
    quantity: int
    price: int
    """Of one."""


@dataclass(frozen=True, slots=True)
class Fulfilment:
    id: str
    carrier: str = ""
    number: str = ""
    url: str = ""
    """https only."""
    phone: str = ""
    shipped_at: float = 0.0
    expected_at: float = 0.0
    delivered_at: float = 0.0
    updated_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Refund:
    id: str
    amount: int
    updated_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Order:
    id: str
    """The shop system's id."""
    customer_id: str
    """Ours."""
    number: str
    """What the customer sees: ``#1042``."""
    placed_at: float
    updated_at: float
    status: OrderStatus
    total: int
    currency: str
    """ISO 4217, upper case."""
    lines: tuple[OrderLine, ...] = ()
    fulfilments: tuple[Fulfilment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    revision: int = 0

    @property
    def refunded(self) -> int:
        return sum(refund.amount for refund in self.refunds)

    @property
    def counts(self) -> bool:
        """Whether it is a purchase: paid for, not cancelled, not paid back."""
        return self.status in (OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.DELIVERED)

    @property
    def net(self) -> int:
        return max(0, self.total - self.refunded) if self.counts else 0


@dataclass(frozen=True, slots=True)
class Product:
    id: str
    title: str
    sku: str = ""
    price: int = 0
    currency: str = ""
    url: str = ""
    available: int | None = None
    """Pieces in stock; None where the shop does not count them."""
    expected_at: float = 0.0
    """When more come; 0 where nobody knows."""
    updated_at: float = 0.0
    stock_updated_at: float = 0.0
    revision: int = 0
