"""What becomes of a message after Twilio has taken it: queued, sent, delivered, or not."""

from dataclasses import dataclass

import httpx

from playground.files import StoredFile
from playground.twilio.phones import Phones, SignedForm
from playground.twilio.problems import (
    CARRIER_PROBLEMS,
    MEDIA_NOT_FETCHED,
    MEDIA_TOO_LARGE,
    CarrierProblem,
)
from playground.twilio.state import TwilioMessage, TwilioState
from playground.twilio.whatsapp import FILE_BYTES, NOBODY, OUTSIDE_THE_WINDOW, PROBLEMS, is_whatsapp, number_of
from playground.twilio.wire import status_form
from playground.whatsapp import Arriving, Chats
from playground.world import World

PICTURE_BYTES = 5_000_000
OTHER_BYTES = 500_000
_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif"})


@dataclass(frozen=True, slots=True)
class Air:
    """What the carrier is between: the account, and people's phones with what they read there."""

    account: TwilioState
    phones: Phones
    chats: Chats


class Carrier:
    def __init__(self, world: World, air: Air, post: SignedForm, http: httpx.AsyncClient) -> None:
        self._world = world
        self._air = air
        self._post = post
        self._http = http

    async def carry(self, message: TwilioMessage, media_urls: list[str]) -> None:
        await self._reach(message, "queued")
        await self._pause()
        media = await self._fetched(media_urls, whatsapp=is_whatsapp(message.recipient))
        if isinstance(media, CarrierProblem):
            await self._fail(message, media)
            return
        message.media = [file.id for file in media]
        message.sent = self._world.clock.time()
        await self._reach(message, "sent")
        await self._pause()
        if problem := self._problem(message):
            await self._fail(message, problem)
            return
        self._show(message)
        await self._reach(message, "delivered")

    def _problem(self, message: TwilioMessage) -> CarrierProblem | None:
        if not is_whatsapp(message.recipient):
            return CARRIER_PROBLEMS.get(message.recipient[-4:])
        person = self._air.chats.at(number_of(message.recipient))
        if person is None:
            return NOBODY
        closed = message.content_sid is None and not self._air.chats.may_be_written_to(person.phone)
        return OUTSIDE_THE_WINDOW if closed else PROBLEMS.get(person.phone[-4:])

    async def read(self, address: str) -> None:
        """The person looks at what arrived by WhatsApp: each message is told once."""
        here = (message for message in self._air.account.messages.values() if message.recipient == address)
        arrived = [message for message in here if message.status == "delivered"]
        for message in arrived:
            message.status = "read"
        for message in arrived:
            await self._reach(message, "read")

    async def _fail(self, message: TwilioMessage, problem: CarrierProblem) -> None:
        message.error_code, message.error_message = problem.code, problem.message
        self._show(message, f"{problem.code} {problem.message}")
        await self._reach(message, problem.status)

    def _show(self, message: TwilioMessage, problem: str = "") -> None:
        if not is_whatsapp(message.recipient):
            self._air.phones.receive(message.recipient, message.body, message.media, problem or None)
        elif person := self._air.chats.at(number_of(message.recipient)):
            template = message.content_sid is not None
            self._air.chats.receive(
                person.phone, Arriving(message.body, message.media, message.sid, template=template, problem=problem)
            )

    async def _reach(self, message: TwilioMessage, status: str) -> None:
        message.status, message.updated = status, self._world.clock.time()
        self._world.changed()
        if message.status_callback:
            account = self._world.config.credentials.twilio_account_sid
            await self._post(message.status_callback, status_form(message, status, account))

    async def _pause(self) -> None:
        await self._world.clock.sleep(self._world.config.pace.carrier_step)

    async def _fetched(self, urls: list[str], *, whatsapp: bool) -> list[StoredFile] | CarrierProblem:
        """Twilio fetches the media itself, so an address that it cannot read fails the message."""
        files: list[StoredFile] = []
        for url in urls:
            try:
                answer = await self._http.get(url, timeout=15, follow_redirects=True)
            except (httpx.HTTPError, httpx.InvalidURL):
                return MEDIA_NOT_FETCHED
            if answer.status_code != 200:
                return MEDIA_NOT_FETCHED
            media_type = answer.headers.get("content-type", "application/octet-stream").partition(";")[0]
            if len(answer.content) > _most(media_type, whatsapp=whatsapp):
                return MEDIA_TOO_LARGE
            name = httpx.URL(url).path.rpartition("/")[2] or "media"
            files.append(self._world.files.add(name, media_type, answer.content))
        return files


def _most(media_type: str, *, whatsapp: bool) -> int:
    if whatsapp:
        return FILE_BYTES
    return PICTURE_BYTES if media_type in _PICTURES else OTHER_BYTES
