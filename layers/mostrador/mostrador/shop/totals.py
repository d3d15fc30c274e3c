"""What a customer's orders come to, kept by what each change of an order makes of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from mostrador.domain.conversation import Customer
from mostrador.domain.shop import Order

RECOUNTED = 500
"""Orders that are looked through where the first or the last purchase turns out to be none."""


def with_order(
    customer: Customer, before: Order | None, after: Order, shop_currency: str, others: Callable[[], Sequence[Order]]
) -> Customer:
    """The customer once ``before`` has become ``after``. ``others``: up to RECOUNTED of their orders, newest first."""
    currency = customer.currency or shop_currency
    counted = replace(
        customer,
        currency=currency,
        orders=customer.orders + _counts(after) - _counts(before),
        spent=customer.spent + _amount(after, currency) - _amount(before, currency),
    )
    if after.counts:
        first = min(counted.first_order_at or after.placed_at, after.placed_at)
        return replace(counted, first_order_at=first, last_order_at=max(counted.last_order_at, after.placed_at))
    return _without(counted, after, others) if _counts(before) else counted


def _without(customer: Customer, order: Order, others: Callable[[], Sequence[Order]]) -> Customer:
    """An order is no purchase any more."""
    if not customer.orders:
        return replace(customer, first_order_at=0.0, last_order_at=0.0)
    if order.placed_at not in (customer.first_order_at, customer.last_order_at):
        return customer
    known = others()
    times = [other.placed_at for other in known if other.counts and other.id != order.id]
    if not times:
        return customer
    # Where there are more orders than were looked through, the first one lies beyond them.
    first = customer.first_order_at if len(known) >= RECOUNTED else min(times)
    return replace(customer, first_order_at=first, last_order_at=max(times))


def _counts(order: Order | None) -> int:
    return int(order is not None and order.counts)


def _amount(order: Order | None, currency: str) -> int:
    """Nothing for a purchase in another currency: there is no rate to count it by."""
    return order.net if order is not None and order.currency == currency else 0
