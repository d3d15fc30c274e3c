"""The telephones in people's hands: what each of them shows, whoever carried it there."""

import secrets
from dataclasses import dataclass, field
from typing import Literal

from playground.cast import ON_PHONES

MEDIA_MOST = 10
"""Files that a person sends at once."""

App = Literal["sms", "whatsapp"]
"""What a message is read in."""


@dataclass(slots=True)
class PhoneMessage:
    """A message as the phone shows it; `sent` and `received` are the shopper's view of it."""

    id: str
    phone: str
    direction: Literal["sent", "received"]
    text: str
    media: list[str]
    date: float
    problem: str | None = None
    app: App = "sms"
    carried_as: str = ""
    """What the provider calls it: by this an answer, a reaction or a button says what it is about."""
    choices: tuple[str, ...] = ()
    """Buttons below it; none once one was pressed."""
    reaction: str = ""
    """The owner's, to a message of the shop's."""
    read: bool = False
    """The shop has said that it read this one."""


@dataclass(slots=True)
class Handsets:
    """`phones` names the owner of each number."""

    phones: dict[str, str] = field(default_factory=lambda: {person.phone: person.name for person in ON_PHONES})
    messages: list[PhoneMessage] = field(default_factory=list)

    def phone(self, number: str) -> str:
        """A number that nobody has yet gets a phone of its own."""
        self.phones.setdefault(number, number)
        return number

    def show(self, message: PhoneMessage) -> PhoneMessage:
        self.phone(message.phone)
        self.messages.append(message)
        return message

    def find(self, message_id: str) -> PhoneMessage | None:
        return next((message for message in self.messages if message.id == message_id), None)


def new_id() -> str:
    return secrets.token_hex(8)
