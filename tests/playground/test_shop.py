"""The web shop of La Tinaja: what is done in it reaches the counter, which understands it as it does any shop's."""

from collections.abc import Callable, Iterator

import pytest
from starlette.responses import Response

from fakes.inbox import FakeInbox
from fakes.outside_world import STACK, UNHURRIED, Playground, Theatre
from mostrador.channels.registry import ChannelSettings, open_webhook
from mostrador.domain.conversation import Customer
from mostrador.domain.errors import TryAgain
from mostrador.domain.messages import Address, Ignored, Learnt, ProviderEvent
from mostrador.domain.shop import Order as OrderKnown
from mostrador.domain.webhooks import WebhookRequest
from mostrador.policy.facts import facts_of
from mostrador.policy.model import Policy
from mostrador.policy.segments import segment_of
from mostrador.usecases.intake.learn import Learn
from playground.cast import ANA, CARMEN, EMMA, JAVIER, Shopper
from playground.config import Credentials, PlaygroundConfig
from playground.policy import wished_for
from playground.sentences import sentence
from playground.shop.shop import NotPossible, Shop
from playground.shop.view import view
from playground.shop_time import Pretence
from playground.stack import Wish

SETTINGS = ChannelSettings(
    "", lambda name: {"webhook_secret": Credentials().shop_webhook_secret} if name == "shop" else {}
)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return wished_for(Wish("es", Pretence(), "inbox", "bucket"), 1_795_000_000.0).policy


class Counter:
    """Takes in what the web shop has sent since it was last asked."""

    def __init__(self, playground: Playground, policy: Policy) -> None:
        self._playground = playground
        self.inbox = FakeInbox()
        self.policy = policy
        self._learn = Learn(self.inbox, self, playground.clock.time)

    def current(self) -> Policy:
        return self.policy

    def listens(self) -> list[str]:
        """The types of the events that came."""
        self._playground.settle()
        webhook = open_webhook("shop", SETTINGS)
        waiting: list[ProviderEvent] = []
        for came in self._playground.shop.received:
            assert came.path.endswith("/webhooks/shop")
            request = WebhookRequest(came.method, "", came.headers, came.body, self._playground.clock.time())
            webhook.verify(request)
            waiting += webhook.split(request)
        self._playground.shop.received.clear()
        told = [event.payload["type"] for event in waiting]
        while waiting:
            event = waiting.pop(0)
            try:
                assert self._learn(event) in (Learnt(event.payload["type"]), Ignored("nothing new"))
            except TryAgain:
                waiting.append(event)
        return told

    def customer(self, who: Shopper) -> Customer:
        identity = self.inbox.identity(Address("email", who.mail))
        customer = self.inbox.customer(identity.customer_id) if identity else None
        assert customer is not None
        return customer

    def segment(self, who: Shopper) -> str:
        sender = Address("email", who.mail)
        match = segment_of(
            self.policy, facts_of(sender=sender, customer=self.customer(who), at=self._playground.clock.time())
        )
        return match.segment.id if match.segment else ""

    def order(self, order_id: str) -> OrderKnown:
        found = self.inbox.order(self.inbox.referred("order", order_id) or "", order_id)
        assert found is not None
        return found

    def available(self, product_id: str) -> int | None:
        product = self.inbox.product(product_id)
        assert product is not None
        return product.available


@pytest.fixture
def web(playground: Playground) -> "WebShop":
    opened = WebShop(playground)
    opened.does(Shop.open)
    return opened


@pytest.fixture
def counter(playground: Playground, web: "WebShop", policy: Policy) -> Iterator[Counter]:
    """A counter that was told everything at the opening."""
    counter = Counter(playground, policy)
    counter.listens()
    yield counter
    assert counter.listens() == [], "a test that leaves something unheard has not looked at it"


class WebShop:
    """The shop in the event loop in which it lives."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground
        self.shop = playground.outside.shop

    def does[T](self, deed: Callable[[Shop], T]) -> T:
        async def doing() -> T:
            return deed(self.shop)

        return self._playground.loop.run(doing())


@pytest.mark.parametrize(
    ("who", "segment", "orders"),
    [(ANA, "recurring", 4), (JAVIER, "new", 0), (EMMA, "buyer", 1), (CARMEN, "wholesale", 5)],
    ids=lambda value: value.name if isinstance(value, Shopper) else None,
)
def test_segments_are_true_from_the_first_message(counter: Counter, who: Shopper, segment: str, orders: int) -> None:
    assert counter.segment(who) == segment
    assert counter.customer(who).orders == orders
    assert counter.inbox.identity(Address("sms", who.phone)) is not None


def test_counter_and_page_count_the_same(counter: Counter, web: WebShop) -> None:
    shown = {each["mail"]: (each["orders"], each["spent"]) for each in view(web.shop)["customers"]}
    for who in (ANA, JAVIER, EMMA, CARMEN):
        customer = counter.customer(who)
        assert shown[who.mail] == (customer.orders, customer.spent)


def test_customers_are_told_before_the_goods_and_all_in_two_calls(playground: Playground, web: WebShop) -> None:
    playground.settle()
    first, second = playground.shop.received
    assert b"customer.updated" in first.body
    assert b"product.updated" not in first.body
    assert second.body.count(b"stock.updated") == len(web.shop.database.products)


def test_a_purchase_makes_a_visitor_a_buyer_and_takes_from_stock(counter: Counter, web: WebShop) -> None:
    before = counter.available("taza")
    assert before is not None
    order = web.does(lambda shop: shop.buy(JAVIER.mail, {"taza": 2, "taller": 1}))
    assert counter.listens() == ["order.updated", "stock.updated"]  # nobody counts workshops
    assert counter.segment(JAVIER) == "buyer"
    assert counter.customer(JAVIER).spent == 2 * 14_50 + 45_00
    assert counter.available("taza") == before - 2
    assert view(web.shop)["orders"][0]["number"] == order.number == "LT-2095"


def test_a_purchase_without_an_account_makes_a_customer(counter: Counter, web: WebShop) -> None:
    guest = Shopper("Rosa Gil", "rosa@correo.example", "", "es", "Europe/Madrid")
    web.does(lambda shop: shop.buy(guest.mail, {"botijo": 1}, name=guest.name))
    counter.listens()
    assert (counter.customer(guest).name, counter.customer(guest).orders) == ("Rosa Gil", 1)


def test_an_order_is_shipped_delivered_and_paid_back(counter: Counter, web: WebShop) -> None:
    placed = web.does(lambda shop: shop.buy(JAVIER.mail, {"fuente": 1}))
    sent = web.does(lambda shop: shop.ship(placed.id, "Seur", "S1"))
    counter.listens()
    known = counter.order(placed.id)
    assert (known.status, [(part.carrier, part.number) for part in known.fulfilments]) == ("shipped", [("Seur", "S1")])

    web.does(lambda shop: shop.deliver(placed.id))
    assert counter.listens() == ["order.updated", "fulfilment.updated"]
    assert counter.order(placed.id).fulfilments[0].delivered_at == pytest.approx(sent.delivered_at)
    assert sent.delivered_at > sent.shipped_at

    web.does(lambda shop: shop.refund(placed.id, 8_00))
    counter.listens()
    assert (counter.customer(JAVIER).orders, counter.customer(JAVIER).spent) == (1, 40_00)

    web.does(lambda shop: shop.refund(placed.id))
    counter.listens()
    assert counter.order(placed.id).status == "refunded"
    assert counter.segment(JAVIER) == "new"


def test_an_order_that_is_cancelled_comes_back_into_stock(counter: Counter, web: WebShop) -> None:
    before = counter.available("tinaja")
    placed = web.does(lambda shop: shop.buy(EMMA.mail, {"tinaja": 1}))
    counter.listens()
    assert counter.available("tinaja") == 0
    web.does(lambda shop: shop.cancel(placed.id))
    counter.listens()
    assert (counter.available("tinaja"), counter.customer(EMMA).orders) == (before, 1)


def test_a_tag_changes_a_segment_and_taking_it_away_changes_it_back(counter: Counter, web: WebShop) -> None:
    account = web.shop.database.account_of(EMMA.mail)
    assert account is not None
    for tags, segment in (([" Mayorista", "mayorista", ""], "wholesale"), ([], "buyer")):
        web.does(lambda shop, tags=tags: shop.tag(account.id, tags))  # type: ignore[misc]
        assert counter.listens() == ["customer.updated"]
        assert counter.segment(EMMA) == segment


@pytest.mark.parametrize(("available", "days"), [(0, 7.0), (30, 0.0), (None, 0.0)])
def test_stock_is_counted_anew(counter: Counter, web: WebShop, available: int | None, days: float) -> None:
    web.does(lambda shop: shop.stock("azulejos", available, days))
    assert counter.listens() == ["stock.updated"]
    product = counter.inbox.product("azulejos")
    assert product is not None
    assert (product.available, product.expected_at > 0) == (available, days > 0)


PAID, DELIVERED = "5008", "5009"


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        (lambda shop: shop.buy(ANA.mail, {}), "nothing_to_buy"),
        (lambda shop: shop.buy(ANA.mail, {"tinaja": 2}), "out_of_stock"),
        (lambda shop: shop.buy(ANA.mail, {"taza": 0}), "bad_quantity"),
        (lambda shop: shop.buy(ANA.mail, {"jarra": 1}), "no_such_product"),
        (lambda shop: shop.ship(DELIVERED), "wrong_status"),
        (lambda shop: shop.ship("1"), "no_such_order"),
        (lambda shop: shop.deliver(PAID), "wrong_status"),
        (lambda shop: shop.cancel(DELIVERED), "wrong_status"),
        (lambda shop: shop.refund(PAID, 10_000_00), "too_much_back"),
        (lambda shop: shop.refund(PAID, 0), "too_much_back"),
        (lambda shop: shop.tag("99", ["vip"]), "no_such_customer"),
        (lambda shop: shop.stock("taza", -1), "bad_quantity"),
    ],
)
def test_what_is_not_possible_is_said_in_a_sentence_and_not_told(
    counter: Counter, web: WebShop, deed: Callable[[Shop], object], word: str
) -> None:
    with pytest.raises(NotPossible) as refusal:
        web.does(deed)
    assert refusal.value.word == word
    assert sentence(word, "es") != sentence("bad_request", "es")


@pytest.mark.parametrize("order_id", [str(number) for number in range(5001, 5011)])
def test_the_page_offers_what_is_possible(counter: Counter, web: WebShop, order_id: str) -> None:
    """Of each order of the opening, every deed either is offered or is refused."""
    deeds: dict[str, Callable[[Shop, str], object]] = {
        "ship": Shop.ship,
        "deliver": Shop.deliver,
        "refund": Shop.refund,
        "cancel": Shop.cancel,
    }
    (shown,) = [order for order in view(web.shop)["orders"] if order["id"] == order_id]
    for name in deeds.keys() - set(shown["possible"]):
        with pytest.raises(NotPossible, match="wrong_status"):
            web.does(lambda shop, deed=deeds[name]: deed(shop, order_id))  # type: ignore[misc]
    first, *_ = shown["possible"]
    web.does(lambda shop: deeds[first](shop, order_id))
    counter.listens()


def test_what_the_counter_did_not_hear_is_told_again_and_shown(playground: Playground, policy: Policy) -> None:
    web = WebShop(playground)
    playground.shop.answers = [Response(status_code=503)] * 2
    web.does(Shop.open)
    playground.settle()
    bodies = [came.body for came in playground.shop.received]
    assert bodies[0] == bodies[1] == bodies[2] != bodies[3]
    assert playground.clock.slept == [2, 10]
    assert web.shop.heard
    assert Counter(playground, policy).listens().count("customer.updated") == 3 * 4  # and takes it in once

    playground.shop.answers = [Response(status_code=503)] * 4
    web.does(lambda shop: shop.stock("taza", 1))
    playground.settle()
    assert not view(web.shop)["heard"]


def test_before_there_is_a_counter_nothing_is_told_and_then_everything(stage: Theatre, policy: Policy) -> None:
    with stage.playing(PlaygroundConfig(pace=UNHURRIED)) as playground:
        web = WebShop(playground)
        web.does(lambda shop: shop.buy(JAVIER.mail, {"taza": 1}))
        playground.settle()
        assert playground.shop.received == []

        async def connect() -> None:
            playground.outside.connect(STACK)
            await playground.outside.shop.opened()

        playground.loop.run(connect())
        counter = Counter(playground, policy)
        counter.listens()
        assert counter.customer(JAVIER).orders == 1
