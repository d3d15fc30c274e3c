"""What the shop may send: each type with its limits, or Graph's refusal.

Sources: Meta, "Messages" (text 4,096 characters, captions 1,024), "Media" (types and sizes), "Templates".
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from mostrador.policy.model import Policy
from playground.meta.errors import bad_parameter, refused
from playground.whatsapp import Approved, approved

TEXT_MOST, CAPTION_MOST, TEMPLATE_MOST = 4096, 1024, 1024
"""Characters."""
KB, MB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """Of media. An empty set of types takes any."""

    largest: int
    types: frozenset[str] = frozenset()
    captioned: bool = True


MEDIA: Mapping[str, Kind] = {
    "image": Kind(5 * MB, frozenset({"image/jpeg", "image/png"})),
    "audio": Kind(
        16 * MB, frozenset({"audio/aac", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg"}), captioned=False
    ),
    "video": Kind(16 * MB, frozenset({"video/3gpp", "video/mp4"})),
    "document": Kind(100 * MB),
    "sticker": Kind(500 * KB, frozenset({"image/webp"}), captioned=False),
}


@dataclass(frozen=True, slots=True)
class Content:
    """What arrives. A file comes by `link`, or by the id that Graph gave to it."""

    kind: str
    text: str = ""
    link: str = ""
    media_id: str = ""

    @property
    def is_template(self) -> bool:
        return self.kind == "template"


def content_of(document: Mapping[str, Any], policy: Policy | None, known: Collection[str]) -> Content:
    """``known`` are the ids of media. Raises GraphError."""
    kind = document.get("type", "text")
    if kind == "text":
        return Content(kind, _words(_part(document, kind), "body", TEXT_MOST))
    if kind == "template":
        return Content(kind, _filled(_part(document, kind), policy))
    if kind in MEDIA:
        return _media(kind, _part(document, kind), known)
    types = ", ".join(sorted(each.upper() for each in ("text", "template", *MEDIA)))
    raise bad_parameter(f'Param type must be one of {{{types}}} - got "{kind}".')


def _part(document: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    part = document.get(kind)
    if not isinstance(part, dict):
        raise refused(131008, "Required parameter is missing", f"Parameter '{kind}' is mandatory for type '{kind}'")
    return part


def _words(part: Mapping[str, Any], name: str, most: int) -> str:
    text = part.get(name)
    if not isinstance(text, str) or not text.strip():
        raise bad_parameter(f"The parameter text['{name}'] is required.")
    return _short_enough(text, f"text['{name}']", most)


def _short_enough(text: str, name: str, most: int) -> str:
    if len(text) > most:
        raise bad_parameter(f"Param {name} must be at most {most} characters long.")
    return text


def _media(kind: str, part: Mapping[str, Any], known: Collection[str]) -> Content:
    link, media_id, caption = (str(part.get(name, "")) for name in ("link", "id", "caption"))
    if bool(link) == bool(media_id):
        raise bad_parameter(f"Param {kind} must have exactly one of 'id' and 'link'.")
    if link and not _is_address(link):
        raise bad_parameter(f"Param {kind}['link'] is not a valid URI.")
    if media_id and media_id not in known:
        raise bad_parameter(f"Param {kind}['id'] is not a valid whatsapp business account media attachment ID")
    if caption and not MEDIA[kind].captioned:
        raise bad_parameter(f'Unexpected key "caption" on param "{kind}".')
    return Content(kind, _short_enough(caption, f"{kind}['caption']", CAPTION_MOST), link, media_id)


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def unfit(kind: str, media_type: str, size: int) -> str:
    """Why a file is not taken as this kind of media; empty where it is."""
    allowed = MEDIA[kind]
    if allowed.types and media_type not in allowed.types:
        types = ", ".join(sorted(allowed.types))
        return f"Unsupported {kind} mime type {media_type}, please use one of the supported mime types: {types}"
    return f"The {kind} is larger than {allowed.largest} bytes" if size > allowed.largest else ""


# Templates


def _filled(part: Mapping[str, Any], policy: Policy | None) -> str:
    template = _named(part, policy)
    values = list(_values(part))
    if len(values) != template.places:
        raise refused(
            132000,
            "Number of parameters does not match the expected number of params",
            f"body: number of localizable_params ({len(values)}) does not match the expected number of params "
            f"({template.places})",
        )
    return _short_enough(template.filled(values), "template['body']", TEMPLATE_MOST)


def _named(part: Mapping[str, Any], policy: Policy | None) -> Approved:
    name, language = part.get("name"), part.get("language")
    code = language.get("code") if isinstance(language, dict) else None
    for template in approved(policy):
        if (template.name, template.language) == (name, code):
            return template
    raise refused(
        132001,
        "Template name does not exist in the translation",
        f"template name ({name}) does not exist in {code}",
        404,
    )


def _values(part: Mapping[str, Any]) -> Iterator[str]:
    """Of the body: our templates have places nowhere else."""
    for component in part.get("components") or ():
        if component.get("type") != "body":
            raise bad_parameter(f"Unexpected component {component.get('type')!r} in the template.")
        for parameter in component.get("parameters") or ():
            yield _checked(parameter.get("text"))


def _checked(value: object) -> str:
    text = value if isinstance(value, str) else ""
    if not text.strip():
        raise refused(131008, "Required parameter is missing", "Parameter of type text is missing text value")
    if "\n" in text or "\t" in text or " " * 5 in text:
        spaces = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
        raise refused(100, "Invalid parameter", spaces)
    return text
