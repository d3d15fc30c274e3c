"""What the buttons and menus of a card do: to the case, to whoever has it, and to nobody twice."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import POLICY
from fakes.world import Counter, race
from mostrador.desk.errors import MessageGone
from mostrador.desk.events import Kind
from mostrador.domain.attention import Attention, Clock, Stage
from mostrador.domain.changes import Update
from mostrador.domain.conversation import Conversation, Customer, State
from mostrador.domain.routing import Because, Routing
from mostrador.policy.clocks import closes_later, waits
from mostrador.policy.model import ChannelRules, Hours, Interval, Patience, Protocol

SPLIT = Hours("default", ((Interval(600, 840), Interval(1020, 1200)),) * 5 + ((Interval(630, 840),), ()))
"""10:00-14:00 and 17:00-20:00, on Saturdays 10:30-14:00."""
PHONE = Hours("phone", ((Interval(630, 810),),) * 5 + ((), ()))
"""10:30-13:30."""
FRIDAY = 1_780_005_600.0
"""Midnight of Friday, 29 May 2026, in Madrid."""
HOUR = 3600
SATURDAY, MONDAY = FRIDAY + 24 * HOUR, FRIDAY + 72 * HOUR


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    counter.writes("¿Tenéis la tinaja azul?")
    return counter


@pytest.fixture
def shop(counter: Counter) -> Counter:
    """One that closes for lunch, at night and on Sundays."""
    patience = Patience(close_after=86_400, callback_again=900)
    counter.policies.policy = replace(
        POLICY,
        hours={"default": SPLIT, "phone": PHONE},
        channels={"phone": ChannelRules(hours="phone")},
        patience=patience,
    )
    return counter


def put(counter: Counter, **fields: Any) -> Conversation:
    before = counter.conversation
    counter.inbox.commit(Update(before, replace(before, **fields)))
    return counter.conversation


def load(counter: Counter, user: str) -> int:
    state = counter.inbox.agent(user)
    return state.load if state else 0


def card(counter: Counter) -> str:
    return str(counter.root.card.blocks)


# Whose work it is


def test_what_somebody_has_counts_while_it_is_open(counter: Counter) -> None:
    loads = []
    for action in ("claim", "claim", "close", "close", "reopen", "reopen", "close"):
        counter.presses(action)
        loads.append(load(counter, "U0MARTA"))
    assert loads == [1, 1, 0, 0, 1, 1, 0]


def test_what_nobody_has_is_nobodys_work(counter: Counter) -> None:
    for action in ("close", "reopen", "close"):
        counter.presses(action, "U0LUIS")
    assert load(counter, "U0LUIS") == 0


def test_what_is_claimed_after_it_was_closed_counts_from_when_it_is_reopened(counter: Counter) -> None:
    counter.presses("close")
    counter.presses("claim")
    assert load(counter, "U0MARTA") == 0
    counter.presses("reopen")
    assert load(counter, "U0MARTA") == 1


def test_two_who_claim_at_once_are_one_persons_work(counter: Counter) -> None:
    race(counter, lambda: counter.presses("claim", "U0LUIS"))
    counter.presses("claim", "U0MARTA")
    assert (load(counter, "U0LUIS"), load(counter, "U0MARTA")) == (1, 0)


def test_a_claim_that_is_told_of_again_counts_once(counter: Counter) -> None:
    counter.act(counter.presses("claim"))
    assert load(counter, "U0MARTA") == 1


def customer(counter: Counter) -> Customer:
    found = counter.inbox.customer(counter.conversation.customer_id)
    assert found is not None
    return found


def test_whoever_claims_a_dedicated_customer_without_an_agent_is_their_agent(counter: Counter) -> None:
    put(counter, attention=Attention.DEDICATED)
    counter.presses("claim", "U0LUIS")
    assert customer(counter).agent == "U0LUIS"


@pytest.mark.parametrize(
    ("agent", "fields"),
    [
        ("U0INES", {"attention": Attention.DEDICATED}),
        ("", {"attention": Attention.PERSONAL}),
        ("", {"attention": Attention.DEDICATED, "trusted": False}),
    ],
    ids=["has one", "is not dedicated", "is not proven"],
)
def test_a_claim_takes_no_customer_over_otherwise(counter: Counter, agent: str, fields: dict[str, Any]) -> None:
    before = customer(counter)
    counter.inbox.commit(Update(before, replace(before, agent=agent)))
    put(counter, **fields)
    counter.presses("claim", "U0LUIS")
    assert counter.conversation.assignee == "U0LUIS"
    assert customer(counter).agent == agent


# Clocks


def test_a_closed_conversation_waits_for_nothing(counter: Counter) -> None:
    now = counter.clock()
    promised = waits(counter.conversation, POLICY, now)
    put(counter, promise=promised.promise, clocks={**promised.clocks, Clock.CALLBACK: now + 60})
    counter.presses("close")
    assert (counter.conversation.promise, counter.conversation.clocks) == (None, {})


def test_whoever_was_closed_without_an_answer_waits_again_once_it_is_reopened(shop: Counter) -> None:
    shop.writes("¿Tenéis tazas?")
    since = shop.conversation.waiting_since
    shop.presses("close")
    assert (shop.conversation.waiting_since, shop.conversation.promise) == (0.0, None)
    shop.presses("reopen")
    assert shop.conversation.waiting_since == since
    assert shop.conversation.promise is not None


def test_a_reopened_conversation_closes_by_itself_should_nobody_say_anything(shop: Counter) -> None:
    shop.answers()
    shop.wait(20)
    shop.presses("close")
    shop.presses("reopen")
    assert shop.conversation.clocks == {Clock.CLOSE: shop.clock() + 86_400}


def test_out_of_quarantine_somebody_waits_and_is_promised_an_answer() -> None:
    counter = Counter()
    counter.writes("Hola", channel="email", subject="Premio", quarantine="spam")
    assert counter.conversation.promise is None
    counter.presses("release")
    promise = counter.conversation.promise
    assert promise is not None
    assert (promise.since, promise.due_at) == (counter.clock(), counter.clock() + 7200)
    assert counter.conversation.waiting_since == counter.clock()


# Snoozing


@pytest.mark.parametrize(
    ("now", "choice", "until"),
    [
        (FRIDAY + 11 * HOUR, "hour", FRIDAY + 12 * HOUR),
        (FRIDAY + 23 * HOUR, "hour", FRIDAY + 24 * HOUR),
        (FRIDAY + 11 * HOUR, "opening", FRIDAY + 17 * HOUR),
        (FRIDAY + 15 * HOUR, "opening", FRIDAY + 17 * HOUR),
        (FRIDAY + 19 * HOUR, "opening", SATURDAY + 10.5 * HOUR),
        (FRIDAY + 5 * HOUR, "opening", FRIDAY + 10 * HOUR),
        (FRIDAY + 11 * HOUR, "tomorrow", SATURDAY + 10.5 * HOUR),
        (FRIDAY + 5 * HOUR, "tomorrow", SATURDAY + 10.5 * HOUR),
        (SATURDAY + 12 * HOUR, "tomorrow", MONDAY + 10 * HOUR),
        (FRIDAY + 11 * HOUR, "days", MONDAY + 11 * HOUR),
        (FRIDAY + 23 * HOUR, "days", MONDAY + 34 * HOUR),
    ],
)
def test_a_snooze_ends_when_it_was_said_to(shop: Counter, now: float, choice: str, until: float) -> None:
    shop.clock.now = now
    shop.presses("snooze", value=choice)
    assert shop.conversation.state is State.SNOOZED
    assert shop.conversation.clocks[Clock.WAKE] == until
    assert f"Pospuesta* hasta <!date^{int(until)}^" in card(shop)


def test_a_shop_that_never_closes_has_no_opening_to_wait_for(counter: Counter) -> None:
    counter.presses("snooze", value="opening")
    assert counter.conversation.state is State.OPEN
    assert "no hay ninguna apertura" in counter.desk.whispers[0][1]


def test_a_snoozed_conversation_can_be_woken(counter: Counter) -> None:
    counter.presses("snooze", value="hour")
    counter.presses("wake")
    assert counter.conversation.state is State.OPEN
    assert Clock.WAKE not in counter.conversation.clocks
    assert [line.split(" until")[0] for line in counter.inbox.history(counter.conversation.id)] == [
        "opened",
        "snoozed",
        "woken",
    ]


def test_a_snooze_that_is_told_of_again_does_not_put_back_to_sleep_what_was_woken(counter: Counter) -> None:
    snooze = counter.presses("snooze", value="hour")
    counter.presses("wake")
    counter.act(snooze)
    assert counter.conversation.state is State.OPEN


@pytest.mark.parametrize(("action", "value"), [("snooze", "hour"), ("wake", ""), ("more", "call"), ("more", "called")])
def test_a_closed_conversation_is_not_put_off(counter: Counter, action: str, value: str) -> None:
    counter.presses("close")
    before = counter.conversation
    counter.presses(action, value=value)
    assert counter.conversation.version == before.version
    assert counter.desk.whispers == []


def test_a_snoozed_conversation_can_be_closed_and_is_nobodys_work_then(counter: Counter) -> None:
    counter.presses("claim")
    counter.presses("snooze", value="hour")
    assert load(counter, "U0MARTA") == 1
    counter.presses("close")
    assert (counter.conversation.state, load(counter, "U0MARTA")) == (State.CLOSED, 0)


def test_a_choice_that_nobody_knows_does_nothing(counter: Counter) -> None:
    before = counter.conversation
    counter.presses("snooze", value="for ever")
    counter.presses("more", value="explode")
    assert counter.conversation.version == before.version


# Answers of a person


@pytest.mark.parametrize("note", [False, True])
def test_an_answer_wakes_what_was_snoozed_and_a_note_does_not(counter: Counter, *, note: bool) -> None:
    counter.presses("snooze", value="hour")
    counter.answers(";; mañana" if note else "Sale hoy")
    assert counter.conversation.state is (State.SNOOZED if note else State.OPEN)
    assert (Clock.WAKE in counter.conversation.clocks) is note


@pytest.mark.parametrize("stage", [Stage.MACHINE, Stage.COMMUNITY])
def test_an_answer_makes_it_a_persons_and_promises_another_should_it_not_get_through(
    counter: Counter, stage: Stage
) -> None:
    put(counter, stage=stage, promise=None, waiting_since=counter.clock(), clocks={Clock.COMMUNITY: counter.clock()})
    reply = counter.answers("Sale hoy")
    conversation = counter.conversation
    assert conversation.stage is Stage.PERSON
    assert conversation.promise is not None
    assert list(conversation.clocks) == [Clock.PROMISE]
    counter.deletes(reply)
    assert counter.conversation.promise is not None


def test_an_answer_to_somebody_whom_a_machine_helped_promises_nothing(counter: Counter) -> None:
    resting = closes_later(replace(counter.conversation, promise=None, clocks={}), POLICY, counter.clock())
    put(counter, stage=Stage.MACHINE, promise=None, waiting_since=0.0, clocks=resting.clocks)
    counter.answers("Por cierto, sale hoy")
    assert (counter.conversation.stage, counter.conversation.promise) == (Stage.PERSON, None)


def test_a_note_leaves_it_to_the_machine(counter: Counter) -> None:
    put(counter, stage=Stage.MACHINE)
    counter.answers(";; ojo")
    assert counter.conversation.stage is Stage.MACHINE


# Calls


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (FRIDAY + 11 * HOUR, FRIDAY + 11.25 * HOUR),
        (FRIDAY + 9 * HOUR, FRIDAY + 10.5 * HOUR),
        (FRIDAY + 14 * HOUR, MONDAY + 10.5 * HOUR),
    ],
    ids=["now", "later today", "after the weekend"],
)
def test_a_call_is_promised_for_when_somebody_is_at_the_phone(shop: Counter, now: float, at: float) -> None:
    shop.clock.now = now
    shop.presses("more", value="call")
    assert shop.conversation.clocks[Clock.CALLBACK] == at
    assert f"llamada prometida para <!date^{int(at)}^" in card(shop)


def test_a_call_that_is_promised_is_not_promised_later(shop: Counter) -> None:
    shop.clock.now = FRIDAY + 9 * HOUR
    shop.presses("more", value="call")
    shop.clock.now += 3 * HOUR
    shop.presses("more", value="call")
    assert shop.conversation.clocks[Clock.CALLBACK] == FRIDAY + 10.5 * HOUR


def test_a_phone_that_nobody_attends_promises_nothing(shop: Counter) -> None:
    never = Hours("phone", ((),) * 7)
    shop.policies.policy = replace(shop.policies.policy, hours={"default": SPLIT, "phone": never})
    shop.presses("more", value="call")
    assert Clock.CALLBACK not in shop.conversation.clocks
    assert "el horario del teléfono no abre nunca" in shop.desk.whispers[0][1]


def test_whoever_was_called_has_had_their_answer(counter: Counter) -> None:
    put(counter, waiting_since=counter.clock(), promise=waits(counter.conversation, POLICY, counter.clock()).promise)
    counter.presses("more", value="call")
    counter.wait(60)
    counter.presses("more", value="called")
    conversation = counter.conversation
    assert (conversation.waiting_since, conversation.promise) == (0.0, None)
    assert conversation.first_answered_at == counter.clock()
    assert Clock.CALLBACK not in conversation.clocks
    assert counter.inbox.history(conversation.id)[-1] == "call made"


# Answers to whoever asks


def test_why_it_is_here_is_told_to_whoever_asks_and_changes_nothing(counter: Counter) -> None:
    because = (Because("queue", "default", "complaints"),)
    put(counter, routing=Routing(POLICY.version, "", because=because, facts={"channel": "sms"}))
    before = counter.conversation
    counter.presses("more", "U0LUIS", value="why")
    ((user, said),) = counter.desk.whispers
    assert user == "U0LUIS"
    assert "complaints" in said
    assert "*" not in said
    assert counter.conversation == before


def test_a_conversation_from_before_the_rules_says_that_it_has_no_record(counter: Counter) -> None:
    put(counter, routing=None)
    counter.presses("more", value="why")
    assert "No consta" in counter.desk.whispers[0][1]


def test_the_protocol_is_handed_to_whoever_asks(counter: Counter) -> None:
    texts = {"es": Protocol("Reclamaciones", "1. Escucha.\n2. Anota."), "en": Protocol("Complaints", "1. Listen.")}
    counter.policies.policy = replace(POLICY, protocols={"complaints": texts})
    put(counter, protocol="complaints")
    counter.presses("more", value="protocol")
    assert counter.desk.whispers == [("U0MARTA", "Reclamaciones\n1. Escucha.\n2. Anota.")]


def test_a_protocol_that_the_policy_has_no_more_is_said_to_be_gone(counter: Counter) -> None:
    put(counter, protocol="complaints")
    counter.presses("more", value="protocol")
    assert "ningún protocolo" in counter.desk.whispers[0][1]


def test_a_press_on_the_card_is_answered_in_the_channel_and_a_message_in_its_thread(counter: Counter) -> None:
    counter.presses("more", value="protocol")
    counter.answers("<!here>")
    assert counter.desk.whispered_in == ["", counter.root.ts]


# Who may


@pytest.mark.parametrize(("action", "value"), [("claim", ""), ("close", ""), ("snooze", "hour"), ("more", "why")])
def test_whoever_is_not_in_the_policy_presses_for_nothing_and_is_told_whom_to_ask(
    counter: Counter, action: str, value: str
) -> None:
    before = counter.conversation
    counter.presses(action, "U0PABLO", value)
    assert counter.conversation == before
    ((user, said),) = counter.desk.whispers
    assert (user, "habla con Marta Vidal" in said) == ("U0PABLO", True)


@pytest.mark.parametrize("text", ["Sale hoy", ";; ojo con este", "<!here>"])
def test_whatever_somebody_who_is_not_in_the_policy_writes_is_neither_sent_nor_kept(
    counter: Counter, text: str
) -> None:
    reply = counter.answers(text, user="U0PABLO")
    counter.edits(reply, f"{text}!")
    counter.wait(60)
    assert counter.channels["sms"].sent == []
    assert counter.conversation.counter == 1
    assert [user for user, _ in counter.desk.whispers] == ["U0PABLO", "U0PABLO"]
    assert counter.desk.downloads == 0
    assert counter.marks(reply) == {"no_entry_sign"}


def test_what_was_refused_and_is_taken_after_all_loses_its_mark(counter: Counter) -> None:
    reply = counter.answers("Sale hoy", user="U0PABLO")
    pablo = {"U0PABLO": POLICY.agents["U0MARTA"]}
    counter.policies.policy = replace(POLICY, agents={**POLICY.agents, **pablo})
    counter.edits(reply, "Sale hoy mismo")
    assert counter.marks(reply) == {"hourglass_flowing_sand"}


def test_a_mark_that_slack_does_not_take_hides_no_refusal(counter: Counter) -> None:
    counter.desk.trouble.append(MessageGone("message_not_found"))
    counter.answers("Sale hoy", user="U0PABLO")
    assert [user for user, _ in counter.desk.whispers] == ["U0PABLO"]


def test_whoever_left_the_policy_can_still_take_back_what_waits(counter: Counter) -> None:
    reply = counter.answers("Sale hoy", user="U0LUIS")
    agents = {user: agent for user, agent in POLICY.agents.items() if user != "U0LUIS"}
    counter.policies.policy = replace(POLICY, agents=agents)
    counter.deletes(reply)
    counter.wait(60)
    assert counter.channels["sms"].sent == []


def test_a_conversation_of_a_queue_that_is_gone_names_the_lead_of_the_default_one(counter: Counter) -> None:
    put(counter, queue="gone")
    counter.act(counter.agent_event(Kind.REPLY, text="Hola", user="U0PABLO"))
    assert "Marta Vidal" in counter.desk.whispers[0][1]
