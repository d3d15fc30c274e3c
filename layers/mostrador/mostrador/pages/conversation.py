"""A conversation's own page: what was said, and a place to go on.

As long as the page is looked at, a script asks for it again (``assets/conversation.js``) and takes over what was said.
A tag says whether there is anything new.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from mostrador.domain.catalogue import LANGUAGES, say
from mostrador.domain.webhooks import HttpAnswer
from mostrador.pages.contact import LONGEST, form_address
from mostrador.pages.document import Document, Site, page, unchanged
from mostrador.pages.fields import fault, fault_list, hidden, marks
from mostrador.pages.files import FILES_HINT, MEGABYTES, MOST_FILES, KeptFile, file_input
from mostrador.pages.html import Content, Html, el, lines, linked


@dataclass(frozen=True, slots=True)
class ShownFile:
    name: str
    link: str
    """Empty where the file could not be kept."""
    is_picture: bool = False
    """One that every browser shows."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message; ``author`` is empty for whoever reads the page."""

    author: str
    text: str
    moment: str
    """In words."""
    machine: bool = False
    files: tuple[ShownFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """The page as it is shown."""

    link: str
    """The token by which it was opened."""
    token: str
    """For what is written on it."""
    language: str
    said: Sequence[Said]
    answered: bool = False
    """There is an answer that only the link in its mail shows."""
    sent: str = ""
    """What was sent from this page a moment ago, by its id."""
    soon: bool = False
    """It is still on its way here."""
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    kept: Sequence[KeptFile] = ()
    pictures_from: str = ""
    """The origin to which the links of files lead on; empty where there is no picture."""
    zone: str = ""
    """The time zone of the moments, such as Europe/Madrid."""


def conversation_page(site: Site, told: Told, status: int = 200, known: str = "") -> HttpAnswer:
    """``known`` is the tag of the page that the browser has already."""
    title = say("page.title", told.language, shop=site.shop)
    said, notice = _said(told), _notice(told)
    tag = _tag(*said, notice)
    if status == 200 and known.removeprefix("W/") == tag:  # whoever compresses pages on the way weakens their tags
        return unchanged(tag)
    body = [_log(said, tag, told), notice, _reply(told)]
    document = Document(
        title,
        told.language,
        body,
        _switch(told.link),
        script="conversation.js",
        pictures_from=told.pictures_from,
        tag=tag,
    )
    return page(site, document, status)


def _tag(*parts: Html | None) -> str:
    """Of what is shown, whatever is signed anew each time."""
    return f'"{hashlib.sha256("".join(filter(None, parts)).encode()).hexdigest()[:20]}"'


def wait_page(site: Site, language: str) -> HttpAnswer:
    """The message is on its way from the queue."""
    body = el("p", say("page.wait", language), role="status")
    return page(site, Document(say("page.wait.title", language), language, body, {}, refresh=2))


def gone_page(site: Site, language: str, frame: str = "") -> HttpAnswer:
    form = el("a", say("page.write", language), href=form_address(language, frame))
    body = [el("p", say("page.gone", language)), el("p", form)]
    return page(site, Document(say("page.gone.title", language), language, body, {}, frame), 404)


def _switch(link: str) -> dict[str, str]:
    return {language: "/web/conversation?" + urlencode({"k": link, "lang": language}) for language in LANGUAGES}


def _said(told: Told) -> list[Html]:
    messages = el("ol", [_message(one, told.language) for one in told.said], class_="said")
    city = told.zone.rpartition("/")[2].replace("_", " ")
    times = [el("p", say("page.times", told.language, city=city), class_="hint")] if city and told.said else []
    return [messages, *times, *([el("p", say("page.answered", told.language), class_="note")] if told.answered else [])]


def _log(said: list[Html], tag: str, told: Told) -> Html:
    """Who hears the page hears what is added to it."""
    name = say("page.log", told.language)
    return el("div", said, id="said", role="log", aria_label=name, data_from=_address(told), data_tag=tag)


def _address(told: Told) -> str:
    sent = {"sent": told.sent} if told.sent else {}
    return "/web/conversation?" + urlencode({"k": told.link, "lang": told.language, **sent})


def _message(said: Said, language: str) -> Html:
    whose = "theirs" if said.author else "own"
    author = said.author or say("page.you", language)
    machine = el("span", say("page.automatic", language), class_="machine") if said.machine else None
    meta = el("p", el("strong", author), " ", machine, " ", el("time", said.moment), class_="meta")
    # Anybody may have typed this address into the form: what they wrote leads nobody anywhere.
    text = linked(said.text) if said.author else lines(said.text)
    files = [_file(one, language) for one in said.files]
    words = el("p", text) if said.text else None
    return el("li", meta, words, el("ul", files, class_="files") if files else None, class_=whose)


def _file(file: ShownFile, language: str) -> Html:
    if not file.link:
        return el("li", say("page.file.problem", language, name=file.name))
    seen = el("img", src=file.link, alt=file.name, loading="lazy") if file.is_picture else file.name
    link = el("a", seen, href=file.link, rel="noopener", download=True)
    return el("li", link, class_="picture" if file.is_picture else None)


def _notice(told: Told) -> Html | None:
    if told.errors:
        return fault_list(told.errors, told.language)
    if not told.sent:
        return None
    refresh = el("a", say("page.refresh", told.language), href=_address(told))
    soon = el("span", " ", say("page.soon", told.language), " ", refresh, id="soon") if told.soon else None
    return el("p", say("page.sent", told.language), soon, class_="note", role="status")


def _reply(told: Told) -> Html:
    language, errors = told.language, told.errors
    hint = say(FILES_HINT, language, files=MOST_FILES, megabytes=MEGABYTES)
    fields = [
        _field("text", say("page.reply", language), _text(told), fault(errors, "text")),
        _field(
            "files",
            say("form.files", language),
            el("p", hint, class_="hint", id="files-hint"),
            file_input(errors, language, told.kept),
            fault(errors, "files"),
        ),
        el("button", say("form.send", language), type="submit", data_busy=say("form.sending", language)),
    ]
    sent = {"method": "post", "action": "/web/conversation", "enctype": "multipart/form-data"}
    kept = hidden([("k", told.link), ("token", told.token), ("lang", language)])
    return el("form", kept, fields, novalidate=True, data_errors=say("form.errors", language), **sent)


def _field(name: str, label: str, *content: Content) -> Html:
    return el("div", el("label", label, for_=name), *content, class_="field")


def _text(told: Told) -> Html:
    words, most = told.values.get("text", ""), LONGEST["text"]
    return el("textarea", words, id="text", name="text", rows=4, maxlength=most, **marks(told.errors, "text"))
