"""What the shop's own system tells becomes customers, orders and products: whatever order it comes in, and once."""

import logging
from dataclasses import dataclass, replace
from functools import partial

from mostrador.domain.changes import AlreadySeen, Change, Create, Refer, Remember, Update
from mostrador.domain.conversation import Customer
from mostrador.domain.errors import Conflict, TryAgain, Unreadable
from mostrador.domain.messages import Ignored, Learnt, ProviderEvent
from mostrador.domain.shop import Fulfilment, Order, Product, Profile, Refund
from mostrador.domain.webhooks import SHOP
from mostrador.shop.documents import MOST_PARTS
from mostrador.shop.reading import read
from mostrador.shop.told import OrderTold, PartTold, StockTold, Told
from mostrador.shop.totals import RECOUNTED, with_order
from mostrador.usecases.intake.recognise import Recognised, recognise
from mostrador.usecases.ports import Clock, Inbox, Policies
from mostrador.usecases.tries import TRIES

log = logging.getLogger(__name__)

ORDER_PATIENCE = 900.0
"""Seconds that a shipment or a refund waits for its order; then it is set aside for a person."""
LOOKS_AGAIN = 30.0


@dataclass(frozen=True, slots=True)
class Learn:
    inbox: Inbox
    policies: Policies
    clock: Clock

    def __call__(self, event: ProviderEvent) -> Learnt | Ignored:
        """Raises TryAgain while the order of a shipment or a refund may still come, and Unreadable once it may not, or
        for what the shop's contract does not allow.
        """
        told = read(event.payload, event.received_at)
        if isinstance(told, Ignored):
            return told
        for _ in range(TRIES):
            try:
                return self._learn(told, event)
            except AlreadySeen:
                return Ignored("told before")
            except Conflict:
                continue
        raise Conflict(event.event_id)

    def _learn(self, told: Told, event: ProviderEvent) -> Learnt | Ignored:
        changes = self._changes(told, event)
        if not changes:
            return Ignored("nothing new")
        self.inbox.commit(*changes, Remember(SHOP, learnt(event.event_id), "", 0, self.clock()))
        kind = event.payload["type"]
        log.info("learnt from the shop", extra={"type": kind, "event_id": event.event_id})
        return Learnt(kind)

    def _changes(self, told: Told, event: ProviderEvent) -> list[Change]:
        match told:
            case Profile():
                found = recognise(self.inbox, told, self.clock())
                return found.becomes(found.customer)
            case OrderTold(order, buyer):
                return self._order(order, buyer)
            case PartTold(order_id, part):
                return self._part(self._order_of(order_id, event), part)
            case Product():
                return self._product(told)
            case StockTold():
                return self._stock(told)

    def _order(self, told: Order, buyer: Profile) -> list[Change]:
        found = recognise(self.inbox, buyer, self.clock())
        known = self._known(told.id)
        if known is not None and known.customer_id != found.customer.id:
            # Orders do not change hands here: what they count for would have to follow them.
            log.warning("an order of another customer", extra={"event": "order_of_another", "order": told.id})
            found = self._owner(known)
        if known is None:
            order = replace(told, customer_id=found.customer.id)
            changes: list[Change] = [Create(order), Refer("order", order.id, order.customer_id)]
        else:
            order = _newer(known, told)
            changes = _update(known, order)
        return [*changes, *found.becomes(self._counted(found.customer, known, order))]

    def _part(self, known: Order, part: Fulfilment | Refund) -> list[Change]:
        order = _with_part(known, part)
        owner = self._owner(known)
        return [*_update(known, order), *owner.becomes(self._counted(owner.customer, known, order))]

    def _counted(self, customer: Customer, before: Order | None, after: Order) -> Customer:
        others = partial(self.inbox.orders, customer.id, RECOUNTED)
        return with_order(customer, before, after, self.policies.current().currency, others)

    def _known(self, order_id: str) -> Order | None:
        customer_id = self.inbox.referred("order", order_id)
        return self.inbox.order(customer_id, order_id) if customer_id else None

    def _owner(self, order: Order) -> Recognised:
        customer = self.inbox.customer(order.customer_id)
        if customer is None:
            raise Conflict(order.customer_id)  # They are being erased: their orders go with them.
        return Recognised(customer, customer)

    def _order_of(self, order_id: str, event: ProviderEvent) -> Order:
        """Raises TryAgain while the order may still come, and Unreadable after that."""
        order = self._known(order_id)
        if order is not None:
            return order
        if self.clock() < event.received_at + ORDER_PATIENCE:
            raise TryAgain("the order was not told yet", after=LOOKS_AGAIN)
        raise Unreadable("data.order_id: an order that was never told")

    def _product(self, told: Product) -> list[Change]:
        known = self.inbox.product(told.id)
        if known is None:
            return [Create(told)]
        if told.updated_at < known.updated_at:
            return []
        stock = {name: getattr(known, name) for name in ("available", "expected_at", "stock_updated_at", "revision")}
        return _update(known, replace(told, **stock))

    def _stock(self, told: StockTold) -> list[Change]:
        """Stock that is told before its product waits under the product's id."""
        known = self.inbox.product(told.product_id)
        stocked = partial(
            replace, available=told.available, expected_at=told.expected_at, stock_updated_at=told.updated_at
        )
        if known is None:
            return [Create(stocked(Product(told.product_id, "")))]
        return [] if told.updated_at < known.stock_updated_at else _update(known, stocked(known))


def learnt(event_id: str) -> str:
    """Under which an event is remembered: one that was set aside for a person can be told again under its own id."""
    return f"learnt:{event_id}"


def _update[E: (Order, Product)](before: E, after: E) -> list[Change]:
    return [Update(before, after)] if after != before else []


def _newer(known: Order, told: Order) -> Order:
    """An order keeps its parts, which are told by themselves, and the day on which it was placed."""
    if told.updated_at < known.updated_at:
        return known
    return replace(
        known,
        number=told.number,
        updated_at=told.updated_at,
        status=told.status,
        total=told.total,
        currency=told.currency,
        lines=told.lines,
    )


def _with_part(order: Order, part: Fulfilment | Refund) -> Order:
    """Raises Unreadable where an order would have more parts than an item of the table can hold."""
    if isinstance(part, Fulfilment):
        return replace(order, fulfilments=_joined(order.fulfilments, part))
    return replace(order, refunds=_joined(order.refunds, part))


def _joined[P: (Fulfilment, Refund)](parts: tuple[P, ...], told: P) -> tuple[P, ...]:
    """In the order of their ids, so that it does not matter which was told first."""
    known = {part.id: part for part in parts}
    if told.id in known and told.updated_at < known[told.id].updated_at:
        return parts
    known[told.id] = told
    if len(known) > MOST_PARTS:
        raise Unreadable(f"data: an order has {MOST_PARTS} shipments, and as many refunds, at most")
    return tuple(known[key] for key in sorted(known))
