"""What the forms on all pages are made of, and how they say what is wrong with what somebody filled in.

``errors`` are sentences by field; under an empty name stands what is wrong with all of it.
"""

from collections.abc import Iterable, Mapping

from mostrador.domain.catalogue import say
from mostrador.pages.document import Site
from mostrador.pages.html import Content, Html, el


def hidden(values: Iterable[tuple[str, str]]) -> list[Html]:
    return [el("input", type="hidden", name=name, value=value) for name, value in values]


def consent(site: Site, language: str, *, ticked: bool, errors: Mapping[str, str], wrong: str | None = None) -> Html:
    """``wrong``: what the browser says by itself where it is not ticked."""
    box: dict[str, str | bool | None] = {"type": "checkbox", "value": "yes", "checked": ticked, "required": True}
    control = el("input", id="consent", name="consent", data_wrong=wrong, **box, **marks(errors, "consent"))
    label = el("label", say("form.consent", language, shop=site.shop), " *", for_="consent")
    tick = el("div", control, el("span", label, _privacy(site, language)), class_="tick")
    return el("div", tick, fault(errors, "consent"), class_="field")


def _privacy(site: Site, language: str) -> Content:
    words = say("form.privacy", language)
    link = el("a", words, href=site.privacy_url, target="_blank", rel="noopener noreferrer")
    return [" ", link] if site.privacy_url else None


def fault_list(errors: Mapping[str, str], language: str) -> Html | None:
    """First what is wrong with all of it, then each field's, which leads there."""
    if not errors:
        return None
    general = el("p", errors.get("") or say("form.errors", language))
    items = [el("li", el("a", sentence, href=f"#{name}")) for name, sentence in errors.items() if name]
    return el("div", general, el("ul", items) if items else None, class_="errors", role="alert", tabindex="-1")


def fault(errors: Mapping[str, str], name: str) -> Html | None:
    """Beside the field itself."""
    return el("p", errors[name], class_="wrong", id=f"{name}-wrong") if name in errors else None


def marks(errors: Mapping[str, str], name: str, *, hint: bool = False) -> dict[str, str | None]:
    """Attributes of a field that tell whoever hears the page whether it is wrong, and where that and a hint stand."""
    wrong = name in errors
    described = [f"{name}-hint"] * hint + [f"{name}-wrong"] * wrong
    return {"aria-invalid": "true" if wrong else None, "aria-describedby": " ".join(described) or None}
