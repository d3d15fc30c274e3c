""" "Call me": a number is left on a page, and when it suits; where the policy offers it, and within its hours."""

import json
import logging
import re
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from mostrador.channels.form.tokens import Page, page_of, page_token
from mostrador.channels.signed import said_by, sign
from mostrador.channels.twilio.calls import callback_event
from mostrador.domain.call import PHONE
from mostrador.domain.catalogue import say
from mostrador.domain.form import FORM
from mostrador.domain.ids import new_id
from mostrador.domain.messages import Address
from mostrador.domain.webhooks import HttpAnswer
from mostrador.pages.call import SOON, Wish, call_page, not_offered_page, noted_page
from mostrador.pages.contact import LONGEST, TRAP, refused_page
from mostrador.pages.conversation import gone_page
from mostrador.pages.document import moved
from mostrador.policy.facts import facts_of
from mostrador.policy.hours import calendar_of
from mostrador.policy.in_words import moment, week
from mostrador.policy.offers import offered_from
from mostrador.policy.slots import slots
from mostrador.usecases.ports import Limit
from mostrador.usecases.web.contact import FASTEST
from mostrador.usecases.web.filled_in import is_called, number_of
from mostrador.usecases.web.ports import Asked, Outside, address, digest

log = logging.getLogger(__name__)

FROM_ONE_PLACE = Limit(10, 3600)
TO_ONE_NUMBER = Limit(3, 86_400)
"""Nobody has another person's telephone ring all day."""
NOTED_SECONDS = 3600
OFFER_SECONDS = 60
"""How long a browser may believe what it was told of the offer."""
_AMOUNT = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class CallMe:
    outside: Outside
    is_on: bool
    """The channel ``phone`` is switched on."""
    near: str = ""
    """The shop's own number: a number without a country is one of the same country."""

    def offer(self, asked: Asked) -> HttpAnswer:
        """For pages of the shop's own, of another origin: the least basket with which their button is shown."""
        least, now = self._offered_from(asked.language), self.outside.clock()
        when = self._words(self._soon(now), asked.language)
        told = {
            "basket_from": None if least is None else least / 100,
            "button": say("callme.button", asked.language),
            "when": say("callme.noted", asked.language, when=when),
        }
        headers = {"access-control-allow-origin": "*", "cache-control": f"public, max-age={OFFER_SECONDS}"}
        return HttpAnswer(200, json.dumps(told, ensure_ascii=False), "application/json; charset=utf-8", headers)

    def show(self, asked: Asked) -> HttpAnswer:
        if not self._is_offered(asked):
            return not_offered_page(self.outside.site(), asked.language)
        return self._page(asked, {}, 200)

    def take(self, asked: Asked) -> HttpAnswer:
        page = page_of(asked.sent["token"], self.outside.key())
        if page is None or asked.sent[TRAP]:
            log.warning(
                "request refused", extra={"event": "request_refused", "why": "not a page of ours, or no person"}
            )
            return refused_page(self.outside.site(), asked.language, "form.error.refused", 403)
        if not self._is_offered(asked):
            return not_offered_page(self.outside.site(), asked.language)
        errors = self._untimely(page, asked) or self._wrong(asked)
        if errors:
            return self._page(asked, errors, 422)
        if not self._is_seldom(asked):
            return self._page(asked, {"": say("form.error.often", asked.language)}, 429)
        return self._accept(page, asked)

    def confirm(self, asked: Asked) -> HttpAnswer:
        said = said_by("t1", asked.query.get("k", ""), self.outside.key(), self.outside.clock())
        if said is None:
            return gone_page(self.outside.site(), asked.language)
        from mostrador.channels.numbers import readable  # noqa: PLC0415  no page waits for it that asks for no call

        when = self._words(float(said["at"]), asked.language)
        return noted_page(self.outside.site(), asked.language, when, readable(self.near))

    def _accept(self, page: Page, asked: Asked) -> HttpAnswer:
        now, number = self.outside.clock(), self._number(asked)
        at = self._times()[asked.sent["when"]]
        # One page asks for one call, however often it is sent: it takes the place of the call that a caller makes.
        fields = {"CallSid": f"web:{page.id}", "From": number, "CallerName": asked.sent["name"], "typed": "yes"}
        wished = 0.0 if asked.sent["when"] == SOON else at
        self.outside.queue.inbound(callback_event(fields, wished, asked.language, now))
        token = sign("t1", {"at": int(at), "x": int(now) + NOTED_SECONDS}, self.outside.key())
        return moved(address("noted", k=token, lang=asked.language))

    def _page(self, asked: Asked, errors: dict[str, str], status: int) -> HttpAnswer:
        now, times = self.outside.clock(), self._times()
        token = asked.sent["token"] or page_token(Page(new_id(now), now), self.outside.key())
        wish = Wish(
            token,
            asked.language,
            [(value, self._label(value, at, asked.language)) for value, at in times.items()],
            week(calendar_of(self.outside.policies.current(), PHONE).hours, asked.language, self._today(now)),
            {**asked.sent.fields, "basket": _basket(asked)},
            errors,
        )
        return call_page(self.outside.site(), wish, status)

    # When

    def _is_offered(self, asked: Asked) -> bool:
        least = self._offered_from(asked.language)
        return least is not None and round(float(_basket(asked) or 0) * 100) >= least

    def _offered_from(self, language: str) -> int | None:
        """To whoever this is: nobody knows on a page, so that what the policy offers to strangers counts."""
        policy, now = self.outside.policies.current(), self.outside.clock()
        facts = facts_of(sender=Address(FORM, ""), customer=None, at=now, trusted=False, language=language)
        return offered_from(policy, facts) if self.is_on else None

    def _times(self) -> dict[str, float]:
        """By what the page sends back: the first moment at which the phone is attended, and a few later ones."""
        now = self.outside.clock()
        calendar = calendar_of(self.outside.policies.current(), PHONE)
        soon = self._soon(now)
        return {SOON: soon, **{str(int(at)): at for at in slots(calendar, now) if at != soon}}

    def _soon(self, now: float) -> float:
        opens = calendar_of(self.outside.policies.current(), PHONE).next_opening(now)
        return opens if opens is not None else now

    def _today(self, now: float) -> date:
        return calendar_of(self.outside.policies.current(), PHONE).day(now)

    def _label(self, value: str, at: float, language: str) -> str:
        words = self._words(at, language)
        if value == SOON and at > self.outside.clock():
            return say("callme.soon", language, when=words)
        return words[:1].upper() + words[1:]

    def _words(self, at: float, language: str) -> str:
        now, zone = self.outside.clock(), ZoneInfo(self.outside.policies.current().timezone)
        return say("answer.as_soon_as_possible", language) if at <= now else moment(at, now, language, zone)

    # What is wrong with it

    def _untimely(self, page: Page, asked: Asked) -> dict[str, str]:
        now = self.outside.clock()
        if now - page.made_at < FASTEST:
            return {"": say("form.error.fast", asked.language)}
        return {"": say("form.error.refused", asked.language)} if page.is_old(now) else {}

    def _wrong(self, asked: Asked) -> dict[str, str]:
        number = self._number(asked)
        called = is_called(number, self.near, self._countries)
        checks = {
            "phone": (called, "callme.error.number" if number else "callme.error.phone"),
            "name": (len(asked.sent["name"]) <= LONGEST["name"], "form.error.name"),
            # A time that was offered an hour ago may be past.
            "when": (asked.sent["when"] in self._times(), "callme.error.when"),
            "consent": (asked.sent["consent"] == "yes", "form.error.consent"),
        }
        return {name: say(key, asked.language) for name, (fine, key) in checks.items() if not fine}

    def _number(self, asked: Asked) -> str:
        """Empty for what cannot be called."""
        return number_of(asked.sent, self.near, self._countries)

    @property
    def _countries(self) -> tuple[str, ...]:
        return self.outside.policies.current().phone_countries

    def _is_seldom(self, asked: Asked) -> bool:
        places = (
            (f"call:from:{digest(asked.source)}", FROM_ONE_PLACE),
            (f"call:to:{digest(self._number(asked))}", TO_ONE_NUMBER),
        )
        return all(self.outside.allows(what, limit) for what, limit in places)


def _basket(asked: Asked) -> str:
    """As the shop's page said; empty where it said no amount. Whoever makes it dearer is offered a call: no harm."""
    said = asked.sent["basket"] or asked.query.get("basket", "")
    return said if _AMOUNT.fullmatch(said) else ""
