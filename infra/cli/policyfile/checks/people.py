"""Who answers: ids that are shared, queues without people, stand-ins and overflows that lead nowhere."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from cli.policyfile.draft import Draft
from cli.policyfile.findings import Place, in_a_row


def check_people(draft: Draft) -> None:
    _shared_people(draft)
    _shared_channels(draft)
    _empty_queues(draft)
    _leads(draft)
    _stand_ins(draft)
    _overflows(draft)


def _shared_people(draft: Draft) -> None:
    for user, names in _grouped((name, agent.slack) for name, agent in draft.document.agents.items()).items():
        for name in names[1:]:
            draft.findings.fault(
                ("agents", name, "slack"),
                f"`{user}` is the Slack id of `{names[0]}` as well; each person has their own",
            )


def _shared_channels(draft: Draft) -> None:
    for channel, names in _grouped((name, queue.slack) for name, queue in draft.document.queues.items()).items():
        for name in names[1:]:
            draft.findings.warning(
                ("queues", name, "slack"),
                f"`{channel}` is the Slack channel of the queue `{names[0]}` as well; both will be mixed there",
            )


def _empty_queues(draft: Draft) -> None:
    for name, queue in draft.document.queues.items():
        place: Place = ("queues", name, "agents")
        if not queue.agents:
            draft.findings.fault(place, "nobody works in this queue; name at least one agent")
        for agent in sorted({agent for agent in queue.agents if queue.agents.count(agent) > 1}):
            draft.findings.fault(place, f"`{agent}` stands here twice; name each agent once")


def _leads(draft: Draft) -> None:
    queues = draft.document.queues
    working = {agent for queue in queues.values() for agent in queue.agents}
    for name, queue in queues.items():
        if queue.agents and queue.lead in draft.names("agents") and queue.lead not in working:
            place: Place = ("queues", name, "lead")
            draft.findings.fault(
                place, f"`{queue.lead}` leads this queue and works in none; add them to the agents of one"
            )


def _stand_ins(draft: Draft) -> None:
    stand_ins = {name: agent.stand_in for name, agent in draft.document.agents.items() if agent.stand_in}
    for name in [name for name, other in stand_ins.items() if name == other]:
        del stand_ins[name]
        draft.findings.fault(("agents", name, "stand_in"), f"`{name}` cannot stand in for themselves; name a colleague")
    for circle in _circles(stand_ins):
        draft.findings.warning(
            ("agents", circle[0], "stand_in"),
            f"{in_a_row(circle)} stand in for one another and for nobody else: while all of them are away, "
            "their customers wait in the queue",
        )


def _overflows(draft: Draft) -> None:
    overflows = {name: queue.overflow for name, queue in draft.document.queues.items() if queue.overflow}
    for circle in _circles(overflows):
        way = " to ".join(f"`{name}`" for name in [*circle, circle[0]])
        draft.findings.fault(
            ("queues", circle[0], "overflow"),
            f"overflow goes in a circle, from {way}; let the last queue keep what it has",
        )


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    grouped = defaultdict(list)
    for name, shared in pairs:
        grouped[shared].append(name)
    return grouped


def _circles(following: Mapping[str, str]) -> list[list[str]]:
    """Each once, from its first member in the order of the file."""
    circles: list[list[str]] = []
    for name in following:
        way = _way(name, following)
        if following.get(way[-1]) == name and not any(name in circle for circle in circles):
            circles.append(way)
    return circles


def _way(name: str, following: Mapping[str, str]) -> list[str]:
    way = [name]
    while way[-1] in following and following[way[-1]] not in way:
        way.append(following[way[-1]])
    return way
