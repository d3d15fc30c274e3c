"""Two directions over the air: a shopper's message to the account's webhook, and what reaches their phone."""

import re
import secrets
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from twilio.request_validator import RequestValidator

from playground.background import Background
from playground.cast import SHOP
from playground.config import PlaygroundConfig
from playground.files import StoredFile
from playground.handsets import Handsets, PhoneMessage, new_id
from playground.twilio.state import TwilioMessage, TwilioState
from playground.twilio.wire import account_path, inbound_form
from playground.webhooks import Answer, Webhook, WebhookSender
from playground.world import World

MEDIA_MOST = 10
TEXT_MOST = 1600
WEBHOOK_PATH = "/webhooks/twilio"

# Twilio's own answers to its default keywords.
STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe."
)
STARTED = (
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
)
STOP_WORDS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
START_WORDS = frozenset({"START", "YES", "UNSTOP"})

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


class SignedForm:
    """A form POST to the shop as Twilio makes them: signed over the address and every field of it."""

    def __init__(self, world: World, sender: WebhookSender) -> None:
        self._world = world
        self._sender = sender
        self._validator = RequestValidator(world.config.credentials.twilio_auth_token)

    async def __call__(self, url: str, form: dict[str, str]) -> Answer:
        """Tried a second time only when no connection came about, with the same idempotency token."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "X-Twilio-Signature": self._validator.compute_signature(url, form),
            "I-Twilio-Idempotency-Token": secrets.token_hex(18),
        }
        deadline = self._world.config.pace.twilio_deadline
        body = urlencode(form).encode()
        answer = await self._sender.post(Webhook("Twilio", url, body, headers, deadline))
        if answer.failure == "connection_failed":
            answer = await self._sender.post(Webhook("Twilio", url, body, headers, deadline, attempt=2))
        return answer


class Phones:
    def __init__(
        self, world: World, state: TwilioState, handsets: Handsets, post: SignedForm, background: Background
    ) -> None:
        self._world = world
        self._state = state
        self._handsets = handsets
        self._post = post
        self._background = background

    def send(self, number: str, text: str, files: list[StoredFile]) -> PhoneMessage:
        """A shopper presses send: it shows on their phone at once, and is under way to the shop."""
        message = self._state.taken_in(number, SHOP.phone, text, files, self._world.clock.time())
        on_phone = self._show(number, "sent", text, [file.id for file in files])
        self._background.start(self._announce(message, files))
        return on_phone

    def receive(self, number: str, text: str, media: list[str], problem: str | None = None) -> None:
        self._show(number, "received", text, media, problem)

    async def _announce(self, message: TwilioMessage, files: list[StoredFile]) -> None:
        """Keywords act at once, and the message still reaches the webhook. Nothing is retried on a 5xx."""
        self._obey(message)
        config = self._world.config
        form = inbound_form(message, config.credentials.twilio_account_sid, media_of(message, files, config))
        answer = await self._post(config.public_url + WEBHOOK_PATH, form)
        for text in replies_in(answer):
            self.receive(message.sender, text, [])

    def _obey(self, message: TwilioMessage) -> None:
        pair, word = (message.recipient, message.sender), message.body.strip().upper()
        if word in STOP_WORDS:
            self._state.opted_out.add(pair)
            self.receive(message.sender, STOPPED, [])
        elif word in START_WORDS and pair in self._state.opted_out:
            self._state.opted_out.discard(pair)
            self.receive(message.sender, STARTED, [])

    def _show(
        self, number: str, direction: str, text: str, media: list[str], problem: str | None = None
    ) -> PhoneMessage:
        shown = PhoneMessage(
            id=new_id(),
            phone=number,
            direction="sent" if direction == "sent" else "received",
            text=text,
            media=media,
            date=self._world.clock.time(),
            problem=problem,
        )
        self._handsets.show(shown)
        self._world.changed()
        return shown


def media_of(message: TwilioMessage, files: list[StoredFile], config: PlaygroundConfig) -> list[tuple[str, str]]:
    """Where the account keeps each file, and its type."""
    account = account_path(config.credentials.twilio_account_sid)
    address = f"{config.public_url}/twilio{account}/Messages/{message.sid}/Media"
    return [(f"{address}/{file.id}", file.type) for file in files]


def replies_in(answer: Answer) -> list[str]:
    """What the answer to a webhook says to the person: plain text as it stands, or the messages of TwiML."""
    if not answer.accepted or not answer.body.strip():
        return []
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == "text/plain":
        return [answer.body.decode("utf-8", "replace")]
    if media_type in ("text/xml", "application/xml", "text/html"):
        return _messages_of_twiml(answer.body)
    return []


def _messages_of_twiml(document: bytes) -> list[str]:
    if _DOCTYPE.search(document):
        return []
    try:
        response = ET.fromstring(document)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError:
        return []
    texts = ("".join(message.findtext("Body") or message.text or "").strip() for message in response.iter("Message"))
    return [text for text in texts if text]
