"""What every inbox promises, the one in memory and the one in the table."""

from dataclasses import replace

import pytest

from fakes.inbox import FakeInbox
from mostrador.domain.agents import AgentState, Turn
from mostrador.domain.attention import Attention, Clock, Intent, Priority, Stage
from mostrador.domain.changes import AlreadySeen, Change, Create, Refer, Remember, Revised, Tally, Timer, Update
from mostrador.domain.conversation import (
    Conversation,
    Customer,
    Direction,
    HistoryLine,
    Identity,
    Message,
    State,
    Thread,
)
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.errors import Conflict
from mostrador.domain.ids import new_id
from mostrador.domain.messages import Address, Attachment
from mostrador.domain.routing import Because, Promise, Routing
from mostrador.domain.shop import Fulfilment, Order, OrderLine, OrderStatus, Product, Profile, Refund
from mostrador.store.inbox import DynamoInbox
from mostrador.usecases.ports import Inbox

NOW = 1_780_000_000.0
CONVERSATION_ID = new_id(NOW)
ANA = Address("email", "ana.molina@correo.example", "Ana Molina")

CONVERSATION = Conversation(
    id=CONVERSATION_ID,
    address=ANA,
    customer_id="customer-1",
    subject="¿Y mi pedido?",
    state=State.OPEN,
    language="es",
    queue="default",
    desk_channel="C0ATENCION",
    opened_at=NOW,
    waiting_since=NOW - 0.25,
    counter=1,
    version=1,
    watch_at=NOW + 60,
    references=("<a@correo.example>",),
)
FULL_CONVERSATION = replace(
    CONVERSATION,
    closed_at=NOW + 9,
    assignee="U0MARTA",
    trusted=False,
    opted_out=True,
    quarantine="spam",
    recipient="hola@latinaja.example",
    shown_version=3,
    last_inbound=1,
    outbox=frozenset({2, 3}),
    unmarked=frozenset({2}),
    desk_ts="1780000000.000200",
    shown=1,
    showing_since=NOW + 1,
    card_digest="d1",
    linked_to="other",
    public=True,
    segment="wholesale",
    attention=Attention.DEDICATED,
    stage=Stage.COMMUNITY,
    priority=Priority.URGENT,
    tags=("queja", "mayorista"),
    intent=Intent.COMPLAINT,
    protocol="complaints",
    target="wholesale",
    routing=Routing(
        policy="v1",
        segment="wholesale",
        segment_because=("tags=mayorista",),
        because=(Because("queue", "wholesale", "wholesalers"),),
        facts={"channel": "email", "orders": "4"},
    ),
    promise=Promise("wholesale", "next", NOW, NOW + 3600.5, (NOW + 1800, NOW + 3600.5), passed=1),
    first_answered_at=NOW + 7,
    clocks={Clock.PROMISE: NOW + 3600.5, Clock.CALLBACK: NOW + 500},
)
MESSAGE = Message(CONVERSATION_ID, 1, Direction.INBOUND, "Hola, ¿dónde está? 🏺", NOW)
FULL_MESSAGE = Message(
    conversation_id=CONVERSATION_ID,
    sequence=2,
    direction=Direction.OUTBOUND,
    text="Sale hoy.",
    at=NOW + 5,
    author="U0MARTA",
    author_name="Marta Vidal",
    mentions=("U0LUIS", "U0MARTA"),
    subject="Re: ¿Y mi pedido?",
    attachments=(
        Attachment("foto.png", "image/png", 120, "media/x"),
        Attachment("b", "text/plain", 9, "", "too_large"),
    ),
    full_text="Sale hoy.\n> antes",
    source="mail/1",
    automatic=True,
    trusted=False,
    warnings=("address_in_name",),
    forwarded_from="Eva <eva@otra.example>",
    reference="<b@eu-west-1.amazonses.com>",
    provider_id="b",
    answers=1,
    desk=Thread("C0ATENCION", "1780000005.000100"),
    edited="1780000006.000100",
    state=Delivery.FAILED,
    hold_until=NOW + 15.5,
    watch_at=NOW + 70,
    attempts=2,
    attempted_at=NOW + 16,
    overtaken=True,
    failure=Failure(Reason.BOUNCED, retryable=False, fault=Fault.THEIRS, code="5.1.1"),
    shown_state=Delivery.HELD,
    shown_files={0: "F01"},
)
IDENTITY = Identity(
    ANA, "customer-1", open_conversation=CONVERSATION_ID, opted_out=True, last_inbound_at=NOW, acknowledged_at=NOW
)
CUSTOMER = Customer("customer-1", "", NOW)
FULL_CUSTOMER = Customer(
    id="customer-1",
    name="Ana Molina",
    created_at=NOW,
    agent="U0LUIS",
    profile=Profile("7", name="Ana", email=ANA.value, tags=("vip",), registered_at=NOW - 0.5, updated_at=NOW),
    orders=3,
    spent=12_990,
    currency="EUR",
    first_order_at=NOW - 1000,
    last_order_at=NOW - 10,
)
ORDER = Order("gid://shop/1042", "customer-1", "#1042", NOW, NOW + 1, OrderStatus.PENDING, 4_990, "EUR")
FULL_ORDER = replace(
    ORDER,
    status=OrderStatus.SHIPPED,
    lines=(OrderLine("p1", "Botijo azul 🏺", 2, 2_495), OrderLine("", "Envío", 1, 0)),
    fulfilments=(Fulfilment("f1", "Correos", "PK1", "https://correos.example/PK1", shipped_at=NOW + 0.5),),
    refunds=(Refund("r1", 1_000, NOW + 0.75),),
)
PRODUCT = Product("p1", "Botijo azul")
FULL_PRODUCT = Product("p1", "Botijo", "BOT-1", 2_495, "EUR", "https://tinaja.example/p1", 0, NOW + 9, NOW, NOW + 1)
AGENT = AgentState("U0LUIS")
FULL_AGENT = AgentState("U0LUIS", on_duty=False, said_at=NOW, absent_until=NOW + 86_400, load=2)


@pytest.fixture(params=["memory", "table"])
def inbox(request: pytest.FixtureRequest) -> Inbox:
    if request.param == "memory":
        return FakeInbox()
    return DynamoInbox(request.getfixturevalue("table"))


def remember(event_id: str = "event-1") -> Remember:
    return Remember("email", event_id, CONVERSATION_ID, 1, NOW)


def test_what_was_never_stored_is_not_there(inbox: Inbox) -> None:
    assert inbox.identity(ANA) is None
    assert inbox.conversation(CONVERSATION_ID) is None
    assert inbox.message(CONVERSATION_ID, 1) is None
    assert inbox.messages(CONVERSATION_ID, 0, 10) == []
    assert inbox.seen("email", "event-1") is None
    assert inbox.referred("mail", "<a>") is None


@pytest.mark.parametrize("conversation", [CONVERSATION, FULL_CONVERSATION], ids=["sparse", "full"])
def test_a_stored_conversation_comes_back_as_it_was(inbox: Inbox, conversation: Conversation) -> None:
    inbox.commit(Create(conversation))
    assert inbox.conversation(CONVERSATION_ID) == conversation


@pytest.mark.parametrize("message", [MESSAGE, FULL_MESSAGE], ids=["sparse", "full"])
def test_a_stored_message_comes_back_as_it_was(inbox: Inbox, message: Message) -> None:
    inbox.commit(Create(message))
    assert inbox.message(CONVERSATION_ID, message.sequence) == message


def test_a_stored_identity_comes_back_as_it_was(inbox: Inbox) -> None:
    inbox.commit(Create(IDENTITY), Create(CUSTOMER))
    assert inbox.identity(ANA) == IDENTITY


def stored(inbox: Inbox, entity: Revised) -> Revised | None:
    match entity:
        case Customer(id=customer_id):
            return inbox.customer(customer_id)
        case Order(id=order_id, customer_id=customer_id):
            return inbox.order(customer_id, order_id)
        case Product(id=product_id):
            return inbox.product(product_id)
        case AgentState(user=user):
            return inbox.agent(user)
        case Turn(queue=queue):
            return inbox.turn(queue)
        case _:
            raise TypeError(entity)


ENTITIES: list[tuple[Revised, Revised]] = [
    (CUSTOMER, FULL_CUSTOMER),
    (ORDER, FULL_ORDER),
    (PRODUCT, FULL_PRODUCT),
    (AGENT, replace(FULL_AGENT, load=0)),
    (Turn("wholesale", ""), Turn("wholesale", "U0LUIS")),
]
entities = pytest.mark.parametrize(("sparse", "full"), ENTITIES, ids=[type(sparse).__name__ for sparse, _ in ENTITIES])


@entities
def test_an_entity_comes_back_as_it_was(inbox: Inbox, sparse: Revised, full: Revised) -> None:
    assert stored(inbox, sparse) is None
    inbox.commit(Create(full))
    assert stored(inbox, sparse) == full


@entities
def test_an_entity_is_filled_and_emptied_again(inbox: Inbox, sparse: Revised, full: Revised) -> None:
    inbox.commit(Create(sparse))
    inbox.commit(Update(sparse, full))
    filled = replace(full, revision=1)
    assert stored(inbox, sparse) == filled
    inbox.commit(Update(filled, replace(sparse, revision=1)))
    assert stored(inbox, sparse) == replace(sparse, revision=2)


@entities
def test_an_entity_that_changed_meanwhile_is_a_conflict(inbox: Inbox, sparse: Revised, full: Revised) -> None:
    inbox.commit(Create(sparse))
    inbox.commit(Update(sparse, full))
    with pytest.raises(Conflict):
        inbox.commit(Update(sparse, sparse))
    assert stored(inbox, sparse) == replace(full, revision=1)


def test_orders_are_told_newest_first_and_not_those_of_others(inbox: Inbox) -> None:
    placed = {"b": NOW + 2, "a": NOW + 3, "c": NOW + 1}
    inbox.commit(*(Create(replace(ORDER, id=order_id, placed_at=at)) for order_id, at in placed.items()))
    inbox.commit(Create(replace(ORDER, customer_id="customer-2")), Create(CONVERSATION))
    assert [order.id for order in inbox.orders("customer-1", 10)] == ["a", "b", "c"]
    assert [order.id for order in inbox.orders("customer-1", 2)] == ["a", "b"]
    assert inbox.orders("customer-3", 10) == []


def test_several_agents_are_told_at_once_and_who_is_unknown_is_left_out(inbox: Inbox) -> None:
    inbox.commit(Create(FULL_AGENT), Create(AgentState("U0MARTA")))
    found = inbox.agents(["U0LUIS", "U0MARTA", "U0INES"])
    assert found == {"U0LUIS": FULL_AGENT, "U0MARTA": AgentState("U0MARTA")}
    assert inbox.agents([]) == {}


def test_only_conversations_that_are_not_closed_are_told_of_a_queue(inbox: Inbox) -> None:
    states = {"open": State.OPEN, "snoozed": State.SNOOZED, "closed": State.CLOSED}
    for number, (name, state) in enumerate(states.items()):
        inbox.commit(Create(replace(CONVERSATION, id=name, state=state, opened_at=NOW - number)))
    inbox.commit(Create(replace(CONVERSATION, id="elsewhere", queue="wholesale")))
    assert list(inbox.open_conversations("default")) == ["snoozed", "open"]


# How much an agent has to do


def test_tallies_add_up_and_never_conflict(inbox: Inbox) -> None:
    inbox.commit(Tally("U0LUIS", 1))
    inbox.commit(Create(CONVERSATION), Tally("U0LUIS", 1), Tally("U0MARTA", 1))
    inbox.commit(Tally("U0LUIS", -1), Create(MESSAGE), Tally("U0LUIS", 2))
    loads = {user: state.load for user, state in inbox.agents(["U0LUIS", "U0MARTA"]).items()}
    assert loads == {"U0LUIS": 3, "U0MARTA": 1}


def test_a_tally_of_a_commit_that_was_lost_does_not_count(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    with pytest.raises(Conflict):
        inbox.commit(Tally("U0LUIS", 1), Create(CONVERSATION))
    assert inbox.agent("U0LUIS") is None


def test_an_agent_of_whom_only_a_tally_tells_may_say_something(inbox: Inbox) -> None:
    inbox.commit(Tally("U0LUIS", 1))
    known = inbox.agent("U0LUIS")
    assert known == AgentState("U0LUIS", load=1)
    inbox.commit(Tally("U0LUIS", 1))
    inbox.commit(Update(known, replace(known, on_duty=True, said_at=NOW)))
    assert inbox.agent("U0LUIS") == AgentState("U0LUIS", on_duty=True, said_at=NOW, load=2, revision=1)


def test_whoever_writes_an_agents_state_does_not_touch_their_load(inbox: Inbox) -> None:
    inbox.commit(Create(AGENT), Tally("U0MARTA", 1))
    inbox.commit(Tally("U0LUIS", 1))
    inbox.commit(Update(AGENT, replace(AGENT, on_duty=True, load=7)))
    assert inbox.agent("U0LUIS") == AgentState("U0LUIS", on_duty=True, load=1, revision=1)


def test_tallies_that_cancel_out_write_nothing(inbox: Inbox) -> None:
    inbox.commit(Tally("U0LUIS", 1), Tally("U0LUIS", -1))
    assert inbox.agent("U0LUIS") is None


def test_an_agents_state_and_their_tally_are_not_written_at_once(inbox: Inbox) -> None:
    inbox.commit(Create(AGENT))
    with pytest.raises(ValueError, match="tally"):
        inbox.commit(Update(AGENT, replace(AGENT, on_duty=True)), Tally("U0LUIS", 1))
    assert inbox.agent("U0LUIS") == AGENT


def test_messages_come_in_the_order_of_their_sequence(inbox: Inbox) -> None:
    inbox.commit(*(Create(replace(MESSAGE, sequence=sequence)) for sequence in (10, 2, 9, 1)))
    assert [message.sequence for message in inbox.messages(CONVERSATION_ID, 1, 10)] == [2, 9, 10]
    assert [message.sequence for message in inbox.messages(CONVERSATION_ID, 1, 8)] == [2, 9]


def test_an_event_that_was_seen_writes_nothing_again(inbox: Inbox) -> None:
    inbox.commit(remember(), Create(CONVERSATION), Create(MESSAGE))
    with pytest.raises(AlreadySeen):
        inbox.commit(remember(), Create(replace(MESSAGE, sequence=2)))
    assert inbox.message(CONVERSATION_ID, 2) is None
    assert inbox.seen("email", "event-1") == (CONVERSATION_ID, 1)


@pytest.mark.parametrize("place", range(4))
def test_an_event_that_was_seen_is_told_from_a_lost_race_wherever_it_stands(inbox: Inbox, place: int) -> None:
    inbox.commit(remember(), Create(CONVERSATION), Create(IDENTITY))
    changes: list[Change] = [
        Update(CONVERSATION, replace(CONVERSATION, counter=2)),
        Create(replace(MESSAGE, sequence=2)),
        Update(IDENTITY, replace(IDENTITY, last_inbound_at=NOW + 1)),
    ]
    with pytest.raises(AlreadySeen):
        inbox.commit(*changes[:place], remember(), *changes[place:])


@pytest.mark.parametrize("place", range(2))
def test_a_lost_race_is_not_taken_for_an_event_that_was_seen(inbox: Inbox, place: int) -> None:
    inbox.commit(Create(replace(CONVERSATION, counter=7)))
    inbox.commit(Update(CONVERSATION, replace(CONVERSATION, counter=8)))
    changes: list[Change] = [remember(), remember("event-2")]
    changes.insert(place, Update(CONVERSATION, replace(CONVERSATION, counter=2)))
    with pytest.raises(Conflict) as lost:
        inbox.commit(*changes)
    assert not isinstance(lost.value, AlreadySeen)


def test_an_event_seen_alone_is_known_by_its_kind_of_conflict(inbox: Inbox) -> None:
    inbox.commit(remember())
    with pytest.raises(AlreadySeen):
        inbox.commit(remember())


def test_the_same_event_id_on_another_channel_is_another_event(inbox: Inbox) -> None:
    inbox.commit(remember())
    inbox.commit(replace(remember(), channel="sms"))
    assert inbox.seen("sms", "event-1") == (CONVERSATION_ID, 1)


def test_a_second_creation_is_a_conflict(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    with pytest.raises(Conflict):
        inbox.commit(Create(CONVERSATION))


def test_an_update_is_read_back_with_a_new_revision(inbox: Inbox) -> None:
    inbox.commit(Create(FULL_CONVERSATION))
    emptied = replace(FULL_CONVERSATION, assignee="", outbox=frozenset(), watch_at=0.0, trusted=True)
    inbox.commit(Update(FULL_CONVERSATION, emptied))
    assert inbox.conversation(CONVERSATION_ID) == replace(emptied, revision=1)


def test_an_update_planned_on_an_old_revision_is_a_conflict(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    claimed = replace(CONVERSATION, assignee="U0MARTA")
    inbox.commit(Update(CONVERSATION, claimed))
    with pytest.raises(Conflict):
        inbox.commit(Update(CONVERSATION, replace(CONVERSATION, assignee="U0LUIS")))
    stored = inbox.conversation(CONVERSATION_ID)
    assert stored is not None
    assert stored.assignee == "U0MARTA"


def test_an_update_of_what_was_never_stored_is_a_conflict(inbox: Inbox) -> None:
    with pytest.raises(Conflict):
        inbox.commit(Update(CONVERSATION, replace(CONVERSATION, assignee="U0MARTA")))
    assert inbox.conversation(CONVERSATION_ID) is None


def test_a_commit_with_one_conflict_writes_nothing(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    stale = replace(CONVERSATION, revision=7)
    with pytest.raises(Conflict):
        inbox.commit(Create(MESSAGE), Update(stale, replace(stale, assignee="U0LUIS")), remember())
    assert inbox.message(CONVERSATION_ID, 1) is None
    assert inbox.seen("email", "event-1") is None


def test_a_reference_means_the_conversation_said_last(inbox: Inbox) -> None:
    inbox.commit(Refer("mail", "<a@x>", "one"))
    inbox.commit(Refer("mail", "<a@x>", "two"), Refer("desk", "C:1", "three"))
    assert (inbox.referred("mail", "<a@x>"), inbox.referred("desk", "C:1")) == ("two", "three")
    assert inbox.referred("desk", "<a@x>") is None


def test_a_key_made_of_a_strangers_text_may_be_of_any_length(inbox: Inbox) -> None:
    endless = "<" + "ñ" * 5000 + "@x>"
    inbox.commit(Refer("mail", endless, "one"), replace(remember(), event_id=endless))
    assert inbox.referred("mail", endless) == "one"
    assert inbox.seen("email", endless) == (CONVERSATION_ID, 1)


def test_history_lines_of_one_version_exclude_one_another(inbox: Inbox) -> None:
    line = HistoryLine(CONVERSATION_ID, 1, "opened", "", NOW, "event-1")
    inbox.commit(Create(line))
    with pytest.raises(Conflict):
        inbox.commit(Create(replace(line, what="closed")))


def timers(inbox: Inbox, now: float) -> list[Timer]:
    return [timer for shard in inbox.shards() for timer in inbox.due(shard, now, 10)]


def test_only_what_is_due_is_told(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION), Create(FULL_MESSAGE), Create(MESSAGE))
    assert timers(inbox, NOW + 59) == []
    assert timers(inbox, NOW + 60) == [Timer(CONVERSATION_ID, None, NOW + 60)]
    assert Timer(CONVERSATION_ID, 2, NOW + 70) in timers(inbox, NOW + 70)


def test_a_cleared_timer_is_told_no_more(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    inbox.commit(Update(CONVERSATION, replace(CONVERSATION, watch_at=0.0)))
    assert timers(inbox, NOW + 1000) == []


def test_a_postponed_timer_is_told_later(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    assert inbox.postpone(Timer(CONVERSATION_ID, None, NOW + 60), NOW + 360)
    assert timers(inbox, NOW + 359) == []
    assert timers(inbox, NOW + 360) == [Timer(CONVERSATION_ID, None, NOW + 360)]


def test_a_postponed_conversation_says_of_its_times_what_it_said(inbox: Inbox) -> None:
    waiting = replace(CONVERSATION, clocks={Clock.WAKE: NOW + 100})
    inbox.commit(Create(waiting))
    inbox.postpone(Timer(CONVERSATION_ID, None, NOW + 60), NOW + 360)
    assert inbox.conversation(CONVERSATION_ID) == waiting


def test_the_earliest_of_its_times_is_when_a_conversation_is_due(inbox: Inbox) -> None:
    inbox.commit(Create(replace(CONVERSATION, clocks={Clock.WAKE: NOW + 90, Clock.PROMISE: NOW + 30})))
    assert timers(inbox, NOW + 29) == []
    assert timers(inbox, NOW + 30) == [Timer(CONVERSATION_ID, None, NOW + 30)]


@pytest.mark.parametrize(
    ("after", "due_at"),
    [
        (replace(CONVERSATION, watch_at=0.0), None),
        (replace(CONVERSATION, watch_at=NOW + 900), NOW + 900),
        (replace(CONVERSATION, clocks={Clock.CLOSE: NOW + 900}), NOW + 60),
        (replace(CONVERSATION, assignee="U0MARTA"), NOW + 360),
    ],
    ids=["nothing to wait for", "another time", "one more time", "the same times"],
)
def test_a_postponed_timer_stays_so_until_the_times_change(
    inbox: Inbox, after: Conversation, due_at: float | None
) -> None:
    inbox.commit(Create(CONVERSATION))
    inbox.postpone(Timer(CONVERSATION_ID, None, NOW + 60), NOW + 360)
    inbox.commit(Update(CONVERSATION, after))
    assert timers(inbox, NOW + 1000) == ([Timer(CONVERSATION_ID, None, due_at)] if due_at else [])


def test_a_timer_that_moved_meanwhile_is_not_postponed(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    inbox.commit(Update(CONVERSATION, replace(CONVERSATION, watch_at=0.0)))
    assert not inbox.postpone(Timer(CONVERSATION_ID, None, NOW + 60), NOW + 360)
    assert timers(inbox, NOW + 1000) == []


def test_postponing_does_not_disturb_whoever_changes_the_item(inbox: Inbox) -> None:
    inbox.commit(Create(CONVERSATION))
    inbox.postpone(Timer(CONVERSATION_ID, None, NOW + 60), NOW + 360)
    inbox.commit(Update(CONVERSATION, replace(CONVERSATION, assignee="U0MARTA")))
    stored = inbox.conversation(CONVERSATION_ID)
    assert stored is not None
    assert stored.assignee == "U0MARTA"
