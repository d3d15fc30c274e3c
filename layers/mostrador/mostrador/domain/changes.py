"""What a use case wants written, as values. A commit is all of its changes or none.

A use case reads, decides without touching anything, and commits; where it lost against somebody else it gets a
``Conflict``, reads again and decides again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mostrador.domain.agents import AgentState, Turn
from mostrador.domain.conversation import Conversation, Customer, HistoryLine, Identity, Message
from mostrador.domain.errors import Conflict
from mostrador.domain.shop import Order, Product

type Revised = AgentState | Conversation | Customer | Identity | Message | Order | Product | Turn
type Entity = Revised | HistoryLine


class AlreadySeen(Conflict):
    """The event was stored before: whoever finds this announces again and is done. ``str()`` is the event's id."""


@dataclass(frozen=True, slots=True)
class Create:
    """A new item; a Conflict where one with the same key exists."""

    entity: Entity


@dataclass(frozen=True, slots=True)
class Update:
    """From one revision to the next; a Conflict where ``before`` is not what is stored any more."""

    before: Revised
    after: Revised


@dataclass(frozen=True, slots=True)
class Remember:
    """That this event was taken in, and where it went. AlreadySeen where it was remembered before."""

    channel: str
    event_id: str
    conversation_id: str
    sequence: int
    at: float


@dataclass(frozen=True, slots=True)
class Refer:
    """That a name which the outside world uses means this conversation; said twice, it means the latest."""

    kind: str
    """``mail`` (a Message-ID), ``desk`` (a thread of the desk), ``shop`` (the shop system's id of a customer),
    ``order`` (its id of an order), ``name`` (one of two names of a person on a channel)."""
    value: str
    conversation_id: str
    """What is meant: a conversation; of ``shop`` and ``order``, one of our customers; of ``name``, the other name."""


@dataclass(frozen=True, slots=True)
class Tally:
    """More or fewer open conversations of an agent. It never conflicts, so that busy agents do not hold anybody up."""

    user: str
    by: int


type Change = Create | Update | Remember | Refer | Tally


def tallied(changes: Sequence[Change]) -> list[Change]:
    """At most one tally for each agent, and none that changes nothing: a transaction touches an item once.

    Raises ValueError where a commit writes the state of an agent whom it also tallies.
    """
    loads: dict[str, int] = {}
    for change in changes:
        if isinstance(change, Tally):
            loads[change.user] = loads.get(change.user, 0) + change.by
    written = [
        change.entity if isinstance(change, Create) else change.after
        for change in changes
        if isinstance(change, Create | Update)
    ]
    if any(isinstance(entity, AgentState) and entity.user in loads for entity in written):
        raise ValueError("one commit cannot both write an agent's state and tally them")
    others = [change for change in changes if not isinstance(change, Tally)]
    return others + [Tally(user, by) for user, by in loads.items() if by]


@dataclass(frozen=True, slots=True)
class Timer:
    """Something that waits on an item: the conversation itself, or one of its messages."""

    conversation_id: str
    sequence: int | None
    """None: the conversation's own."""
    due_at: float
