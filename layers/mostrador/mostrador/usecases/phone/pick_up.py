"""Somebody calls: what they hear, what they can choose, and what is taken down of it. They always get an answer.

The state of a call lies in our own addresses, which the provider signs together with every request: a step can be
asked for twice, and says and queues the same again.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit

from mostrador.channels.base import HttpAnswer, Webhook, WebhookRequest
from mostrador.channels.numbers import is_dear
from mostrador.channels.phone.callers import caller, is_hidden, language_of_number
from mostrador.channels.phone.script import GoOn, HangUp, Record, Reject, Say, Script
from mostrador.channels.phone.twiml import answer
from mostrador.channels.twilio.calls import callback_event, voicemail_event
from mostrador.domain.call import PHONE
from mostrador.domain.catalogue import known, say
from mostrador.domain.errors import NotConfigured, Refused
from mostrador.domain.webhooks import FORBIDDEN, NOT_FOUND
from mostrador.policy.hours import calendar_of
from mostrador.policy.slots import slots
from mostrador.usecases.phone.call_menu import Caller, greeting, menu, offered, schedule, wished
from mostrador.usecases.phone.put_through import PutThrough
from mostrador.usecases.ports import Clock, InboundQueue, Inbox, Policies

log = logging.getLogger(__name__)

LONGEST_MESSAGE = 180
"""Seconds of a voice message."""

type Step = Callable[[Caller], Script]


@dataclass(frozen=True, slots=True)
class PickUp:
    webhook: Webhook
    inbox: Inbox
    policies: Policies
    queue: InboundQueue
    clock: Clock
    base_url: str
    """What the addresses of our steps begin with."""
    caller_id: str = ""
    """Our number, as customers see it."""
    switched_on: bool = True
    renew: Callable[[], bool] = bool
    """Forgets a secret that may have been replaced; False where it was read only just now."""

    def __call__(self, step: str, request: WebhookRequest) -> HttpAnswer:
        if not self.switched_on:
            return NOT_FOUND
        try:
            self._verify(request)
        except Refused as refused:
            log.warning("request refused", extra={"event": "request_refused", "provider": PHONE, "why": str(refused)})
            return FORBIDDEN
        except NotConfigured as missing:
            _closed(str(missing))
            return FORBIDDEN
        return self._answer(step, _fields(request))

    def _verify(self, request: WebhookRequest) -> None:
        try:
            self.webhook.verify(request)
        except Refused:
            if not self.renew():
                raise
            self.webhook.verify(request)

    def _answer(self, step: str, fields: Mapping[str, str]) -> HttpAnswer:
        """Whatever goes wrong, whoever is on the line hears a sentence: silence would end in an error tone."""
        try:
            answering = self._steps().get(step)
            return answer(answering(self._caller(fields))) if answering else NOT_FOUND
        except NotConfigured as missing:
            _closed(str(missing))
        except Exception:
            # An alarm listens for this line; that they called is told by the call's last state.
            log.exception("call broken", extra={"event": "call_broken", "why": f"step {step}"})
        return apology(fields)

    def _steps(self) -> dict[str, Step]:
        return {
            "incoming": self._incoming,
            "menu": self._menu,
            "choice": self._chosen,
            "time": self._time,
            "recorded": self._recorded,
            **{step: partial(self._put_through, step) for step in ("agent", "bridge", "bridged")},
        }

    def _caller(self, fields: Mapping[str, str]) -> Caller:
        policy = self.policies.current()
        address = caller(fields)
        language = fields.get("language") or language_of_number(address.value) or policy.language
        return Caller(
            fields=fields,
            language=known(language),
            hidden=is_hidden(address.value) or is_dear(address.value),
            policy=policy,
            calendar=calendar_of(policy, PHONE),
            now=self.clock(),
            base_url=self.base_url,
        )

    def _put_through(self, step: str, call: Caller) -> Script:
        """The steps of a call that an agent asked for."""
        put_through = PutThrough(self.inbox, self.queue, call.policy, self.base_url, self.caller_id, call.now)
        return put_through(step, call.fields)

    # The steps of a call that comes in

    def _incoming(self, call: Caller) -> Script:
        """A call that we made and somebody's telephone passes on to us would talk to itself."""
        ours = self.caller_id and caller(call.fields).value == self.caller_id
        return (Reject(),) if ours else menu(call, begins=greeting(call))

    def _menu(self, call: Caller) -> Script:
        return menu(call)

    def _chosen(self, call: Caller) -> Script:
        match call.fields.get("Digits"):
            case "1" if call.may_be_called:
                return self._promised(call, 0.0)
            case "2" if call.may_be_called:
                return offered(call, slots(call.calendar, call.now))
            case "3":
                return _voicemail(call)
            case "4":
                return schedule(call)
            case "9":
                return (GoOn(call.there("menu", language=call.other_language, turn=call.turn)),)
            case _:
                return _again(call)

    def _time(self, call: Caller) -> Script:
        at = wished(call)
        return self._promised(call, at) if at else _again(call)

    def _promised(self, call: Caller, at: float) -> Script:
        """Told only after it is durable."""
        self.queue.inbound(callback_event(call.fields, at, call.language, call.now))
        when = call.when(at) if at else call.when_soon
        key = "call.promised" if when else "call.promised.soon"
        return (call.say(key, when=when), HangUp())

    def _recorded(self, call: Caller) -> Script:
        if call.fields.get("RecordingUrl"):
            self.queue.inbound(voicemail_event(call.fields, call.language, call.now))
        return (call.say("call.voicemail.kept" if call.hidden else "call.voicemail.thanks"), HangUp())


def _again(call: Caller) -> Script:
    """After a key that means nothing, which is said: a menu that only begins anew sounds as if it were broken."""
    return menu(call, begins=(call.say("call.menu.unknown"),) if call.fields.get("Digits") else ())


def _closed(why: str) -> None:
    """The alarm listens for this line; a traceback would say nothing more than ``why``."""
    log.error("channel closed", extra={"event": "channel_closed", "provider": PHONE, "why": why})


def _voicemail(call: Caller) -> Script:
    number = (call.say("call.voicemail.number"),) if call.hidden else ()
    silence = call.say("call.voicemail.silent" if call.hidden else "call.voicemail.empty")
    return (*number, call.say("call.voicemail"), Record(call.there("recorded"), LONGEST_MESSAGE), silence, HangUp())


def _fields(request: WebhookRequest) -> dict[str, str]:
    """What the provider tells, and what our own address holds, which it signed as well."""
    told = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    return told | dict(parse_qsl(urlsplit(request.url).query))


def apology(fields: Mapping[str, str] = MappingProxyType({})) -> HttpAnswer:
    """For whoever is on the line while something of ours is broken: the policy may be what is."""
    language = known(fields.get("language") or language_of_number(caller(fields).value))
    return answer((Say(say("call.trouble", language), language), HangUp()))
