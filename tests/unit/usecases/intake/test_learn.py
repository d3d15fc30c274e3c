"""The shop tells, in any order and as often as it likes, and the inbox knows the same."""

import logging
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.inbox import FakeInbox
from fakes.policies import POLICY
from mostrador.domain.changes import Change, Create, Update
from mostrador.domain.conversation import Customer, Identity
from mostrador.domain.errors import Conflict, TryAgain, Unreadable
from mostrador.domain.messages import Address, Ignored, Learnt, ProviderEvent
from mostrador.domain.shop import Order, Product, Profile
from mostrador.policy.model import Policy
from mostrador.store.inbox import DynamoInbox
from mostrador.usecases.intake.learn import ORDER_PATIENCE, Learn
from mostrador.usecases.ports import Inbox

type Json = dict[str, Any]

NOW = 1_795_341_600.0
MAIL, PHONE = "ana.molina@correo.example", "+34600111222"
ANA: Json = {"id": "7", "name": "Ana Molina", "email": MAIL, "phone": PHONE, "tags": ["vip"]}


class Shop:
    """The shop's own system, and an inbox that hears of it."""

    def __init__(self, inbox: Inbox | None = None) -> None:
        self.inbox = inbox or FakeInbox()
        self.now = NOW
        self.learn = Learn(self.inbox, self, lambda: self.now)
        self.count = 0

    def current(self) -> Policy:
        return POLICY

    def tells(self, kind: str, **data: Any) -> Learnt | Ignored:
        self.count += 1
        return self.learn(event(kind, f"evt_{self.count}", **data))

    @property
    def ana(self) -> Customer:
        return self.customer("7")

    def customer(self, shop_id: str) -> Customer:
        return self.whole(self.inbox.referred("shop", shop_id))

    def at(self, mail: str) -> Customer:
        identity = self.inbox.identity(Address("email", mail))
        return self.whole(identity.customer_id if identity else None)

    def whole(self, customer_id: str | None) -> Customer:
        found = self.inbox.customer(customer_id) if customer_id else None
        assert found is not None
        return found

    def order(self, order_id: str) -> Order:
        found = self.inbox.order(self.inbox.referred("order", order_id) or "", order_id)
        assert found is not None
        return found

    def product(self, product_id: str) -> Product:
        found = self.inbox.product(product_id)
        assert found is not None
        return found


def time(minute: float) -> str:
    """So many minutes before now, or after."""
    return datetime.fromtimestamp(NOW + 60 * minute, UTC).isoformat()


def event(kind: str, event_id: str, *, at: float = 0, **data: Any) -> ProviderEvent:
    payload = {"id": event_id, "type": kind, "data": {"updated_at": time(at), **data}}
    return ProviderEvent("shop", event_id, "sender", payload, NOW)


def ordered(number: int, status: str = "paid", total: str = "10.00", **more: Any) -> Json:
    facts = {"number": f"#{number}", "placed_at": time(number - 1000), "status": status, "total": total}
    return {"id": f"o{number}", "currency": "EUR", "customer": {"id": "7", "email": MAIL}, **facts, **more}


@pytest.fixture
def shop() -> Shop:
    return Shop()


# Who is who


def test_a_customer_whom_nobody_knows_can_be_reached_from_now_on(shop: Shop) -> None:
    assert shop.tells("customer.updated", **ANA) == Learnt("customer.updated")
    assert shop.ana.name == "Ana Molina"
    assert shop.ana.profile == Profile("7", "Ana Molina", MAIL, PHONE, tags=("vip",), updated_at=NOW)
    numbers = [Address(channel, PHONE) for channel in ("phone", "sms", "whatsapp")]
    for address in (Address("email", MAIL), *numbers):
        identity = shop.inbox.identity(address)
        assert identity is not None
        assert identity.customer_id == shop.ana.id


def wrote(shop: Shop, *addresses: Address, **fields: Any) -> Customer:
    """Somebody who had written before the shop told of them."""
    customer = Customer("c-old", fields.pop("name", "Anita"), NOW - 1000, **fields)
    shop.inbox.commit(Create(customer), *(Create(Identity(address, customer.id)) for address in addresses))
    return customer


def test_somebody_who_wrote_from_the_address_is_that_customer_and_stays_themselves(shop: Shop) -> None:
    before = wrote(shop, Address("email", MAIL), agent="U0LUIS")
    shop.tells("customer.updated", **ANA)
    assert shop.ana.id == before.id
    assert (shop.ana.name, shop.ana.agent, shop.ana.created_at) == ("Anita", "U0LUIS", before.created_at)
    assert shop.ana.profile is not None
    assert shop.ana.profile.name == "Ana Molina"


def test_a_name_that_the_shop_gave_follows_the_shop(shop: Shop) -> None:
    wrote(shop, Address("email", MAIL), name="")
    shop.tells("customer.updated", **ANA | {"name": "Ana M."}, at=-2)
    shop.tells("customer.updated", **ANA, at=-1)
    assert shop.ana.name == "Ana Molina"


def test_a_telephone_of_somebody_else_stays_theirs_and_is_logged(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    numbers = [Address(channel, PHONE) for channel in ("phone", "sms", "whatsapp")]
    other = wrote(shop, *numbers)
    with caplog.at_level(logging.WARNING):
        shop.tells("customer.updated", **ANA)
    assert shop.ana.id != other.id
    assert [shop.inbox.identity(number) for number in numbers] == [Identity(each, other.id) for each in numbers]
    assert [vars(line)["channel"] for line in caplog.records] == ["phone", "sms", "whatsapp"]
    for line in caplog.records:
        told = vars(line)
        assert (told["event"], told["of"], told["and"]) == ("identity_of_another", other.id, shop.ana.id)
        assert PHONE not in str(told)


@pytest.mark.parametrize("known", [True, False], ids=["of an account's address", "of an address that nobody knows"])
def test_a_telephone_that_a_guest_typed_finds_nobody(shop: Shop, *, known: bool) -> None:
    if known:
        shop.tells("customer.updated", **ANA)
    shop.tells("order.updated", **ordered(1, customer={"email": MAIL, "name": "Ana", "phone": "+34600999888"}))
    for channel in ("phone", "sms", "whatsapp"):
        assert shop.inbox.identity(Address(channel, "+34600999888")) is None
    assert shop.at(MAIL).orders == 1


def test_two_accounts_with_one_address_are_two_customers(shop: Shop) -> None:
    shop.tells("customer.updated", **ANA)
    shop.tells("customer.updated", id="8", email=MAIL, name="Otra")
    assert shop.customer("8").id != shop.ana.id == shop.at(MAIL).id


@pytest.mark.parametrize(
    ("kind", "left"), [("customer.updated", {"email": "nueva@correo.example"}), ("customer.deleted", {})]
)
def test_an_address_that_an_account_has_left_can_be_of_another_account(shop: Shop, kind: str, left: Json) -> None:
    shop.tells("customer.updated", **ANA, at=-3)
    shop.tells(kind, id="7", at=-2, **left)
    shop.tells("customer.updated", id="8", email=MAIL, name="Ana Molina", at=-1)
    assert shop.customer("8") == shop.at(MAIL) == shop.ana


def test_a_guest_who_opens_an_account_is_one_customer(shop: Shop) -> None:
    shop.tells("order.updated", **ordered(1, customer={"email": MAIL, "name": "Ana"}))
    shop.tells("customer.updated", **ANA, at=-60)
    shop.tells("order.updated", **ordered(2, customer={"email": MAIL.upper(), "name": "Ana la de siempre"}))
    assert shop.ana == shop.at(MAIL)
    assert (shop.ana.orders, shop.ana.name) == (2, "Ana Molina")


def test_what_is_deleted_in_the_shop_is_forgotten_and_no_older_event_brings_it_back(shop: Shop) -> None:
    shop.tells("order.updated", **ordered(1))
    shop.tells("customer.updated", **ANA, at=-2)
    shop.tells("customer.deleted", id="7", at=-1)
    assert shop.tells("customer.updated", **ANA, at=-1.5) == Ignored("nothing new")
    assert shop.ana.profile == Profile("7", updated_at=NOW - 60)
    assert shop.ana.orders == 1


def test_a_customer_who_was_erased_is_somebody_new(shop: Shop) -> None:
    shop.tells("customer.updated", **ANA)
    erased = shop.ana.id
    assert isinstance(shop.inbox, FakeInbox)
    shop.inbox.entities.clear()
    shop.tells("order.updated", **ordered(1))
    assert shop.ana.id != erased
    assert shop.ana.orders == 1


# Orders


def test_an_order_is_kept_with_its_customer_and_counts(shop: Shop) -> None:
    shop.tells("order.updated", **ordered(1, lines=[{"title": "Botijo", "quantity": 2, "price": "5"}]))
    order = shop.order("o1")
    assert (order.customer_id, order.number, order.lines[0].price) == (shop.ana.id, "#1", 500)
    assert (shop.ana.orders, shop.ana.spent, shop.ana.currency) == (1, 1_000, "EUR")
    assert shop.ana.first_order_at == shop.ana.last_order_at == order.placed_at


def test_an_order_that_changes_hands_stays_where_it_counts(shop: Shop) -> None:
    shop.tells("order.updated", **ordered(1), at=-2)
    shop.tells("order.updated", **ordered(1, total="20.00", customer={"id": "8", "email": "b@b.example"}), at=-1)
    assert (shop.ana.orders, shop.ana.spent) == (1, 2_000)
    assert shop.inbox.referred("shop", "8") is None


def test_the_day_of_an_order_does_not_move(shop: Shop) -> None:
    shop.tells("order.updated", **ordered(1), at=-2)
    placed = shop.order("o1").placed_at
    shop.tells("order.updated", **ordered(1, placed_at=time(-5), status="shipped"), at=-1)
    assert (shop.order("o1").placed_at, shop.order("o1").status) == (placed, "shipped")


def test_parcels_and_refunds_belong_to_their_order(shop: Shop) -> None:
    shop.tells("order.updated", **ordered(1))
    shop.tells("fulfilment.updated", id="f2", order_id="o1", carrier="Seur")
    shop.tells("fulfilment.updated", id="f1", order_id="o1", carrier="Correos", at=-1)
    shop.tells("fulfilment.updated", id="f1", order_id="o1", carrier="Antes", at=-2)
    shop.tells("refund.updated", id="r1", order_id="o1", amount="2.50")
    shop.tells("order.updated", **ordered(1, "delivered"))
    order = shop.order("o1")
    assert [(part.id, part.carrier) for part in order.fulfilments] == [("f1", "Correos"), ("f2", "Seur")]
    assert (order.refunded, order.status, shop.ana.spent) == (250, "delivered", 750)


@pytest.mark.parametrize(("kind", "data"), [("fulfilment.updated", {}), ("refund.updated", {"amount": "1"})])
def test_a_part_waits_a_while_for_its_order_and_is_then_set_aside(shop: Shop, kind: str, data: Json) -> None:
    part = event(kind, "evt_part", id="p1", order_id="o1", **data)
    with pytest.raises(TryAgain):
        shop.learn(part)
    shop.tells("order.updated", **ordered(1))
    assert shop.learn(part) == Learnt(kind)

    late = event(kind, "evt_late", id="p1", order_id="o2", **data)
    shop.now = NOW + ORDER_PATIENCE
    with pytest.raises(Unreadable, match=r"data\.order_id"):
        shop.learn(late)


def test_an_order_has_no_more_parts_than_can_be_kept(shop: Shop) -> None:
    shop.tells("order.updated", **ordered(1))
    for number in range(50):
        shop.tells("fulfilment.updated", id=f"f{number}", order_id="o1")
    with pytest.raises(Unreadable, match="50"):
        shop.tells("fulfilment.updated", id="f51", order_id="o1")
    shop.tells("fulfilment.updated", id="f7", order_id="o1", carrier="Seur")
    assert len(shop.order("o1").fulfilments) == 50


# Products


def test_stock_and_description_of_a_product_are_told_apart(shop: Shop) -> None:
    shop.tells("stock.updated", product_id="p1", available=3, expected_at=time(60), at=-1)
    shop.tells("product.updated", id="p1", title="Botijo", price="42.00", currency="EUR", at=-2)
    shop.tells("stock.updated", product_id="p1", available=9, at=-3)
    shop.tells("product.updated", id="p1", title="Otro", at=-4)
    assert shop.product("p1") == Product(
        "p1", "Botijo", price=4_200, currency="EUR", available=3, expected_at=NOW + 3600,
        updated_at=NOW - 120, stock_updated_at=NOW - 60, revision=1,
    )  # fmt: skip
    shop.tells("stock.updated", product_id="p1", available=None)
    assert shop.product("p1").available is None


# Once, and in any order


def test_an_event_that_comes_again_is_taken_in_once(shop: Shop) -> None:
    told = event("order.updated", "evt_again", **ordered(1))
    between = event("order.updated", "evt_between", **ordered(1, total="20.00"))
    assert [type(shop.learn(each)) for each in (told, between, told)] == [Learnt, Learnt, Ignored]
    assert shop.ana.spent == 2_000  # of the same moment, what came first does not come back


def test_an_event_that_was_set_aside_can_be_told_again_under_its_id(shop: Shop) -> None:
    with pytest.raises(Unreadable):
        shop.learn(event("customer.updated", "evt_1", **ANA | {"email": "?"}))
    assert shop.learn(event("customer.updated", "evt_1", **ANA)) == Learnt("customer.updated")


def test_an_event_of_no_interest_changes_nothing(shop: Shop) -> None:
    assert isinstance(shop.tells("cart.abandoned", id="1"), Ignored)
    assert isinstance(shop.inbox, FakeInbox)
    assert shop.inbox.entities == {}


class Contested(FakeInbox):
    """Somebody else is faster at the next writes."""

    def __init__(self, lost: int) -> None:
        super().__init__()
        self.lost = lost

    def commit(self, *changes: Change) -> None:
        if self.lost:
            self.lost -= 1
            raise Conflict("customer")
        super().commit(*changes)


def test_who_loses_a_race_reads_again() -> None:
    shop = Shop(Contested(2))
    assert shop.tells("order.updated", **ordered(1)) == Learnt("order.updated")
    assert shop.ana.orders == 1


def test_who_always_loses_comes_back_later() -> None:
    with pytest.raises(Conflict):
        Shop(Contested(1000)).tells("order.updated", **ordered(1))


def test_an_order_whose_customer_is_being_erased_is_left_for_later(shop: Shop) -> None:
    shop.tells("order.updated", **ordered(1))
    assert isinstance(shop.inbox, FakeInbox)
    del shop.inbox.entities["Customer", shop.ana.id]
    with pytest.raises(Conflict):
        shop.tells("refund.updated", id="r1", order_id="o1", amount="1")


STATES = ("pending", "paid", "shipped", "delivered", "cancelled", "refunded")
GUEST = "emma.clarke@mail.example"


@st.composite
def stories(draw: st.DrawFn) -> list[ProviderEvent]:
    """What a shop tells of two customers, one of whom has no account, and of a product; no two things at one moment."""
    minutes = iter(draw(st.permutations(range(-90, 0))))
    told: list[tuple[str, Json]] = [
        ("customer.updated", ANA | {"name": draw(st.sampled_from(["Ana", "Ana Molina"])), "at": next(minutes)})
        for _ in range(draw(st.integers(1, 3)))
    ]
    for number in range(1, draw(st.integers(1, 5))):
        mine = draw(st.booleans())
        buyer = {"id": "7", "email": MAIL} if mine else {"email": GUEST, "name": "Emma Clarke"}
        for _ in range(draw(st.integers(1, 3))):
            total, currency = draw(st.sampled_from(["10.00", "0.99"])), draw(st.sampled_from(["EUR", "EUR", "USD"]))
            state = draw(st.sampled_from(STATES))
            facts = ordered(number, state, total, currency=currency, customer=buyer)
            told.append(("order.updated", facts | {"at": next(minutes)}))
        for part in range(draw(st.integers(0, 2))):
            amount, at = draw(st.sampled_from(["1.00", "30.00", "0"])), next(minutes)
            told.append(("refund.updated", {"id": f"r{part}", "order_id": f"o{number}", "amount": amount, "at": at}))
            told.append(("fulfilment.updated", {"id": f"f{part % 2}", "order_id": f"o{number}", "at": next(minutes)}))
    for _ in range(draw(st.integers(0, 2))):
        told.append(("product.updated", {"id": "p1", "title": draw(st.sampled_from("ab")), "at": next(minutes)}))
        told.append(("stock.updated", {"product_id": "p1", "available": draw(st.integers(0, 3)), "at": next(minutes)}))
    return [event(kind, f"evt_{number}", **data) for number, (kind, data) in enumerate(told)]


def known(shop: Shop) -> list[object]:
    """All that the inbox knows, with the customers' ids, which are made up, replaced by what they are called."""
    assert isinstance(shop.inbox, FakeInbox)
    names = {found.id: found.name for found in shop.inbox.entities.values() if isinstance(found, Customer)}
    facts: list[object] = []
    for found in shop.inbox.entities.values():
        match found:
            case Customer(id=own):
                facts.append(replace(found, id=names[own], revision=0))
            case Order(customer_id=owner) | Identity(customer_id=owner):
                facts.append(replace(found, customer_id=names[owner], revision=0))
            case Product():
                facts.append(replace(found, revision=0))
    return sorted(facts, key=repr)


def hears(events: Sequence[ProviderEvent], inbox: Inbox | None = None) -> Shop:
    """Every event until it is taken in: a part comes again while its order is missing."""
    shop, waiting = Shop(inbox), list(events)
    while waiting:
        told = waiting.pop(0)
        try:
            shop.learn(told)
        except TryAgain:
            waiting.append(told)
    return shop


@settings(max_examples=150, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_any_order_and_repetition_of_the_same_events_gives_the_same(
    events: list[ProviderEvent], chance: random.Random
) -> None:
    again = [*events, *chance.choices(events, k=5)]
    chance.shuffle(again)
    assert known(hears(again)) == known(hears(events))


@settings(max_examples=150, deadline=None)
@given(stories())
def test_totals_are_those_of_the_orders(events: list[ProviderEvent]) -> None:
    shop = hears(events)
    assert isinstance(shop.inbox, FakeInbox)
    for customer in [found for found in shop.inbox.entities.values() if isinstance(found, Customer)]:
        counted = [order for order in shop.inbox.orders(customer.id, 100) if order.counts]
        times = [order.placed_at for order in counted] or [0.0]
        assert customer.orders == len(counted)
        assert customer.spent == sum(order.net for order in counted if order.currency == "EUR")
        assert (customer.first_order_at, customer.last_order_at) == (min(times), max(times))


def test_the_table_knows_what_the_memory_knows(table: str) -> None:
    """The same story over the real store."""
    events = [
        event("customer.updated", "e1", **ANA, at=-9),
        event("order.updated", "e2", **ordered(1), at=-8),
        event("order.updated", "e3", **ordered(2, total="5.00"), at=-7),
        event("refund.updated", "e4", id="r1", order_id="o1", amount="2.50", at=-6),
        event("fulfilment.updated", "e5", id="f1", order_id="o1", carrier="Correos", at=-5),
        event("order.updated", "e6", **ordered(2, "cancelled"), at=-4),
        event("stock.updated", "e7", product_id="p1", available=3, at=-3),
        event("product.updated", "e8", id="p1", title="Botijo", at=-2),
        event("product.updated", "e8", id="p1", title="Botijo", at=-2),
    ]
    memory, stored = hears(events), hears(events, DynamoInbox(table))
    assert replace(stored.ana, id="") == replace(memory.ana, id="")
    assert replace(stored.order("o1"), customer_id="") == replace(memory.order("o1"), customer_id="")
    assert stored.product("p1") == memory.product("p1")
    assert (stored.ana.orders, stored.ana.spent) == (1, 750)
    assert stored.inbox.seen("shop", "learnt:e8") == ("", 0)


def test_a_use_case_writes_nothing_but_what_changed(shop: Shop) -> None:
    """Another customer's agent, or a note of an agent's, is never in the way of the shop."""
    shop.tells("customer.updated", **ANA)
    shop.inbox.commit(Update(shop.ana, replace(shop.ana, agent="U0LUIS")))
    shop.tells("order.updated", **ordered(1))
    shop.tells("customer.updated", **ANA | {"tags": []})
    assert (shop.ana.agent, shop.ana.orders) == ("U0LUIS", 1)
