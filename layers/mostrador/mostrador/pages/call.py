"""The page on which somebody asks to be called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from mostrador.domain.catalogue import LANGUAGES, say
from mostrador.domain.webhooks import HttpAnswer
from mostrador.pages.contact import LONGEST, TRAP
from mostrador.pages.document import Document, Site, page
from mostrador.pages.fields import consent, fault, fault_list, hidden, marks
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
    hours: str
    """Of the phone, in words."""
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def call_page(site: Site, wish: Wish, status: int = 200) -> HttpAnswer:
    title = say("callme.title", wish.language, shop=site.shop)
    lead = el("p", say("callme.lead", wish.language, hours=wish.hours), class_="lead")
    return page(
        site,
        Document(
            title, wish.language, [lead, fault_list(wish.errors, wish.language), _form(site, wish)], _switch(wish)
        ),
        status,
    )


def noted_page(site: Site, language: str, when: str, number: str) -> HttpAnswer:
    """``number`` is the shop's own, which the telephone will show."""
    body = [
        el("p", say("callme.noted", language, when=when), role="status"),
        el("p", say("callme.noted.from", language, number=number)),
    ]
    return page(site, Document(say("callme.noted.title", language), language, body, {}))


def not_offered_page(site: Site, language: str) -> HttpAnswer:
    form = el("a", say("page.write", language), href=f"/web/form?lang={language}")
    body = [el("p", say("callme.not_offered", language)), el("p", form)]
    return page(site, Document(say("callme.title", language, shop=site.shop), language, body, {}))


def _switch(wish: Wish) -> dict[str, str]:
    kept = {"basket": wish.values["basket"]} if wish.values.get("basket") else {}
    return {language: "/web/call?" + urlencode({"lang": language, **kept}) for language in LANGUAGES}


def _form(site: Site, wish: Wish) -> Html:
    trap = el("input", id=TRAP, name=TRAP, tabindex="-1", autocomplete="off")
    fields = [
        _input(wish, "phone", type="tel", autocomplete="tel", required=True),
        _input(wish, "name", autocomplete="name"),
        _times(wish),
        el("div", el("label", say("form.trap", wish.language), for_=TRAP), trap, class_="trap", aria_hidden="true"),
        consent(site, wish.language, ticked=wish.values.get("consent") == "yes", errors=wish.errors),
        el("button", say("callme.send", wish.language), type="submit", data_busy=say("form.sending", wish.language)),
    ]
    return el(
        "form",
        hidden(_kept(wish)),
        fields,
        novalidate=True,
        method="post",
        action="/web/call",
        enctype="multipart/form-data",
    )


def _kept(wish: Wish) -> Sequence[tuple[str, str]]:
    return (("token", wish.token), ("lang", wish.language), ("basket", wish.values.get("basket", "")))


def _input(wish: Wish, name: str, **attributes: str | bool) -> Html:
    after = (
        " *"
        if attributes.get("required")
        else [" ", el("span", say("form.optional", wish.language), class_="optional")]
    )
    label = el("label", say(f"form.{name}", wish.language), after, for_=name)
    value = wish.values.get(name, "")
    control = el(
        "input", id=name, name=name, value=value, maxlength=LONGEST[name], **marks(wish.errors, name), **attributes
    )
    return el("div", label, control, fault(wish.errors, name), class_="field")


def _times(wish: Wish) -> Html:
    values = [value for value, _ in wish.times]
    said = wish.values.get("when", "")
    chosen = said if said in values else values[0]
    choices = [
        el(
            "div",
            el("input", type="radio", id=f"when-{value}", name="when", value=value, checked=value == chosen),
            el("label", words, for_=f"when-{value}"),
            class_="tick",
        )
        for value, words in wish.times
    ]
    legend = el("legend", say("callme.when", wish.language))
    return el("fieldset", legend, choices, fault(wish.errors, "when"), id="when", tabindex="-1")
