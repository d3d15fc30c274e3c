"""What a browser may upload, and what a file really is, by its first bytes: a browser's word is not taken for it."""

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
