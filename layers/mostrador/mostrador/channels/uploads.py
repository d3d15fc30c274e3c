"""What a browser may upload, and what a file really is, by its first bytes: a browser's word is not taken for it."""

TYPES: dict[str, tuple[tuple[int, bytes], ...]] = {
    "image/jpeg": ((0, b"\xff\xd8\xff"),),
    "image/png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "image/gif": ((0, b"GIF87a"), (0, b"GIF89a")),
    "image/webp": ((8, b"WEBP"),),
    "image/heic": ((4, b"ftyp"),),
    "application/pdf": ((0, b"%PDF-"),),
}
"""What somebody may send from a page, with the bytes that such a file has at a place."""


def is_what_it_says(content_type: str, data: bytes) -> bool:
    return any(data[place : place + len(mark)] == mark for place, mark in TYPES.get(content_type, ()))
