"""Conversations of the past, in bulk: for the command line. It reads the whole table, which is paid for by its size."""

from collections.abc import Callable, Iterator, Sequence
from itertools import batched

from mostrador.domain.conversation import Conversation, Customer, Message
from mostrador.store import keys
from mostrador.store.items import conversation_from, customer_from, message_from
from mostrador.store.models import ConversationItem, CustomerItem, Item, MessageItem

AT_ONCE = 100
"""Items that one request reads (Amazon DynamoDB, BatchGetItem)."""
CONVERSATION = keys.conversation("").sk

type Beginning = tuple[Conversation, Message | None, Customer | None]
"""A conversation with its first message, and its customer as they are today."""


def items_of_table() -> int:
    """About: DynamoDB counts every six hours. The table must be open (``models.open_table``)."""
    description = Item.describe_table() or {}
    return int(description.get("ItemCount", 0))


def beginnings(since: float, looked_at: Callable[[int], object] = lambda _: None) -> Iterator[Beginning]:
    """Every conversation that was opened since then and was not set aside, in no order.

    ``looked_at`` hears how many items of the table were read so far.
    """
    for some in batched(_opened(since, looked_at), AT_ONCE, strict=False):
        messages = _first_messages(some)
        customers = _customers(some)
        for conversation in some:
            yield conversation, messages.get(conversation.id), customers.get(conversation.customer_id)


def _opened(since: float, looked_at: Callable[[int], object]) -> Iterator[Conversation]:
    found = ConversationItem.scan((ConversationItem.sk == CONVERSATION) & (ConversationItem.opened_at >= since))
    for item in found:
        looked_at(found.page_iter.total_scanned_count)
        conversation = conversation_from(item)
        if not conversation.quarantine:
            yield conversation


def _first_messages(conversations: Sequence[Conversation]) -> dict[str, Message]:
    wanted = [tuple(keys.message(conversation.id, 1)) for conversation in conversations]
    return {message.conversation_id: message for message in map(message_from, MessageItem.batch_get(wanted))}


def _customers(conversations: Sequence[Conversation]) -> dict[str, Customer]:
    wanted = dict.fromkeys(conversation.customer_id for conversation in conversations)
    found = CustomerItem.batch_get([tuple(keys.customer(customer_id)) for customer_id in wanted])
    return {customer.id: customer for customer in map(customer_from, found)}
