"""What the web shop's database holds. Money is in cents, times are seconds since the epoch."""

from dataclasses import dataclass, field
from typing import Literal

Status = Literal["pending", "paid", "shipped", "delivered", "cancelled", "refunded"]
CURRENCY = "EUR"


@dataclass(slots=True)
class Product:
    id: str
    title: str
    sku: str
    price: int
    available: int | None
    """None: nobody counts them."""
    expected_at: float = 0.0
    updated_at: float = 0.0
    stock_updated_at: float = 0.0


@dataclass(slots=True)
class Account:
    id: str
    name: str
    mail: str
    phone: str
    language: str
    country: str
    registered_at: float
    company: str = ""
    tags: list[str] = field(default_factory=list)
    updated_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who bought without an account."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class Line:
    product: str
    title: str
    quantity: int
    price: int


@dataclass(slots=True)
class Parcel:
    id: str
    carrier: str
    number: str
    url: str
    shipped_at: float
    expected_at: float
    delivered_at: float = 0.0
    updated_at: float = 0.0


@dataclass(slots=True)
class Refund:
    id: str
    amount: int
    updated_at: float


@dataclass(slots=True)
class Order:
    id: str
    number: str
    buyer: Account | Guest
    placed_at: float
    status: Status
    lines: list[Line]
    parcels: list[Parcel] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    updated_at: float = 0.0

    @property
    def total(self) -> int:
        return sum(line.quantity * line.price for line in self.lines)

    @property
    def refunded(self) -> int:
        return sum(refund.amount for refund in self.refunds)


@dataclass(slots=True)
class Database:
    products: dict[str, Product] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    """By their id."""
    orders: dict[str, Order] = field(default_factory=dict)
    """By their id, the oldest first."""

    def account_of(self, mail: str) -> Account | None:
        return next((account for account in self.accounts.values() if account.mail == mail), None)
