"""Both directions over the air: people's messages to the shop's webhook, and the shop's to people's phones."""

import httpx

from playground.files import StoredFile
from playground.meta.callbacks import Callbacks
from playground.meta.content import unfit
from playground.meta.problems import DISORDERED, OUTSIDE_THE_WINDOW, PROBLEMS, CloudProblem, media_problem
from playground.meta.state import CloudMessage, MetaState
from playground.meta.wire import message_head, reaction_part, said_part, status_of, wamid
from playground.whatsapp import Arriving, Chats, Person, Said
from playground.world import World


class MetaChats:
    """The provider of WhatsApp where the shop has its number with Meta itself."""

    def __init__(self, world: World, state: MetaState, callbacks: Callbacks) -> None:
        self._world = world
        self._state = state
        self._callbacks = callbacks

    def tell(self, person: Person, said: Said) -> str:
        media_id = self._state.keep(said.file.id) if said.file else ""
        return self._told(person, said_part(said, media_id))

    def tell_reaction(self, person: Person, about: str, emoji: str) -> None:
        self._told(person, reaction_part(about, emoji))

    async def read(self, person: Person) -> None:
        """Each message is told once."""
        mine = [message for message in self._state.messages.values() if message.to.phone == person.phone]
        arrived = [message for message in mine if message.status == "delivered"]
        for message in arrived:
            message.status = "read"
        for message in arrived:
            await self._callbacks.report(person, status_of(message, "read", self._world.clock.time()))

    def _told(self, person: Person, part: dict[str, object]) -> str:
        message_id = wamid(person, ours=False)
        self._state.received.add(message_id)
        self._callbacks.tell(person, message_head(person, message_id, self._world.clock.time()) | part)
        return message_id


class CloudCarrier:
    """What becomes of a message after Graph has taken it."""

    def __init__(self, world: World, chats: Chats, callbacks: Callbacks, http: httpx.AsyncClient) -> None:
        self._world = world
        self._chats = chats
        self._callbacks = callbacks
        self._http = http

    async def carry(self, message: CloudMessage) -> None:
        await self._pause()
        if message.content.link:
            fetched = await self._fetched(message)
            if isinstance(fetched, CloudProblem):
                await self._fail(message, fetched)
                return
            message.media = [fetched.id]
        if problem := self._problem(message):
            await self._fail(message, problem)
            return
        await self._arrive(message)

    async def _arrive(self, message: CloudMessage) -> None:
        """``sent`` and ``delivered`` keep no order; with one number it is always the wrong one."""
        steps = ("delivered", "sent") if message.to.phone.endswith(DISORDERED) else ("sent", "delivered")
        for step in steps:
            if step == "delivered":
                self._show(message)
                message.status = step
            await self._callbacks.report(message.to, status_of(message, step, self._world.clock.time()))
            await self._pause()

    def _problem(self, message: CloudMessage) -> CloudProblem | None:
        closed = not message.content.is_template and not self._chats.may_be_written_to(message.to.phone)
        return OUTSIDE_THE_WINDOW if closed else PROBLEMS.get(message.to.phone[-4:])

    async def _fail(self, message: CloudMessage, problem: CloudProblem) -> None:
        message.status = "failed"
        self._show(message, f"{problem.code} {problem.title}")
        await self._callbacks.report(message.to, status_of(message, "failed", self._world.clock.time(), problem))

    def _show(self, message: CloudMessage, problem: str = "") -> None:
        content = message.content
        arriving = Arriving(content.text, message.media, message.id, template=content.is_template, problem=problem)
        self._chats.receive(message.to.phone, arriving)

    async def _pause(self) -> None:
        await self._world.clock.sleep(self._world.config.pace.carrier_step)

    async def _fetched(self, message: CloudMessage) -> StoredFile | CloudProblem:
        """Meta fetches the file itself, so that an address which it cannot read fails the message."""
        content = message.content
        try:
            answer = await self._http.get(content.link, timeout=15, follow_redirects=True)
        except (httpx.HTTPError, httpx.InvalidURL):
            return media_problem("Downloading media from weblink failed.")
        if answer.status_code != 200:
            return media_problem(f"Downloading media from weblink failed with http code {answer.status_code}")
        media_type = answer.headers.get("content-type", "application/octet-stream").partition(";")[0]
        if reason := unfit(content.kind, media_type, len(answer.content)):
            return media_problem(reason)
        name = httpx.URL(content.link).path.rpartition("/")[2] or content.kind
        return self._world.files.add(name, media_type, answer.content)
