"""Whether what somebody filled in will do, and what they should mend."""

import re
from collections.abc import Iterator, Sequence

from mostrador.channels.uploads import is_what_it_says
from mostrador.domain.catalogue import say
from mostrador.domain.typed import is_email
from mostrador.pages.contact import LONGEST, MEGABYTES, MOST_BYTES, MOST_FILES, TOPICS
from mostrador.pages.submitted import SentFile, Submitted

_PHONE = re.compile(r"\+?[0-9]{6,15}")
_ORDER = re.compile(r"#?[A-Za-z0-9-]{1,20}")
_BETWEEN_DIGITS = re.compile(r"[\s().-]+")


def email_of(sent: Submitted) -> str:
    return sent["email"].lower()


def phone_of(sent: Submitted) -> str:
    return _BETWEEN_DIGITS.sub("", sent["phone"])


def faults(sent: Submitted, language: str) -> dict[str, str]:
    """Sentences by field, in the order of the page; none where it will do."""
    return {name: _sentence(fault, language) for name, fault in _faults(sent)}


def faults_of_reply(sent: Submitted, language: str) -> dict[str, str]:
    """A picture says enough without a word."""
    words = _text(sent) if sent["text"] else [] if sent.files else [("text", "text_or_file")]
    found = (*words, *_files(sent.files))
    return {name: _sentence(fault, language) for name, fault in found}


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
    yield from _files(sent.files)
    if sent["consent"] != "yes":
        yield "consent", "consent"


def _text(sent: Submitted) -> Iterator[tuple[str, str]]:
    if not sent["text"]:
        yield "text", "text"
    elif len(sent["text"]) > LONGEST["text"]:
        yield "text", "text_long"


def _files(files: Sequence[SentFile]) -> Iterator[tuple[str, str]]:
    if len(files) > MOST_FILES:
        yield "files", "files_many"
    elif sum(len(file.data) for file in files) > MOST_BYTES:
        yield "files", "files_large"
    elif not all(is_what_it_says(file.content_type, file.data) for file in files):
        yield "files", "files_type"


def _sentence(fault: str, language: str) -> str:
    limits = {"characters": LONGEST["text"], "files": MOST_FILES, "megabytes": MEGABYTES}
    return say(f"form.error.{fault}", language, **limits)
