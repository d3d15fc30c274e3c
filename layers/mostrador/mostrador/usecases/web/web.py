"""The pages that browsers are served: which of them, in whose language, and what is done when they cannot be."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from mostrador.channels.base import HttpAnswer, WebhookRequest
from mostrador.domain.catalogue import LANGUAGES, say
from mostrador.domain.errors import NotConfigured, Refused
from mostrador.domain.networks import network_of
from mostrador.pages.contact import refused_page
from mostrador.pages.submitted import Submitted, read_form
from mostrador.usecases.web.call_me import CallMe
from mostrador.usecases.web.contact import Contact
from mostrador.usecases.web.ports import Asked, Outside
from mostrador.usecases.web.private_page import PrivatePage

log = logging.getLogger(__name__)

NOT_FOUND = HttpAnswer(404, "not found")
NOTHING = Submitted({})


@dataclass(frozen=True, slots=True)
class Web:
    outside: Outside
    is_on: bool
    """The channel ``form`` is switched on."""
    calls: bool = False
    """The channel ``phone`` is."""
    near: str = ""
    """The shop's own number."""

    def __call__(self, name: str, request: WebhookRequest, source: str) -> HttpAnswer:
        """``name`` is the page's; ``source`` the network address that asks."""
        answer = self._pages().get((request.method, name)) if self.is_on else None
        if answer is None:
            return NOT_FOUND
        language, frame = "", ""
        try:
            asked = self._asked(request, source)
            language, frame = asked.language, asked.frame
            return answer(asked)
        except Refused as refused:
            log.warning("form refused", extra={"event": "request_refused", "why": str(refused)})
            return refused_page(self.outside.site(), language, "form.error.refused", 400, frame)
        except NotConfigured as missing:
            # An alarm listens for this line; a traceback would say nothing more than ``why``.
            log.error("channel closed", extra={"event": "channel_closed", "provider": "form", "why": str(missing)})  # noqa: TRY400
            return HttpAnswer(503, say("page.closed", language))

    def _pages(self) -> Mapping[tuple[str, str], Callable[[Asked], HttpAnswer]]:
        contact, private = Contact(self.outside, self.near), PrivatePage(self.outside)
        call = CallMe(self.outside, self.calls, self.near)
        return {
            ("GET", "form"): contact.show,
            ("POST", "form"): contact.take,
            ("GET", "thanks"): contact.thank,
            ("GET", "conversation"): private.show,
            ("POST", "conversation"): private.take,
            ("GET", "file"): private.give,
            ("GET", "offer"): call.offer,
            ("GET", "call"): call.show,
            ("POST", "call"): call.take,
            ("GET", "noted"): call.confirm,
        }

    def _asked(self, request: WebhookRequest, source: str) -> Asked:
        """Raises Refused for a form that no browser sends."""
        query = dict(parse_qsl(urlsplit(request.url).query, errors="replace"))
        posted = request.method == "POST"
        sent = read_form(request.headers.get("content-type", ""), request.body) if posted else NOTHING
        wish = sent["lang"] or query.get("lang", "")
        language = wish if wish in LANGUAGES else self._language(request.headers.get("accept-language", ""))
        return Asked(query, language, network_of(source), sent, request.headers.get("if-none-match", ""))

    def _language(self, accepted: str) -> str:
        """The first of ours in what the browser asks for (browsers write it in order), else the shop's."""
        asked = (part.partition(";")[0].strip().lower()[:2] for part in accepted.split(","))
        return next((tag for tag in asked if tag in LANGUAGES), "") or self.outside.policies.current().language
