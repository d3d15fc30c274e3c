"""Commits: every change of a list or none, and a lost race as the exception that a use case knows."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from pynamodb.exceptions import PutError, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from mostrador.domain.agents import AgentState, Turn
from mostrador.domain.changes import (
    AlreadySeen,
    Change,
    Create,
    Entity,
    Refer,
    Remember,
    Revised,
    Tally,
    Update,
    tallied,
)
from mostrador.domain.conversation import Conversation, Customer, HistoryLine, Identity, Message
from mostrador.domain.errors import Conflict
from mostrador.domain.shop import Order, Product
from mostrador.store import keys
from mostrador.store.agent_items import agent_item, turn_item
from mostrador.store.items import conversation_item, customer_item, history_item, identity_item, message_item
from mostrador.store.models import AgentItem, Item, ReferenceItem, SeenItem
from mostrador.store.shop_items import order_item, product_item

REMEMBERED_SECONDS = 35 * 24 * 3600
"""How long an event is known: providers redeliver for up to a week, the table forgets up to two days late."""

LOST_RACE = frozenset(
    {
        # The first two are reasons of a cancelled transaction, the others errors of a single write: one that meets a
        # transaction on its item is refused as well, and boto3 does not try it again.
        "ConditionalCheckFailed",
        "TransactionConflict",
        "ConditionalCheckFailedException",
        "TransactionConflictException",
    }
)

_SCHEDULE = frozenset({"watch_at", "clocks", "due_shard", "due_at"})
"""Written together: a timer that was put off lies elsewhere in the index than what is known of it tells."""


def commit(changes: Sequence[Change]) -> None:
    """Write everything or nothing. Raises AlreadySeen or Conflict, then nothing was written."""
    # pynamodb sends puts before updates, whatever the order here, and DynamoDB's reasons come in the order sent.
    as_sent = sorted(tallied(changes), key=lambda change: isinstance(change, Update | Tally))
    with _races(as_sent):
        if len(as_sent) == 1:
            _write_alone(as_sent[0])
        elif as_sent:
            with TransactWrite(connection=Item._get_connection().connection) as transaction:  # noqa: SLF001 - see open_table
                for change in as_sent:
                    _write_within(transaction, change)


@contextmanager
def _races(changes: Sequence[Change]) -> Iterator[None]:
    """Turn a lost conditional write into the exception that a use case knows; ``changes`` in the order sent."""
    try:
        yield
    except (PutError, UpdateError) as error:
        if error.cause_response_code not in LOST_RACE:
            raise
        raise _lost(changes[0]) from error
    except TransactWriteError as error:
        lost = [
            change
            for change, reason in zip(changes, error.cancellation_reasons, strict=False)
            if reason is not None and reason.code in LOST_RACE
        ]
        if not lost:
            raise
        raise _lost(*lost) from error


def _lost(*changes: Change) -> Conflict:
    seen = [change for change in changes if isinstance(change, Remember)]
    return AlreadySeen(seen[0].event_id) if seen else Conflict(type(changes[0]).__name__)


def _write_alone(change: Change) -> None:
    match change:
        case Update() | Tally():
            item, actions, condition = _update(change)
            item.update(actions, condition=condition)
        case _:
            item, condition = _put(change)
            item.save(condition=condition)


def _write_within(transaction: TransactWrite, change: Change) -> None:
    match change:
        case Update() | Tally():
            item, actions, condition = _update(change)
            transaction.update(item, actions=actions, condition=condition)
        case _:
            item, condition = _put(change)
            transaction.save(item, condition=condition)


def _put(change: Create | Remember | Refer) -> tuple[Item, Condition | None]:
    match change:
        case Create(entity):
            return _item(entity), Item.pk.does_not_exist()
        case Remember(channel, event_id, conversation_id, sequence, at):
            seen = SeenItem(*keys.seen(channel, event_id), conversation_id=conversation_id, sequence=sequence)
            seen.expires_at = int(at) + REMEMBERED_SECONDS
            return seen, Item.pk.does_not_exist()
        case Refer(kind, value, conversation_id):
            return ReferenceItem(*keys.reference(kind, value), conversation_id=conversation_id), None


def _update(change: Update | Tally) -> tuple[Item, list[Action], Condition | None]:
    match change:
        case Update(before, after):
            old, new = _item(before), _item(after)
            return new, [*_difference(old, new), Item.revision.set(before.revision + 1)], _unchanged(before)
        case Tally(user, by):
            return AgentItem(*keys.agent(user)), [AgentItem.load.add(by)], None


def _unchanged(before: Revised) -> Condition:
    """What was written before it had revisions, and an agent of whom only a tally tells, counts as revision 0."""
    unchanged = Item.revision == before.revision
    return unchanged if before.revision else unchanged | (Item.pk.exists() & Item.revision.does_not_exist())


def _difference(old: Item, new: Item) -> list[Action]:
    attributes = {name: attribute for name, attribute in type(new).get_attributes().items() if name not in _NEVER}
    changed = {name for name in attributes if getattr(old, name) != getattr(new, name)}
    if changed & _SCHEDULE:
        changed |= _SCHEDULE & attributes.keys()
    return [_action(attributes[name], getattr(new, name)) for name in sorted(changed)]


def _action(attribute: Any, value: object) -> Action:
    action: Action = attribute.remove() if value is None else attribute.set(value)
    return action


def _item(entity: Entity) -> Item:
    make: Any = _ITEMS[type(entity)]
    item: Item = make(entity)
    return item


_NEVER = frozenset({"revision", "load"})
"""What an update does not copy: the revision counts by itself, and an agent's load is changed by tallies alone."""

_ITEMS: Mapping[type[Entity], Any] = {
    AgentState: agent_item,
    Conversation: conversation_item,
    Customer: customer_item,
    HistoryLine: history_item,
    Identity: identity_item,
    Message: message_item,
    Order: order_item,
    Product: product_item,
    Turn: turn_item,
}
