"""Who calls: Meta signs the bytes that it sends; and it asks once, with a token, whether the address is ours.

Source: Meta, "Webhooks", verification requests and validating payloads. The bytes are JSON with escaped letters, so
that a document which was read and written again has another signature.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from mostrador.channels.base import HttpAnswer, WebhookRequest
from mostrador.domain.errors import NotConfigured, Refused

_HEADER = "x-hub-signature-256"
_CHALLENGE = re.compile(r"[\w.-]{1,200}", re.ASCII)
"""Meta's is a number. Whatever else would be put on a page of ours by whoever knows the token is not repeated."""


def verify(request: WebhookRequest, secret: Mapping[str, str]) -> None:
    """Raises Refused, and NotConfigured without the app's secret."""
    key = _field(secret, "app_secret")
    given = request.headers.get(_HEADER, "")
    if not given:
        raise Refused("no X-Hub-Signature-256 header")
    expected = "sha256=" + hmac.new(key.encode(), request.body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogatepass")):
        raise Refused("the X-Hub-Signature-256 header does not match")


def challenged(request: WebhookRequest, secret: Mapping[str, str]) -> HttpAnswer:
    """The bare challenge, for whoever knows our token. Raises as ``verify`` does."""
    token = _field(secret, "verify_token")
    try:
        asked = parse_qs(urlsplit(request.url).query, max_num_fields=20)
    except ValueError:
        raise Refused("a query that nobody can read") from None
    mode, given, challenge = (asked.get(f"hub.{name}", [""])[0] for name in ("mode", "verify_token", "challenge"))
    known = hmac.compare_digest(token.encode(), given.encode("utf-8", "surrogatepass"))
    if mode != "subscribe" or not known or not _CHALLENGE.fullmatch(challenge):
        raise Refused("not the handshake that the token is for")
    return HttpAnswer(200, challenge)


def _field(secret: Mapping[str, str], name: str) -> str:
    value = secret.get(name, "")
    if not value:
        raise NotConfigured(f"the secret meta has no {name}")
    return value
