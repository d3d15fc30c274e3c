"""What is due in a conversation is done once, told in the thread, and never repeated."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.conversations import a_conversation
from fakes.inbox import FakeInbox
from fakes.policies import POLICY
from fakes.world import FakeClock, FakePolicies, FakeQueues
from mostrador.domain.agents import AgentState
from mostrador.domain.attention import Clock, Stage
from mostrador.domain.changes import Change, Create, Tally, Update
from mostrador.domain.conversation import Conversation, Direction, Identity, Message, State
from mostrador.domain.delivery import Delivery
from mostrador.domain.errors import Conflict
from mostrador.domain.messages import Address
from mostrador.policy import clocks
from mostrador.policy.model import Hours, Interval, Patience, Policy, Target
from mostrador.usecases.clocks.ring import Ring
from mostrador.usecases.tries import TRIES

NOW = 1_780_000_000.0  # A Thursday in May, 22:26 in Madrid.
MINUTE, HOUR, DAY = 60, 3600, 86_400
ID = "01jd0000000000000000000000"
ANA = Address("sms", "+34600111222", "Ana Molina")
PATIENT = replace(
    POLICY,
    patience=Patience(follow_up_after=4 * DAY, follow_up_answer="follow_up", close_after=10 * DAY),
    answers={"follow_up": {"es": "¿Pudiste resolverlo, {customer}?", "en": "Did that settle it, {customer}?"}},
)
ALWAYS_SHUT = Hours("default", ((),) * 7)
MORNINGS = Hours("default", ((Interval(600, 840),),) * 7)
TWO_HOURS_IN_THE_EVENING = Hours("default", ((Interval(1320, 1440),),) * 7)


class Place:
    """An inbox with one conversation in it, and whoever rings its clocks."""

    def __init__(self, policy: Policy = PATIENT, **fields: Any) -> None:
        self.clock, self.inbox, self.policies = FakeClock(NOW), FakeInbox(), FakePolicies(policy)
        self.queues = FakeQueues(self.clock)
        self.ring = Ring(self.inbox, self.queues, self.policies, self.clock)
        usual = {"id": ID, "address": ANA, "counter": 1, "last_inbound": 1, "version": 1}
        conversation = a_conversation(NOW, **usual | fields)
        self.inbox.commit(Create(conversation), Create(Identity(ANA, "customer-1")))
        self.inbox.commit(Create(Message(ID, 1, Direction.INBOUND, "Hola", NOW)))

    @property
    def conversation(self) -> Conversation:
        found = self.inbox.conversation(ID)
        assert found is not None
        return found

    def change(self, after: Conversation) -> None:
        self.inbox.commit(Update(self.conversation, after))

    def waits(self) -> None:
        self.change(clocks.waits(replace(self.conversation, waiting_since=NOW), self.policies.policy, NOW))

    def rings_at(self, at: float) -> None:
        self.clock.now = at
        self.ring(ID)

    def said(self, direction: Direction = Direction.NOTICE) -> list[Message]:
        return [found for found in self.inbox.messages(ID, 0, 99) if found.direction is direction]

    @property
    def notice(self) -> Message:
        (notice,) = self.said()
        return notice


# The promise


def test_half_of_the_time_is_told_to_whoever_has_the_conversation() -> None:
    place = Place(assignee="U0LUIS")
    place.waits()
    place.rings_at(NOW + HOUR)
    assert place.notice.text == "Prometimos responder a Ana Molina mañana antes de las 0:26; aún tenemos una hora."
    assert place.notice.mentions == ("U0LUIS",)
    assert place.conversation.clocks == {Clock.PROMISE: NOW + 0.8 * 2 * HOUR}
    assert place.inbox.history(ID) == ["promise warned"]


def test_a_mark_that_was_told_is_not_told_again() -> None:
    place = Place()
    place.waits()
    for _ in range(3):
        place.rings_at(NOW + HOUR)
    assert len(place.said()) == 1
    assert place.conversation.counter == 2


def test_of_marks_that_passed_together_the_last_one_is_told() -> None:
    place = Place(assignee="U0LUIS")
    place.waits()
    place.rings_at(NOW + 3 * HOUR)
    assert place.notice.text == "Ana Molina sigue sin respuesta: la prometimos antes de las 0:26."
    assert place.inbox.history(ID) == ["promise broken"]
    assert place.conversation.clocks == {}


def test_a_broken_promise_calls_the_agent_their_stand_in_and_the_lead() -> None:
    lead = replace(POLICY.queues["default"], lead="U0INES")
    place = Place(replace(PATIENT, queues={"default": lead}), assignee="U0LUIS")
    place.waits()
    place.rings_at(NOW + 2 * HOUR)
    assert place.notice.mentions == ("U0LUIS", "U0MARTA", "U0INES")


def test_a_conversation_that_nobody_has_calls_who_is_on_duty() -> None:
    place = Place()
    off, on = AgentState("U0MARTA", on_duty=False), AgentState("U0INES", on_duty=True, said_at=NOW)
    place.inbox.commit(Create(off), Create(on))
    place.waits()
    place.rings_at(NOW + HOUR)
    assert place.notice.mentions == ("U0LUIS", "U0INES")


def test_where_nobody_is_on_duty_the_lead_is_called() -> None:
    place = Place()
    place.inbox.commit(*(Create(AgentState(user, on_duty=False)) for user in POLICY.agents))
    place.waits()
    place.rings_at(NOW + HOUR)
    assert place.notice.mentions == ("U0MARTA",)


def test_while_an_agent_is_away_their_stand_in_is_called() -> None:
    place = Place(assignee="U0LUIS")
    place.inbox.commit(Create(AgentState("U0LUIS", absent_until=NOW + DAY)))
    place.waits()
    place.rings_at(NOW + HOUR)
    assert place.notice.mentions == ("U0MARTA",)


def test_a_notice_calls_five_people_at_most() -> None:
    agents = {f"U{number}": replace(POLICY.agents["U0INES"], user=f"U{number}") for number in range(9)}
    queue = replace(POLICY.queues["default"], users=tuple(agents), lead="U8")
    place = Place(replace(PATIENT, agents=agents, queues={"default": queue}))
    place.waits()
    place.rings_at(NOW + HOUR)
    assert place.notice.mentions == ("U0", "U1", "U2", "U3", "U4")


def test_hours_that_were_changed_move_a_promise_and_say_nothing() -> None:
    place = Place()
    place.waits()
    place.policies.policy = replace(PATIENT, hours={"default": MORNINGS})
    place.rings_at(NOW + HOUR)
    assert place.said() == []
    assert place.inbox.history(ID) == ["promise moved"]
    promise = place.conversation.promise
    assert promise is not None
    assert promise.due_at > NOW + 13 * HOUR
    assert place.conversation.clocks == {Clock.PROMISE: promise.next_mark}


def test_a_promise_that_is_looked_at_before_its_time_is_left_alone() -> None:
    place = Place()
    place.waits()
    before = place.conversation
    place.rings_at(NOW + MINUTE)
    assert place.conversation == before


def test_a_new_target_counts_for_who_waits_already() -> None:
    place = Place()
    place.waits()
    place.policies.policy = replace(PATIENT, targets={"default": Target("default", first=600, next=600)})
    place.rings_at(NOW + 5 * MINUTE)
    assert "aún tenemos cinco minutos" in place.notice.text


def test_a_name_that_somebody_chose_puts_nothing_into_the_counters_mouth() -> None:
    place = Place(address=replace(ANA, name="Ana\nhttps://malo.example <!channel>"))
    place.waits()
    place.rings_at(NOW + HOUR)
    assert place.notice.text.startswith("Prometimos responder a Ana")
    assert "malo.example" not in place.notice.text
    assert "\n" not in place.notice.text


# Snoozes and calls


def test_the_end_of_a_snooze_brings_the_conversation_back_and_calls_its_agent() -> None:
    place = Place(assignee="U0LUIS")
    place.change(clocks.snoozed(place.conversation, NOW + HOUR))
    place.rings_at(NOW + HOUR)
    assert place.conversation.state is State.OPEN
    assert place.notice.mentions == ("U0LUIS",)
    assert place.conversation.clocks == {Clock.CLOSE: NOW + HOUR + 10 * DAY}
    assert place.inbox.history(ID) == ["wake"]


def test_a_conversation_that_comes_back_while_somebody_waits_does_not_close_by_itself() -> None:
    place = Place()
    place.waits()
    place.change(clocks.snoozed(place.conversation, NOW + MINUTE))
    place.rings_at(NOW + MINUTE)
    assert set(place.conversation.clocks) == {Clock.PROMISE}


def test_a_promised_call_is_asked_for_at_its_time_when_it_is_late_and_then_once_a_day() -> None:
    place = Place(assignee="U0LUIS")
    place.waits()
    place.change(clocks.call_promised(place.conversation, NOW + HOUR))
    for minutes in range(50, 60 * 8):
        place.rings_at(NOW + minutes * MINUTE)
    first, late, next_day = place.said()
    assert (first.at, first.mentions) == (NOW + HOUR, ("U0LUIS",))
    assert (late.at, late.mentions) == (NOW + HOUR + 15 * MINUTE, ("U0LUIS", "U0MARTA"))
    assert "23:26" in next_day.text
    assert place.conversation.callback_at == NOW + HOUR
    place.change(clocks.without(place.conversation, Clock.CALLBACK))
    place.rings_at(NOW + 9 * DAY)
    assert len(place.said()) == 3
    assert place.conversation.callback_at == 0.0


def test_nobody_is_called_to_a_customer_who_is_being_talked_to() -> None:
    place = Place(assignee="U0LUIS")
    place.waits()
    place.change(replace(place.conversation, calling_since=NOW + HOUR - MINUTE))
    place.rings_at(NOW + HOUR)
    place.rings_at(NOW + HOUR + MINUTE)
    assert place.said() == []
    assert place.conversation.clocks == {Clock.PROMISE: NOW + HOUR + 5 * MINUTE}
    place.change(replace(place.conversation, calling_since=0.0))
    place.rings_at(NOW + HOUR + 5 * MINUTE)
    assert place.inbox.history(ID) == ["put off during a call", "promise warned"]


def test_a_call_of_which_no_end_is_told_silences_nothing_for_ever() -> None:
    place = Place(assignee="U0LUIS")
    place.waits()
    place.change(replace(place.conversation, calling_since=NOW))
    place.rings_at(NOW + HOUR)
    assert len(place.said()) == 1


@pytest.mark.parametrize(
    ("state", "called"),
    [(None, ()), (AgentState("U0INES", on_duty=True, said_at=NOW), ("U0INES",))],
    ids=["nobody is there", "somebody works late"],
)
def test_what_can_wait_calls_nobody_outside_the_hours(state: AgentState | None, called: tuple[str, ...]) -> None:
    place = Place(
        replace(PATIENT, hours={"default": ALWAYS_SHUT}), stage=Stage.COMMUNITY, clocks={Clock.COMMUNITY: NOW}
    )
    if state:
        place.inbox.commit(Create(state))
    place.rings_at(NOW)
    assert place.notice.mentions == called


def test_nobody_is_asked_at_night_whether_it_can_be_closed() -> None:
    place = Place(replace(PATIENT, hours={"default": MORNINGS}), assignee="U0LUIS")
    place.change(clocks.answered(place.conversation, PATIENT, NOW))
    place.rings_at(NOW + 4 * DAY)
    assert place.inbox.history(ID) == ["follow_up put off"]
    opens = place.conversation.clocks[Clock.FOLLOW_UP]
    assert NOW + 4 * DAY < opens < NOW + 5 * DAY
    place.rings_at(opens)
    assert place.inbox.history(ID)[-1] == "follow_up sent"


@pytest.mark.parametrize(
    ("address", "telephone", "said"),
    [
        (Address("phone", "+34600111222"), "+34600900101", "Pulsa Llamar en la ficha"),
        (Address("phone", "+34600111222"), "", "Cuando hayas llamado"),
        (Address("whatsapp", "ES.1234567890"), "+34600900101", "Cuando hayas llamado"),
        (Address("email", "ana.molina@correo.example"), "+34600900101", "Cuando hayas llamado"),
    ],
    ids=["a number, and a telephone", "nobody has a telephone", "nobody knows the number", "by mail"],
)
def test_a_promised_call_is_made_by_the_button_where_there_is_one(address: Address, telephone: str, said: str) -> None:
    marta = replace(PATIENT.agents["U0MARTA"], phone=telephone)
    place = Place(replace(PATIENT, agents={**PATIENT.agents, "U0MARTA": marta}), address=address)
    place.change(clocks.with_clock(place.conversation, Clock.CALLBACK, NOW))
    place.rings_at(NOW)
    assert said in place.said()[0].text


def test_a_call_is_asked_for_again_in_the_hours_of_the_phone() -> None:
    place = Place(replace(PATIENT, hours={"default": TWO_HOURS_IN_THE_EVENING}))
    place.change(clocks.with_clock(place.conversation, Clock.CALLBACK, NOW + 90 * MINUTE))
    place.rings_at(NOW + 90 * MINUTE)  # 23:56: four minutes are left of today
    assert place.conversation.clocks == {Clock.CALLBACK: pytest.approx(NOW + 90 * MINUTE + 15 * MINUTE + 22 * HOUR)}


def test_a_call_is_not_forgotten_where_the_phone_is_never_answered() -> None:
    place = Place(replace(PATIENT, hours={"default": ALWAYS_SHUT}))
    place.change(clocks.with_clock(place.conversation, Clock.CALLBACK, NOW))
    place.rings_at(NOW)
    assert place.conversation.clocks == {Clock.CALLBACK: NOW + 15 * MINUTE}


# A customer who does not answer


def test_a_customer_who_does_not_answer_is_asked_once_and_then_it_closes() -> None:
    place = Place(assignee="U0LUIS")
    place.inbox.commit(Tally("U0LUIS", 3))
    place.change(clocks.answered(place.conversation, PATIENT, NOW))
    place.rings_at(NOW + 4 * DAY)
    (letter,) = place.said(Direction.OUTBOUND)
    assert (letter.text, letter.automatic, letter.state) == ("¿Pudiste resolverlo, Ana Molina?", True, Delivery.HELD)
    assert place.said() == []
    assert place.conversation.outbox == {letter.sequence}
    assert list(place.queues.deliver_wakes) == [ID]
    assert place.conversation.clocks == {Clock.CLOSE: NOW + 14 * DAY}
    place.rings_at(NOW + 14 * DAY)
    assert (place.conversation.state, place.conversation.closed_at) == (State.CLOSED, NOW + 14 * DAY)
    assert place.conversation.clocks == {}
    assert place.inbox.agents(["U0LUIS"])["U0LUIS"].load == 2
    assert place.inbox.history(ID) == ["follow_up sent", "close"]


@pytest.mark.parametrize(
    "fields",
    [
        {"opted_out": True},
        {"trusted": False},
        {"public": True},
        {"address": Address("unreadable", "", "twilio")},
    ],
    ids=["objected", "is not proven", "reads in public", "has no address"],
)
def test_agents_are_told_of_a_customer_to_whom_no_machine_may_write(fields: dict[str, Any]) -> None:
    place = Place(**fields)
    place.change(clocks.answered(place.conversation, PATIENT, NOW))
    place.rings_at(NOW + 4 * DAY)
    assert place.said(Direction.OUTBOUND) == []
    assert "Si nadie dice nada, la conversación se cerrará el jueves 11 de junio a las 22:26." in place.notice.text
    assert place.conversation.clocks == {Clock.CLOSE: NOW + 14 * DAY}


@pytest.mark.parametrize("acknowledged", [{"opted_out": True}, {"acknowledged_at": NOW + 4 * DAY - MINUTE}])
def test_an_address_that_objected_or_was_told_something_just_now_is_not_written_to(acknowledged: Any) -> None:
    place = Place()
    identity = place.inbox.identity(ANA)
    assert identity is not None
    place.inbox.commit(Update(identity, replace(identity, **acknowledged)))
    place.change(clocks.answered(place.conversation, PATIENT, NOW))
    place.rings_at(NOW + 4 * DAY)
    assert place.said(Direction.OUTBOUND) == []
    assert len(place.said()) == 1


def test_a_machine_is_not_asked_whether_it_was_helped() -> None:
    place = Place()
    place.inbox.commit(Create(Message(ID, 2, Direction.INBOUND, "Fuera de la oficina", NOW, automatic=True)))
    place.change(clocks.answered(replace(place.conversation, counter=2, last_inbound=2), PATIENT, NOW))
    place.rings_at(NOW + 4 * DAY)
    assert place.said(Direction.OUTBOUND) == []
    assert len(place.said()) == 1


@pytest.mark.parametrize("answer", ["", "gone"])
def test_without_words_for_the_customer_the_agents_are_reminded(answer: str) -> None:
    patience = replace(PATIENT.patience, follow_up_answer=answer, close_after=0)
    place = Place(replace(PATIENT, patience=patience), assignee="U0LUIS")
    place.change(clocks.answered(place.conversation, place.policies.policy, NOW))
    place.rings_at(NOW + 4 * DAY)
    assert place.notice.text == "Seguimos sin noticias de Ana Molina. ¿Le escribes, o cerramos la conversación?"
    assert place.conversation.clocks == {}


@pytest.mark.parametrize("clock", [Clock.FOLLOW_UP, Clock.CLOSE])
def test_a_customer_who_waits_for_us_is_neither_asked_nor_left(clock: Clock) -> None:
    place = Place(waiting_since=NOW, clocks={clock: NOW + HOUR})
    place.rings_at(NOW + HOUR)
    assert (place.conversation.state, place.conversation.clocks) == (State.OPEN, {})
    assert [message.sequence for message in place.inbox.messages(ID, 0, 9)] == [1]


def test_a_conversation_with_a_promised_call_does_not_close() -> None:
    place = Place(clocks={Clock.CLOSE: NOW, Clock.CALLBACK: NOW + HOUR})
    place.rings_at(NOW)
    assert place.conversation.state is State.OPEN
    assert place.conversation.clocks == {Clock.CLOSE: NOW + 10 * DAY, Clock.CALLBACK: NOW + HOUR}


# Others may answer first


def test_after_the_time_of_the_community_the_conversation_is_ours_and_the_promise_begins() -> None:
    place = Place(stage=Stage.COMMUNITY, clocks={Clock.COMMUNITY: NOW + HOUR})
    place.rings_at(NOW + HOUR)
    assert (place.conversation.stage, place.conversation.waiting_since) == (Stage.PERSON, NOW + HOUR)
    promise = place.conversation.promise
    assert promise is not None
    assert promise.since == NOW + HOUR
    assert set(place.conversation.clocks) == {Clock.PROMISE}
    assert place.notice.mentions == ("U0MARTA", "U0LUIS", "U0INES")


def test_a_clock_that_has_nothing_to_say_any_more_is_taken_down_silently() -> None:
    place = Place(clocks=dict.fromkeys(Clock, NOW) | {Clock.CALLBACK: NOW + DAY}, waiting_since=NOW)
    place.rings_at(NOW)
    assert place.said() == []
    assert place.conversation.clocks == {Clock.CALLBACK: NOW + DAY}


# Once


def test_what_is_due_together_is_done_together() -> None:
    place = Place()
    place.waits()
    place.change(clocks.with_clock(place.conversation, Clock.CALLBACK, NOW + HOUR))
    place.rings_at(NOW + HOUR)
    assert len(place.said()) == 2
    assert sorted(place.inbox.history(ID)) == ["callback due", "promise warned"]


def test_a_wake_up_that_finds_its_work_done_tells_it_again_until_it_is_shown() -> None:
    place = Place()
    place.waits()
    place.rings_at(NOW + HOUR)
    place.queues.desk_wakes.clear()
    place.ring(ID)
    assert list(place.queues.desk_wakes) == [ID]
    place.queues.desk_wakes.clear()
    place.change(replace(place.conversation, shown_version=place.conversation.version))
    place.ring(ID)
    assert list(place.queues.desk_wakes) == []


def test_a_wake_up_for_nobody_is_forgotten() -> None:
    place = Place()
    place.ring("01jd0000000000000000000001")
    assert not place.queues.waiting()


def test_a_race_is_run_again_and_given_up_when_it_is_lost_too_often(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place()
    place.waits()
    tries: list[tuple[Change, ...]] = []

    def lose(*changes: Change) -> None:
        tries.append(changes)
        raise Conflict("somebody else")

    monkeypatch.setattr(place.inbox, "commit", lose)
    with pytest.raises(Conflict):
        place.rings_at(NOW + HOUR)
    assert len(tries) == TRIES


def test_whoever_answers_while_the_clock_rings_is_not_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place()
    place.waits()
    commit = place.inbox.commit

    def late(*changes: Change) -> None:
        monkeypatch.setattr(place.inbox, "commit", commit)
        place.change(clocks.answered(replace(place.conversation, waiting_since=0.0), PATIENT, NOW + HOUR))
        commit(*changes)

    monkeypatch.setattr(place.inbox, "commit", late)
    place.rings_at(NOW + HOUR)
    assert place.said() == []
