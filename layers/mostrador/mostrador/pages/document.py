"""What all pages have around their content, and the headers that go with them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mostrador.domain.catalogue import LANGUAGES
from mostrador.domain.webhooks import HttpAnswer
from mostrador.pages.html import Content, Html, el

FRAMES = {"1": "light dark", "light": "light", "dark": "dark"}
"""How a page is shown inside of one of the shop's: as the visitor's system wants it, or always in one way."""
LANGUAGE_NAMES = {"es": "Español", "en": "English"}


@dataclass(frozen=True, slots=True)
class Site:
    """What pages know of the shop and of where they are."""

    shop: str
    address: str = ""
    """The shop's mail address."""
    privacy_url: str = ""
    """The shop's privacy policy; empty where it has no page."""
    origins: Collection[str] = ()
    """The pages that may show the form inside of them."""
    assets: str = "0"
    """The version of the style sheet and the scripts."""


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    language: str
    body: Content
    switch: Mapping[str, str]
    """The address of this page in each language; empty where there is no choice."""
    frame: str = ""
    """One of FRAMES where one of the shop's pages shows this one inside; empty where it stands by itself."""
    refresh: int = 0
    """Seconds after which the browser asks again; 0: never."""
    script: str = ""
    """One more than every page has; it may ask us for more."""
    pictures_from: str = ""
    """The origin of what people sent, where the page shows it."""
    tag: str = ""
    """The same as long as the page would say the same."""


def page(site: Site, document: Document, status: int = 200) -> HttpAnswer:
    content = "<!doctype html>\n" + _html(site, document)
    return HttpAnswer(status, content, "text/html; charset=utf-8", headers(site, document))


def unchanged(tag: str) -> HttpAnswer:
    """To a browser that has this page already."""
    return HttpAnswer(304, headers={"etag": tag, **_PRIVATE})


def moved(to: str) -> HttpAnswer:
    """After something was sent: the browser gets the page that says so, and does not send it again."""
    return HttpAnswer(303, "", headers={"location": to, **_PRIVATE})


_PRIVATE = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
    "x-content-type-options": "nosniff",
}


_DARK = {"light dark": "(prefers-color-scheme: dark)", "light": "not all", "dark": "all"}
"""When the style sheet for the dark counts."""


def headers(site: Site, document: Document) -> dict[str, str]:
    """Nothing but our own style sheet and script runs, nothing is sent elsewhere, and only the shop frames the form."""
    framed_by = " ".join(["'self'", *sorted(site.origins)]) if document.frame else "'none'"
    asks = "connect-src 'self'; " if document.script else ""
    pictures = " ".join(["'self'", "blob:", *filter(None, [document.pictures_from])])
    policy = (
        f"default-src 'none'; style-src 'self'; script-src 'self'; img-src {pictures}; form-action 'self'; "
        f"{asks}base-uri 'none'; frame-ancestors {framed_by}"
    )
    refresh = {"refresh": str(document.refresh)} if document.refresh else {}
    tag = {"etag": document.tag} if document.tag else {}
    shut = {} if document.frame else {"x-frame-options": "DENY"}
    return {
        **_PRIVATE,
        **refresh,
        **tag,
        **shut,
        "content-security-policy": policy,
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "strict-transport-security": "max-age=31536000",
    }


def _html(site: Site, document: Document) -> Html:
    schemes = FRAMES[document.frame or "1"]
    scripts = ["form.js", *([document.script] if document.script else [])]
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content=schemes),
        el("meta", name="robots", content="noindex"),
        el("title", document.title),
        el("link", rel="icon", type="image/svg+xml", href=f"/web/assets/icon.svg?v={site.assets}"),
        el("link", rel="stylesheet", href=f"/web/assets/form.css?v={site.assets}"),
        el("link", rel="stylesheet", href=f"/web/assets/dark.css?v={site.assets}", media=_DARK[schemes]),
        [el("script", src=f"/web/assets/{name}?v={site.assets}", defer=True) for name in scripts],
    )
    frame = "embedded" if document.frame else None
    main = el("main", el("h1", document.title), document.body)
    return el("html", head, el("body", _header(site, document), main, class_=frame), lang=document.language)


def _header(site: Site, document: Document) -> Html:
    others = [language for language in LANGUAGES if language != document.language and document.switch]
    links = [
        el("a", LANGUAGE_NAMES[one], href=document.switch[one], lang=one, hreflang=one, rel="alternate")
        for one in others
    ]
    name = el("span", site.shop, class_="shop")
    return el("header", name, el("nav", links) if links else None)
