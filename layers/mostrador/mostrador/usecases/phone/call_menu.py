"""What a caller is offered, by the hours of the phone and in their language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from mostrador.channels.phone.script import Ask, GoOn, HangUp, Say, Script
from mostrador.domain.catalogue import say
from mostrador.policy.hours import Calendar, calendar_of
from mostrador.policy.in_words import moment, today, week
from mostrador.policy.model import DEFAULT, Policy

TIMES = 2
"""How often the menu is said to somebody who presses nothing."""
MOST_TURNS = 10
"""How often it is said at all: a machine that presses keys would stay on a line that the shop pays for."""


@dataclass(frozen=True, slots=True)
class Caller:
    """One step of a call, and what is known in it."""

    fields: Mapping[str, str]
    """The provider's, and those of our own address."""
    language: str
    hidden: bool
    """There is no number, or none that is called back."""
    policy: Policy
    calendar: Calendar
    now: float
    base_url: str

    @property
    def may_be_called(self) -> bool:
        return not self.hidden and self.calendar.next_opening(self.now) is not None

    @property
    def bye(self) -> Say:
        """For whoever chose nothing: of a number that is hidden, no note is made."""
        return self.say("call.goodbye" if self.hidden else "call.noted")

    @property
    def turn(self) -> int:
        """How often the menu was said by now."""
        return int(self.fields.get("turn", "0") or 0)

    @property
    def other_language(self) -> str:
        return "en" if self.language == "es" else "es"

    @property
    def when_soon(self) -> str:
        """When "as soon as possible" is; empty for now."""
        opens = self.calendar.next_opening(self.now)
        return self.when(opens) if opens and opens > self.now else ""

    def when(self, at: float) -> str:
        return moment(at, self.now, self.language, self.calendar.zone)

    def say(self, phrase: str, /, **places: object) -> Say:
        return Say(say(phrase, self.language, **places), self.language)

    def there(self, step: str, **state: object) -> str:
        """The address of a step. ``state`` is plain: a provider signs an address letter by letter."""
        query = urlencode({"language": self.language, **state})
        return f"{self.base_url}/voice/{step}?{query}"


def menu(call: Caller, begins: Sequence[Say] = ()) -> Script:
    """``begins`` is said before what can be chosen."""
    said, turn = int(call.fields.get("said", "0") or 0) + 1, call.turn + 1
    if turn > MOST_TURNS:
        return (call.bye, HangUp())
    # Said in the language that it offers, by its own voice.
    other = Say(say("call.menu.language", call.other_language), call.other_language)
    ask = Ask((*begins, *_choices(call), other), call.there("choice", turn=turn))
    if said < TIMES:
        return (ask, GoOn(call.there("menu", said=said, turn=turn)))
    return (ask, call.bye, HangUp())


def greeting(call: Caller) -> tuple[Say, ...]:
    """Whoever cannot be called back is not told that they will be."""
    welcome = call.say("call.greeting", shop=call.policy.shop_name)
    if call.hidden:
        return (welcome, call.say("call.unreturnable"))
    return (welcome, call.say("call.attended" if call.calendar.is_open(call.now) else "call.closed"))


def _choices(call: Caller) -> tuple[Say, ...]:
    """Whoever hides their number cannot be called back."""
    rest = (call.say("call.menu.voicemail"), call.say("call.menu.hours"))
    if not call.may_be_called:
        return rest
    when = call.when_soon
    soon = call.say("call.menu.opening", when=when) if when else call.say("call.menu.soon")
    return (soon, call.say("call.menu.time"), *rest)


def schedule(call: Caller) -> Script:
    """Those of the phone, and the shop's where they are others: people come by as well."""
    shop = calendar_of(call.policy, DEFAULT)
    key = "call.hours" if shop.hours == call.calendar.hours else "call.hours.both"
    told = call.say(
        key, today=today(shop, call.now, call.language), shop=_week(shop, call), hours=_week(call.calendar, call)
    )
    return (told, GoOn(call.there("menu", said=TIMES - 1, turn=call.turn)))


def _week(calendar: Calendar, call: Caller) -> str:
    return week(calendar.hours, call.language, calendar.day(call.now))


def offered(call: Caller, at: Sequence[float]) -> Script:
    """The times travel in the address, so that the key that is pressed means what was said."""
    each = (call.say("call.slot", when=_sentence(call.when(time)), key=key) for key, time in enumerate(at, start=1))
    there = call.there("time", at="-".join(str(int(time)) for time in at), turn=call.turn)
    return (Ask((call.say("call.slots"), *each), there), call.bye, HangUp())


def wished(call: Caller) -> float:
    """The time that was chosen by its key; 0.0 for no key of ours."""
    times, key = call.fields.get("at", "").split("-"), call.fields.get("Digits", "")
    place = int(key) if key.isascii() and key.isdigit() else 0
    if not 1 <= place <= len(times) or not times[place - 1].isdigit():
        return 0.0
    return float(times[place - 1])


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
