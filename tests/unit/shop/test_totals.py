"""What orders come to, change by change."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from mostrador.domain.conversation import Customer
from mostrador.domain.shop import Order, OrderStatus, Refund
from mostrador.shop.totals import RECOUNTED, with_order

DAY = 86_400.0
NOBODY = Customer("c1", "Ana", 0.0)


def order(number: int, status: OrderStatus = OrderStatus.PAID, total: int = 1_000, currency: str = "EUR") -> Order:
    return Order(f"o{number}", "c1", f"#{number}", number * DAY, 0.0, status, total, currency)


def never() -> Sequence[Order]:
    raise AssertionError("the orders were read for nothing")


def known(*orders: Order) -> Customer:
    customer = NOBODY
    for each in orders:
        customer = with_order(customer, None, each, "EUR", never)
    return customer


def facts(customer: Customer) -> tuple[int, int, float, float]:
    return customer.orders, customer.spent, customer.first_order_at / DAY, customer.last_order_at / DAY


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (OrderStatus.PENDING, (0, 0, 0, 0)),
        (OrderStatus.PAID, (1, 1_000, 3, 3)),
        (OrderStatus.SHIPPED, (1, 1_000, 3, 3)),
        (OrderStatus.DELIVERED, (1, 1_000, 3, 3)),
        (OrderStatus.CANCELLED, (0, 0, 0, 0)),
        (OrderStatus.REFUNDED, (0, 0, 0, 0)),
    ],
)
def test_an_order_counts_once_it_is_paid_and_for_as_long(
    status: OrderStatus, expected: tuple[int, int, float, float]
) -> None:
    assert facts(known(order(3, status))) == expected


def test_orders_add_up_whatever_order_they_are_told_in() -> None:
    orders = [order(1), order(2, total=500), order(3, total=250)]
    assert facts(known(*orders)) == facts(known(*reversed(orders))) == (3, 1_750, 1, 3)


def test_a_refund_is_taken_off_and_never_more_than_was_paid() -> None:
    before, customer = order(1), known(order(1))
    part = replace(before, refunds=(Refund("r1", 300),))
    more = replace(before, refunds=(Refund("r1", 300), Refund("r2", 900)))
    customer = with_order(customer, before, part, "EUR", never)
    assert facts(customer) == (1, 700, 1, 1)
    assert facts(with_order(customer, part, more, "EUR", never)) == (1, 0, 1, 1)


def test_another_currency_counts_and_adds_nothing() -> None:
    customer = known(order(1, currency="USD"), order(2))
    assert facts(customer) == (2, 1_000, 1, 2)
    assert customer.currency == "EUR"


def test_the_currency_of_a_customer_stays_when_the_policy_takes_another() -> None:
    before = known(order(1))
    after = with_order(before, order(1), replace(order(1), total=1_500), "USD", never)
    assert (after.currency, after.spent) == ("EUR", 1_500)


CANCELLED = OrderStatus.CANCELLED


@pytest.mark.parametrize(
    ("cancelled", "expected"),
    [(1, (2, 2_000, 2, 3)), (3, (2, 2_000, 1, 2))],
    ids=["the first", "the last"],
)
def test_a_purchase_that_is_none_any_more_gives_its_place_to_the_next(
    cancelled: int, expected: tuple[int, int, float, float]
) -> None:
    orders = {number: order(number) for number in (1, 2, 3)}
    after = order(cancelled, CANCELLED)
    others = [order(4, CANCELLED), *reversed(orders.values())]
    assert facts(with_order(known(*orders.values()), orders[cancelled], after, "EUR", lambda: others)) == expected


def test_one_in_the_middle_and_the_only_one_are_not_looked_up() -> None:
    assert facts(with_order(known(order(1), order(2), order(3)), order(2), order(2, CANCELLED), "EUR", never)) == (
        2, 2_000, 1, 3,
    )  # fmt: skip
    assert facts(with_order(known(order(1)), order(1), order(1, CANCELLED), "EUR", never)) == (0, 0, 0, 0)


def test_the_first_purchase_stays_where_there_are_more_than_are_looked_through() -> None:
    orders = [order(number) for number in range(1, RECOUNTED + 2)]
    newest = list(reversed(orders))[:RECOUNTED]
    after = with_order(known(*orders), orders[-1], replace(orders[-1], status=CANCELLED), "EUR", lambda: newest)
    assert facts(after) == (RECOUNTED, RECOUNTED * 1_000, 1, RECOUNTED)
