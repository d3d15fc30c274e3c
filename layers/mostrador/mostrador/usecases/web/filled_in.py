"""Whether what somebody filled in will do, and what they should mend."""

import re
from collections.abc import Iterator

from mostrador.domain.catalogue import say
from mostrador.domain.typed import is_email
from mostrador.pages.contact import LONGEST, TOPICS
from mostrador.pages.files import MEGABYTES, MOST_FILES
from mostrador.pages.submitted import Submitted
from mostrador.usecases.web.chosen_files import Chosen

_PHONE = re.compile(r"\+?[0-9]{6,15}")
_ORDER = re.compile(r"#?[A-Za-z0-9-]{1,20}")
_BETWEEN_DIGITS = re.compile(r"[\s().-]+")


def email_of(sent: Submitted) -> str:
    return sent["email"].lower()


def phone_of(sent: Submitted) -> str:
    return _BETWEEN_DIGITS.sub("", sent["phone"])


def number_of(sent: Submitted, near: str, countries: tuple[str, ...]) -> str:
    """E.164 of the telephone that was typed; empty for none, and for what is no number.

    ``near`` is the shop's own number, ``countries`` whose numbers it calls besides.
    """
    from mostrador.channels.numbers import international  # noqa: PLC0415  no page waits for it that asks for no call

    return international(phone_of(sent), near, countries) if sent["phone"] else ""


def is_called(number: str, near: str, countries: tuple[str, ...]) -> bool:
    """Anybody can type any number, and the shop pays for the call."""
    from mostrador.channels.numbers import country_of, is_dear  # noqa: PLC0415  as above

    country = country_of(number)
    return number != near and bool(country) and country in (countries or (country_of(near),)) and not is_dear(number)


def faults(sent: Submitted, chosen: Chosen, language: str) -> dict[str, str]:
    """Sentences by field, in the order of the page; none where it will do."""
    found = {name: _sentence(fault, language) for name, fault in _faults(sent)}
    agreed = {} if sent["consent"] == "yes" else {"consent": _sentence("consent", language)}
    return {**found, **_about_files(chosen, language), **agreed}


def faults_of_reply(sent: Submitted, chosen: Chosen, language: str) -> dict[str, str]:
    """A picture says enough without a word."""
    words = _text(sent) if sent["text"] else [] if chosen else [("text", "text_or_file")]
    return {**{name: _sentence(fault, language) for name, fault in words}, **_about_files(chosen, language)}


def _faults(sent: Submitted) -> Iterator[tuple[str, str]]:
    if len(sent["name"]) > LONGEST["name"]:
        yield "name", "name"
    if not is_email(email_of(sent)):
        yield "email", "email"
    if sent["phone"] and not _PHONE.fullmatch(phone_of(sent)):
        yield "phone", "phone"
    if sent["order"] and not _ORDER.fullmatch(sent["order"]):
        yield "order", "order"
    if sent["topic"] not in TOPICS:
        yield "topic", "topic"
    yield from _text(sent)


def _text(sent: Submitted) -> Iterator[tuple[str, str]]:
    if not sent["text"]:
        yield "text", "text"
    elif len(sent["text"]) > LONGEST["text"]:
        yield "text", "text_long"


def _about_files(chosen: Chosen, language: str) -> dict[str, str]:
    """Which ones will not do, by their names: the others are kept."""
    said = [_sentence(fault, language, names=", ".join(names)) for fault, names in chosen.left_out.items()]
    return {"files": " ".join(said)} if said else {}


def _sentence(fault: str, language: str, **places: str) -> str:
    limits = {"characters": LONGEST["text"], "files": MOST_FILES, "megabytes": MEGABYTES}
    return say(f"form.error.{fault}", language, **limits, **places)
