"""The items of the table as pynamodb models.

Every model shares one connection: pynamodb would open one for each class, and each costs a botocore session.
"""

from collections.abc import Mapping
from typing import Any

from botocore.session import Session
from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    NumberSetAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model

from mostrador.domain.attention import Clock
from mostrador.domain.routing import Promise, Routing
from mostrador.domain.shop import Fulfilment, OrderLine, Profile, Refund
from mostrador.store.attributes import DocumentAttribute


class DueIndex(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "due"
        projection = KeysOnlyProjection()

    due_shard = UnicodeAttribute(hash_key=True)
    due_at = NumberAttribute(range_key=True)


class ByCustomerIndex(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "by_customer"
        projection = KeysOnlyProjection()

    customer_id = UnicodeAttribute(hash_key=True)
    opened_at = NumberAttribute(range_key=True)


class ByQueueIndex(GlobalSecondaryIndex[Any]):
    class Meta:
        index_name = "by_queue"
        projection = KeysOnlyProjection()

    queue_open = UnicodeAttribute(hash_key=True)
    opened_at = NumberAttribute(range_key=True)


class Item(Model):
    """What every item has. The table's name is set by ``open_table``; nothing is read at import."""

    class Meta:
        table_name = ""
        connect_timeout_seconds = 2
        read_timeout_seconds = 5
        max_retry_attempts = 3

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    due_shard = UnicodeAttribute(null=True)
    due_at = NumberAttribute(null=True)
    revision = NumberAttribute(null=True)

    due = DueIndex()


class IdentityItem(Item):
    channel = UnicodeAttribute()
    address = UnicodeAttribute()
    name = UnicodeAttribute(null=True)
    customer_id = UnicodeAttribute()
    open_conversation = UnicodeAttribute(null=True)
    opted_out = BooleanAttribute(null=True)
    last_inbound_at = NumberAttribute(null=True)
    window_closed_at = NumberAttribute(null=True)
    acknowledged_at = NumberAttribute(null=True)
    mail = UnicodeAttribute(null=True)
    mail_proven = BooleanAttribute(null=True)


class CustomerItem(Item):
    name = UnicodeAttribute(null=True)
    created_at = NumberAttribute()
    agent = UnicodeAttribute(null=True)
    profile = DocumentAttribute[Profile](Profile, null=True)
    orders = NumberAttribute(null=True)
    spent = NumberAttribute(null=True)
    currency = UnicodeAttribute(null=True)
    first_order_at = NumberAttribute(null=True)
    last_order_at = NumberAttribute(null=True)


class OrderItem(Item):
    order_id = UnicodeAttribute()
    listed_under = UnicodeAttribute(attr_name="customer_id")
    placed_at = NumberAttribute(attr_name="opened_at")
    """Both are keys of the index by_customer, which lists the orders by date."""
    number = UnicodeAttribute()
    updated_at = NumberAttribute()
    status = UnicodeAttribute()
    total = NumberAttribute()
    currency = UnicodeAttribute()
    lines = DocumentAttribute[tuple[OrderLine, ...]](tuple[OrderLine, ...], null=True)
    fulfilments = DocumentAttribute[tuple[Fulfilment, ...]](tuple[Fulfilment, ...], null=True)
    refunds = DocumentAttribute[tuple[Refund, ...]](tuple[Refund, ...], null=True)

    by_customer = ByCustomerIndex()


class ProductItem(Item):
    product_id = UnicodeAttribute()
    title = UnicodeAttribute()
    sku = UnicodeAttribute(null=True)
    price = NumberAttribute(null=True)
    currency = UnicodeAttribute(null=True)
    url = UnicodeAttribute(null=True)
    available = NumberAttribute(null=True)
    expected_at = NumberAttribute(null=True)
    updated_at = NumberAttribute(null=True)
    stock_updated_at = NumberAttribute(null=True)


class AgentItem(Item):
    on_duty = BooleanAttribute(null=True)
    said_at = NumberAttribute(null=True)
    absent_until = NumberAttribute(null=True)
    load = NumberAttribute(null=True)


class TurnItem(Item):
    user = UnicodeAttribute(null=True)


class ConversationItem(Item):
    channel = UnicodeAttribute()
    address = UnicodeAttribute()
    address_name = UnicodeAttribute(null=True)
    customer_id = UnicodeAttribute()
    subject = UnicodeAttribute(null=True)
    state = UnicodeAttribute()
    language = UnicodeAttribute()
    queue = UnicodeAttribute()
    queue_open = UnicodeAttribute(null=True)
    """The queue until the conversation is closed: closed ones leave the index."""
    desk_channel = UnicodeAttribute()
    opened_at = NumberAttribute()
    waiting_since = NumberAttribute(null=True)
    waited_when_closed = NumberAttribute(null=True)
    closed_at = NumberAttribute(null=True)
    assignee = UnicodeAttribute(null=True)
    trusted = BooleanAttribute(null=True)
    opted_out = BooleanAttribute(null=True)
    quarantine = UnicodeAttribute(null=True)
    recipient = UnicodeAttribute(null=True)
    counter = NumberAttribute()
    last_inbound = NumberAttribute(null=True)
    version = NumberAttribute()
    watch_at = NumberAttribute(null=True)
    clocks = DocumentAttribute[Mapping[Clock, float]](dict[Clock, float], null=True)
    shown_version = NumberAttribute(null=True)
    outbox = NumberSetAttribute(null=True)
    kept_back = NumberSetAttribute(null=True)
    unmarked = NumberSetAttribute(null=True)
    desk_ts = UnicodeAttribute(null=True)
    shown = NumberAttribute(null=True)
    showing_since = NumberAttribute(null=True)
    card_digest = UnicodeAttribute(null=True)
    references: ListAttribute[UnicodeAttribute] = ListAttribute(of=UnicodeAttribute, null=True)
    page = JSONAttribute(null=True)
    said = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    linked_to = UnicodeAttribute(null=True)
    public = BooleanAttribute(null=True)
    segment = UnicodeAttribute(null=True)
    attention = UnicodeAttribute(null=True)
    stage = UnicodeAttribute(null=True)
    priority = NumberAttribute(null=True)
    tags: ListAttribute[UnicodeAttribute] = ListAttribute(of=UnicodeAttribute, null=True)
    intent = UnicodeAttribute(null=True)
    protocol = UnicodeAttribute(null=True)
    target = UnicodeAttribute(null=True)
    routing = DocumentAttribute[Routing](Routing, null=True)
    promise = DocumentAttribute[Promise](Promise, null=True)
    first_answered_at = NumberAttribute(null=True)
    calling_since = NumberAttribute(null=True)
    call_for = NumberAttribute(null=True)

    by_customer = ByCustomerIndex()
    by_queue = ByQueueIndex()


class MessageItem(Item):
    direction = UnicodeAttribute()
    text = UnicodeAttribute()
    at = NumberAttribute()
    received_at = NumberAttribute(null=True)
    author = UnicodeAttribute(null=True)
    author_name = UnicodeAttribute(null=True)
    mentions: ListAttribute[UnicodeAttribute] = ListAttribute(of=UnicodeAttribute, null=True)
    subject = UnicodeAttribute(null=True)
    attachments = JSONAttribute(null=True)
    full_text = UnicodeAttribute(null=True)
    source = UnicodeAttribute(null=True)
    automatic = BooleanAttribute(null=True)
    asks = BooleanAttribute(null=True)
    trusted = BooleanAttribute(null=True)
    warnings: ListAttribute[UnicodeAttribute] = ListAttribute(of=UnicodeAttribute, null=True)
    forwarded_from = UnicodeAttribute(null=True)
    reference = UnicodeAttribute(null=True)
    provider_id = UnicodeAttribute(null=True)
    via = UnicodeAttribute(null=True)
    page = JSONAttribute(null=True)
    answers = NumberAttribute(null=True)
    desk_channel = UnicodeAttribute(null=True)
    desk_ts = UnicodeAttribute(null=True)
    edited = UnicodeAttribute(null=True)
    state = UnicodeAttribute(null=True)
    hold_until = NumberAttribute(null=True)
    attempts = NumberAttribute(null=True)
    attempted_at = NumberAttribute(null=True)
    overtaken = BooleanAttribute(null=True)
    failure = JSONAttribute(null=True)
    template = JSONAttribute(null=True)
    shown_state = UnicodeAttribute(null=True)
    asked = UnicodeAttribute(null=True)
    shown_files = JSONAttribute(null=True)


class HistoryItem(Item):
    what = UnicodeAttribute()
    who = UnicodeAttribute(null=True)
    at = NumberAttribute()
    event = UnicodeAttribute(null=True)


class SeenItem(Item):
    conversation_id = UnicodeAttribute()
    sequence = NumberAttribute()
    expires_at = NumberAttribute()
    """Epoch seconds: the table's time to live."""


class ReferenceItem(Item):
    conversation_id = UnicodeAttribute()


class ConnectionItem(Item):
    """An open connection of the chat; and, under its own id, whose it is."""

    connection_id = UnicodeAttribute()
    session = UnicodeAttribute()
    language = UnicodeAttribute(null=True)
    seen_at = NumberAttribute()
    expires_at = NumberAttribute()


class AllowanceItem(Item):
    used = NumberAttribute(null=True)
    expires_at = NumberAttribute(null=True)


class PolicyItem(Item):
    """The policy in force, and under another key each one that ever was."""

    version = UnicodeAttribute()
    object_key = UnicodeAttribute()
    number = NumberAttribute(null=True)
    """Counts how often a policy was put in force."""
    at = NumberAttribute(null=True)
    who = UnicodeAttribute(null=True)
    note = UnicodeAttribute(null=True)


MODELS: tuple[type[Item], ...] = (
    AgentItem,
    AllowanceItem,
    ConnectionItem,
    ConversationItem,
    CustomerItem,
    HistoryItem,
    IdentityItem,
    Item,
    MessageItem,
    OrderItem,
    PolicyItem,
    ProductItem,
    ReferenceItem,
    SeenItem,
    TurnItem,
)


def open_table(name: str, session: Session | None = None) -> None:
    """Bind every model to the table, over one connection; over a botocore session that is there already, if it is."""
    for model in MODELS:
        model.Meta.table_name = name
        model._connection = None  # noqa: SLF001 - pynamodb keeps one connection a class and offers no way to share it
    shared = ConversationItem._get_connection()  # noqa: SLF001 - the one model that knows every index
    if session is not None:
        # pynamodb makes one for itself, and each reads botocore's descriptions of endpoints anew.
        shared.connection._local.session = session  # noqa: SLF001
    for model in MODELS:
        model._connection = shared  # noqa: SLF001
