"""A call over HTTP, and the answer to it, in the shape that every provider's webhook shares."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SHOP = "shop"
"""What stands for the channel in the shop's own events: nobody writes there, and its secret is what switches it on."""


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """A provider's HTTP request, untouched."""

    method: str
    url: str
    """As the provider was configured with it: the public base, the path, and the raw query."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    received_at: float
    """Epoch seconds."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    status: int = 200
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    is_base64: bool = False
    """``body`` stands for bytes."""


NOT_FOUND = HttpAnswer(404, "unknown channel")
FORBIDDEN = HttpAnswer(403, "refused")
