"""Browsers at the shop's pages, and what the pages need of the world, in memory."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from fakes.chat import Events, FakeAllowances, FakeShelf
from fakes.world import Counter
from mostrador.channels.base import HttpAnswer, WebhookRequest
from mostrador.channels.form.channel import FormChannel
from mostrador.channels.form.tokens import Page, page_token
from mostrador.channels.registry import ChannelSettings
from mostrador.domain.conversation import Conversation
from mostrador.domain.errors import NotConfigured
from mostrador.domain.form import FORM
from mostrador.domain.ids import new_id
from mostrador.domain.messages import ProviderEvent
from mostrador.pages.document import Site
from mostrador.usecases.web.ports import Outside
from mostrador.usecases.web.web import Web

KEY = "a-key-of-the-tests"
BOUNDARY = "----WebKitFormBoundaryq3Tz8FJYJ0mVw1Rk"
ANA = {"email": "ana.molina@correo.example", "topic": "order", "text": "¿Dónde está mi pedido?", "consent": "yes"}

type File = tuple[str, str, bytes]


def multipart(fields: Mapping[str, str], files: Iterable[File] = ()) -> bytes:
    """As browsers write it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, kind, data in files:
        head = f'Content-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: {kind}'
        parts.append(f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + data + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


class Forms(HTMLParser):
    """What a page shows that a test asks for: the fields of its form, and its words."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.words = ""
        self.links: list[str] = []
        self._area = ""
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "input" and given.get("type") not in ("checkbox", "file"):
            self.fields[given["name"]] = given.get("value", "")
        if given.get("name", "").startswith("kept") and "checked" in given:
            self.fields[given["name"]] = given["value"]
        if tag == "option" and "selected" in given:
            self.fields["topic"] = given["value"]
        if tag == "a":
            self.links.append(given["href"])
        self._area = given["name"] if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] = self.fields.get(self._area, "") + data
        self.words += data


@dataclass
class Shown:
    """What a browser got."""

    answer: HttpAnswer

    @property
    def status(self) -> int:
        return self.answer.status

    @property
    def body(self) -> str:
        return self.answer.body

    @property
    def words(self) -> str:
        return unescape(re.sub(r"\s+", " ", Forms(self.body).words))

    @property
    def fields(self) -> dict[str, str]:
        return Forms(self.body).fields

    @property
    def links(self) -> list[str]:
        return Forms(self.body).links

    @property
    def tag(self) -> str:
        return self.answer.headers["etag"]

    @property
    def onward(self) -> str:
        """Where it is sent next."""
        return str(self.answer.headers.get("location", ""))


@dataclass
class Shop:
    """The pages of a shop, with its counter behind them."""

    counter: Counter = field(default_factory=Counter)
    key: str | None = KEY
    is_on: bool = True
    calls: bool = False
    near: str = ""
    site: Site = field(default_factory=lambda: Site("La Tinaja", "hola@latinaja.example", assets="1"))
    events: Events = field(default_factory=Events)
    allowances: FakeAllowances = field(default_factory=FakeAllowances)
    thanks: Shown | None = None
    """What the browser got that sent the form, where a test keeps it."""

    def __post_init__(self) -> None:
        settings = ChannelSettings(
            "https://latinaja.example", lambda _: {"key": KEY}, switched_on=("form",), mail_address=self.site.address
        )
        self.channel = FormChannel(settings, self.counter.clock)
        # The form's channel reads what came in; what goes out is a mail, which the fake of the mail's channel takes.
        self.channel._mail = self.counter.channels["email"]  # noqa: SLF001 - what it would open
        self.counter.channels["form"] = self.channel  # type: ignore[assignment]

    @property
    def web(self) -> Web:
        counter = self.counter
        outside = Outside(
            inbox=counter.inbox,
            policies=counter.policies,
            queue=self.events,
            allowances=self.allowances,
            drawer=counter.blobs,
            shelf=FakeShelf(),
            key=self._key,
            clock=counter.clock,
            site=lambda: self.site,
        )
        return Web(outside, is_on=self.is_on, calls=self.calls, near=self.near)

    def get(
        self, address: str, language: str = "es-ES,es;q=0.9", source: str = "203.0.113.7", known: str = ""
    ) -> Shown:
        page = urlsplit(address).path.removeprefix("/web/")
        headers = {"accept-language": language, **({"if-none-match": known} if known else {})}
        return Shown(self.web(page, self._request("GET", address, b"", headers), source))

    def post(
        self, address: str, fields: Mapping[str, str], files: Iterable[File] = (), source: str = "203.0.113.7"
    ) -> Shown:
        headers = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
        page = urlsplit(address).path.removeprefix("/web/")
        return Shown(self.web(page, self._request("POST", address, multipart(fields, files), headers), source))

    def token(self, *, age: float = 60) -> str:
        """Of a form that was opened a while ago."""
        now = self.counter.clock()
        return page_token(Page(new_id(now), now - age), KEY)

    def sends(
        self, files: Iterable[File] = (), *, token: str = "", source: str = "203.0.113.7", **fields: str
    ) -> Shown:
        """Ana's form, filled in and sent."""
        given = {"token": token or self.token(), "lang": "es", **ANA, **fields}
        return self.post("/web/form", given, files, source)

    @property
    def conversations(self) -> list[Conversation]:
        """Of the form, the oldest first."""
        found = [one for one in self.counter.inbox.entities.values() if isinstance(one, Conversation)]
        return sorted((one for one in found if one.address.channel == FORM), key=lambda one: one.opened_at)

    def work(self) -> None:
        """What was sent is taken in, and everything that follows is done."""
        while self.events.taken:
            self.counter.ingest(self.events.taken.pop(0))
        self.counter.run()

    def _request(self, method: str, address: str, body: bytes, headers: Mapping[str, str]) -> WebhookRequest:
        return WebhookRequest(method, address, dict(headers), body, self.counter.clock())

    def _key(self) -> str:
        if self.key is None:
            raise NotConfigured("the secret web-key is missing")
        return self.key


def submitted(body: bytes, content_type: str, key: str, now: float, stored: dict[str, bytes]) -> list[ProviderEvent]:
    """What a form with ``{token}`` in it becomes when a browser sends it; its files land in ``stored``."""
    shop = Shop(key=key)
    shop.counter.clock.now = now
    shop.counter.blobs.mails = stored
    token = page_token(Page("01kw0000000000000000000000", now - 60), key)
    request = WebhookRequest(
        "POST", "/web/form", {"content-type": content_type}, body.replace(b"{token}", token.encode()), now
    )
    answer = shop.web("form", request, "203.0.113.7")
    assert answer.status == 303, answer.body
    return shop.events.taken
