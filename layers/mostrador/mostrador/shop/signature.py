"""Proof that a request comes from the shop's own system (docs/connect/shop.md).

``Mostrador-Signature: v1=<hex>`` is the HMAC-SHA256 of the time, a full stop and the raw body. Several stand there,
separated by commas, while the shop changes its secret.
"""

import hashlib
import hmac
from collections.abc import Mapping

from mostrador.domain.errors import NotConfigured, Refused

WINDOW = 300
"""Seconds that a request may be older or younger than now."""
SHORTEST_SECRET = 16
"""Characters. Whoever sees one request can try out shorter ones at home."""
MOST_SIGNATURES = 5


def verify(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> None:
    """``headers`` with lower-case names, ``body`` exactly as it came, ``now`` in epoch seconds.

    Raises Refused, and NotConfigured for a secret that is missing or that anybody could guess.
    """
    if len(secret) < SHORTEST_SECRET:
        raise NotConfigured(f"the secret shop has no webhook_secret of at least {SHORTEST_SECRET} characters")
    timestamp = headers.get("mostrador-timestamp", "")
    if abs(now - _seconds(timestamp)) > WINDOW:
        raise Refused("Mostrador-Timestamp is outside the window of five minutes")
    wanted = signature(secret, timestamp, body).encode()
    # Bytes, because compare_digest raises TypeError on a str that is not ASCII.
    claimed = [one.encode("utf-8", "replace") for one in _signatures(headers.get("mostrador-signature", ""))]
    if not any(hmac.compare_digest(wanted, one) for one in claimed):
        raise Refused("Mostrador-Signature does not match")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _signatures(header: str) -> list[str]:
    schemes = (part.strip().partition("=") for part in header.split(",", MOST_SIGNATURES)[:MOST_SIGNATURES])
    return [value for scheme, _, value in schemes if scheme == "v1"]


def _seconds(timestamp: str) -> int:
    # int() alone would also take "+1", "1_0", other scripts' digits, and thousands of digits at great cost.
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise Refused("Mostrador-Timestamp is missing or not a number")
    return int(timestamp)
