"""Who gets a conversation: their own agent, a stand-in, whose turn it is, or nobody but the queue."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.policies import ALWAYS, DEFAULT_QUEUE, POLICY
from mostrador.domain.agents import SHIFT, AgentState, Turn
from mostrador.domain.routing import Because
from mostrador.policy.assignment import PASSED_OVER_TOLD, Assignment, assign, on_duty, people_of, queue_for
from mostrador.policy.facts import Facts
from mostrador.policy.model import Agent, Hours, Policy, Queue, Rule, Work
from mostrador.policy.routing import Decision, decide

NOW = 1_780_000_000.0
NEVER = Hours("never", ((),) * 7)
MARTA, LUIS, INES, PABLO = "U0MARTA", "U0LUIS", "U0INES", "U0PABLO"
TEAM = (
    Agent("marta", MARTA, "Marta Vidal", languages=("es", "en"), stand_in=INES, capacity=3),
    Agent("luis", LUIS, "Luis Prieto", languages=("es",), stand_in=MARTA, capacity=3),
    Agent("ines", INES, "Inés Soto", languages=("es",), capacity=2),
)
TURNS = replace(DEFAULT_QUEUE, work=Work.ROUND_ROBIN)


def policy_of(queue: Queue = TURNS, *others: Queue, agents: tuple[Agent, ...] = TEAM) -> Policy:
    return replace(
        POLICY,
        agents={agent.user: agent for agent in agents},
        queues={each.id: each for each in (queue, *others)},
        hours={"default": ALWAYS, "never": NEVER},
        rules=(Rule("here", queue=queue.id),),
    )


def decided(policy: Policy, agent: str = "", language: str = "es") -> Decision:
    return replace(decide(policy, Facts("email", NOW, language=language)), agent=agent)


def state(user: str, **fields: object) -> AgentState:
    return replace(AgentState(user), **fields)  # type: ignore[arg-type]


def states_of(*states: AgentState) -> Mapping[str, AgentState]:
    return {each.user: each for each in states}


def assigned(policy: Policy, *states: AgentState, agent: str = "", language: str = "es", last: str = "") -> Assignment:
    decision = decided(policy, agent, language)
    queue = queue_for(policy, decision, states_of(*states), NOW)
    turn = Turn(queue, last, revision=4) if last else None
    return assign(policy, decision, states_of(*states), turn, NOW)


def reasons(assignment: Assignment) -> list[tuple[str, str, str]]:
    return [(because.field, because.value, because.rule) for because in assignment.because]


# On duty


@pytest.mark.parametrize(
    ("user", "said", "hours", "expected"),
    [
        (MARTA, None, "default", True),
        (MARTA, None, "never", False),
        (MARTA, state(MARTA), "default", True),
        (MARTA, state(MARTA), "never", False),
        (MARTA, state(MARTA, on_duty=True, said_at=NOW), "never", True),
        (MARTA, state(MARTA, on_duty=True, said_at=NOW - SHIFT + 1), "never", True),
        (MARTA, state(MARTA, on_duty=True, said_at=NOW - SHIFT), "never", False),
        (MARTA, state(MARTA, on_duty=True, said_at=NOW - SHIFT), "default", True),
        (MARTA, state(MARTA, on_duty=False), "default", False),
        (MARTA, state(MARTA, on_duty=True, said_at=NOW, absent_until=NOW + 1), "default", False),
        (MARTA, state(MARTA, absent_until=NOW), "default", True),
        (PABLO, state(PABLO, on_duty=True, said_at=NOW), "default", False),
    ],
    ids=[
        "nothing known, open",
        "nothing known, closed",
        "said nothing, open",
        "said nothing, closed",
        "said on, closed",
        "said on a shift ago, nearly",
        "said on a shift ago, closed",
        "said on a shift ago, open",
        "said off, open",
        "absent",
        "back from an absence",
        "not in the policy",
    ],
)
def test_somebody_is_on_duty_as_they_said_else_by_the_hours(
    user: str, said: AgentState | None, hours: str, *, expected: bool
) -> None:
    policy = policy_of(replace(TURNS, hours=hours))
    assert on_duty(policy, user, said, NOW, "default") is expected


# Work that is given out


def test_a_queue_that_people_take_from_is_given_to_nobody() -> None:
    assignment = assigned(policy_of(replace(TURNS, work=Work.PULL)))
    assert (assignment.queue, assignment.user, assignment.turn) == ("default", "", None)
    assert reasons(assignment) == [("assignee", "", "pull")]


@pytest.mark.parametrize(("last", "user"), [("", MARTA), (MARTA, LUIS), (LUIS, INES), (INES, MARTA), (PABLO, MARTA)])
def test_turns_go_round_in_the_files_order(last: str, user: str) -> None:
    assignment = assigned(policy_of(), last=last)
    assert assignment.user == user
    assert assignment.turn == Turn("default", user, revision=4 if last else 0)


@pytest.mark.parametrize(
    ("marta", "why"),
    [
        (state(MARTA, absent_until=NOW + 1), "absent"),
        (state(MARTA, on_duty=False), "off_duty"),
        (state(MARTA, load=3), "full"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_cannot_take_it_is_passed_over_and_the_record_says_why(marta: AgentState, why: str) -> None:
    assignment = assigned(policy_of(), marta, last=INES)
    assert assignment.user == LUIS
    assert reasons(assignment) == [("passed_over", MARTA, why), ("assignee", LUIS, "round_robin")]


def test_an_agent_without_a_limit_is_never_full() -> None:
    boundless = replace(TEAM[0], capacity=0)
    assert assigned(policy_of(agents=(boundless,)), state(MARTA, load=500)).user == MARTA


@pytest.mark.parametrize(
    ("language", "last", "user"),
    [("en", MARTA, MARTA), ("es", MARTA, LUIS), ("fr", MARTA, LUIS), ("", MARTA, LUIS), ("en-GB", LUIS, MARTA)],
    ids=["only she speaks it", "everybody speaks it", "nobody speaks it", "nobody can tell", "a country's own"],
)
def test_the_customers_language_counts_where_somebody_speaks_it(language: str, last: str, user: str) -> None:
    assert assigned(policy_of(), last=last, language=language).user == user


def test_who_does_not_speak_it_is_passed_over_on_the_record() -> None:
    assignment = assigned(policy_of(), last=MARTA, language="en")
    assert reasons(assignment)[:2] == [("passed_over", LUIS, "language"), ("passed_over", INES, "language")]


def test_a_language_that_nobody_on_duty_speaks_is_no_reason_to_wait() -> None:
    assert assigned(policy_of(), state(MARTA, on_duty=False), language="en").user == LUIS


@pytest.mark.parametrize(
    ("loads", "last", "user"),
    [((2, 1, 1), "", LUIS), ((2, 1, 1), LUIS, INES), ((0, 0, 0), INES, MARTA), ((0, 1, 2), MARTA, MARTA)],
    ids=["the least", "the least whose turn it is", "all alike", "not whose turn it is"],
)
def test_least_loaded_goes_by_load_and_then_by_turn(loads: tuple[int, ...], last: str, user: str) -> None:
    policy = policy_of(replace(TURNS, work=Work.LEAST_LOADED))
    states = [state(name, load=load) for name, load in zip((MARTA, LUIS, INES), loads, strict=True)]
    assignment = assigned(policy, *states, last=last)
    assert assignment.user == user
    assert reasons(assignment)[-1] == ("assignee", user, "least_loaded")


def test_where_nobody_can_take_it_it_waits_in_the_queue() -> None:
    busy = [state(user, load=9) for user in (MARTA, LUIS, INES)]
    assignment = assigned(policy_of(), *busy)
    assert (assignment.queue, assignment.user, assignment.turn) == ("default", "", None)
    assert reasons(assignment) == [("assignee", "", "nobody")]


def test_the_record_of_who_was_passed_over_is_bounded() -> None:
    team = tuple(Agent(f"a{number}", f"U{number:03d}", f"Agent {number}") for number in range(30))
    queue = replace(TURNS, users=tuple(agent.user for agent in team))
    off = [state(agent.user, on_duty=False) for agent in team[:-1]]
    assignment = assigned(policy_of(queue, agents=team), *off)
    assert assignment.user == "U029"
    assert len(assignment.because) == PASSED_OVER_TOLD + 1


def test_the_turn_of_another_queue_is_not_looked_at_nor_written_over() -> None:
    policy = policy_of()
    assignment = assign(policy, decided(policy), {}, Turn("wholesale", MARTA, revision=9), NOW)
    assert (assignment.user, assignment.turn) == (MARTA, None)


# Customers who belong to somebody


@pytest.mark.parametrize(
    ("states", "user", "expected"),
    [
        ([], LUIS, [("assignee", LUIS, "own")]),
        (
            [state(LUIS, absent_until=NOW + 1)],
            MARTA,
            [("passed_over", LUIS, "absent"), ("assignee", MARTA, "stand_in")],
        ),
        (
            [state(LUIS, absent_until=NOW + 1), state(MARTA, on_duty=False)],
            INES,
            [("passed_over", LUIS, "absent"), ("passed_over", MARTA, "off_duty"), ("assignee", INES, "stand_in")],
        ),
        ([state(LUIS, load=3)], MARTA, [("passed_over", LUIS, "full"), ("assignee", MARTA, "stand_in")]),
    ],
    ids=["there", "absent", "the stand-in as well", "full"],
)
def test_a_customers_own_agent_gets_it_else_whoever_stands_in(
    states: list[AgentState], user: str, expected: list[tuple[str, str, str]]
) -> None:
    assignment = assigned(policy_of(replace(TURNS, work=Work.PULL)), *states, agent=LUIS)
    assert assignment.user == user
    assert assignment.turn is None
    assert reasons(assignment) == expected


@pytest.mark.parametrize(
    ("luis", "user"),
    [(state(LUIS), LUIS), (state(LUIS, on_duty=True), LUIS), (state(LUIS, on_duty=False), MARTA)],
    ids=["said nothing", "said on", "said off"],
)
def test_outside_the_hours_own_customers_wait_for_whoever_did_not_say_off(luis: AgentState, user: str) -> None:
    assert assigned(policy_of(replace(TURNS, hours="never")), luis, agent=LUIS).user == user


def test_stand_ins_in_a_circle_end_with_the_queue() -> None:
    circle = (replace(TEAM[0], stand_in=LUIS), replace(TEAM[1], stand_in=MARTA), TEAM[2])
    away = [state(user, absent_until=NOW + 1) for user in (MARTA, LUIS)]
    assignment = assigned(policy_of(agents=circle), *away, agent=LUIS)
    assert assignment.user == INES
    assert reasons(assignment)[:2] == [("passed_over", LUIS, "absent"), ("passed_over", MARTA, "absent")]


def test_an_agent_who_left_leaves_their_customers_to_the_queue() -> None:
    assert assigned(policy_of(replace(TURNS, work=Work.PULL)), agent=PABLO).user == ""


# Overflow

WHOLESALE = replace(TURNS, id="wholesale", users=(LUIS,), overflow="default")


def test_a_queue_with_nobody_on_duty_in_its_hours_overflows() -> None:
    policy = policy_of(WHOLESALE, TURNS)
    assignment = assigned(policy, state(LUIS, on_duty=False))
    assert (assignment.queue, assignment.user) == ("default", MARTA)
    assert reasons(assignment)[0] == ("queue", "default", "overflow")
    assert assignment.turn == Turn("default", MARTA)


@pytest.mark.parametrize(
    ("queue", "states"),
    [
        (WHOLESALE, []),
        (replace(WHOLESALE, hours="never"), [state(LUIS, on_duty=False)]),
        (WHOLESALE, [state(LUIS, load=99)]),
        (replace(WHOLESALE, overflow=""), [state(LUIS, on_duty=False)]),
    ],
    ids=["somebody is there", "outside its hours", "full is not off duty", "nowhere to go"],
)
def test_a_queue_keeps_what_comes(queue: Queue, states: list[AgentState]) -> None:
    assert assigned(policy_of(queue, TURNS), *states).queue == "wholesale"


def test_overflow_goes_on_until_somebody_is_on_duty() -> None:
    between = replace(TURNS, id="between", users=(INES,), overflow="default")
    policy = policy_of(replace(WHOLESALE, overflow="between"), between, replace(TURNS, users=(MARTA,)))
    off = [state(user, on_duty=False) for user in (LUIS, INES)]
    assert assigned(policy, *off).queue == "default"


def test_overflow_in_a_circle_stays_where_it_was_meant_for() -> None:
    policy = policy_of(WHOLESALE, replace(TURNS, users=(INES,), overflow="wholesale"))
    off = [state(user, on_duty=False) for user in (LUIS, INES)]
    assert assigned(policy, *off) == Assignment("wholesale", "", (Because("assignee", "", "nobody"),))


def test_an_own_agent_keeps_a_conversation_out_of_the_overflow() -> None:
    policy = policy_of(WHOLESALE, TURNS)
    assignment = assigned(policy, state(LUIS, on_duty=False), agent=INES)
    assert (assignment.queue, assignment.user) == ("wholesale", INES)


def test_everybody_who_may_matter_is_asked_for_once() -> None:
    policy = policy_of(WHOLESALE, replace(TURNS, users=(INES, LUIS)))
    assert people_of(policy, decided(policy)) == (LUIS, INES)
    assert people_of(policy, decided(policy, agent=LUIS)) == (LUIS, MARTA, INES)


def test_the_record_grows_by_what_was_assigned() -> None:
    policy = policy_of()
    decision = decided(policy)
    assignment = assign(policy, decision, {}, None, NOW)
    record = assignment.on_record(decision.routing)
    assert record.because == decision.routing.because + assignment.because


# Properties

agent_states = st.builds(
    AgentState,
    user=st.just(""),
    on_duty=st.sampled_from([None, True, False]),
    absent_until=st.sampled_from([0.0, NOW + 60]),
    load=st.integers(0, 4),
)
everybodys_states = st.tuples(agent_states, agent_states, agent_states).map(
    lambda found: {user: replace(each, user=user) for user, each in zip((MARTA, LUIS, INES), found, strict=True)}
)
queues = st.builds(
    Queue,
    id=st.just("default"),
    name=st.just({"es": "", "en": ""}),
    desk_channel=st.just("C0"),
    users=st.permutations([MARTA, LUIS, INES]).map(tuple),
    lead=st.just(MARTA),
    work=st.sampled_from(list(Work)),
    hours=st.sampled_from(["default", "never"]),
    overflow=st.sampled_from(["", "wholesale"]),
)


@given(
    queues,
    everybodys_states,
    st.sampled_from(["", MARTA, LUIS, INES, PABLO]),
    st.sampled_from(["", "es", "en", "fr"]),
    st.sampled_from(["", MARTA, LUIS, INES]),
)
def test_nobody_gets_work_who_is_absent_off_duty_or_full(
    queue: Queue, states: Mapping[str, AgentState], agent: str, language: str, last: str
) -> None:
    policy = policy_of(queue, WHOLESALE)
    assignment = assigned(policy, *states.values(), agent=agent, language=language, last=last)
    assert assignment == assigned(policy, *states.values(), agent=agent, language=language, last=last)
    assert assignment.queue in policy.queues
    if assignment.user:
        chosen = states[assignment.user]
        assert not chosen.is_absent(NOW)
        assert chosen.on_duty is not False
        assert chosen.load < policy.agents[assignment.user].capacity
        by_turn = assignment.because[-1].rule in ("round_robin", "least_loaded")
        assert by_turn == (assignment.turn is not None)
        if by_turn:
            assert on_duty(policy, assignment.user, chosen, NOW, assignment.queue)


@given(st.sets(st.sampled_from([MARTA, LUIS, INES]), min_size=1), st.integers(1, 40))
def test_turns_are_fair_among_those_who_are_there(there: set[str], rounds: int) -> None:
    policy = policy_of()
    off = [state(user, on_duty=False) for user in (MARTA, LUIS, INES) if user not in there]
    got: Counter[str] = Counter(dict.fromkeys(there, 0))
    turn: Turn | None = None
    for _ in range(rounds):
        assignment = assign(policy, decided(policy), states_of(*off), turn, NOW)
        turn = assignment.turn
        got[assignment.user] += 1
    assert got.keys() == there
    assert max(got.values()) - min(got.values()) <= 1
