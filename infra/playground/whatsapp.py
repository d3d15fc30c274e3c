"""WhatsApp, whichever provider carries it to the shop: people, their phones, and the window of 24 hours.

Sources: Meta, "Customer service windows", "Business-scoped user IDs", "Templates".
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from mostrador.policy.model import Policy
from playground.cast import JAVIER, ON_PHONES
from playground.files import StoredFile
from playground.handsets import Handsets, PhoneMessage, new_id
from playground.world import World

WINDOW = 24 * 3600
"""Seconds after a person's last message during which free text reaches them."""
TEXT_MOST = 4096
QUICK_REPLIES = {"es": ("Sí, por favor", "Ahora no"), "en": ("Yes, please", "Not now")}
"""Below every template: they were approved with it, and the shop need not send them."""
EMOJI = ("👍", "❤️", "😂", "😮", "🙏")
"""What a phone offers first."""

USER_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")
PLACE = re.compile(r"\{(\d+)\}")
_USERNAMES = {person.phone: person.username for person in ON_PHONES if person.username}


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody shares as their location."""

    latitude: float
    longitude: float
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody whom one passes on."""

    name: str
    phone: str
    mail: str


THE_WORKSHOP = Place(39.961233, -4.830712, "Alfar La Tinaja", "Calle del Alfar, 12, Talavera de la Reina")
A_FRIEND = Card(JAVIER.name, JAVIER.phone, JAVIER.mail)


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a person's: words, a file with words, or one of the others."""

    text: str = ""
    file: StoredFile | None = None
    place: Place | None = None
    card: Card | None = None
    pressed: str = ""
    """The button of the message ``about``."""
    about: str = ""
    """What the provider calls the message that this one answers."""

    @property
    def shown(self) -> str:
        """As its writer sees it."""
        if self.place:
            return f"📍 {self.place.label}"
        return f"👤 {self.card.name}" if self.card else self.pressed or self.text


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as WhatsApp tells a shop of them. Who goes by a username keeps their number to themselves."""

    phone: str
    name: str
    username: str

    @property
    def user_id(self) -> str:
        """What Meta calls them for this business."""
        digest = int.from_bytes(hashlib.sha256(self.phone.encode()).digest()[:8])
        return f"{country(self.phone)}.{digest:020d}"

    @property
    def number(self) -> str:
        return "" if self.username else self.phone

    @property
    def address(self) -> str:
        return self.number or self.user_id


@dataclass(frozen=True, slots=True)
class Arriving:
    """Something of the shop's, that reaches a phone or, with a problem, does not."""

    text: str
    media: list[str]
    carried_as: str
    template: bool = False
    problem: str = ""


class Chats:
    """Everybody's WhatsApp on their phones, as the provider finds it."""

    def __init__(self, world: World, handsets: Handsets) -> None:
        self._world = world
        self._handsets = handsets
        self._wrote: dict[str, float] = {}

    def person(self, phone: str) -> Person:
        number = self._handsets.phone(phone)
        return Person(number, self._handsets.phones[number], _USERNAMES.get(number, ""))

    def at(self, address: str) -> Person | None:
        """Who is meant by a number, which need not be known, or by what Meta calls them."""
        if address.startswith("+"):
            return self.person(address)
        people = (self.person(phone) for phone in list(self._handsets.phones))
        return next((person for person in people if person.user_id == address), None)

    def wrote(self, phone: str) -> None:
        """The window is open from now on."""
        self._wrote[phone] = self._world.clock.time()

    def a_day_passes(self, phone: str) -> None:
        """For WhatsApp, this person has not written for a day: as if its clock ran ahead. The shop's does not."""
        self._wrote.pop(phone, None)
        self._world.changed()

    def may_be_written_to(self, phone: str) -> bool:
        """Freely."""
        wrote = self._wrote.get(phone)
        return wrote is not None and self._world.clock.time() - wrote < WINDOW

    def sent(self, phone: str, said: Said) -> PhoneMessage:
        return self._show(phone, "sent", said.shown, [said.file.id] if said.file else [])

    def receive(self, phone: str, message: Arriving) -> None:
        shown = self._show(phone, "received", message.text, message.media)
        shown.carried_as, shown.problem = message.carried_as, message.problem or None
        if message.template and not message.problem:
            shown.choices = QUICK_REPLIES[self._world.language]

    def read_by_the_shop(self, carried_as: str) -> None:
        for message in self._handsets.messages:
            message.read = message.read or message.carried_as == carried_as
        self._world.changed()

    def _show(self, phone: str, direction: str, text: str, media: list[str]) -> PhoneMessage:
        shown = PhoneMessage(
            id=new_id(),
            phone=phone,
            direction="sent" if direction == "sent" else "received",
            text=text,
            media=media,
            date=self._world.clock.time(),
            app="whatsapp",
        )
        self._handsets.show(shown)
        self._world.changed()
        return shown


class Provider(Protocol):
    """What carries it: what the shop is told of people. What it does not pass on, it drops."""

    def tell(self, person: Person, said: Said) -> str:
        """On its way to the shop; what the provider calls it."""

    def tell_reaction(self, person: Person, about: str, emoji: str) -> None:
        """An empty emoji takes the last one back."""

    async def read(self, person: Person) -> None:
        """They have seen what arrived."""


class Whatsapp:
    """What people do with it. Nobody here knows who carries it."""

    def __init__(self, chats: Chats, handsets: Handsets, provider: Provider) -> None:
        self._chats = chats
        self._handsets = handsets
        self._provider = provider

    def send(self, phone: str, said: Said) -> PhoneMessage:
        """It shows at once, is under way to the shop, and opens the window."""
        person = self._chats.person(phone)
        self._chats.wrote(phone)
        shown = self._chats.sent(phone, said)
        shown.carried_as = self._provider.tell(person, said)
        return shown

    def press(self, message: PhoneMessage, choice: str) -> PhoneMessage:
        """``choice`` is one of the message's buttons."""
        message.choices = ()
        return self.send(message.phone, Said(pressed=choice, about=message.carried_as))

    def react(self, message: PhoneMessage, emoji: str) -> None:
        """A message has one reaction of its owner's; empty takes it back."""
        message.reaction = emoji
        self._chats.wrote(message.phone)
        self._provider.tell_reaction(self._chats.person(message.phone), message.carried_as, emoji)

    async def read(self, phone: str) -> None:
        await self._provider.read(self._chats.person(phone))

    def username(self, phone: str) -> str:
        return _USERNAMES.get(phone, "")

    def found(self, phone: str, message_id: str) -> PhoneMessage | None:
        """A message of the shop's on this phone."""
        message = self._handsets.find(message_id)
        here = message is not None and message.phone == phone and message.app == "whatsapp"
        return message if here and message and message.direction == "received" and not message.problem else None


@dataclass(frozen=True, slots=True)
class Approved:
    """A template as WhatsApp approved it: here nobody rejects what a shop's policy names."""

    name: str
    language: str
    text: str

    @property
    def places(self) -> int:
        return len(set(PLACE.findall(self.text)))

    def filled(self, values: list[str]) -> str:
        return PLACE.sub(lambda place: values[int(place[1]) - 1], self.text)


def approved(policy: Policy | None) -> Iterator[Approved]:
    for translations in (policy.templates if policy else {}).values():
        for language, template in translations.items():
            if template.provider_id and template.channel == "whatsapp":
                yield Approved(template.provider_id, template.provider_language or language, template.text)


def country(number: str) -> str:
    return "GB" if number.startswith("+44") else "ES"
