"""The page's own API: what a person does in it, and what there is to see."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from playground import story, view
from playground.asked import Refused, done, form_of, object_of, required, texts
from playground.config import Stack
from playground.outside import Outside
from playground.sentences import sentence
from playground.ses.client import Letter, MailNotSent
from playground.ses.mailboxes import parse
from playground.ses.receiving import for_the_shop
from playground.shop.shop import NotPossible
from playground.shop_counter import Endpoint, ShopCounter
from playground.shop_page import ShopPage
from playground.shop_time import Moment, Pretence
from playground.slack.errors import SlackError
from playground.slack.people import Draft
from playground.twilio.phones import TEXT_MOST
from playground.whatsapp_phones import WhatsappPhones, refuse_unless_a_number, refuse_unless_sendable

STATIC = Path(__file__).parent / "static"

# What a browser may show by itself. A picture that can carry scripts is a download like everything else.
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class Page:
    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._world = outside.world

    def routes(self) -> list[BaseRoute]:
        posts: dict[str, Endpoint] = {
            **ShopCounter(self._outside.shop).posts(),
            "/api/mail/send": self.send_mail,
            "/api/mail/read": self.read_mail,
            "/api/mail/raw": self.raw_mail,
            "/api/sms/send": self.send_sms,
            **WhatsappPhones(self._outside).posts(),
            "/api/call/start": self.call_shop,
            "/api/call/do": self.do_in_call,
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
            *ShopPage(self._world, self._outside.shop).routes(),
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
        form = await form_of(request)
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
        self._outside.mailboxes.mark_read(required(await object_of(request), "id"))
        return done()

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
        form = await form_of(request)
        phone, text = form.required("phone"), form.text("text")
        refuse_unless_sendable(phone, form, TEXT_MOST)
        files = [self._world.files.add(each.name, each.type, each.content) for each in form.uploads]
        return JSONResponse({"id": self._outside.phones.send(phone, text, files).id})

    async def call_shop(self, request: Request) -> Response:
        """``phone`` may be ``anonymous``: whoever hides their number."""
        phone = required(await object_of(request), "phone")
        if phone != "anonymous":
            refuse_unless_a_number(phone)
        return JSONResponse({"id": self._outside.exchange.call_shop(phone).sid})

    async def do_in_call(self, request: Request) -> Response:
        """What somebody does at a telephone: ``key`` and ``voice`` with what, ``pick_up``, ``hang_up``..."""
        body = await object_of(request)
        sid, deed = texts(body, "id", "deed")
        if not self._outside.exchange.do(sid, deed, str(body.get("what", ""))):
            raise Refused("not_found", 404)
        return done()

    async def post(self, request: Request) -> Response:
        form = await form_of(request)
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
        body = await object_of(request)
        self._outside.people.edit(*texts(body, "user", "channel", "ts", "text"))
        return done()

    async def delete(self, request: Request) -> Response:
        body = await object_of(request)
        self._outside.people.delete(*texts(body, "user", "channel", "ts"))
        return done()

    async def react(self, request: Request) -> Response:
        body = await object_of(request)
        user, channel, ts, name = texts(body, "user", "channel", "ts", "name")
        self._outside.people.react(user, channel, ts, name, remove=bool(body.get("remove")))
        return done()

    async def press(self, request: Request) -> Response:
        """Waits for the app, as Slack's client does, and says so when the app did not answer well."""
        body = await object_of(request)
        user, channel, ts, block_id, action_id = texts(body, "user", "channel", "ts", "block_id", "action_id")
        message = self._outside.people.message(channel, ts)
        answer = await self._outside.people.press(user, message, block_id, action_id, body.get("value"))
        if not answer.accepted:
            raise Refused(answer.failure or "http_error", status=424)
        return done()

    async def read_channel(self, request: Request) -> Response:
        self._outside.people.read(*texts(await object_of(request), "user", "channel"))
        return done()

    async def choose_language(self, request: Request) -> Response:
        language = (await object_of(request)).get("language")
        if language not in ("es", "en"):
            raise Refused("bad_language")
        self._outside.choose_language(language)
        return done(202)

    async def choose_time(self, request: Request) -> Response:
        body = await object_of(request)
        try:
            pretence = Pretence(Moment(required(body, "moment")), hurry=bool(body.get("hurry")))
        except ValueError:
            raise Refused("bad_request") from None
        self._outside.pretend(pretence)
        return done(202)

    async def connect_stack(self, request: Request) -> Response:
        """From whoever deploys the stack: its outputs. From then on the shop is open."""
        body = await object_of(request)
        api_id, stage, bucket, receive_mail = texts(body, "api_id", "stage", "bucket", "receive_mail_function")
        more = {name: body.get(name, "") for name in ("clocks_queue", "tick_function", "chat_url")}
        stack = Stack(api_id, stage, bucket, receive_mail, body.get("table"), **more)
        self._outside.connect(stack)
        return done()

    async def report_progress(self, request: Request) -> Response:
        """From whoever deploys the stack: a sentence for who is waiting at the page."""
        self._world.progress = str((await object_of(request)).get("progress") or "") or None
        self._world.changed()
        return done()

    async def tell_story(self, _request: Request) -> Response:
        self._outside.background.start(story.Story(self._outside).tell())
        return done(202)

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
            except NotPossible as error:
                return self._error(error.word, 400)

        return answering

    def _error(self, word: str, status: int) -> Response:
        return JSONResponse({"error": sentence(word, self._world.language)}, status_code=status)


def _as_download(name: str) -> str:
    ascii_name = re.sub(r'[^ -~]|["\\]', "_", name)
    encoded = "".join(chr(b) if chr(b).isalnum() and b < 128 else f"%{b:02X}" for b in name.encode())
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{encoded}"
