"""The words that the file knows, and what names and ids in it look like."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar
from zoneinfo import available_timezones

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from cli.policyfile.findings import in_a_row, meant
from cli.policyfile.reading import NotUnderstood, Written, wrong
from mostrador.domain.attention import Attention, Intent, Priority
from mostrador.policy.model import DEFAULT, LANGUAGES, Work
from mostrador.policy.templates import VARIABLES

CHANNELS = (
    "email",
    "sms",
    "whatsapp",
    "phone",
    "messenger",
    "instagram",
    "comments",
    "telegram",
    "form",
    "chat",
    "forum",
)
"""Every channel of the product, those that a shop has not connected as well."""
PUBLIC_CHANNELS = ("comments", "forum", "instagram")
"""Where what is said can be read by everybody."""

_YES = ("yes", "true", "on", "sí", "si")
_NO = ("no", "false", "off")


def _yes_or_no(written: str) -> bool:
    if written.casefold() not in _YES + _NO:
        raise NotUnderstood(f"`{written}` is neither `yes` nor `no`")
    return written.casefold() in _YES


def _one_of(choices: Iterable[str], what: str) -> Written[str]:
    known = tuple(choices)

    def read(written: str) -> str:
        if written not in known:
            raise NotUnderstood(f"`{written}` is no {what}; {meant(written, known)}")
        return written

    return Written(read, {"type": "string", "enum": list(known)})


def _code(what: str, example: str) -> Callable[[str], str]:
    def read(written: str) -> str:
        if not re.fullmatch(rf"[A-Za-z]{{{len(example)}}}", written):
            letters = "two" if len(example) == 2 else "three"
            raise NotUnderstood(f"`{written}` is no code of a {what}; write its {letters} letters, such as {example}")
        return written.upper() if example.isupper() else written.lower()

    return read


def _zone(written: str) -> str:
    if written not in available_timezones():
        near = get_close_matches(written.rpartition("/")[2], _places(), n=1)
        instead = f"did you mean `{_places()[near[0]]}`?" if near else "write such as Europe/Madrid"
        raise NotUnderstood(f"`{written}` is no time zone; {instead}")
    return written


def _places() -> dict[str, str]:
    zones = sorted(zone for zone in available_timezones() if not zone.startswith(("posix/", "right/", "Etc/")))
    return {zone.rpartition("/")[2]: zone for zone in zones}


def _identifier(written: str) -> str:
    if len(written) > 60 or not re.fullmatch(r"[\w .+-]+", written):
        raise NotUnderstood(f"`{written[:80]}` is no good name; use up to 60 letters, numbers, spaces and - _ .")
    return written


def _domain(written: str) -> str:
    domain = written.removeprefix("@").casefold()
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", domain):
        raise NotUnderstood(f"`{written}` is no domain; write what follows the @, such as hotelsol.example")
    return domain


def _phone_number(written: str) -> str:
    number = re.sub(r"[\s().-]", "", written)
    if not re.fullmatch(r"\+[1-9]\d{6,14}", number):
        raise NotUnderstood(f"`{written}` is no telephone; write it with its country, such as +34 600 111 222")
    return number


def _desk_id(letters: str, what: str, example: str) -> Callable[[str], str]:
    def read(written: str) -> str:
        if not re.fullmatch(rf"[{letters}][A-Z0-9]{{2,}}", written):
            raise NotUnderstood(f"`{written}` is no Slack id of {what}; {example}")
        return written

    return read


_PERSON = "it looks like U01ABC2DEF (Slack: the person's profile, More, Copy member ID)"
_PLACE = "it looks like C01ABC2DEF (Slack: the channel's details, at the very bottom)"
Text = Annotated[str, Written(str.strip, {"type": "string", "minLength": 1})]
Identifier = Annotated[str, Written(_identifier, {"type": "string", "maxLength": 60})]
YesOrNo = Annotated[
    bool, Written(_yes_or_no, {"anyOf": [{"type": "boolean"}, {"type": "string", "enum": [*_YES, *_NO]}]})
]
PhoneNumber = Annotated[str, Written(_phone_number, {"type": "string", "pattern": r"^\+[1-9][\d\s().-]{6,20}$"})]
ShopLanguage = Annotated[str, _one_of(LANGUAGES, "language of the shop's")]
Language = Annotated[str, Written(_code("language", "es"), {"type": "string", "pattern": "^[a-z]{2}$"})]
Country = Annotated[str, Written(_code("country", "ES"), {"type": "string", "pattern": "^[A-Z]{2}$"})]
Currency = Annotated[str, Written(_code("currency", "EUR"), {"type": "string", "pattern": "^[A-Z]{3}$"})]
Zone = Annotated[str, Written(_zone, {"type": "string", "examples": ["Europe/Madrid", "Atlantic/Canary"]})]
Domain = Annotated[str, Written(_domain, {"type": "string", "pattern": r"^@?[\w-]+(\.[\w-]+)+$"})]
AttentionKind = Annotated[str, _one_of(Attention, "kind of attention")]
PriorityName = Annotated[str, _one_of((each.name.lower() for each in Priority), "priority")]
IntentName = Annotated[str, _one_of(Intent, "intent")]
WorkKind = Annotated[str, _one_of(Work, "way of giving out work")]
Channel = Annotated[str, _one_of(CHANNELS, "channel")]
Variable = Annotated[str, _one_of(VARIABLES, "variable of a template")]
ChannelOrDefault = Annotated[str, _one_of((DEFAULT, *CHANNELS), "channel")]
SlackPerson = Annotated[
    str, Written(_desk_id("UW", "a person", _PERSON), {"type": "string", "pattern": "^[UW][A-Z0-9]{2,}$"})
]
SlackChannel = Annotated[
    str, Written(_desk_id("CG", "a channel", _PLACE), {"type": "string", "pattern": "^[CG][A-Z0-9]{2,}$"})
]


@dataclass(frozen=True, slots=True)
class _Translated:
    """A text for each language of the shop's; where ``or_once``, one that is the same in all is written once."""

    or_once: bool = False

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        complete = core_schema.no_info_after_validator_function(self.complete, handler(source))
        return core_schema.no_info_before_validator_function(self.spread, complete)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        text = handler(core)["additionalProperties"]
        each = {"properties": dict.fromkeys(LANGUAGES, text), "required": [*LANGUAGES], "additionalProperties": False}
        translated = {"type": "object", **each}
        return {"anyOf": [text, translated]} if self.or_once else translated

    def spread(self, value: object) -> object:
        return dict.fromkeys(LANGUAGES, value) if self.or_once and isinstance(value, str) else value

    @staticmethod
    def complete(texts: dict[str, object]) -> dict[str, object]:
        missing = [language for language in LANGUAGES if language not in texts]
        if missing:
            raise wrong(f"{in_a_row(missing)} is missing; the shop speaks {in_a_row(LANGUAGES)}, so both are needed")
        return texts


T = TypeVar("T")
InBoth = Annotated[dict[ShopLanguage, T], _Translated()]
Named = Annotated[dict[ShopLanguage, Text], _Translated(or_once=True)]
