"""What people do in the web shop and behind it. Every change is told to the counter at once."""

import asyncio
import secrets
from collections.abc import Mapping

from playground.background import Background
from playground.shop import documents
from playground.shop.catalogue import DAY, opening
from playground.shop.documents import Told
from playground.shop.parcels import CARRIER, parcel
from playground.shop.state import Account, Guest, Line, Order, Parcel, Product, Refund, Status
from playground.shop.webhook import ShopWebhook
from playground.webhooks import WebhookSender
from playground.world import World

MOST_PIECES = 1000
SERIES = "LT-"
"""How the numbers of orders begin."""


class NotPossible(Exception):
    """``word`` is one of the page's sentences."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class Shop:
    """Called from the event loop's thread."""

    def __init__(self, world: World, sender: WebhookSender, background: Background) -> None:
        self._world = world
        self._webhook = ShopWebhook(world, sender)
        self._background = background
        self._last = 0.0
        self._open = False
        self._told = asyncio.Event()
        self.database = opening(self._now())
        self.heard = True
        """Whether the counter has answered to what was told last."""

    def open(self) -> None:
        """The counter is there: tell it everything, and the people first, for they may write the next moment."""
        self._open = True
        database = self.database
        people = [documents.account_updated(account) for account in database.accounts.values()]
        orders = [told for order in database.orders.values() for told in documents.everything_of(order)]
        goods = [
            told
            for product in database.products.values()
            for told in (documents.product_updated(product), documents.stock_updated(product))
        ]
        self._background.start(self._opening(people + orders, goods))

    async def opened(self) -> None:
        """Returns once the counter was told, and had a moment to take it in; at once where there is no counter."""
        if self._open:
            await self._told.wait()
            await self._world.clock.sleep(self._world.config.pace.agent_step)

    # What customers do

    def buy(self, mail: str, wanted: Mapping[str, int], name: str = "") -> Order:
        """With their account, if they have one. Raises NotPossible."""
        lines = [self._line(identifier, pieces) for identifier, pieces in wanted.items()]
        if not lines:
            raise NotPossible("nothing_to_buy")
        now, buyer = self._now(), self.database.account_of(mail) or Guest(name or mail, mail)
        order = Order(*self._next_number(), buyer, now, "paid", lines, updated_at=now)
        self.database.orders[order.id] = order
        self._tell(documents.order_updated(order), *self._moved(order, -1))
        return order

    # What the people of the shop do

    def ship(self, order_id: str, carrier: str = CARRIER, number: str = "") -> Parcel:
        order = self._order(order_id, "paid")
        now = self._now()
        identifier = f"{order.id}-{len(order.parcels) + 1}"
        sent = parcel(identifier, number or f"ES{secrets.randbelow(10**10):010}", now, carrier or CARRIER)
        order.parcels.append(sent)
        self._tell(self._became(order, "shipped"), documents.parcel_updated(order, sent))
        return sent

    def deliver(self, order_id: str) -> None:
        order = self._order(order_id, "shipped")
        for sent in order.parcels:
            sent.delivered_at = sent.updated_at = self._now()
        self._tell(self._became(order, "delivered"), *(documents.parcel_updated(order, sent) for sent in order.parcels))

    def refund(self, order_id: str, amount: int | None = None) -> Refund:
        """``amount`` in cents; without it, all that is left."""
        order = self._order(order_id, "paid", "shipped", "delivered")
        left = order.total - order.refunded
        wanted = left if amount is None else amount
        if not 0 < wanted <= left:
            raise NotPossible("too_much_back")
        refund = Refund(f"{order.id}-r{len(order.refunds) + 1}", wanted, self._now())
        order.refunds.append(refund)
        told = [documents.refund_updated(order, refund)]
        self._tell(*told, *([self._became(order, "refunded")] if wanted == left else []))
        return refund

    def cancel(self, order_id: str) -> None:
        order = self._order(order_id, "paid", "pending")
        self._tell(self._became(order, "cancelled"), *self._moved(order, 1))

    def tag(self, account_id: str, tags: list[str]) -> Account:
        """These, and no others."""
        account = self.database.accounts.get(account_id)
        if account is None:
            raise NotPossible("no_such_customer")
        account.tags = sorted({tag.strip().lower() for tag in tags} - {""})
        account.updated_at = self._now()
        self._tell(documents.account_updated(account))
        return account

    def stock(self, product_id: str, available: int | None, expected_in_days: float = 0.0) -> Product:
        product = self._product(product_id)
        if available is not None and not 0 <= available <= MOST_PIECES:
            raise NotPossible("bad_quantity")
        now = self._now()
        product.available = available
        product.expected_at = now + expected_in_days * DAY if expected_in_days > 0 else 0.0
        product.stock_updated_at = now
        self._tell(documents.stock_updated(product))
        return product

    # The bookkeeping

    def _tell(self, *told: Told) -> None:
        """Before the counter is there nothing is told: at the opening it hears everything."""
        self._world.changed()
        if self._open:
            self._background.start(self._telling(list(told)))

    async def _telling(self, told: list[Told]) -> None:
        self.heard = await self._webhook.send(told)
        self._world.changed()

    async def _opening(self, first: list[Told], then: list[Told]) -> None:
        try:
            await self._telling(first)
        finally:
            self._told.set()
        await self._telling(then)

    def _now(self) -> float:
        """Never the same moment twice, so that what was said last can be told from what was said before."""
        self._last = max(self._world.clock.time(), self._last + 0.001)
        return self._last

    def _next_number(self) -> tuple[str, str]:
        """The id, and what the customer sees."""
        newest = list(self.database.orders.values())[-1]
        return str(int(newest.id) + 1), f"{SERIES}{int(newest.number.removeprefix(SERIES)) + 1}"

    def _became(self, order: Order, status: Status) -> Told:
        order.status, order.updated_at = status, self._now()
        return documents.order_updated(order)

    def _moved(self, order: Order, direction: int) -> list[Told]:
        """What an order takes out of stock, or brings back."""
        told = []
        for line in order.lines:
            product = self.database.products[line.product]
            if product.available is not None:
                product.available += direction * line.quantity
                product.stock_updated_at = self._now()
                told.append(documents.stock_updated(product))
        return told

    def _line(self, product_id: str, pieces: int) -> Line:
        product = self._product(product_id)
        if not 0 < pieces <= MOST_PIECES:
            raise NotPossible("bad_quantity")
        if product.available is not None and pieces > product.available:
            raise NotPossible("out_of_stock")
        return Line(product.id, product.title, pieces, product.price)

    def _product(self, product_id: str) -> Product:
        product = self.database.products.get(product_id)
        if product is None:
            raise NotPossible("no_such_product")
        return product

    def _order(self, order_id: str, *statuses: Status) -> Order:
        order = self.database.orders.get(order_id)
        if order is None:
            raise NotPossible("no_such_order")
        if order.status not in statuses:
            raise NotPossible("wrong_status")
        return order
