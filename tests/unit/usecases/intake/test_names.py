"""One person whom WhatsApp calls by a number in one message, and by another name in the next."""

from typing import Any

import pytest

from fakes.world import START, Counter
from mostrador.domain.changes import Create
from mostrador.domain.conversation import Customer, Identity
from mostrador.domain.messages import Address, Consent

NUMBER, SCOPED, SOMEBODY = "+34600111222", "ES.13491208655302741918", "ES.77777777777777777777"


class Phone:
    """Somebody's WhatsApp."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter

    def writes(self, name: str, also: str = "", **fields: Any) -> None:
        sender = Address("whatsapp", name, "Ana Molina")
        self.counter.clock.now += 60
        self.counter.writes(channel="whatsapp", sender=sender, also_known_as=also, **fields)

    @property
    def customers(self) -> int:
        return sum(isinstance(entity, Customer) for entity in self.counter.inbox.entities.values())


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def ana(counter: Counter) -> Phone:
    return Phone(counter)


@pytest.mark.parametrize(
    ("first", "both", "last"),
    [((SCOPED, ""), (NUMBER, SCOPED), (NUMBER, "")), ((NUMBER, ""), (NUMBER, SCOPED), (SCOPED, ""))],
    ids=["the number comes later", "the number is hidden later"],
)
def test_who_was_called_by_both_names_once_is_one_person_with_one_conversation(
    counter: Counter, ana: Phone, first: tuple[str, str], both: tuple[str, str], last: tuple[str, str]
) -> None:
    for names in (first, both, last):
        ana.writes(*names)
    assert (counter.conversation.counter, ana.customers) == (3, 1)
    counter.answers("Hola, Ana.")
    counter.wait(60)
    assert counter.channels["whatsapp"].sent[-1].to.value == first[0]


def test_whoever_asked_for_no_more_messages_under_one_name_gets_none_under_the_other(
    counter: Counter, ana: Phone
) -> None:
    ana.writes(SCOPED, consent=Consent.STOP)
    ana.writes(NUMBER, SCOPED)
    assert counter.conversation.opted_out


def test_two_names_that_never_came_together_are_two_people(counter: Counter, ana: Phone) -> None:
    ana.writes(NUMBER)
    ana.writes(SCOPED)
    assert ana.customers == 2


def test_a_number_that_was_given_to_somebody_else_leads_to_nobodys_former_conversation(
    counter: Counter, ana: Phone
) -> None:
    ana.writes(SCOPED)
    ana.writes(NUMBER, SCOPED)
    ana.writes(NUMBER, SOMEBODY)
    ana.writes(SCOPED)
    first = counter.inbox.identity(Address("whatsapp", SCOPED))
    other = counter.inbox.identity(Address("whatsapp", NUMBER))
    assert first is not None
    assert other is not None
    assert first.customer_id != other.customer_id
    assert counter.inbox.conversation(first.open_conversation) != counter.inbox.conversation(other.open_conversation)


def test_two_people_who_are_known_already_are_not_merged(counter: Counter, ana: Phone) -> None:
    shops = Customer("of-the-shop", "Ana", START)
    counter.inbox.commit(Create(shops), Create(Identity(Address("whatsapp", NUMBER), shops.id)))
    ana.writes(SCOPED)
    ana.writes(NUMBER, SCOPED)
    assert ana.customers == 2
    assert counter.conversation.counter == 2
    assert counter.inbox.customer(shops.id) == shops
