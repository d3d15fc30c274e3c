"""Files that came with a message: fetched from where the provider keeps them, within limits, never at any price.

The address is the provider's, the bytes are a stranger's.
"""

import mimetypes
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mostrador.channels.base import Intake
from mostrador.domain.errors import TryAgain
from mostrador.domain.messages import Attachment

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

PATIENCE = 60.0
"""Seconds after which a file that cannot be fetched is left out, so that the words arrive at least."""
LONGEST_FETCH = 20.0
"""Seconds for the files of one message. A host that is slow with each of ten must not outlast the function: the words
would not arrive at all."""
REFUSED_TYPES = frozenset(
    {
        "text/html",
        "text/javascript",
        "image/svg+xml",
        "application/xhtml+xml",
        "application/javascript",
        "application/x-msdownload",
        "application/x-sh",
        "application/vnd.android.package-archive",
    }
)
"""What a browser or a desktop would run instead of show."""


@dataclass(frozen=True, slots=True)
class Media:
    """A file that was fetched, or, with ``problem``, one that was not (a phrase of the catalogue)."""

    name: str
    content_type: str
    data: bytes = b""
    size: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that a message speaks of."""

    name: str
    content_type: str
    fetch: Callable[[], Media]
    """Raises TryAgain while the other side is unwell."""


class LeftOut(Exception):
    """The file stays where it is; ``str()`` is the problem."""

    def __init__(self, problem: str, size: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.size = size


def collected(
    announced: Iterable[Announced],
    intake: Intake,
    received_at: float,
    clock: Callable[[], float],
    patience: float = PATIENCE,
) -> Iterator[Attachment]:
    """What was had is kept, the rest is named. Raises TryAgain while there is reason to wait."""
    began = clock()
    for file in announced:
        if clock() - began > LONGEST_FETCH:
            yield Attachment(file.name, file.content_type, 0, problem="unavailable")
            continue
        try:
            media = file.fetch()
        except TryAgain:
            if clock() - received_at < patience:
                raise
            yield Attachment(file.name, file.content_type, 0, problem="unavailable")
            continue
        yield _stored(media, intake)


def _stored(media: Media, intake: Intake) -> Attachment:
    if media.problem:
        return Attachment(media.name, media.content_type, media.size, problem=media.problem)
    return intake.keep(media.name, media.content_type, media.data)


def read_answer(response: "BaseHTTPResponse", announced: str, largest: int) -> tuple[str, bytes]:
    """The type and the bytes, closing the answer. Raises LeftOut; TryAgain for a host that is unwell."""
    with response:
        _check_status(response.status)
        kind = plain_type(response.headers.get("content-type", "")) or announced
        if kind in REFUSED_TYPES:
            raise LeftOut("refused")
        return kind, _read(response, largest)


def _check_status(status: int) -> None:
    if status == 429 or status >= 500:
        raise TryAgain(f"media: HTTP {status}", after=5)
    if status != 200:
        raise LeftOut("unavailable")


def _read(response: "BaseHTTPResponse", largest: int) -> bytes:
    length = response.headers.get("content-length", "")
    announced = int(length) if length.isascii() and length.isdigit() else 0
    data = b"" if announced > largest else response.read(largest + 1)
    if max(announced, len(data)) > largest:
        raise LeftOut("too_large", max(announced, len(data)))
    return data


def origin(url: str) -> tuple[str, str]:
    """Scheme and host; two empty texts for an address that is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme, parts.netloc.lower()


def is_public(url: str) -> bool:
    """Whether it leads over TLS to a host outside of the network that the function runs in."""
    # The provider itself names the host, over TLS, so what the name means is not in a shopper's hands after this look.
    try:
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname:
            return False
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP)
    except (OSError, ValueError):
        return False
    return all(ip_address(str(address[0]).partition("%")[0]).is_global for *_, address in found)


def plain_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def named(stem: str, content_type: str) -> str:
    return stem + (mimetypes.guess_extension(content_type) or "")
