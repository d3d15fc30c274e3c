"""The inbox in DynamoDB: reads by key, commits that are all or nothing, and what is due."""

from collections.abc import Collection, Iterator, Sequence

from botocore.session import Session
from pynamodb.exceptions import DoesNotExist, UpdateError

from mostrador.domain.agents import AgentState, Turn
from mostrador.domain.changes import Change, Timer
from mostrador.domain.conversation import Conversation, Customer, Identity, Message
from mostrador.domain.messages import Address
from mostrador.domain.shop import Order, Product
from mostrador.store import keys
from mostrador.store.agent_items import agent_from, turn_from
from mostrador.store.commits import LOST_RACE, commit
from mostrador.store.items import conversation_from, customer_from, identity_from, message_from
from mostrador.store.models import (
    AgentItem,
    ConversationItem,
    CustomerItem,
    IdentityItem,
    Item,
    MessageItem,
    OrderItem,
    ProductItem,
    ReferenceItem,
    SeenItem,
    TurnItem,
    open_table,
)
from mostrador.store.shop_items import order_from, product_from


class DynamoInbox:
    """Implements ``usecases.ports.Inbox`` over one table."""

    def __init__(self, table_name: str, session: Session | None = None) -> None:
        open_table(table_name, session)

    def identity(self, address: Address) -> Identity | None:
        item = _get(IdentityItem, keys.identity(address.channel, address.value))
        return identity_from(item) if item else None

    def conversation(self, conversation_id: str) -> Conversation | None:
        item = _get(ConversationItem, keys.conversation(conversation_id))
        return conversation_from(item) if item else None

    def message(self, conversation_id: str, sequence: int) -> Message | None:
        item = _get(MessageItem, keys.message(conversation_id, sequence))
        return message_from(item) if item else None

    def messages(self, conversation_id: str, after: int, limit: int) -> list[Message]:
        """The next messages by sequence, ``after`` itself left out."""
        if limit < 1:
            return []  # DynamoDB refuses a range whose end lies before its beginning
        first, last = keys.message(conversation_id, after + 1), keys.message(conversation_id, after + limit)
        found = MessageItem.query(first.pk, MessageItem.sk.between(first.sk, last.sk), consistent_read=True)
        return [message_from(item) for item in found]

    def seen(self, channel: str, event_id: str) -> tuple[str, int] | None:
        """The conversation and the sequence under which the event was stored."""
        item = _get(SeenItem, keys.seen(channel, event_id))
        return (item.conversation_id, int(item.sequence)) if item else None

    def referred(self, kind: str, value: str) -> str | None:
        item = _get(ReferenceItem, keys.reference(kind, value))
        return item.conversation_id if item else None

    def customer(self, customer_id: str) -> Customer | None:
        item = _get(CustomerItem, keys.customer(customer_id))
        return customer_from(item) if item else None

    def agent(self, user: str) -> AgentState | None:
        item = _get(AgentItem, keys.agent(user))
        return agent_from(item) if item else None

    def agents(self, users: Collection[str]) -> dict[str, AgentState]:
        """Those of whom anything is known, in one call for a hundred."""
        if not users:
            return {}
        found = AgentItem.batch_get([keys.agent(user) for user in users], consistent_read=True)
        return {state.user: state for state in map(agent_from, found)}

    def turn(self, queue: str) -> Turn | None:
        item = _get(TurnItem, keys.turn(queue))
        return turn_from(item) if item else None

    def order(self, customer_id: str, order_id: str) -> Order | None:
        item = _get(OrderItem, keys.order(customer_id, order_id))
        return order_from(item) if item else None

    def orders(self, customer_id: str, limit: int) -> list[Order]:
        """The newest first. One that was placed a moment ago may still be missing: the index follows the table."""
        listed = OrderItem.by_customer.query(keys.orders(customer_id), scan_index_forward=False, limit=limit)
        found = OrderItem.batch_get([(item.pk, item.sk) for item in listed], consistent_read=True)
        return sorted(map(order_from, found), key=lambda order: order.placed_at, reverse=True)

    def product(self, product_id: str) -> Product | None:
        item = _get(ProductItem, keys.product(product_id))
        return product_from(item) if item else None

    def open_conversations(self, queue: str) -> Iterator[str]:
        """The ids of all that are not closed, the oldest first."""
        for item in ConversationItem.by_queue.query(queue):
            yield keys.named(item.pk)

    def commit(self, *changes: Change) -> None:
        """Write everything or nothing. Raises AlreadySeen or Conflict, then nothing was written."""
        commit(changes)

    def due(self, shard: str, now: float, limit: int) -> list[Timer]:
        """What waits since before now, the oldest first."""
        found = Item.due.query(shard, Item.due_at <= now, limit=limit)
        return [Timer(*keys.parse_timer(item.pk, item.sk), due_at=float(item.due_at or 0)) for item in found]

    def shards(self) -> Sequence[str]:
        return keys.shards()

    def postpone(self, timer: Timer, until: float) -> bool:
        """Move a timer unless whoever it waited for was faster; True where it was moved."""
        key = keys.conversation(timer.conversation_id)
        if timer.sequence is not None:
            key = keys.message(timer.conversation_id, timer.sequence)
        try:
            Item(*key).update([Item.due_at.set(until)], condition=Item.due_at == timer.due_at)
        except UpdateError as error:
            if error.cause_response_code not in LOST_RACE:
                raise
            return False
        return True


def _get[M: Item](model: type[M], key: keys.Key) -> M | None:
    try:
        return model.get(*key, consistent_read=True)
    except DoesNotExist:
        return None
