"""The inbox in memory: the same promises as the table, checked by the same tests (tests/conformance/test_inbox.py)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

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
    Timer,
    Update,
    tallied,
)
from mostrador.domain.conversation import Conversation, Customer, HistoryLine, Identity, Message
from mostrador.domain.errors import Conflict
from mostrador.domain.messages import Address
from mostrador.domain.shop import Order, Product

type Key = tuple[str, ...]


class FakeInbox:
    def __init__(self) -> None:
        self.entities: dict[Key, Entity] = {}
        self.index: dict[Key, float] = {}
        """When each item is due, as the index ``due`` has it."""
        self.remembered: dict[tuple[str, str], tuple[str, int]] = {}
        self.references: dict[tuple[str, str], str] = {}

    def identity(self, address: Address) -> Identity | None:
        return self._get(Identity, address.channel, address.value)

    def customer(self, customer_id: str) -> Customer | None:
        return self._get(Customer, customer_id)

    def conversation(self, conversation_id: str) -> Conversation | None:
        return self._get(Conversation, conversation_id)

    def message(self, conversation_id: str, sequence: int) -> Message | None:
        return self._get(Message, conversation_id, str(sequence))

    def messages(self, conversation_id: str, after: int, limit: int) -> list[Message]:
        wanted = range(after + 1, after + limit + 1)
        return [message for sequence in wanted if (message := self.message(conversation_id, sequence))]

    def seen(self, channel: str, event_id: str) -> tuple[str, int] | None:
        return self.remembered.get((channel, event_id))

    def referred(self, kind: str, value: str) -> str | None:
        return self.references.get((kind, value))

    def agent(self, user: str) -> AgentState | None:
        return self._get(AgentState, user)

    def agents(self, users: Collection[str]) -> dict[str, AgentState]:
        return {user: state for user in users if (state := self.agent(user))}

    def turn(self, queue: str) -> Turn | None:
        return self._get(Turn, queue)

    def order(self, customer_id: str, order_id: str) -> Order | None:
        return self._get(Order, customer_id, order_id)

    def orders(self, customer_id: str, limit: int) -> list[Order]:
        orders = [found for found in self.entities.values() if isinstance(found, Order)]
        mine = [order for order in orders if order.customer_id == customer_id]
        return sorted(mine, key=lambda order: order.placed_at, reverse=True)[:limit]

    def product(self, product_id: str) -> Product | None:
        return self._get(Product, product_id)

    def open_conversations(self, queue: str) -> Iterator[str]:
        conversations = [found for found in self.entities.values() if isinstance(found, Conversation)]
        waiting = [found for found in conversations if found.queue == queue and not found.is_closed]
        return iter([found.id for found in sorted(waiting, key=lambda found: found.opened_at)])

    def commit(self, *changes: Change) -> None:
        planned = tallied(changes)
        lost = [conflict for change in planned if (conflict := self._conflict(change))]
        if lost:
            raise next((conflict for conflict in lost if isinstance(conflict, AlreadySeen)), lost[0])
        for change in planned:
            self._write(change)

    def due(self, shard: str, now: float, limit: int) -> list[Timer]:
        if shard != "0":
            return []
        waiting = [_timer(self.entities[key], at) for key, at in self.index.items() if at <= now]
        return sorted(waiting, key=lambda timer: timer.due_at)[:limit]

    def shards(self) -> Sequence[str]:
        return ["0", "1"]

    def postpone(self, timer: Timer, until: float) -> bool:
        key: Key = ("Conversation", timer.conversation_id)
        if timer.sequence is not None:
            key = ("Message", timer.conversation_id, str(timer.sequence))
        if self.index.get(key) != timer.due_at:
            return False
        self.index[key] = until
        found = self.entities[key]
        if isinstance(found, Message):
            self.entities[key] = replace(found, watch_at=until)
        return True

    def history(self, conversation_id: str) -> list[str]:
        """What was done with a conversation, in order: for assertions."""
        lines = [entity for entity in self.entities.values() if isinstance(entity, HistoryLine)]
        mine = [line for line in lines if line.conversation_id == conversation_id]
        return [line.what for line in sorted(mine, key=lambda line: line.version)]

    def _get[E: Revised](self, kind: type[E], *key: str) -> E | None:
        found = self.entities.get((kind.__name__, *key))
        return found if isinstance(found, kind) else None

    def _conflict(self, change: Change) -> Conflict | None:
        match change:
            case Remember(channel, event_id) if (channel, event_id) in self.remembered:
                return AlreadySeen(event_id)
            case Create(entity) if _key(entity) in self.entities:
                return Conflict(str(_key(entity)))
            case Update(before):
                stored = self.entities.get(_key(before))
                if stored is None or getattr(stored, "revision", None) != before.revision:
                    return Conflict(str(_key(before)))
        return None

    def _write(self, change: Change) -> None:
        match change:
            case Remember(channel, event_id, conversation_id, sequence):
                self.remembered[channel, event_id] = (conversation_id, sequence)
            case Refer(kind, value, conversation_id):
                self.references[kind, value] = conversation_id
            case Create(entity):
                self.entities[_key(entity)] = entity
                self._schedule(None, entity)
            case Update(before, after):
                self.entities[_key(after)] = self._updated(before, after)
                self._schedule(before, after)
            case Tally(user, by):
                state = self.agent(user) or AgentState(user)
                self.entities[_key(state)] = replace(state, load=state.load + by)

    def _updated(self, before: Revised, after: Revised) -> Revised:
        """An agent's load is changed by tallies alone."""
        known = self.agent(before.user) if isinstance(before, AgentState) else None
        if isinstance(after, AgentState) and known:
            after = replace(after, load=known.load)
        return replace(after, revision=before.revision + 1)

    def _schedule(self, before: Entity | None, after: Entity) -> None:
        """A timer that was put off stays so until its times change."""
        if before is not None and _times(before) == _times(after):
            return
        self.index.pop(_key(after), None)
        if isinstance(after, Conversation | Message) and _due_at(after):
            self.index[_key(after)] = _due_at(after)


def _key(entity: Entity) -> Key:
    parts: tuple[str, ...]
    match entity:
        case Identity(address):
            parts = (address.channel, address.value)
        case Message(conversation_id, number) | HistoryLine(conversation_id, number):
            parts = (conversation_id, str(number))
        case Order(order_id, customer_id):
            parts = (customer_id, order_id)
        case AgentState(name) | Turn(name):
            parts = (name,)
        case Conversation() | Customer() | Product():
            parts = (entity.id,)
    return (type(entity).__name__, *parts)


def _times(entity: Entity) -> object:
    match entity:
        case Conversation(watch_at=watch_at, clocks=clocks):
            return (watch_at, dict(clocks))
        case Message(watch_at=watch_at):
            return watch_at
        case _:
            return None


def _due_at(entity: Conversation | Message) -> float:
    return entity.due_at if isinstance(entity, Conversation) else entity.watch_at


def _timer(entity: Entity, due_at: float) -> Timer:
    match entity:
        case Message(conversation_id, sequence):
            return Timer(conversation_id, sequence, due_at)
        case Conversation(id=conversation_id):
            return Timer(conversation_id, None, due_at)
        case _:
            raise TypeError(entity)
