"""WhatsApp on its way to the shop through Twilio: forms like those of a text, with more fields."""

from playground.background import Background
from playground.cast import SHOP
from playground.files import StoredFile
from playground.twilio.carrier import Air, Carrier
from playground.twilio.phones import WEBHOOK_PATH, SignedForm, media_of, replies_in
from playground.twilio.state import TwilioMessage
from playground.twilio.whatsapp import PREFIX
from playground.twilio.wire import whatsapp_form
from playground.whatsapp import Arriving, Card, Person, Said
from playground.world import World


class TwilioChats:
    """The provider of WhatsApp where the shop has its number with Twilio."""

    def __init__(self, world: World, air: Air, carrier: Carrier, post: SignedForm, background: Background) -> None:
        self._world = world
        self._air = air
        self._carrier = carrier
        self._post = post
        self._background = background

    def tell(self, person: Person, said: Said) -> str:
        files = [self._card(said.card)] if said.card else [said.file] if said.file else []
        sender, now = PREFIX + person.address, self._world.clock.time()
        message = self._air.account.taken_in(sender, PREFIX + SHOP.phone, said.text, files, now)
        self._background.start(self._announce(message, person, said, files))
        return message.sid

    def tell_reaction(self, person: Person, about: str, emoji: str) -> None:  # noqa: ARG002 - the protocol's
        """Twilio passes none on."""
        self._world.changed()

    async def read(self, person: Person) -> None:
        await self._carrier.read(PREFIX + person.address)

    async def _announce(self, message: TwilioMessage, person: Person, said: Said, files: list[StoredFile]) -> None:
        """Keywords mean nothing here. Nothing is retried on a 5xx."""
        config = self._world.config
        media = media_of(message, files, config)
        form = whatsapp_form(message, config.credentials.twilio_account_sid, person, media, said)
        answer = await self._post(config.public_url + WEBHOOK_PATH, form)
        for text in replies_in(answer):
            self._air.chats.receive(person.phone, Arriving(text, [], ""))

    def _card(self, card: Card) -> StoredFile:
        lines = ("BEGIN:VCARD", "VERSION:3.0", f"FN:{card.name}", f"TEL;TYPE=CELL:{card.phone}", f"EMAIL:{card.mail}")
        vcard = "\r\n".join((*lines, "END:VCARD", ""))
        return self._world.files.add(f"{card.name}.vcf", "text/vcard", vcard.encode())
