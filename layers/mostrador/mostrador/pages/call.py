"""The page on which somebody asks to be called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mostrador.domain.catalogue import LANGUAGES, say
from mostrador.domain.webhooks import HttpAnswer
from mostrador.pages.contact import LONGEST, TRAP
from mostrador.pages.document import Document, Site, page
from mostrador.pages.html import Html, el

SOON = "soon"
"""The choice to be called as soon as possible."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The page as it is shown."""

    token: str
    language: str
    times: Sequence[tuple[str, str]]
    """What can be chosen, and how it reads."""
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def call_page(site: Site, wish: Wish, status: int = 200) -> HttpAnswer:
    title = say("callme.title", wish.language, shop=site.shop)
    switch = {language: f"/web/call?lang={language}" for language in LANGUAGES}
    return page(site, Document(title, wish.language, [_errors(wish), _form(site, wish)], switch), status)


def noted_page(site: Site, language: str, when: str) -> HttpAnswer:
    title = say("callme.noted.title", language)
    body = el("p", say("callme.noted", language, when=when), role="status")
    return page(site, Document(title, language, body, {}))


def not_offered_page(site: Site, language: str) -> HttpAnswer:
    form = el("a", say("page.write", language), href=f"/web/form?lang={language}")
    body = [el("p", say("callme.not_offered", language)), el("p", form)]
    return page(site, Document(say("callme.title", language, shop=site.shop), language, body, {}))


def _errors(wish: Wish) -> Html | None:
    sentences = [el("p", sentence) for sentence in wish.errors.values()]
    return el("div", sentences, class_="errors", role="alert", tabindex="-1") if sentences else None


def _form(site: Site, wish: Wish) -> Html:
    hidden = [el("input", type="hidden", name=name, value=value) for name, value in _hidden(wish)]
    trap = el("input", id=TRAP, name=TRAP, tabindex="-1", autocomplete="off")
    fields = [
        _input(wish, "phone", type="tel", autocomplete="tel", required=True),
        _input(wish, "name", autocomplete="name"),
        _times(wish),
        el("div", el("label", say("form.trap", wish.language), for_=TRAP), trap, class_="trap", aria_hidden="true"),
        _consent(site, wish),
        el("button", say("callme.send", wish.language), type="submit", data_busy=say("form.sending", wish.language)),
    ]
    return el("form", hidden, fields, novalidate=True, method="post", action="/web/call", enctype="multipart/form-data")


def _hidden(wish: Wish) -> Sequence[tuple[str, str]]:
    return (("token", wish.token), ("lang", wish.language))


def _input(wish: Wish, name: str, **attributes: str | bool) -> Html:
    after = (
        " *"
        if attributes.get("required")
        else [" ", el("span", say("form.optional", wish.language), class_="optional")]
    )
    label = el("label", say(f"form.{name}", wish.language), after, for_=name)
    wrong = "true" if name in wish.errors else None
    value = wish.values.get(name, "")
    control = el("input", id=name, name=name, value=value, maxlength=LONGEST[name], aria_invalid=wrong, **attributes)
    return el("div", label, control, class_="field")


def _times(wish: Wish) -> Html:
    chosen = wish.values.get("when", wish.times[0][0])
    choices = [
        el(
            "div",
            el("input", type="radio", id=f"when-{value}", name="when", value=value, checked=value == chosen),
            el("label", words, for_=f"when-{value}"),
            class_="tick",
        )
        for value, words in wish.times
    ]
    return el("fieldset", el("legend", say("callme.when", wish.language)), choices)


def _consent(site: Site, wish: Wish) -> Html:
    ticked = wish.values.get("consent") == "yes"
    control = el("input", id="consent", name="consent", type="checkbox", value="yes", required=True, checked=ticked)
    label = el("label", say("form.consent", wish.language, shop=site.shop), " *", for_="consent")
    text = say("form.privacy", wish.language)
    link = (
        el("a", text, href=site.privacy_url, target="_blank", rel="noopener noreferrer") if site.privacy_url else None
    )
    return el("div", el("div", control, el("span", label, " ", link), class_="tick"), class_="field")
