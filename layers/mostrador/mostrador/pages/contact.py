"""The contact form's page, and what follows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from mostrador.domain.catalogue import LANGUAGES, say
from mostrador.domain.typed import LONGEST_EMAIL, LONGEST_NAME
from mostrador.domain.webhooks import HttpAnswer
from mostrador.pages.document import Document, Site, page
from mostrador.pages.fields import consent, fault, fault_list, hidden, marks
from mostrador.pages.files import FILES_HINT, MEGABYTES, MOST_FILES, KeptFile, file_input
from mostrador.pages.html import Content, Html, el

TOPICS = ("order", "product", "delivery", "returns", "complaint", "idea", "other")
LONGEST = {"name": LONGEST_NAME, "email": LONGEST_EMAIL, "phone": 30, "order": 20, "text": 5000}
"""Characters of each field."""
REQUIRED = frozenset({"email", "topic", "text", "consent"})
TRAP = "website"
"""The field that no person sees. Whoever fills it in is a program."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it is shown: what was typed before, and what is wrong with it."""

    token: str
    language: str
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    """Sentences by field; under an empty name what is wrong with all of it."""
    frame: str = ""
    """As in ``Document``."""
    kept: Sequence[KeptFile] = ()


def form_page(site: Site, filled: Filled, status: int = 200) -> HttpAnswer:
    words = _Words(site, filled.language)
    faults = fault_list(filled.errors, filled.language)
    body = [el("p", words("form.lead"), class_="lead"), faults, _Form(filled, words).html()]
    return page(site, Document(words("form.title"), filled.language, body, _switch(filled), filled.frame), status)


def thanks_page(site: Site, language: str, mail: str, link: str, frame: str) -> HttpAnswer:
    words = _Words(site, language)
    before, _, after = words("thanks.text", mail="\0").partition("\0")
    local, at, domain = mail.partition("@")
    address = el("strong", el("span", local, at, class_="whole"), domain)
    body = [
        el("p", before, address, after, class_="note", role="status"),
        el("p", el("a", words("thanks.link"), href=link, target="_blank" if frame else None, rel="noopener")),
        el("p", el("a", words("thanks.again"), href=form_address(language, frame))),
    ]
    return page(site, Document(words("thanks.title"), language, body, {}, frame))


def refused_page(site: Site, language: str, sentence: str, status: int, frame: str = "") -> HttpAnswer:
    """For what comes from no person, as far as can be told; a person reads how to reach us all the same."""
    words = _Words(site, language)
    mail = el("p", el("a", site.address, href=f"mailto:{site.address}")) if site.address else None
    again = el("p", el("a", words("page.write"), href=form_address(language, frame)))
    body = [el("p", words(sentence), class_="errors", role="alert"), mail, again]
    return page(site, Document(words("form.title"), language, body, {}, frame), status)


def form_address(language: str, frame: str = "") -> str:
    return "/web/form?" + urlencode({"lang": language, **({"embed": frame} if frame else {})})


@dataclass(frozen=True, slots=True)
class _Words:
    site: Site
    language: str

    def __call__(self, key: str, **values: object) -> str:
        limits = {"files": MOST_FILES, "megabytes": MEGABYTES, "characters": LONGEST["text"]}
        return say(key, self.language, **{"shop": self.site.shop, **limits, **values})


def _switch(filled: Filled) -> dict[str, str]:
    return {language: form_address(language, filled.frame) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class _Form:
    filled: Filled
    words: _Words

    def html(self) -> Html:
        kept = [("token", self.filled.token), ("lang", self.filled.language)]
        kept += [("embed", self.filled.frame)] if self.filled.frame else []
        # The browser's own bubbles speak its language and show one fault at a time: the server shows all, in ours.
        sent = {"method": "post", "action": "/web/form", "enctype": "multipart/form-data"}
        return el("form", hidden(kept), self._fields(), novalidate=True, data_errors=self.words("form.errors"), **sent)

    def _fields(self) -> list[Content]:
        phone, order = self._phone(), self._order()
        return [
            el("p", self.words("form.required"), class_="hint"),
            self._input("name", autocomplete="name"),
            self._email(),
            el("div", phone, order, class_="two"),
            self._topics(),
            self._text(),
            self._field("files", self._files(), FILES_HINT),
            self._trap(),
            self._consent(),
            el("button", self.words("form.send"), type="submit", data_busy=self.words("form.sending")),
        ]

    def _email(self) -> Html:
        return self._input("email", "form.email.hint", type="email", autocomplete="email", required=True)

    def _phone(self) -> Html:
        return self._input("phone", type="tel", autocomplete="tel")

    def _order(self) -> Html:
        return self._input("order", autocomplete="off")

    def _input(self, name: str, hint: str = "", **attributes: str | bool) -> Html:
        value = self.filled.values.get(name, "")
        given = {**self._common(name, hint), "value": value, "maxlength": LONGEST[name], **attributes}
        return self._field(name, el("input", **given), hint)

    def _topics(self) -> Html:
        chosen = self.filled.values.get("topic", "")
        options = [el("option", self.words(f"form.topic.{one}"), value=one, selected=one == chosen) for one in TOPICS]
        empty = el("option", self.words("form.topic.choose"), value="", selected=chosen not in TOPICS)
        return self._field("topic", el("select", empty, options, required=True, **self._common("topic")))

    def _text(self) -> Html:
        given = {**self._common("text"), "maxlength": LONGEST["text"], "rows": 7}
        return self._field("text", el("textarea", self.filled.values.get("text", ""), required=True, **given))

    def _files(self) -> Content:
        return file_input(self.filled.errors, self.filled.language, self.filled.kept)

    def _trap(self) -> Html:
        control = el("input", id=TRAP, name=TRAP, tabindex="-1", autocomplete="off")
        return el("div", el("label", self.words("form.trap"), for_=TRAP), control, class_="trap", aria_hidden="true")

    def _consent(self) -> Html:
        ticked, wrong = self.filled.values.get("consent") == "yes", self.words("form.error.consent")
        return consent(self.words.site, self.filled.language, ticked=ticked, errors=self.filled.errors, wrong=wrong)

    def _common(self, name: str, hint: str = "") -> dict[str, str | int | bool | None]:
        return {
            "id": name,
            "name": name,
            "data-wrong": self.words(f"form.error.{name}") if name in REQUIRED else None,
            **marks(self.filled.errors, name, hint=bool(hint)),
        }

    def _field(self, name: str, control: Content, hint: str = "") -> Html:
        """With its label, what helps to fill it in, and what is wrong with it."""
        help_ = el("p", self.words(hint), class_="hint", id=f"{name}-hint") if hint else None
        return el("div", self._label(name), help_, control, fault(self.filled.errors, name), class_="field")

    def _label(self, name: str) -> Html:
        optional = el("span", self.words("form.optional"), class_="optional")
        after: Content = " *" if name in REQUIRED else [" ", optional]
        return el("label", self.words(f"form.{name}"), after, for_=name)
