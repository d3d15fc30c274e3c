"""Whatever goes wrong or changes, an open conversation in which somebody waits has a promise that runs."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import DEFAULT_QUEUE, POLICY
from fakes.world import START, Counter, text_of
from mostrador.domain.agents import AgentState
from mostrador.domain.attention import Attention, Clock, Stage
from mostrador.domain.changes import Create, Update
from mostrador.domain.conversation import Conversation, Customer, State
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.messages import Receipt
from mostrador.policy.model import FixedAnswer, IntentWords, Patience, Policy, Rule, Segment, Work

UNREACHABLE = Failure(Reason.UNREACHABLE, retryable=False, fault=Fault.THEIRS)
DAY = 86_400
SHOP: Policy = replace(
    POLICY,
    segments=(Segment("new", {"es": "Visita"}, Attention.SELF_SERVICE),),
    patience=Patience(close_after=10 * DAY, community_wait=3600),
    answers={
        "delivery": {"es": "Enviamos en 24 horas.", "en": "We ship within 24 hours."},
        "callback": {"es": "Te llamamos {callback}.", "en": "We will call you {callback}."},
    },
    fixed_answers=(FixedAnswer("delivery", "delivery", intents=("delivery",)),),
    requests={"callback": {"es": ("llamame",), "en": ("call me",)}},
    intents=(IntentWords("delivery", "es", ("envio", "cuanto tarda"), 2.0),),
)
TURNS = replace(DEFAULT_QUEUE, work=Work.ROUND_ROBIN)
QUESTION = "Hola, ¿cuánto tarda el envío a Sevilla?"


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    counter.policies.policy = SHOP
    return counter


def put(counter: Counter, **fields: Any) -> Conversation:
    before = counter.conversation
    counter.inbox.commit(Update(before, replace(before, **fields)))
    return counter.conversation


def load(counter: Counter, user: str) -> int:
    state = counter.inbox.agent(user)
    return state.load if state else 0


def forgotten(conversation: Conversation) -> bool:
    waits = conversation.stage is Stage.PERSON and bool(conversation.waiting_since)
    return conversation.state is not State.CLOSED and waits and Clock.PROMISE not in conversation.clocks


def last_notice(counter: Counter) -> tuple[str, tuple[str, ...]]:
    notice = counter.notices[-1]
    return notice.text, notice.mentions


# A machine's answer that did not arrive


def test_whom_the_machines_answer_did_not_reach_comes_to_a_person(counter: Counter) -> None:
    counter.channels["sms"].answers.append(UNREACHABLE)
    counter.writes(QUESTION)
    conversation = counter.conversation
    assert (conversation.stage, conversation.waiting_since) == (Stage.PERSON, START)
    assert conversation.promise is not None
    assert set(conversation.clocks) == {Clock.PROMISE}
    text, mentions = last_notice(counter)
    assert "no le ha llegado" in text
    assert mentions == ("U0MARTA", "U0LUIS", "U0INES")


def test_it_is_given_out_as_its_queue_gives_out_work(counter: Counter) -> None:
    counter.policies.policy = replace(SHOP, queues={"default": TURNS})
    counter.channels["sms"].answers.append(UNREACHABLE)
    counter.writes(QUESTION)
    assert (counter.conversation.assignee, load(counter, "U0MARTA")) == ("U0MARTA", 1)
    assert last_notice(counter)[1] == ("U0MARTA",)


def test_an_answer_of_a_machine_that_comes_back_later_is_no_answer_either(counter: Counter) -> None:
    counter.writes(QUESTION)
    counter.wait(600)
    bounce = Receipt("sms", counter.message(2).id, Delivery.FAILED, "provider-1", failure=UNREACHABLE)
    event = counter.event(bounce)
    for _ in range(2):
        counter.ingest(event)
        counter.run()
    assert counter.conversation.stage is Stage.PERSON
    assert not forgotten(counter.conversation)
    assert len(counter.notices) == 1


def test_it_calls_nobody_again_who_came_back_meanwhile(counter: Counter) -> None:
    counter.writes(QUESTION)
    counter.writes("Pero necesito recibirlo el viernes")
    promise, notices = counter.conversation.promise, len(counter.notices)
    counter.ingest(counter.event(Receipt("sms", counter.message(2).id, Delivery.FAILED, failure=UNREACHABLE)))
    counter.run()
    assert (counter.conversation.promise, len(counter.notices)) == (promise, notices)


def test_it_opens_nothing_that_was_closed(counter: Counter) -> None:
    counter.writes(QUESTION)
    counter.presses("close")
    counter.ingest(counter.event(Receipt("sms", counter.message(2).id, Delivery.FAILED, failure=UNREACHABLE)))
    counter.run()
    assert (counter.conversation.state, dict(counter.conversation.clocks)) == (State.CLOSED, {})


# What is opened again


def test_a_community_that_is_asked_again_after_the_end_has_its_time_again(counter: Counter) -> None:
    counter.policies.policy = replace(SHOP, rules=(Rule("forum", attention=Attention.COMMUNITY),))
    counter.writes("¿Alguien sabe si van al horno?")
    counter.presses("close")
    counter.wait(600)
    counter.writes("¿De verdad que nadie?")
    assert counter.conversation.clocks == {Clock.COMMUNITY: START + 600 + 3600}
    counter.pass_time(3660)
    assert counter.conversation.stage is Stage.PERSON
    assert not forgotten(counter.conversation)


def test_a_community_that_is_asked_twice_waits_no_longer(counter: Counter) -> None:
    counter.policies.policy = replace(SHOP, rules=(Rule("forum", attention=Attention.COMMUNITY),))
    counter.writes("¿Alguien sabe si van al horno?")
    counter.wait(600)
    counter.writes("¿Nadie?")
    assert counter.conversation.clocks == {Clock.COMMUNITY: START + 3600}


def test_whoever_still_waits_is_promised_an_answer_when_an_agent_opens_it_again(counter: Counter) -> None:
    counter.writes("¿Tenéis tazas?")
    counter.channels["sms"].answers.append(UNREACHABLE)
    counter.answers("Sí, las hay.")
    counter.presses("close")
    counter.pass_time(120)  # The answer fails when the conversation is closed already.
    assert counter.conversation.waiting_since
    counter.presses("reopen")
    assert not forgotten(counter.conversation)
    assert set(counter.conversation.clocks) == {Clock.PROMISE}


def test_an_agent_who_closes_has_seen_what_was_written_while_the_answer_was_on_its_way(counter: Counter) -> None:
    counter.writes("¿Tenéis tazas?")
    counter.answers("Sí, las hay.")
    counter.writes("Gracias")
    counter.presses("close")
    counter.pass_time(120)
    assert (counter.conversation.state, counter.conversation.waiting_since) == (State.CLOSED, 0.0)


@pytest.mark.parametrize("fields", [{"automatic": True}, {"asks": False}], ids=["a machine", "a reaction"])
def test_what_nobody_waits_for_does_not_stay_open_for_ever(counter: Counter, fields: dict[str, Any]) -> None:
    counter.writes("¿Tenéis tazas?")
    counter.presses("claim")
    counter.presses("close")
    counter.writes("Estoy de vacaciones", **fields)
    assert (counter.conversation.state, load(counter, "U0MARTA")) == (State.OPEN, 1)
    counter.pass_time(10 * DAY + 60)
    assert (counter.conversation.state, load(counter, "U0MARTA")) == (State.CLOSED, 0)


def test_what_a_machine_writes_first_does_not_stay_open_for_ever(counter: Counter) -> None:
    counter.writes("Boletín", channel="email", automatic=True, reference="1@x")
    assert counter.conversation.clocks == {Clock.CLOSE: START + 10 * DAY}


def test_what_may_be_spam_waits_for_a_person_however_long_it_takes(counter: Counter) -> None:
    counter.writes("Oferta", channel="email", quarantine="spam", reference="1@x")
    assert dict(counter.conversation.clocks) == {}


def test_a_reaction_while_the_answer_is_on_its_way_asks_for_nothing(counter: Counter) -> None:
    counter.writes("¿Tenéis tazas?")
    counter.answers("Sí, las hay.")
    counter.writes("👍", asks=False)
    counter.pass_time(120)
    assert (counter.conversation.waiting_since, counter.conversation.promise) == (0.0, None)


def failed_after_the_end(counter: Counter) -> None:
    counter.channels["sms"].answers.append(UNREACHABLE)
    counter.answers("Sí, las hay.")
    if not counter.conversation.is_closed:
        counter.presses("close")
    counter.pass_time(120)


def test_whoever_still_waits_is_promised_an_answer_whatever_opens_it_again(counter: Counter) -> None:
    counter.writes("¿Tenéis tazas?")
    failed_after_the_end(counter)
    counter.writes("Estoy de vacaciones", automatic=True)
    assert counter.conversation.state is State.OPEN
    assert counter.conversation.waiting_since
    assert set(counter.conversation.clocks) == {Clock.PROMISE}


def test_a_person_who_answers_what_is_closed_has_it_from_then_on(counter: Counter) -> None:
    counter.writes(QUESTION)
    counter.presses("close")
    failed_after_the_end(counter)
    counter.presses("reopen")
    assert counter.conversation.stage is Stage.PERSON
    assert counter.conversation.waiting_since
    assert not forgotten(counter.conversation)


# Who has it


def test_the_conversation_of_an_agent_who_left_can_be_claimed(counter: Counter) -> None:
    counter.writes("¿Tenéis tazas?")
    counter.presses("claim", "U0LUIS")
    without_luis = {user: agent for user, agent in POLICY.agents.items() if user != "U0LUIS"}
    counter.policies.policy = replace(SHOP, agents=without_luis)
    counter.writes("¿Y platos?")
    assert '"action_id": "claim"' in text_of(counter.root.card)
    counter.presses("claim", "U0MARTA")
    assert counter.conversation.assignee == "U0MARTA"
    assert (load(counter, "U0LUIS"), load(counter, "U0MARTA")) == (0, 1)


def test_what_an_agent_who_left_had_is_given_out_when_the_customer_comes_back(counter: Counter) -> None:
    counter.writes("¿Tenéis tazas?")
    counter.presses("claim", "U0LUIS")
    counter.presses("close")
    without_luis = {user: agent for user, agent in POLICY.agents.items() if user != "U0LUIS"}
    counter.policies.policy = replace(SHOP, agents=without_luis, queues={"default": TURNS})
    counter.writes("¿Y platos?")
    assert counter.conversation.assignee == "U0MARTA"
    assert (load(counter, "U0LUIS"), load(counter, "U0MARTA")) == (0, 1)


def test_whoever_gets_what_nobody_could_take_before_is_called(counter: Counter) -> None:
    counter.policies.policy = replace(SHOP, queues={"default": TURNS})
    states = [AgentState(user, absent_until=START + 60) for user in POLICY.agents]
    counter.inbox.commit(*map(Create, states))
    counter.writes("¿Tenéis tazas?")
    assert counter.conversation.assignee == ""
    counter.wait(60)
    counter.writes("¿Hola?")
    assert counter.conversation.assignee == "U0MARTA"
    assert last_notice(counter)[1] == ("U0MARTA",)


def test_what_nobody_claims_keeps_a_record_of_the_same_length(counter: Counter) -> None:
    counter.writes("¿Tenéis tazas?")
    routing = counter.conversation.routing
    for _ in range(5):
        counter.writes("¿Hola?")
    assert counter.conversation.routing == routing


def test_what_is_let_out_of_quarantine_is_given_out_like_any_other(counter: Counter) -> None:
    counter.policies.policy = replace(SHOP, queues={"default": TURNS})
    counter.writes("Somos un hotel", channel="email", quarantine="spam", reference="1@x")
    counter.presses("release", "U0LUIS")
    assert counter.conversation.assignee == "U0MARTA"
    assert load(counter, "U0MARTA") == 1
    assert last_notice(counter)[1] == ("U0MARTA",)
    assert not forgotten(counter.conversation)


def test_a_dedicated_customer_whose_agent_left_belongs_to_whoever_claims(counter: Counter) -> None:
    counter.writes("¿Tenéis tazas?")
    put(counter, attention=Attention.DEDICATED)
    customer = counter.inbox.customer(counter.conversation.customer_id)
    assert isinstance(customer, Customer)
    counter.inbox.commit(Update(customer, replace(customer, agent="U0GONE")))
    counter.presses("claim")
    stored = counter.inbox.customer(customer.id)
    assert stored is not None
    assert stored.agent == "U0MARTA"


# Calls and snoozes


def test_no_machine_confirms_a_call_where_a_rule_wants_none_to_answer(counter: Counter) -> None:
    counter.policies.policy = replace(SHOP, rules=(Rule("public", answer="none"),))
    counter.writes("Llámame")
    counter.writes("Llámame, por favor")
    assert not counter.channels["sms"].sent
    assert Clock.CALLBACK in counter.conversation.clocks


def test_a_call_is_not_reminded_of_without_end_at_one_moment(counter: Counter) -> None:
    counter.policies.policy = replace(SHOP, patience=replace(SHOP.patience, callback_again=0))
    counter.writes("Llámame")
    counter.wait(60)
    counter.tick()
    counter.run()
    assert [notice.text.startswith("Toca llamar") for notice in counter.notices] == [True]


def test_a_snooze_that_ends_early_does_not_leave_a_conversation_open_for_ever(counter: Counter) -> None:
    counter.writes("¿Tenéis tazas?")
    counter.answers("Sí.")
    counter.pass_time(60)
    counter.presses("snooze", value="hour")
    counter.presses("wake")
    assert set(counter.conversation.clocks) == {Clock.CLOSE}


def test_nor_does_an_answer_that_was_taken_back(counter: Counter) -> None:
    counter.writes("¿Tenéis tazas?")
    counter.answers("Sí.")
    counter.pass_time(60)
    counter.presses("snooze", value="hour")
    counter.deletes(counter.answers("Y platos."))
    assert (counter.conversation.state, set(counter.conversation.clocks)) == (State.OPEN, {Clock.CLOSE})
