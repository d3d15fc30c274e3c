"""The contact form: handed out signed, taken back checked, and made durable before anybody is thanked."""

import logging
from dataclasses import dataclass

from mostrador.channels.form.events import Typed, message_event
from mostrador.channels.form.tokens import Page, Pass, link_token, page_of, page_token, pass_of
from mostrador.domain.catalogue import say
from mostrador.domain.ids import new_id
from mostrador.domain.webhooks import HttpAnswer
from mostrador.pages.contact import TRAP, Filled, form_page, refused_page, thanks_page
from mostrador.pages.conversation import gone_page
from mostrador.pages.document import moved
from mostrador.usecases.ports import Limit
from mostrador.usecases.web.chosen_files import Chosen, chosen_files, kept, stored
from mostrador.usecases.web.filled_in import email_of, faults, is_called, number_of, phone_of
from mostrador.usecases.web.ports import Asked, Outside, address, digest

log = logging.getLogger(__name__)

FASTEST = 3.0
"""Seconds in which no person reads and fills in a form."""
FROM_ONE_PLACE = Limit(20, 3600)
TO_ONE_ADDRESS = Limit(5, 3600)
"""Each form brings a mail to the address that was typed in it: nobody's mailbox is filled from here."""


@dataclass(frozen=True, slots=True)
class Contact:
    outside: Outside
    near: str = ""
    """The shop's own number, as for ``CallMe``."""

    def show(self, asked: Asked) -> HttpAnswer:
        filled = Filled(self._new_token(), asked.language, frame=asked.frame)
        return form_page(self.outside.site(), filled)

    def take(self, asked: Asked) -> HttpAnswer:
        """Back to the page with what is wrong, or on to the thanks once it is durable."""
        page = page_of(asked.sent["token"], self.outside.key())
        if page is None or asked.sent[TRAP]:
            why = "no page of ours" if page is None else "the field that no person sees was filled in"
            log.warning("form refused", extra={"event": "request_refused", "why": why})
            return refused_page(self.outside.site(), asked.language, "form.error.refused", 403, asked.frame)
        chosen = chosen_files(self.outside, asked.sent)
        errors = self._untimely(page, asked) or faults(asked.sent, chosen, asked.language)
        if errors:
            return self._again(page, asked, chosen, errors)
        if not self._is_seldom(asked):
            return self._again(page, asked, chosen, {"": say("form.error.often", asked.language)}, 429)
        return self._accept(page, asked, chosen)

    def thank(self, asked: Asked) -> HttpAnswer:
        token = asked.query.get("k", "")
        link = pass_of(token, self.outside.key(), self.outside.clock())
        if link is None or link.proven:
            return gone_page(self.outside.site(), asked.language, asked.frame)
        onward = address("conversation", k=token, lang=asked.language)
        return thanks_page(self.outside.site(), asked.language, link.mail, onward, asked.frame)

    def _accept(self, page: Page, asked: Asked, chosen: Chosen) -> HttpAnswer:
        now, sent = self.outside.clock(), asked.sent
        typed = Typed(
            email=email_of(sent),
            text=sent["text"],
            name=sent["name"],
            phone=phone_of(sent),
            number=self._number(asked),
            order=sent["order"],
            topic=sent["topic"],
            language=asked.language,
            consent=say("form.consent", asked.language, shop=self.outside.site().shop),
            files=stored(self.outside, page.id, chosen),
        )
        event = message_event(page.id, typed, now)
        self.outside.queue.inbound(event)
        link = Pass(sent=event.event_id, mail=_shortened(typed.email))
        token = link_token(link, now, self.outside.key())
        return moved(address("thanks", k=token, lang=asked.language, embed=asked.frame))

    def _number(self, asked: Asked) -> str:
        countries = self.outside.policies.current().phone_countries
        number = number_of(asked.sent, self.near, countries)
        return number if is_called(number, self.near, countries) else ""

    def _untimely(self, page: Page, asked: Asked) -> dict[str, str]:
        now = self.outside.clock()
        if now - page.made_at < FASTEST:
            return {"": say("form.error.fast", asked.language)}
        return {"": say("form.error.old", asked.language)} if page.is_old(now) else {}

    def _is_seldom(self, asked: Asked) -> bool:
        places = ((f"form:from:{digest(asked.source)}", FROM_ONE_PLACE), (_to(asked), TO_ONE_ADDRESS))
        return all(self.outside.allows(what, limit) for what, limit in places)

    def _again(self, page: Page, asked: Asked, chosen: Chosen, errors: dict[str, str], status: int = 422) -> HttpAnswer:
        """With everything that was typed, and the files that will do."""
        files = kept(self.outside, page.id, chosen, asked)
        if files is None:
            errors = {**errors, "files": say("form.error.files_again", asked.language)}
        token = self._new_token() if page.is_old(self.outside.clock()) else asked.sent["token"]
        filled = Filled(token, asked.language, asked.sent.fields, errors, frame=asked.frame, kept=files or ())
        return form_page(self.outside.site(), filled, status)

    def _new_token(self) -> str:
        now = self.outside.clock()
        return page_token(Page(new_id(now), now), self.outside.key())


def _to(asked: Asked) -> str:
    """``ana+1@`` and ``ana+2@`` are commonly one mailbox (RFC 5233)."""
    local, _, domain = email_of(asked.sent).partition("@")
    return f"form:to:{digest(local.partition('+')[0] + '@' + domain)}"


def _shortened(mail: str) -> str:
    local, _, domain = mail.partition("@")
    return f"{local[:1]}…@{domain}"
