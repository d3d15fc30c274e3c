"""Where a page asks for files, and those that it got already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mostrador.domain.catalogue import say
from mostrador.pages.fields import marks
from mostrador.pages.html import Content, Html, el

MOST_FILES = 3
MOST_BYTES = 4_000_000
"""Of all files: Lambda takes 6 MB in one call, and base 64 adds a third."""
MEGABYTES = 4
TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "application/pdf")
"""What will do, for the browser, which says so before anything is sent; the first bytes of a file decide."""
FILES_HINT = "form.files.hint"
KEPT = "kept"
"""How the names of the fields begin that have the tickets of files."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One that was sent before, with a page that came back: browsers do not choose a file again by themselves."""

    name: str
    ticket: str


def file_input(errors: Mapping[str, str], language: str, kept: Sequence[KeptFile] = ()) -> list[Content]:
    limits = {"files": MOST_FILES, "megabytes": MEGABYTES, "names": "{names}"}
    control = el(
        "input",
        id="files",
        name="files",
        type="file",
        multiple=True,
        accept="image/*,application/pdf",
        data_types=" ".join(TYPES),
        data_files=MOST_FILES,
        data_most=MOST_BYTES,
        data_large=say("form.error.files_too_large", language, **limits),
        data_many=say("form.error.files_many", language, **limits),
        data_type=say("form.error.files_type", language, **limits),
        **marks(errors, "files", hint=True),
    )
    return [_kept(kept, language) if kept else None, control]


def _kept(kept: Sequence[KeptFile], language: str) -> Html:
    """Whoever has thought better of one unticks it."""
    ticks = [
        el(
            "div",
            el("input", type="checkbox", id=f"{KEPT}{place}", name=f"{KEPT}{place}", value=file.ticket, checked=True),
            el("label", file.name, for_=f"{KEPT}{place}"),
            class_="tick",
        )
        for place, file in enumerate(kept)
    ]
    return el("fieldset", el("legend", say("form.files.kept", language)), ticks, class_="kept")
