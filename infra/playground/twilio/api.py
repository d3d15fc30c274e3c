"""The REST API of the account: messages in and out, and the media that people sent."""

import base64
import binascii
import re
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from playground.background import Background
from playground.cast import SHOP
from playground.files import StoredFile
from playground.twilio import problems
from playground.twilio.carrier import Carrier
from playground.twilio.errors import TwilioError, invalid, not_found, unauthorised
from playground.twilio.phones import MEDIA_MOST, TEXT_MOST
from playground.twilio.state import TwilioMessage, TwilioState, new_sid
from playground.twilio.whatsapp import PREFIX, content, is_whatsapp, number_of
from playground.twilio.wire import API_VERSION, account_path, resource
from playground.whatsapp import USER_ID
from playground.world import World

Json = dict[str, Any]

_E164 = re.compile(r"\+[1-9]\d{6,14}")
_PAGE_MOST = 1000
_DAY = 86_400

type Endpoint = Callable[[Request], Awaitable[Response]]


class TwilioApi:
    def __init__(self, world: World, state: TwilioState, carrier: Carrier, background: Background) -> None:
        self._world = world
        self._state = state
        self._carrier = carrier
        self._background = background
        self._account = world.config.credentials.twilio_account_sid
        self._cdn: dict[str, str] = {}

    def routes(self) -> list[Route]:
        messages = f"/twilio/{API_VERSION}/Accounts/{{account}}/Messages"
        return [
            Route(f"{messages}.json", self._guarded(self.create), methods=["POST"]),
            Route(f"{messages}.json", self._guarded(self.search), methods=["GET"]),
            Route(f"{messages}/{{sid}}/Media.json", self._guarded(self.list_media), methods=["GET"]),
            Route(f"{messages}/{{sid}}/Media/{{media}}", self._guarded(self.media), methods=["GET"]),
            Route(f"{messages}/{{sid}}.json", self._guarded(self.fetch), methods=["GET"]),
            Route("/twilio/cdn/{token}", self.cdn, methods=["GET"]),
        ]

    async def create(self, request: Request) -> Response:
        async with request.form() as form:
            message, media = self._accepted(form), _media_urls(form)
        self._state.messages[message.sid] = message
        answer = JSONResponse(resource(message, self._account), status_code=201)
        self._background.start(self._carrier.carry(message, media))
        return answer

    async def fetch(self, request: Request) -> Response:
        return JSONResponse(resource(self._message(request), self._account))

    async def search(self, request: Request) -> Response:
        """Newest first, fifty on a page unless `PageSize` asks for more or fewer."""
        query = request.query_params
        wanted = [m for m in reversed(self._state.messages.values()) if _matches(m, query)]
        size, page = min(_count(query, "PageSize", 50, least=1), _PAGE_MOST), _count(query, "Page", 0, least=0)
        shown = wanted[page * size : (page + 1) * size]
        links = self._links(query, page, size, more=(page + 1) * size < len(wanted))
        return JSONResponse({"messages": [resource(m, self._account) for m in shown], **links})

    async def list_media(self, request: Request) -> Response:
        message = self._message(request)
        path = f"{account_path(self._account)}/Messages/{message.sid}/Media"
        files = [self._world.files.get(each) for each in message.media]
        shown = [self._media_resource(file, message.sid, path) for file in files if file]
        return JSONResponse({"media_list": shown, "page": 0, "page_size": 50, "next_page_uri": None})

    def _media_resource(self, file: StoredFile, parent: str, path: str) -> Json:
        return {
            "sid": file.id,
            "account_sid": self._account,
            "parent_sid": parent,
            "content_type": file.type,
            "date_created": None,
            "date_updated": None,
            "uri": f"{path}/{file.id}.json",
        }

    async def media(self, request: Request) -> Response:
        """Sends the caller on to where the bytes are: another host in reality, another path here."""
        media = request.path_params["media"]
        if media not in self._message(request).media:
            raise not_found(request.url.path)
        token = secrets.token_urlsafe(24)
        self._cdn[token] = media
        return RedirectResponse(f"{self._world.config.public_url}/twilio/cdn/{token}", status_code=307)

    async def cdn(self, request: Request) -> Response:
        """A signed address takes no other proof: S3 refuses a request that carries both."""
        if "authorization" in request.headers:
            return PlainTextResponse("Only one auth mechanism allowed", status_code=400)
        stored = self._world.files.get(self._cdn.get(request.path_params["token"], ""))
        if stored is None:
            return PlainTextResponse("AccessDenied", status_code=403)
        return Response(stored.content, media_type=stored.type)

    def guarded(self, endpoint: Endpoint) -> Endpoint:
        """With the account's name and token, and in the record of calls."""
        return self._guarded(endpoint)

    def _guarded(self, endpoint: Endpoint) -> Endpoint:
        async def guarded(request: Request) -> Response:
            since = self._world.clock.time()
            try:
                self._authenticate(request)
                answer = await endpoint(request)
            except TwilioError as refusal:
                answer = refusal.response()
            name = f"Twilio ← {request.method} {_resource_name(request.url.path)}"
            self._world.record("api", name, answer.status_code, since=since)
            return answer

        return guarded

    def _authenticate(self, request: Request) -> None:
        token = self._world.config.credentials.twilio_auth_token
        if _basic(request) != (self._account, token):
            raise unauthorised()
        if request.path_params["account"] != self._account:
            raise not_found(request.url.path)

    def _message(self, request: Request) -> TwilioMessage:
        message = self._state.messages.get(request.path_params["sid"])
        if message is None:
            raise not_found(request.url.path)
        return message

    def _accepted(self, form: FormData) -> TwilioMessage:
        recipient, sender, body = (str(form.get(name, "")) for name in ("To", "From", "Body"))
        service = str(form.get("MessagingServiceSid", "")) or None
        _check_addresses(recipient, sender, service)
        content_sid = str(form.get("ContentSid", "")) or None
        if content_sid:
            body = content(self._world.rules.policy, content_sid, str(form.get("ContentVariables", "")))
        _check_content(form, body, 1 if is_whatsapp(recipient) else MEDIA_MOST)
        self._check_reachable(recipient, sender or _shop_on(recipient))
        now = self._world.clock.time()
        return TwilioMessage(
            sid=new_sid("MM" if _media_urls(form) else "SM"),
            direction="outbound-api",
            sender=sender or _shop_on(recipient),
            recipient=recipient,
            body=body,
            status="queued",
            created=now,
            updated=now,
            status_callback=_callback(form),
            messaging_service_sid=service,
            content_sid=content_sid,
        )

    def _check_reachable(self, recipient: str, sender: str) -> None:
        if (sender, recipient) in self._state.opted_out:
            raise invalid(21610, "Attempt to send to unsubscribed recipient")
        if recipient.endswith(problems.UNREACHABLE_FROM_HERE):
            raise invalid(
                21612,
                f"Message cannot be sent with the current combination of 'To' ({recipient}) "
                f"and/or 'From' ({sender}) parameters",
            )
        if recipient.endswith(problems.BUSY) and self._still_busy(recipient):
            raise TwilioError(429, 20429, "Too Many Requests")

    def _still_busy(self, recipient: str) -> bool:
        left = self._state.refusals_left.get(recipient, problems.BUSY_TIMES)
        self._state.refusals_left[recipient] = left - 1
        return left > 0

    def _links(self, query: QueryParams, page: int, size: int, *, more: bool) -> dict[str, Any]:
        path = f"{account_path(self._account)}/Messages.json"
        kept = [(name, value) for name, value in query.multi_items() if name not in ("Page", "PageSize", "PageToken")]

        def link(number: int) -> str:
            return f"{path}?{urlencode([*kept, ('PageSize', size), ('Page', number)])}"

        return {
            "page": page,
            "page_size": size,
            "start": page * size,
            "end": page * size + size - 1,
            "first_page_uri": link(0),
            "next_page_uri": link(page + 1) if more else None,
            "previous_page_uri": link(page - 1) if page else None,
            "uri": link(page),
        }


def _check_addresses(recipient: str, sender: str, service: str | None) -> None:
    if not recipient:
        raise invalid(21604, "A 'To' phone number is required.")
    if not _is_address(recipient):
        raise invalid(21211, f"Invalid 'To' Phone Number: {recipient}")
    if not sender and not service:
        raise invalid(21603, "A 'From' phone number is required.")
    if sender and is_whatsapp(sender) != is_whatsapp(recipient):
        raise invalid(21910, "Invalid From and To pair. From and To should be of the same channel")
    if sender and is_whatsapp(sender) and sender != PREFIX + SHOP.phone:
        raise invalid(63007, "Twilio could not find a Channel with the specified From address")
    if sender and number_of(sender) != SHOP.phone:
        raise invalid(21606, f"The 'From' phone number {sender} is not a valid, message-capable Twilio phone number")


def _is_address(recipient: str) -> bool:
    """A number, or, by WhatsApp, what Meta calls somebody who goes by a username."""
    bare = number_of(recipient)
    return bool(_E164.fullmatch(bare) or (is_whatsapp(recipient) and USER_ID.fullmatch(bare)))


def _shop_on(recipient: str) -> str:
    return PREFIX + SHOP.phone if is_whatsapp(recipient) else SHOP.phone


def _check_content(form: FormData, body: str, most: int) -> None:
    media = _media_urls(form)
    if not body and not media:
        raise invalid(21619, "A text message body or media urls must be specified.")
    if len(body) > TEXT_MOST:
        raise invalid(21617, f"The concatenated message body exceeds the {TEXT_MOST} character limit")
    if len(media) > most:
        raise invalid(21623, f"Number of media files exceeds allowed limit of {most}")
    if any(urlsplit(url).scheme not in ("http", "https") for url in media):
        raise invalid(21620, "Invalid media URL(s)")


def _callback(form: FormData) -> str | None:
    """Twilio calls no host with an underscore in its name."""
    if not (url := str(form.get("StatusCallback", ""))):
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "_" in parts.hostname:
        raise invalid(21609, "The 'StatusCallback' URL is not a valid URL.")
    return url


def _media_urls(form: FormData) -> list[str]:
    return [str(url) for url in form.getlist("MediaUrl")]


def _matches(message: TwilioMessage, query: QueryParams) -> bool:
    """A message that is not sent yet counts by the time at which it was made.

    The bounds are inclusive, and `DateSent` alone means the whole of that day in UTC."""
    if query.get("To", message.recipient) != message.recipient:
        return False
    if query.get("From", message.sender) != message.sender:
        return False
    at = int(message.sent or message.created)
    after, before, on = (query.get(name) for name in ("DateSent>", "DateSent<", "DateSent"))
    if on and at // _DAY != _moment(on) // _DAY:
        return False
    return (not after or at >= _moment(after)) and (not before or at <= _moment(before))


def _count(query: QueryParams, name: str, default: int, *, least: int) -> int:
    given = query.get(name, str(default))
    if not given.isdecimal() or int(given) < least:
        raise invalid(20001, f"Invalid {name}: {given}")
    return int(given)


def _moment(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise invalid(20001, f"Invalid date: {text}") from None
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()


def _basic(request: Request) -> tuple[str, str] | None:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return user, password


def _resource_name(path: str) -> str:
    """The path without the account, which is the same in all of them."""
    return path.partition("/Accounts/")[2].partition("/")[2] or path
