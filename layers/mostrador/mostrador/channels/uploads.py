"""What a browser may upload, and what a file really is, by its first bytes: a browser's word is not taken for it."""

from mostrador.channels.base import Intake
from mostrador.channels.files import Announced, Media
from mostrador.domain.typed import one_line

TYPES: dict[str, tuple[tuple[int, bytes], ...]] = {
    "image/jpeg": ((0, b"\xff\xd8\xff"),),
    "image/png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "image/gif": ((0, b"GIF87a"), (0, b"GIF89a")),
    "image/webp": ((8, b"WEBP"),),
    "image/heic": ((4, b"ftyp"),),
    "application/pdf": ((0, b"%PDF-"),),
}
"""What somebody may send from a page, with the bytes that such a file has at a place."""
ENDINGS: dict[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
}
"""How the name of such a file may end; the first is given to one that ends otherwise."""
LONGEST_NAME = 150
"""Characters of a file's name."""


def is_what_it_says(content_type: str, data: bytes) -> bool:
    return any(data[place : place + len(mark)] == mark for place, mark in TYPES.get(content_type, ()))


def fitting_name(name: str, content_type: str) -> str:
    """On one line, and with an ending of its type: an agent's computer opens a file as what its name says.

    Its first bytes prove little more than that no browser takes it for a page: ``\xff\xd8\xff<script>`` begins like a
    photo, and runs as ``photo.html``.
    """
    shown = one_line(name) or "file"
    endings = ENDINGS.get(content_type, (".bin",))
    ending = next((one for one in endings if shown.lower().endswith(one)), "")
    stem = shown[: -len(ending)] if ending else shown
    kept = shown[-len(ending) :] if ending else endings[0]
    return stem[: LONGEST_NAME - len(kept)] + kept


def uploaded(key: str, name: str, content_type: str, intake: Intake, largest: int) -> Announced:
    """A file that a browser has put under ``key`` of the bucket, of at most ``largest`` bytes."""
    shown = fitting_name(name, content_type)

    def fetch() -> Media:
        data = intake.fetch(key)
        if len(data) > largest or not is_what_it_says(content_type, data):
            return Media(shown, content_type, size=len(data), problem="refused")
        return Media(shown, content_type, data)

    return Announced(shown, content_type, fetch)
