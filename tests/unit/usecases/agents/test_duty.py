"""Who works when, as people say it with the slash command."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import POLICY
from fakes.world import START, Counter
from mostrador.desk.errors import Rejected
from mostrador.desk.events import AgentEvent, Kind
from mostrador.domain.agents import AgentState
from mostrador.domain.changes import Tally
from mostrador.policy.model import Hours, Interval, Queue

DECEMBER = 1_796_079_600.0
"""Midnight of 1 December 2026 in Madrid."""
MORNINGS = Hours("mornings", ((Interval(600, 840),),) * 5 + ((), ()))
WHOLESALE = Queue(
    "wholesale", {"es": "Mayoristas", "en": "Wholesale"}, "C0MAYORISTAS", ("U0LUIS",), "U0LUIS", hours="mornings"
)


@pytest.fixture
def counter() -> Counter:
    return Counter()


def state(counter: Counter, user: str = "U0MARTA") -> AgentState:
    found = counter.inbox.agent(user)
    assert found is not None
    return found


def test_who_comes_on_duty_is_told_where(counter: Counter) -> None:
    assert (
        counter.types("turno")
        == "Estás de turno en Atención: lo nuevo se te puede asignar. Vale 12 horas; después manda el horario."
    )
    assert state(counter).on_duty is True
    assert state(counter).said_at == START


def test_who_works_in_no_queue_is_told_what_comes_to_them(counter: Counter) -> None:
    counter.policies.policy = replace(POLICY, queues={"wholesale": replace(WHOLESALE, hours="default")})
    assert "solo lo de tus propios clientes" in counter.types("on")
    assert "propios clientes" in counter.types("back")


def test_who_goes_off_duty_keeps_what_they_have(counter: Counter) -> None:
    counter.inbox.commit(Tally("U0MARTA", 2))
    assert "/mostrador turno" in (said := counter.types("fuera"))
    assert "(abiertas: 2)" in said
    assert (state(counter).on_duty, state(counter).load) == (False, 2)


def test_an_absence_names_the_day_the_stand_in_and_what_is_left_open(counter: Counter) -> None:
    counter.inbox.commit(Tally("U0MARTA", 3))
    said = counter.types("ausente 2026-12-01")
    assert all(word in said for word in ("01/12/2026", "Inés Soto", "abiertas: 3"))
    assert state(counter).absent_until == DECEMBER
    assert state(counter).is_absent(DECEMBER - 1)
    assert not state(counter).is_absent(DECEMBER)


def test_who_leaves_nothing_and_nobody_behind_is_told_so(counter: Counter) -> None:
    said = counter.types("away 2026-12-01", "U0INES")
    assert "No dejas ninguna conversación abierta" in said
    assert "habla con Marta Vidal" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ausente", "¿Qué día vuelves?"),
        ("ausente 2026-05-28", "tiene que ser mañana o más tarde"),
        ("ausente 2020-01-01", "tiene que ser mañana o más tarde"),
        ("ausente 2027-05-30", "queda a más de un año"),
        ("ausente 9999-12-31", "queda a más de un año"),
    ],
)
def test_an_absence_that_cannot_be_meant_changes_nothing(counter: Counter, text: str, said: str) -> None:
    assert said in counter.types(text)
    assert counter.inbox.agent("U0MARTA") is None


def test_tomorrow_is_the_first_day_that_somebody_can_be_back(counter: Counter) -> None:
    assert "29/05/2026" in counter.types("ausente 2026-05-29")


def test_whoever_is_back_works_by_the_hours_of_their_queues_again(counter: Counter) -> None:
    counter.types("fuera")
    counter.types("ausente 2026-12-01")
    assert "Atención" in counter.types("vuelvo")
    assert (state(counter).on_duty, state(counter).absent_until) == (None, 0.0)


def test_an_absence_ends_with_the_hours_and_not_with_what_was_said_before_it(counter: Counter) -> None:
    counter.types("fuera")
    counter.types("ausente 2026-12-01")
    assert state(counter).on_duty is None


def test_the_status_shows_everybody_by_queue(counter: Counter) -> None:
    agents = {**POLICY.agents, "U0LUIS": replace(POLICY.agents["U0LUIS"], capacity=15)}
    queues = {**POLICY.queues, "wholesale": WHOLESALE}
    counter.policies.policy = replace(
        POLICY, agents=agents, queues=queues, hours={**POLICY.hours, "mornings": MORNINGS}
    )
    counter.types("fuera", "U0INES")
    counter.types("ausente 2026-12-01", "U0MARTA")
    counter.inbox.commit(Tally("U0LUIS", 4))
    assert counter.types("estado").splitlines() == [
        "Atención · abierta",
        "🌴 Marta Vidal · ausente hasta el 01/12/2026 · abiertas: 0",
        "🟢 Luis Prieto · abiertas: 4 de 15",
        "⚪ Inés Soto · fuera de turno · abiertas: 0",
        "",
        "Mayoristas · cerrada; abre mañana a las 10:00",
        "⚪ Luis Prieto · fuera de turno · abiertas: 4 de 15",
    ]


@pytest.mark.parametrize("text", ["", "ayuda", "buscar plato", "<!channel>"])
def test_what_nobody_understands_is_answered_with_what_there_is(counter: Counter, text: str) -> None:
    assert "/mostrador ausente 2026-12-01" in counter.types(text)
    assert counter.inbox.agent("U0MARTA") is None


def test_an_english_shop_answers_in_english(counter: Counter) -> None:
    counter.policies.policy = replace(POLICY, language="en")
    assert counter.types("on").startswith("You are on duty in Customer care: what is new may be given to you. For 12 ")


def test_whoever_is_not_in_the_policy_is_told_whom_to_ask(counter: Counter) -> None:
    said = counter.types("turno", "U0PABLO")
    assert "habla con Marta Vidal" in said
    assert counter.inbox.agent("U0PABLO") is None


def command(text: str, number: int, **fields: Any) -> AgentEvent:
    usual: dict[str, Any] = {"team": "T", "channel": "C0GENERAL", "thread_ts": "", "ts": "", "user": "U0MARTA"}
    return AgentEvent(Kind.COMMAND, f"command:{number}", text=text, action="/mostrador", **{**usual, **fields})


def test_a_command_that_is_told_of_again_does_not_undo_what_was_said_since(counter: Counter) -> None:
    first = command("turno", 1)
    for each in (first, command("fuera", 2), first):
        counter.act(each)
    assert state(counter).on_duty is False


def test_a_command_without_an_address_for_its_answer_is_answered_in_the_channel(counter: Counter) -> None:
    counter.act(command("turno", 1))
    ((user, said),) = counter.desk.whispers
    assert (user, "Estás de turno" in said) == ("U0MARTA", True)


def test_an_answer_that_cannot_be_given_undoes_nothing(counter: Counter) -> None:
    counter.desk.deaf = Rejected("used_url")
    counter.act(command("turno", 1, response_url="https://hooks.slack.com/commands/1"))
    assert state(counter).on_duty is True
