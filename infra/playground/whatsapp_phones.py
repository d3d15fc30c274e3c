"""What a person at the page does with the WhatsApp of a phone."""

import re
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.asked import Form, Refused, done, form_of, object_of, required, texts
from playground.handsets import MEDIA_MOST, PhoneMessage
from playground.outside import Outside
from playground.shop_counter import Endpoint
from playground.whatsapp import A_FRIEND, EMOJI, TEXT_MOST, THE_WORKSHOP, Said

_E164 = re.compile(r"\+[1-9]\d{6,14}")


class WhatsappPhones:
    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._whatsapp = outside.whatsapp

    def posts(self) -> dict[str, Endpoint]:
        return {
            "/api/whatsapp/send": self.send,
            "/api/whatsapp/press": self.press,
            "/api/whatsapp/react": self.react,
            "/api/whatsapp/read": self.read,
            "/api/whatsapp/later": self.let_a_day_pass,
        }

    async def send(self, request: Request) -> Response:
        """``place`` shares where the workshop is, ``contact`` a friend's card."""
        form = await form_of(request)
        phone = form.required("phone")
        shared = _shared(form)
        if shared:
            refuse_unless_a_number(phone)
        else:
            refuse_unless_sendable(phone, form, TEXT_MOST)
        sent = [self._whatsapp.send(phone, said) for said in ([shared] if shared else self._said(form))]
        return JSONResponse({"id": sent[-1].id})

    async def press(self, request: Request) -> Response:
        """A button below a message of the shop's."""
        phone, message_id, choice = texts(await object_of(request), "phone", "id", "choice")
        message = self._message(phone, message_id)
        if choice not in message.choices:
            raise Refused("not_found", 404)
        return JSONResponse({"id": self._whatsapp.press(message, choice).id})

    async def react(self, request: Request) -> Response:
        """With one of the phone's emoji; the one that is there already is taken back."""
        phone, message_id, emoji = texts(await object_of(request), "phone", "id", "emoji")
        message = self._message(phone, message_id)
        if emoji not in EMOJI:
            raise Refused("bad_request")
        self._whatsapp.react(message, "" if message.reaction == emoji else emoji)
        return done()

    async def read(self, request: Request) -> Response:
        phone = required(await object_of(request), "phone")
        self._outside.background.start(self._whatsapp.read(phone))
        return done(202)

    async def let_a_day_pass(self, request: Request) -> Response:
        self._outside.chats.a_day_passes(required(await object_of(request), "phone"))
        return done()

    def _message(self, phone: str, message_id: str) -> PhoneMessage:
        message = self._whatsapp.found(phone, message_id)
        if message is None:
            raise Refused("not_found", 404)
        return message

    def _said(self, form: Form) -> Iterator[Said]:
        """One message for each file, and the words with the last, as WhatsApp does."""
        files = [self._outside.world.files.add(each.name, each.type, each.content) for each in form.uploads]
        yield from (Said(file=file) for file in files[:-1])
        yield Said(form.text("text"), files[-1] if files else None)


def _shared(form: Form) -> Said | None:
    if form.text("place"):
        return Said(place=THE_WORKSHOP)
    return Said(card=A_FRIEND) if form.text("contact") else None


def refuse_unless_a_number(phone: str) -> None:
    if not _E164.fullmatch(phone):
        raise Refused("bad_phone")


def refuse_unless_sendable(phone: str, form: Form, longest: int) -> None:
    refuse_unless_a_number(phone)
    text = form.text("text")
    if not (text.strip() or form.uploads):
        raise Refused("empty")
    if len(text) > longest:
        raise Refused("too_long" if longest < TEXT_MOST else "too_long_for_whatsapp")
    if len(form.uploads) > MEDIA_MOST:
        raise Refused("too_many_files")
