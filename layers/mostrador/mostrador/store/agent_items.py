"""The way between the items of the table and who works: agents, and whose turn it was."""

from mostrador.domain.agents import AgentState, Turn
from mostrador.store import keys
from mostrador.store.models import AgentItem, TurnItem


def agent_item(state: AgentState) -> AgentItem:
    return AgentItem(
        *keys.agent(state.user),
        on_duty=state.on_duty,
        said_at=state.said_at or None,
        absent_until=state.absent_until or None,
        load=state.load or None,
        revision=state.revision,
    )


def agent_from(item: AgentItem) -> AgentState:
    return AgentState(
        user=keys.named(item.pk),
        on_duty=item.on_duty,
        said_at=float(item.said_at or 0),
        absent_until=float(item.absent_until or 0),
        load=int(item.load or 0),
        revision=int(item.revision or 0),
    )


def turn_item(turn: Turn) -> TurnItem:
    return TurnItem(*keys.turn(turn.queue), user=turn.user or None, revision=turn.revision)


def turn_from(item: TurnItem) -> Turn:
    return Turn(keys.named(item.pk), item.user or "", int(item.revision or 0))
