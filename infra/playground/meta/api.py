"""Graph for one number: messages out, and the files that people sent."""

import hashlib
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from playground.background import Background
from playground.cast import SHOP
from playground.files import StoredFile
from playground.meta.chats import CloudCarrier
from playground.meta.content import content_of, unfit
from playground.meta.errors import GraphError, bad_parameter, bad_token, no_such_object, refused, unknown_path
from playground.meta.problems import PASSING, REFUSALS, TIMES, TOO_MANY_TO_ONE
from playground.meta.state import CloudMessage, MetaState
from playground.meta.wire import kind_of, wamid
from playground.whatsapp import USER_ID, Chats, Person
from playground.world import World

type Json = dict[str, Any]
type Endpoint = Callable[[Request], Awaitable[Response]]

SERVED = frozenset({"v23.0", "v24.0", "v25.0", "v26.0"})
ADDRESS_LIVES = 300
"""Seconds."""
OPAQUE_MOST = 512
_NUMBER = re.compile(r"\+?[1-9]\d{6,14}")


class GraphApi:
    def __init__(
        self, world: World, state: MetaState, chats: Chats, carrier: CloudCarrier, background: Background
    ) -> None:
        self._world = world
        self._state = state
        self._chats = chats
        self._carrier = carrier
        self._background = background
        self._account = world.config.credentials

    def routes(self) -> list[Route]:
        return [
            Route("/meta/attachments", self._guarded(self.attachment), methods=["GET"]),
            Route("/meta/{version}/{number}/messages", self._guarded(self.messages), methods=["POST"]),
            Route("/meta/{version}/{number}/media", self._guarded(self.upload), methods=["POST"]),
            Route("/meta/{version}/{media}", self._guarded(self.media), methods=["GET"]),
        ]

    async def messages(self, request: Request) -> Response:
        self._check_number(request)
        document = await _document(request)
        if document.get("messaging_product") != "whatsapp":
            raise bad_parameter("The parameter messaging_product is required.")
        return self._read(document) if "status" in document else self._send(document)

    def _read(self, document: Json) -> Response:
        """Marks a message of somebody's as read, with or without three dots that say that somebody writes."""
        message_id = str(document.get("message_id", ""))
        if document["status"] != "read" or message_id not in self._state.received:
            raise refused(131009, "Parameter value is not valid", "Message ID is not valid.")
        self._chats.read_by_the_shop(message_id)
        return JSONResponse({"success": True})

    def _send(self, document: Json) -> Response:
        asked, person = self._recipient(document)
        content = content_of(document, self._world.rules.policy, self._state.media)
        opaque = str(document.get("biz_opaque_callback_data", ""))
        if len(opaque) > OPAQUE_MOST:
            raise bad_parameter(f"Param biz_opaque_callback_data must be at most {OPAQUE_MOST} characters long.")
        self._check_limits(person)
        message = CloudMessage(wamid(person, ours=True), person, content, opaque)
        message.media = [self._state.media[content.media_id]] if content.media_id else []
        self._state.messages[message.id] = message
        self._background.start(self._carrier.carry(message))
        return JSONResponse(_accepted(message, asked))

    def _recipient(self, document: Json) -> tuple[str, Person]:
        """What the shop called them, and who that is."""
        number, user_id = (str(document.get(name, "")) for name in ("to", "recipient"))
        if bool(number) == bool(user_id):
            raise refused(131008, "Required parameter is missing", "One of 'to' and 'recipient' is required.")
        if not (_NUMBER.fullmatch(number) if number else USER_ID.fullmatch(user_id)):
            raise refused(131009, "Parameter value is not valid", "The recipient is not valid.")
        address = f"+{number.removeprefix('+')}" if number else user_id
        if address == SHOP.phone:
            raise refused(131021, "Recipient cannot be sender", "Recipient cannot be sender.")
        person = self._chats.at(address)
        if person is None:
            raise refused(131026, "Message undeliverable", "Message Undeliverable.")
        return number or user_id, person

    def _check_limits(self, person: Person) -> None:
        ending = person.phone[-4:]
        if ending in REFUSALS and (ending not in PASSING or self._still_refused(person.phone)):
            raise REFUSALS[ending].anew()
        if not self._state.may_send(person.phone, self._world.clock.time()):
            raise TOO_MANY_TO_ONE.anew()

    def _still_refused(self, phone: str) -> bool:
        left = self._state.refusals_left.get(phone, TIMES)
        self._state.refusals_left[phone] = left - 1
        return left > 0

    async def upload(self, request: Request) -> Response:
        """The shop's own file, to be sent by its id."""
        self._check_number(request)
        async with request.form() as form:
            file = form.get("file")
            if form.get("messaging_product") != "whatsapp" or not isinstance(file, UploadFile):
                raise bad_parameter("The parameters messaging_product and file are required.")
            media_type, content = str(form.get("type") or file.content_type), await file.read()
            if reason := unfit(kind_of(media_type), media_type, len(content)):
                raise bad_parameter(f"Param file: {reason}")
            stored = self._world.files.add(file.filename or "media", media_type, content)
        return JSONResponse({"id": self._state.keep(stored.id)})

    async def media(self, request: Request) -> Response:
        """Where the file lies, which is soon over."""
        media_id = request.path_params["media"]
        stored = self._world.files.get(self._state.media.get(media_id, ""))
        if stored is None:
            raise no_such_object(request.method, media_id)
        token, until = secrets.token_urlsafe(24), self._world.clock.time() + ADDRESS_LIVES
        self._state.addresses[token] = (stored.id, until)
        query = urlencode({"mid": media_id, "source": "getMedia", "ext": int(until), "hash": token})
        return JSONResponse(
            {
                "url": f"{self._world.config.public_url}/meta/attachments?{query}",
                "mime_type": stored.type,
                "sha256": hashlib.sha256(stored.content).hexdigest(),
                "file_size": stored.size,
                "id": media_id,
                "messaging_product": "whatsapp",
            }
        )

    async def attachment(self, request: Request) -> Response:
        file = self._behind(request.query_params.get("hash", ""))
        if file is None:
            return PlainTextResponse("URL signature expired", status_code=403)
        return Response(file.content, media_type=file.type)

    def _behind(self, token: str) -> StoredFile | None:
        file_id, until = self._state.addresses.get(token, ("", 0.0))
        return self._world.files.get(file_id) if self._world.clock.time() < until else None

    def _check_number(self, request: Request) -> None:
        if request.path_params["number"] != self._account.meta_number_id:
            raise no_such_object(request.method, request.path_params["number"])

    def _guarded(self, endpoint: Endpoint) -> Endpoint:
        async def guarded(request: Request) -> Response:
            since = self._world.clock.time()
            try:
                self._check_caller(request)
                answer = await endpoint(request)
            except GraphError as refusal:
                answer = refusal.response()
            name = f"Meta ← {request.method} {_resource_name(request)}"
            self._world.record("api", name, answer.status_code, since=since)
            return answer

        return guarded

    def _check_caller(self, request: Request) -> None:
        version = request.path_params.get("version", "v25.0")
        if version not in SERVED:
            raise unknown_path(f"/{version}")
        if request.headers.get("authorization") != f"Bearer {self._account.meta_access_token}":
            raise bad_token()


async def _document(request: Request) -> Json:
    """Graph takes JSON where it is told that it is some."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return {}
    try:
        document = await request.json()
    except ValueError:
        raise bad_parameter("The body is no JSON.") from None
    return document if isinstance(document, dict) else {}


def _accepted(message: CloudMessage, asked: str) -> Mapping[str, Any]:
    to = message.to
    known = {"wa_id": to.number.removeprefix("+")} if to.number else {"user_id": to.user_id}
    sent = {"id": message.id} | ({"message_status": "accepted"} if message.content.is_template else {})
    return {"messaging_product": "whatsapp", "contacts": [{"input": asked, **known}], "messages": [sent]}


def _resource_name(request: Request) -> str:
    """What is asked for, without ids, which tell nobody anything."""
    if "media" in request.path_params:
        return "media"
    return request.url.path.rpartition("/")[2]
