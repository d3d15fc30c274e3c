"""What one event of the shop says, in the domain's own terms."""

from dataclasses import dataclass

from mostrador.domain.shop import Fulfilment, Order, Product, Profile, Refund


@dataclass(frozen=True, slots=True)
class OrderTold:
    order: Order
    """Without ``customer_id``, which is ours to find, and without its parts, which are told by themselves."""
    buyer: Profile
    """Whose it is. Only a guest's describes them as of now; ``updated_at`` is 0 where an account has its own events."""


@dataclass(frozen=True, slots=True)
class PartTold:
    """A shipment or a refund of an order."""

    order_id: str
    part: Fulfilment | Refund


@dataclass(frozen=True, slots=True)
class StockTold:
    product_id: str
    available: int | None
    expected_at: float
    updated_at: float


type Told = Profile | OrderTold | PartTold | Product | StockTold
