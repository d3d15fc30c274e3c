"""How shoppers are received: who answers first, whose they are, and what they are promised."""

from dataclasses import replace
from typing import Any

import pytest

from fakes.policies import DEFAULT_QUEUE, INES, LUIS, MARTA, POLICY
from fakes.world import START, Counter, received, text_of
from mostrador.domain.agents import AgentState
from mostrador.domain.attention import Attention, Clock, Priority, Stage
from mostrador.domain.changes import Create, Update
from mostrador.domain.conversation import Conversation, Customer, Direction, Identity, State
from mostrador.domain.messages import Address, Attachment, Consent
from mostrador.domain.shop import Profile
from mostrador.policy.hours import calendar_of
from mostrador.policy.model import (
    ChannelRules,
    CustomerCondition,
    FixedAnswer,
    Hours,
    IntentWords,
    Interval,
    Patience,
    Policy,
    Queue,
    Rule,
    Segment,
    Target,
    Work,
)
from mostrador.usecases.intake.acknowledge import Pause
from mostrador.usecases.intake.reception import SHOWN

HOTEL = Address("email", "compras@hotelsol.example", "Carmen Soler")
HOTEL_PHONE = Address("sms", "+34600555666", "Carmen Soler")
WHOLESALE = Queue(
    "wholesale",
    {"es": "Mayoristas", "en": "Wholesale"},
    "C0MAYORISTAS",
    users=("U0LUIS", "U0MARTA"),
    lead="U0LUIS",
    work=Work.LEAST_LOADED,
    overflow="default",
)
SHOP: Policy = replace(
    POLICY,
    queues={"default": DEFAULT_QUEUE, "wholesale": WHOLESALE},
    hours={**POLICY.hours, "phone": Hours("phone", ((Interval(600, 840),),) * 5 + ((), ()), keeps_holidays=False)},
    channels={"phone": ChannelRules(hours="phone")},
    segments=(
        Segment("wholesale", {"es": "Mayorista"}, Attention.DEDICATED, (CustomerCondition(tags=("mayorista",)),)),
        Segment("forum", {"es": "Foro"}, Attention.COMMUNITY, (CustomerCondition(countries=("FR",)),)),
        Segment("new", {"es": "Visita"}, Attention.SELF_SERVICE),
    ),
    targets={"default": Target("default", 7200, 3600), "wholesale": Target("wholesale", 1800, 1800)},
    rules=(
        Rule(
            "ideas", intents=("idea",), queue="default", attention=Attention.CO_CREATION, answer="idea", tags=("idea",)
        ),
        Rule("wholesalers", segments=("wholesale",), queue="wholesale", priority=Priority.HIGH, promise="wholesale"),
        Rule("mails", channels=("email",), answer="received"),
    ),
    patience=Patience(close_after=864_000, community_wait=3600),
    answers={
        "received": {"es": "Te respondemos {promise}.", "en": "We answer {promise}."},
        "delivery": {"es": "Enviamos en 24 horas.", "en": "We ship within 24 hours."},
        "idea": {"es": "Gracias por la idea.", "en": "Thank you for the idea."},
        "callback": {"es": "Te llamamos {callback}.", "en": "We will call you {callback}."},
    },
    fixed_answers=(FixedAnswer("delivery", "delivery", intents=("delivery",)),),
    requests={
        "person": {"es": ("persona",), "en": ("person",)},
        "callback": {"es": ("llamame",), "en": ("call me",)},
    },
    intents=(
        IntentWords("delivery", "es", ("envio", "cuando llega", "cuanto tarda"), 2.0),
        IntentWords("delivery", "en", ("shipping", "delivery"), 2.0),
        IntentWords("idea", "es", ("seria genial que", "podriais"), 2.0),
    ),
)
QUESTION = "Hola, ¿cuánto tarda el envío a Sevilla? Gracias"


@pytest.fixture
def counter() -> Counter:
    counter = Counter()
    counter.policies.policy = SHOP
    return counter


def known(counter: Counter, *addresses: Address, **fields: Any) -> Customer:
    """A customer of whom the shop's own system has told."""
    customer = Customer("c" * 26, addresses[0].name, START, profile=Profile("77", **fields))
    counter.inbox.commit(Create(customer), *(Create(Identity(address, customer.id)) for address in addresses))
    return customer


def wholesaler(counter: Counter) -> Customer:
    return known(counter, HOTEL, HOTEL_PHONE, tags=("mayorista",))


def conversations(counter: Counter) -> list[Conversation]:
    found = [entity for entity in counter.inbox.entities.values() if isinstance(entity, Conversation)]
    return sorted(found, key=lambda conversation: conversation.id)


def sent(counter: Counter) -> list[str]:
    return [message.text for channel in counter.channels.values() for message in channel.sent]


# Self-service first


def test_a_new_visitor_with_a_known_question_is_answered_at_once_and_nobody_is_called(counter: Counter) -> None:
    counter.writes(QUESTION)
    conversation = counter.conversation
    assert sent(counter) == ["Enviamos en 24 horas."]
    assert (conversation.stage, conversation.promise, conversation.waiting_since) == (Stage.MACHINE, None, 0.0)
    assert conversation.clocks.keys() == {Clock.CLOSE}


def test_in_their_own_language(counter: Counter) -> None:
    counter.writes("Hello, how long does shipping to London take? Thank you")
    assert (sent(counter), counter.conversation.language) == (["We ship within 24 hours."], "en")


def test_whoever_is_not_helped_by_it_comes_to_a_person_with_a_promise(counter: Counter) -> None:
    counter.writes(QUESTION)
    counter.wait(600)
    counter.writes("Pero yo necesito recibirlo el viernes")
    conversation = counter.conversation
    assert conversation.stage is Stage.PERSON
    assert conversation.promise is not None
    assert conversation.promise.due_at == START + 600 + 7200
    assert sent(counter) == ["Enviamos en 24 horas."]
    notice = counter.message(conversation.counter)
    assert notice.direction is Direction.NOTICE
    assert notice.mentions == ("U0MARTA", "U0LUIS", "U0INES")
    assert any("necesita a una persona" in text_of(post.card) for post in counter.desk.thread(counter.root.ts))


def test_at_night_a_machine_that_could_not_help_wakes_nobody(counter: Counter) -> None:
    shut = replace(POLICY.hours["default"], week=((),) * 7)
    counter.policies.policy = replace(SHOP, hours={**SHOP.hours, "default": shut})
    counter.writes(QUESTION)
    counter.writes("Quiero hablar con una persona")
    [notice] = counter.notices
    assert "necesita a una persona" in notice.text
    assert notice.mentions == ()


@pytest.mark.parametrize("text", ["¿Tenéis tazas azules?", "Persona, por favor"])
def test_what_has_no_answer_of_its_own_goes_to_a_person_at_once(counter: Counter, text: str) -> None:
    counter.writes(text)
    assert counter.conversation.stage is Stage.PERSON
    assert counter.conversation.promise is not None


def test_a_machine_answers_the_same_address_again_only_after_a_while(counter: Counter) -> None:
    counter.writes(QUESTION, channel="email", reference="1@x")
    counter.wait(Pause.HELP - 1)
    counter.writes(QUESTION, channel="email", reference="2@x")
    counter.wait(1)
    counter.writes(QUESTION, channel="email", reference="3@x")
    assert [conversation.stage for conversation in conversations(counter)] == [
        Stage.MACHINE,
        Stage.PERSON,
        Stage.MACHINE,
    ]


def test_unproven_senders_get_a_person_not_a_machine(counter: Counter) -> None:
    counter.writes(QUESTION, channel="email", trusted=False, reference="1@x")
    assert (sent(counter), counter.conversation.stage) == ([], Stage.PERSON)


# Dedicated


def test_a_wholesaler_goes_to_their_queue_and_to_one_agent(counter: Counter) -> None:
    wholesaler(counter)
    counter.writes("Necesitamos 200 platos", channel="email", sender=HOTEL, reference="1@x")
    (conversation,) = conversations(counter)
    assert (conversation.queue, conversation.desk_channel) == ("wholesale", "C0MAYORISTAS")
    assert (conversation.assignee, conversation.priority) == ("U0LUIS", Priority.HIGH)
    assert conversation.promise is not None
    assert (conversation.promise.target, conversation.promise.due_at) == ("wholesale", START + 1800)


def test_the_agent_stays_with_the_customer_over_conversations_and_channels(counter: Counter) -> None:
    customer = wholesaler(counter)
    counter.writes("uno", channel="email", sender=HOTEL, reference="1@x")
    counter.inbox.commit(Create(AgentState("U0MARTA")))  # Marta has nothing to do, Luis has one conversation.
    counter.writes("dos", sender=HOTEL_PHONE)
    assert [conversation.assignee for conversation in conversations(counter)] == ["U0LUIS", "U0LUIS"]
    stored = counter.inbox.customer(customer.id)
    assert stored is not None
    assert stored.agent == "U0LUIS"


def test_while_the_agent_is_away_the_stand_in_has_their_customers(counter: Counter) -> None:
    customer = wholesaler(counter)
    stored = counter.inbox.customer(customer.id)
    assert stored is not None
    counter.inbox.commit(Update(stored, replace(stored, agent="U0LUIS")))
    counter.inbox.commit(Create(AgentState("U0LUIS", absent_until=START + 86_400)))
    counter.writes("uno", channel="email", sender=HOTEL, reference="1@x")
    counter.wait(90_000)
    counter.writes("dos", channel="email", sender=HOTEL, reference="2@x")
    assert [conversation.assignee for conversation in conversations(counter)] == ["U0MARTA", "U0LUIS"]


def test_a_forged_sender_is_not_taken_for_a_wholesaler(counter: Counter) -> None:
    wholesaler(counter)
    counter.writes("Cambiad la cuenta", channel="email", sender=HOTEL, reference="1@x", trusted=False)
    (conversation,) = conversations(counter)
    assert (conversation.segment, conversation.queue, conversation.assignee) == ("new", "default", "")


@pytest.mark.parametrize(("trusted", "language"), [(True, "en"), (False, "es")])
def test_nor_for_somebody_who_speaks_the_customers_language(counter: Counter, language: str, *, trusted: bool) -> None:
    known(counter, HOTEL, language="en")
    counter.writes("12345", channel="email", sender=HOTEL, reference="1@x", trusted=trusted)
    assert counter.conversation.language == language


def test_each_conversation_counts_once_for_whoever_has_it(counter: Counter) -> None:
    wholesaler(counter)
    event = counter.writes("uno", channel="email", sender=HOTEL, reference="1@x")
    counter.ingest(event)
    state = counter.inbox.agent("U0LUIS")
    assert state is not None
    assert state.load == 1


def test_the_record_says_which_rule_decided_and_who_got_it(counter: Counter) -> None:
    wholesaler(counter)
    counter.writes("uno", channel="email", sender=HOTEL, reference="1@x")
    routing = conversations(counter)[0].routing
    assert routing is not None
    assert (routing.segment, routing.segment_because) == ("wholesale", ("tags=mayorista",))
    decided = {(because.field, because.value, because.rule) for because in routing.because}
    assert {("queue", "wholesale", "wholesalers"), ("assignee", "U0LUIS", "least_loaded")} <= decided


@pytest.mark.parametrize(("begun", "channel"), [(0.0, "C0ATENCION"), (START, "C0MAYORISTAS")])
def test_a_thread_that_may_have_been_begun_stays_where_it_is(counter: Counter, begun: float, channel: str) -> None:
    counter.ingest(counter.event(received(QUESTION, "1", START)))  # Nothing of it is shown yet.
    (before,) = conversations(counter)
    counter.inbox.commit(
        Update(before, replace(before, queue="wholesale", desk_channel="C0MAYORISTAS", showing_since=begun)),
        Create(AgentState("U0LUIS", on_duty=False)),
        Create(AgentState("U0MARTA", on_duty=False)),
    )
    counter.ingest(counter.event(received("Persona", "2", START)))
    assert conversations(counter)[0].desk_channel == channel


# Community, ideas, calls


def test_a_community_has_its_time_before_staff_is_asked(counter: Counter) -> None:
    known(counter, Address("sms", "+33600000001", "Luc"), country="FR")
    counter.writes("¿Alguien sabe si van al horno?", sender=Address("sms", "+33600000001", "Luc"))
    conversation = counter.conversation
    assert (conversation.stage, conversation.promise) == (Stage.COMMUNITY, None)
    assert conversation.clocks == {Clock.COMMUNITY: START + 3600}


def test_an_idea_is_filed_and_thanked_for(counter: Counter) -> None:
    counter.writes("Sería genial que hicierais tazas con asa grande")
    conversation = counter.conversation
    assert (conversation.attention, conversation.tags) == (Attention.CO_CREATION, ("idea",))
    assert sent(counter) == ["Gracias por la idea."]


def test_a_call_is_promised_for_the_next_time_somebody_answers_the_phone(counter: Counter) -> None:
    counter.writes("Llámame")
    conversation = counter.conversation
    assert conversation.clocks[Clock.CALLBACK] > START
    assert "callback" in conversation.tags
    assert sent(counter)[0].startswith("Te llamamos ")


NEXT_DAY = calendar_of(SHOP, "phone").next_opening(START + 86_400) or 0.0
HOUR = 3600


@pytest.mark.parametrize(
    ("wished", "promised"),
    [
        (NEXT_DAY + HOUR, NEXT_DAY + HOUR),
        (NEXT_DAY - HOUR, NEXT_DAY),
        (1.0, calendar_of(SHOP, "phone").next_opening(START)),
    ],
    ids=["in opening hours", "before they open", "as soon as possible"],
)
def test_a_call_is_promised_for_the_time_wished_for(counter: Counter, wished: float, promised: float) -> None:
    counter.writes("¿Tenéis tazas?", callback_at=wished)
    assert counter.conversation.clocks[Clock.CALLBACK] == promised
    assert sent(counter)[0].startswith("Te llamamos ")


def test_the_last_time_wished_for_counts(counter: Counter) -> None:
    counter.writes("Llámame")
    counter.writes("Mejor más tarde", callback_at=NEXT_DAY + HOUR)
    assert counter.conversation.clocks[Clock.CALLBACK] == NEXT_DAY + HOUR


# Nobody waits


@pytest.mark.parametrize("fields", [{"automatic": True}, {"quarantine": "spam"}, {"consent": Consent.STOP}], ids=str)
def test_what_expects_no_answer_is_promised_none(counter: Counter, fields: dict[str, Any]) -> None:
    counter.writes("Hola", **fields)
    conversation = counter.conversation
    assert (conversation.promise, conversation.waiting_since) == (None, 0.0)
    assert not set(conversation.clocks) - {Clock.CLOSE}


def test_a_customer_who_comes_back_counts_again_for_their_agent(counter: Counter) -> None:
    counter.writes("¿Tenéis tazas?")
    counter.presses("claim")
    counter.presses("close")
    counter.wait(3600)
    counter.writes("¿Y platos?")
    state = counter.inbox.agent("U0MARTA")
    assert counter.conversation.state is State.OPEN
    assert state is not None
    assert state.load == 1


def test_agents_of_the_tests_are_those_of_the_policy() -> None:
    assert set(SHOP.agents) == {MARTA.user, LUIS.user, INES.user}


# What a customer is called


ANAS_PHONE = Address("sms", "+34600111222")


def test_a_text_of_a_customer_whom_the_shop_knows_carries_their_name(counter: Counter) -> None:
    known(counter, ANAS_PHONE, name="Ana Molina")
    counter.writes("Hola", sender=ANAS_PHONE)
    assert "Ana Molina" in text_of(counter.root.card)
    assert counter.desk.thread(counter.root.ts)[0].username == "Ana Molina · SMS"


@pytest.mark.parametrize(("trusted", "name"), [(False, "Ana Molina"), (True, "")])
def test_nobody_is_named_without_proof_or_without_a_name(counter: Counter, *, trusted: bool, name: str) -> None:
    known(counter, ANAS_PHONE, name=name)
    counter.writes("Hola", sender=ANAS_PHONE, trusted=trusted)
    assert counter.conversation.address.name == ""


# What is kept of the automatic answer


def kept(counter: Counter) -> list[tuple[str, str, str]]:
    """Of the newest conversation."""
    routing = conversations(counter)[-1].routing
    assert routing is not None
    said = ("answer", "said", "unsaid")
    return [(because.field, because.value, because.rule) for because in routing.because if because.field in said]


def test_the_record_tells_what_was_really_answered(counter: Counter) -> None:
    counter.writes(QUESTION, channel="email", reference="1@x")
    assert kept(counter) == [("answer", "received", "mails"), ("said", "delivery", "self_service")]


def test_the_record_tells_why_a_second_answer_did_not_go_out(counter: Counter) -> None:
    counter.writes(QUESTION, channel="email", reference="1@x")
    counter.wait(Pause.HELP - 1)
    counter.writes(QUESTION, channel="email", reference="2@x")
    assert sent(counter) == ["Enviamos en 24 horas."]
    record = [("answer", "received", "mails"), ("unsaid", "delivery", "recent"), ("unsaid", "received", "recent")]
    assert kept(counter) == record


def test_the_record_tells_that_a_call_was_confirmed(counter: Counter) -> None:
    counter.writes("Llamame, por favor", channel="email", reference="1@x")
    assert kept(counter) == [("answer", "received", "mails"), ("said", "callback", "callback")]


def test_the_record_of_an_unproven_sender_tells_that_nothing_was_said(counter: Counter) -> None:
    counter.writes("Hola", channel="email", reference="1@x", trusted=False)
    assert kept(counter) == [("answer", "received", "mails"), ("unsaid", "received", "unproven")]


# Who says thanks to a machine


def test_thanks_for_an_automatic_answer_call_nobody(counter: Counter) -> None:
    counter.writes(QUESTION)
    begun = counter.conversation.clocks[Clock.CLOSE]
    counter.wait(60)
    counter.writes("Vale, muchas gracias")
    conversation = counter.conversation
    assert (conversation.stage, conversation.waiting_since, conversation.promise) == (Stage.MACHINE, 0.0, None)
    assert conversation.clocks == {Clock.CLOSE: begun + 60}
    assert [post.username for post in counter.desk.thread(counter.root.ts)].count("Ana Molina · SMS") == 2


def test_thanks_to_a_person_wait_for_one(counter: Counter) -> None:
    counter.writes("Busco una jarra")
    counter.answers("Esta semana.")
    counter.wait(20)
    counter.writes("Vale, muchas gracias")
    assert counter.conversation.promise is not None


def test_an_idea_is_thanked_for_though_a_message_was_received_lately(counter: Counter) -> None:
    counter.writes("Busco una jarra", channel="email", reference="1@x")
    counter.wait(Pause.HELP)
    counter.writes("Sería genial que vendierais tazas", channel="email", reference="2@x")
    assert sent(counter)[1:] == ["Gracias por la idea."]


def test_a_question_with_a_picture_is_for_a_person_and_the_record_says_so(counter: Counter) -> None:
    picture = Attachment("plato.jpg", "image/jpeg", SHOWN, key="media/1")
    counter.writes(QUESTION, channel="email", reference="1@x", attachments=(picture,))
    assert ("unsaid", "delivery", "shown") in kept(counter)
    assert conversations(counter)[-1].stage is Stage.PERSON


def test_the_logo_below_a_mail_shows_nothing(counter: Counter) -> None:
    logo = Attachment("logo.png", "image/png", SHOWN - 1, key="media/1")
    counter.writes(QUESTION, channel="email", reference="1@x", attachments=(logo,))
    assert ("said", "delivery", "self_service") in kept(counter)
