"""The page's own API: what a person does in it, and what there is to see."""

import json
import mimetypes
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from playground import story, view
from playground.config import Stack
from playground.files import Upload
from playground.outside import Outside
from playground.sentences import sentence
from playground.ses.client import Letter, MailNotSent
from playground.ses.mailboxes import parse
from playground.ses.receiving import for_the_shop
from playground.shop_time import Moment, Pretence
from playground.slack.errors import SlackError
from playground.slack.people import Draft
from playground.twilio.phones import MEDIA_MOST, TEXT_MOST

STATIC = Path(__file__).parent / "static"

Json = dict[str, Any]
type Endpoint = Callable[[Request], Awaitable[Response]]

_E164 = re.compile(r"\+[1-9]\d{6,14}")
# What a browser may show by itself. A picture that can carry scripts is a download like everything else.
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class Refused(Exception):
    def __init__(self, word: str, status: int = 400) -> None:
        super().__init__(word)
        self.word = word
        self.status = status


class Page:
    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._world = outside.world

    def routes(self) -> list[BaseRoute]:
        posts: dict[str, Endpoint] = {
            "/api/mail/send": self.send_mail,
            "/api/mail/read": self.read_mail,
            "/api/mail/raw": self.raw_mail,
            "/api/sms/send": self.send_sms,
            "/api/slack/post": self.post,
            "/api/slack/edit": self.edit,
            "/api/slack/delete": self.delete,
            "/api/slack/react": self.react,
            "/api/slack/action": self.press,
            "/api/slack/read": self.read_channel,
            "/api/language": self.choose_language,
            "/api/shop-time": self.choose_time,
            "/api/stack": self.connect_stack,
            "/api/progress": self.report_progress,
            "/api/story": self.tell_story,
        }
        return [
            Route("/", self.index),
            Route("/api/state", self.state),
            Route("/api/events", self.events),
            Route("/api/file/{id}", self.file),
            *(Route(path, self._answering(post), methods=["POST"]) for path, post in posts.items()),
            Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
        ]

    async def index(self, _request: Request) -> Response:
        return FileResponse(STATIC / "index.html")

    async def state(self, _request: Request) -> Response:
        return JSONResponse(view.state(self._outside))

    async def events(self, _request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(self._versions(), media_type="text/event-stream", headers=headers)

    async def file(self, request: Request) -> Response:
        stored = self._world.files.get(request.path_params["id"])
        if stored is None:
            return JSONResponse({"error": sentence("not_found", self._world.language)}, status_code=404)
        answer = Response(stored.content, media_type=stored.type)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        if stored.type not in _SHOWN:
            answer.headers["Content-Disposition"] = _as_download(stored.name)
        return answer

    async def send_mail(self, request: Request) -> Response:
        form = await _form(request)
        letter = Letter(
            account=form.required("account").lower(),
            to=form.text("to"),
            subject=form.text("subject"),
            text=form.text("text"),
            answers=self._outside.mailboxes.mails.get(form.text("reply_to_id")),
            attachments=form.uploads,
        )
        return JSONResponse({"id": self._outside.mail_client.send(letter).id})

    async def read_mail(self, request: Request) -> Response:
        self._outside.mailboxes.mark_read(_required(await _object(request), "id"))
        return _done()

    async def raw_mail(self, request: Request) -> Response:
        """A mail as it is on the wire, from whoever it says: the way in for what no mail client here writes."""
        recipients = for_the_shop(request.query_params.getlist("recipient"))
        raw = await request.body()
        if not recipients or not raw:
            raise Refused("no_recipient" if raw else "bad_request")
        sender = request.query_params.get("sender") or str(parse(raw)["Return-Path"] or "").strip("<> ")
        message_id = self._outside.receiving.take(raw, sender, recipients)
        return JSONResponse({"message_id": message_id}, status_code=202)

    async def send_sms(self, request: Request) -> Response:
        form = await _form(request)
        phone, text = form.required("phone"), form.text("text")
        if word := _objection(phone, text, form.uploads):
            raise Refused(word)
        files = [self._world.files.add(each.name, each.type, each.content) for each in form.uploads]
        return JSONResponse({"id": self._outside.phones.send(phone, text, files).id})

    async def post(self, request: Request) -> Response:
        form = await _form(request)
        draft = Draft(
            user=form.required("user"),
            channel=form.required("channel"),
            text=form.text("text"),
            thread_ts=form.text("thread_ts") or None,
            attachments=form.uploads,
        )
        written = await self._outside.people.type(draft)
        return JSONResponse({"ts": written.ts if written else None})

    async def edit(self, request: Request) -> Response:
        body = await _object(request)
        self._outside.people.edit(*_texts(body, "user", "channel", "ts", "text"))
        return _done()

    async def delete(self, request: Request) -> Response:
        body = await _object(request)
        self._outside.people.delete(*_texts(body, "user", "channel", "ts"))
        return _done()

    async def react(self, request: Request) -> Response:
        body = await _object(request)
        user, channel, ts, name = _texts(body, "user", "channel", "ts", "name")
        self._outside.people.react(user, channel, ts, name, remove=bool(body.get("remove")))
        return _done()

    async def press(self, request: Request) -> Response:
        """Waits for the app, as Slack's client does, and says so when the app did not answer well."""
        body = await _object(request)
        user, channel, ts, block_id, action_id = _texts(body, "user", "channel", "ts", "block_id", "action_id")
        message = self._outside.people.message(channel, ts)
        answer = await self._outside.people.press(user, message, block_id, action_id, body.get("value"))
        if not answer.accepted:
            raise Refused(answer.failure or "http_error", status=424)
        return _done()

    async def read_channel(self, request: Request) -> Response:
        self._outside.people.read(*_texts(await _object(request), "user", "channel"))
        return _done()

    async def choose_language(self, request: Request) -> Response:
        language = (await _object(request)).get("language")
        if language not in ("es", "en"):
            raise Refused("bad_language")
        self._outside.choose_language(language)
        return _done(202)

    async def choose_time(self, request: Request) -> Response:
        body = await _object(request)
        try:
            pretence = Pretence(Moment(_required(body, "moment")), hurry=bool(body.get("hurry")))
        except ValueError:
            raise Refused("bad_request") from None
        self._outside.pretend(pretence)
        return _done(202)

    async def connect_stack(self, request: Request) -> Response:
        """From whoever deploys the stack: its outputs. From then on the shop is open."""
        body = await _object(request)
        api_id, stage, bucket, receive_mail = _texts(body, "api_id", "stage", "bucket", "receive_mail_function")
        stack = Stack(api_id, stage, bucket, receive_mail, body.get("table"), body.get("clocks_queue", ""))
        self._outside.connect(stack)
        return _done()

    async def report_progress(self, request: Request) -> Response:
        """From whoever deploys the stack: a sentence for who is waiting at the page."""
        self._world.progress = str((await _object(request)).get("progress") or "") or None
        self._world.changed()
        return _done()

    async def tell_story(self, _request: Request) -> Response:
        self._outside.background.start(story.Story(self._outside).tell())
        return _done(202)

    async def _versions(self) -> AsyncIterator[str]:
        async for version in self._world.versions():
            yield f"data: {version}\n\n"

    def _answering(self, endpoint: Endpoint) -> Endpoint:
        async def answering(request: Request) -> Response:
            try:
                return await endpoint(request)
            except Refused as refused:
                return self._error(refused.word, refused.status)
            except SlackError as error:
                return self._error(error.word, 400)
            except MailNotSent as error:
                return self._error(error.reason, 400)

        return answering

    def _error(self, word: str, status: int) -> Response:
        return JSONResponse({"error": sentence(word, self._world.language)}, status_code=status)


def _done(status: int = 200) -> Response:
    return JSONResponse({"ok": True}, status_code=status)


def _objection(phone: str, text: str, uploads: list[Upload]) -> str | None:
    if not _E164.fullmatch(phone):
        return "bad_phone"
    if not (text.strip() or uploads):
        return "empty"
    if len(text) > TEXT_MOST:
        return "too_long"
    return "too_many_files" if len(uploads) > MEDIA_MOST else None


def _required(values: Json, name: str) -> str:
    value = values.get(name)
    if not value or not isinstance(value, str):
        raise Refused("bad_request")
    return value


def _texts(body: Json, *names: str) -> list[str]:
    return [_required(body, name) for name in names]


@dataclass(frozen=True, slots=True)
class Form:
    """What a person filled in, with the files that they chose."""

    fields: Json
    uploads: list[Upload]

    def text(self, name: str) -> str:
        return str(self.fields.get(name, ""))

    def required(self, name: str) -> str:
        return _required(self.fields, name)


async def _form(request: Request) -> Form:
    async with request.form() as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        return Form(fields, await _uploads(form))


async def _object(request: Request) -> Json:
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise Refused("bad_request") from None
    if not isinstance(body, dict):
        raise Refused("bad_request")
    return body


async def _uploads(form: FormData) -> list[Upload]:
    """A file field that was left empty still comes as a file without a name."""
    chosen = [file for file in form.getlist("files") if not isinstance(file, str)]
    return [Upload(file.filename, _type_of(file), await file.read()) for file in chosen if file.filename]


def _type_of(file: UploadFile) -> str:
    guessed = mimetypes.guess_type(file.filename or "")[0]
    declared = (file.content_type or "").partition(";")[0]
    return declared if "/" in declared else guessed or "application/octet-stream"


def _as_download(name: str) -> str:
    ascii_name = re.sub(r'[^ -~]|["\\]', "_", name)
    encoded = "".join(chr(b) if chr(b).isalnum() and b < 128 else f"%{b:02X}" for b in name.encode())
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{encoded}"
