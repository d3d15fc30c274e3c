"""An agent calls a customer from the thread: two telephones, one connection, and what the thread says of it."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import POLICY
from fakes.world import Counter, text_of
from mostrador.channels.phone.twiml import LONGEST_TALK
from mostrador.channels.twilio.webhook import TwilioWebhook
from mostrador.domain.attention import Clock
from mostrador.domain.changes import Update
from mostrador.domain.conversation import Customer, number_of
from mostrador.domain.delivery import Accepted, Failure, Fault, Reason, SendResult
from mostrador.domain.errors import NotConfigured, TryAgain
from mostrador.domain.messages import Address
from mostrador.domain.shop import Profile
from mostrador.usecases.agents.call_up import UNDER_WAY
from mostrador.usecases.phone.called import SHORTEST_TALK
from unit.usecases.calls import ANA, BASE, SETTINGS, Line

MARTAS = "+34600900101"
AGENTS = {**POLICY.agents, "U0MARTA": replace(POLICY.agents["U0MARTA"], phone=MARTAS)}


class FakeTelephone:
    def __init__(self) -> None:
        self.rung: list[tuple[str, str, str]] = []
        self.result: SendResult | Exception = Accepted("CA9")

    def ring(self, number: str, conversation_id: str, user: str) -> SendResult:
        self.rung.append((number, conversation_id, user))
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


@pytest.fixture
def telephone() -> FakeTelephone:
    return FakeTelephone()


@pytest.fixture
def counter(telephone: FakeTelephone) -> Counter:
    counter = Counter()
    counter.policies.policy = replace(POLICY, agents=AGENTS)
    counter.act = replace(counter.act, telephone=telephone)
    counter.writes("¿Me podéis llamar?", sender=Address("sms", ANA, "Ana Molina"))
    return counter


class AgentsLine(Line):
    """The call to Marta's telephone."""

    def fields(self, **more: str) -> dict[str, str]:
        known = {"CallSid": self.sid, "From": "+34910000000", "To": MARTAS, "Direction": "outbound-api"}
        return {"CallStatus": "in-progress", **known, **more}

    @property
    def about(self) -> str:
        return f"conversation={self.counter.conversation.id}&agent=U0MARTA"

    def picks_up(self) -> str:
        return self.asks(f"{BASE}/voice/agent?{self.about}")

    def ends(self, status: str = "completed") -> None:
        self.tells(f"{BASE}/webhooks/twilio?{self.about}", CallStatus=status)

    def bridge(self) -> dict[str, str]:
        dial = self.document.find("Dial")
        assert dial is not None
        number = dial.find("Number")
        assert number is not None
        return {**dial.attrib, **number.attrib, "number": number.text or ""}

    def answered_by(self, whom: str) -> None:
        self.tells(self.bridge()["amdStatusCallback"], CallSid="CA-of-the-customer", AnsweredBy=whom)

    def is_over(self, status: str, seconds: int = 0) -> str:
        return self.asks(self.bridge()["action"], DialCallStatus=status, DialCallDuration=str(seconds))

    def tells(self, url: str, **more: str) -> None:
        self.queued += TwilioWebhook(SETTINGS).split(self.request(url, self.fields(**more)))


@pytest.fixture
def line(counter: Counter) -> AgentsLine:
    return AgentsLine(counter)


# Asking for it


def test_a_press_rings_the_agents_own_telephone_once(counter: Counter, telephone: FakeTelephone) -> None:
    event = counter.presses("ring")
    counter.act(event)
    assert telephone.rung == [(MARTAS, counter.conversation.id, "U0MARTA")]
    assert "call begun" in counter.inbox.history(counter.conversation.id)


@pytest.mark.parametrize("user", ["U0MARTA", "U0INES"])
def test_a_second_press_while_the_first_call_is_under_way_rings_nobody(
    counter: Counter, telephone: FakeTelephone, user: str
) -> None:
    agents = {**AGENTS, "U0INES": replace(AGENTS["U0MARTA"], user="U0INES")}
    counter.policies.policy = replace(POLICY, agents=agents)
    counter.presses("ring")
    counter.wait(20)
    counter.presses("ring", user)
    assert len(telephone.rung) == 1
    assert "Ya se está llamando a Ana Molina" in counter.desk.whispers[-1][1]


def test_a_call_that_is_over_can_be_made_again_at_once(
    counter: Counter, telephone: FakeTelephone, line: "AgentsLine"
) -> None:
    counter.presses("ring")
    line.ends("no-answer")
    line.arrive()
    counter.presses("ring")
    assert len(telephone.rung) == 2


def test_a_call_of_which_nothing_was_heard_again_holds_nobody_up(counter: Counter, telephone: FakeTelephone) -> None:
    counter.presses("ring")
    counter.wait(UNDER_WAY)
    counter.presses("ring")
    assert len(telephone.rung) == 2


def test_the_card_offers_a_call_where_there_is_a_number_and_somebody_to_call(counter: Counter) -> None:
    assert '"ring"' in text_of(counter.root.card)


def test_no_call_is_offered_in_a_shop_without_telephones() -> None:
    counter = Counter()
    counter.writes("Hola")
    assert '"ring"' not in text_of(counter.root.card)


@pytest.mark.parametrize(
    ("user", "sentence"), [("U0LUIS", "No sé a qué teléfono llamarte"), ("U0NADIE", "")], ids=["no phone", "nobody"]
)
def test_who_has_no_telephone_is_told_and_nothing_rings(
    counter: Counter, telephone: FakeTelephone, user: str, sentence: str
) -> None:
    counter.presses("ring", user)
    assert telephone.rung == []
    assert sentence in counter.desk.whispers[-1][1]


def test_a_customer_without_a_number_cannot_be_called(telephone: FakeTelephone) -> None:
    counter = Counter()
    counter.policies.policy = replace(POLICY, agents=AGENTS)
    counter.act = replace(counter.act, telephone=telephone)
    counter.writes("Hola", channel="email")
    assert '"ring"' not in text_of(counter.root.card)
    counter.presses("ring")
    assert telephone.rung == []
    assert "No sé el teléfono" in counter.desk.whispers[-1][1]


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (NotConfigured("the number"), "no está configurado"),
        (Failure(Reason.SENDER_NOT_ALLOWED, retryable=False, fault=Fault.OURS, code="21215"), "21215"),
    ],
    ids=["not configured", "refused"],
)
def test_a_call_that_cannot_be_made_is_told_to_whoever_asked(
    counter: Counter, telephone: FakeTelephone, result: Any, sentence: str
) -> None:
    telephone.result = result
    for _ in range(2):
        counter.presses("ring")
        assert sentence in counter.desk.whispers[-1][1]
    assert len(telephone.rung) == 2


@pytest.mark.parametrize(
    ("address", "profile", "number"),
    [
        (Address("whatsapp", ANA), None, ANA),
        (Address("phone", "CA1"), None, ""),
        (Address("email", "ana.molina@correo.example"), Profile("7", phone=ANA), ANA),
        (Address("email", "ana.molina@correo.example"), None, ""),
    ],
)
def test_the_number_is_the_conversations_own_or_the_shops(
    counter: Counter, address: Address, profile: Profile | None, number: str
) -> None:
    conversation = replace(counter.conversation, address=address)
    assert number_of(conversation, Customer("c", "Ana", 0.0, profile=profile)) == number


def test_a_premium_number_that_wants_to_be_called_back_is_not_called(telephone: FakeTelephone) -> None:
    counter = Counter()
    counter.policies.policy = replace(POLICY, agents=AGENTS)
    counter.act = replace(counter.act, telephone=telephone)
    counter.writes("Llamadme", sender=Address("sms", "+34803123456"))
    counter.presses("ring")
    assert telephone.rung == []
    assert "tarificación especial" in counter.desk.whispers[-1][1]


# Putting through


def test_the_agent_hears_who_it_is_about_before_anybody_is_called(line: AgentsLine) -> None:
    heard = line.picks_up()
    assert "para hablar con Ana Molina" in heard
    assert line.document.find("Dial") is None


def test_the_customer_sees_the_shops_number_and_the_agent_hears_it_ring(line: AgentsLine) -> None:
    line.picks_up()
    line.presses("1")
    bridge = line.bridge()
    assert (bridge["number"], bridge["callerId"], bridge["answerOnBridge"]) == (ANA, "+34910000000", "true")
    assert bridge["machineDetection"] == "Enable"
    assert int(bridge["timeLimit"]) == LONGEST_TALK


def test_who_presses_nothing_makes_no_call(line: AgentsLine, counter: Counter) -> None:
    line.picks_up()
    assert line.document[-1].tag == "Hangup"
    line.ends()
    with pytest.raises(TryAgain):
        line.arrive()
    counter.wait(61)
    line.arrive()
    assert counter.notices[-1].text.endswith("no se ha llamado a Ana Molina.")


def test_another_key_makes_no_call(line: AgentsLine, counter: Counter) -> None:
    line.picks_up()
    line.presses("2")
    line.arrive()
    assert "al final no se ha llamado a Ana Molina" in counter.notices[-1].text


@pytest.mark.parametrize("number", ["+34803123456", "+34910000000"], ids=["premium", "our own"])
def test_a_number_that_became_dear_or_ours_meanwhile_is_not_called(
    line: AgentsLine, counter: Counter, number: str
) -> None:
    line.picks_up()
    there = counter.conversation
    counter.inbox.commit(Update(there, replace(there, address=replace(there.address, value=number))))
    line.presses("1")
    assert line.document.find("Dial") is None
    assert "no llamamos" in line.heard


def test_a_conversation_that_is_gone_calls_nobody(line: AgentsLine) -> None:
    line.asks(f"{BASE}/voice/agent?conversation=gone&agent=U0MARTA")
    assert line.heard == "Esa conversación ya no existe."


# What became of it


def promised(counter: Counter) -> None:
    counter.presses("call")
    assert Clock.CALLBACK in counter.conversation.clocks


def test_a_talk_is_an_answer_and_keeps_the_promise_to_call(counter: Counter, line: AgentsLine) -> None:
    promised(counter)
    line.picks_up()
    line.presses("1")
    line.answered_by("human")
    line.is_over("completed", 154)
    line.ends()
    counter.clock.now += 61
    line.arrive()
    conversation = counter.conversation
    assert Clock.CALLBACK not in conversation.clocks
    assert (conversation.promise, conversation.waiting_since) == (None, 0.0)
    assert counter.notices[-1].text == "Marta Vidal ha hablado por teléfono con Ana Molina: tres minutos."
    assert len(counter.notices) == 1
    assert "call talked 154s" in counter.inbox.history(conversation.id)


@pytest.mark.parametrize(
    ("status", "heard", "told"),
    [
        ("busy", "Está comunicando", "comunica"),
        ("no-answer", "No contesta", "no contesta"),
        ("failed", "No contesta", "no está disponible"),
        ("canceled", "No contesta", "no contesta"),
    ],
)
def test_a_call_in_vain_is_told_and_the_promise_stays(
    counter: Counter, line: AgentsLine, status: str, heard: str, told: str
) -> None:
    promised(counter)
    line.picks_up()
    line.presses("1")
    assert heard in line.is_over(status)
    line.ends()
    counter.clock.now += 61
    line.arrive()
    assert told in counter.notices[-1].text
    assert len(counter.notices) == 1
    assert Clock.CALLBACK in counter.conversation.clocks


@pytest.mark.parametrize("by", ["", "unknown", "human"])
def test_a_few_words_are_no_talk_whoever_heard_them(counter: Counter, line: AgentsLine, by: str) -> None:
    promised(counter)
    waiting = counter.conversation.waiting_since
    line.picks_up()
    line.presses("1")
    if by:
        line.answered_by(by)
    line.is_over("completed", 3)
    line.arrive()
    assert "ha durado muy poco (tres segundos)" in counter.notices[-1].text
    assert Clock.CALLBACK in counter.conversation.clocks
    assert (counter.conversation.waiting_since, len(counter.notices)) == (waiting, 1)


@pytest.mark.parametrize("was_promised", [True, False])
def test_a_short_talk_that_settled_it_is_said_to_be_one_in_the_menu(
    counter: Counter, line: AgentsLine, *, was_promised: bool
) -> None:
    if was_promised:
        promised(counter)
    line.picks_up()
    line.presses("1")
    line.is_over("completed", SHORTEST_TALK - 1)
    line.arrive()
    assert "«Ya hemos llamado»" in counter.notices[-1].text
    assert counter.conversation.waiting_since
    assert '"called"' in text_of(counter.root.card)
    counter.presses("more", value="called")
    assert (counter.conversation.waiting_since, counter.conversation.promise) == (0.0, None)
    assert Clock.CALLBACK not in counter.conversation.clocks


@pytest.mark.parametrize("machine", ["machine_start", "fax"])
def test_a_machine_that_answers_is_nobody_talked_to(counter: Counter, line: AgentsLine, machine: str) -> None:
    promised(counter)
    line.picks_up()
    line.presses("1")
    line.answered_by(machine)
    line.is_over("completed", 20)
    line.arrive()
    assert "ha contestado un buzón de voz" in counter.notices[-1].text
    assert Clock.CALLBACK in counter.conversation.clocks


@pytest.mark.parametrize(
    ("status", "told"),
    [("no-answer", "no contesta"), ("busy", "no contesta"), ("failed", "comprueba su número")],
)
def test_an_agent_who_does_not_pick_up_is_told_of_at_once(
    counter: Counter, line: AgentsLine, status: str, told: str
) -> None:
    line.ends(status)
    line.arrive()
    assert told in counter.notices[-1].text
    assert len(counter.notices) == 1


def test_a_call_of_a_conversation_that_is_gone_is_let_go(counter: Counter, line: AgentsLine) -> None:
    line.tells(f"{BASE}/webhooks/twilio?conversation=gone&agent=U0MARTA", CallStatus="busy")
    line.arrive()
    assert counter.notices == []
