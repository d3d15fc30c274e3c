"""Fetching what came with a message, and telling of it.

Twilio answers a media address with a redirect to a content network. Our credentials go to Twilio's own host and
to nobody else, and a redirect leads to public hosts only: never into the network that the function runs in.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from urllib.parse import urljoin

import urllib3
from urllib3.exceptions import HTTPError

from mostrador.channels.files import Announced, LeftOut, Media, is_public, named, origin, plain_type, read_answer
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.twilio.fields import announced_media
from mostrador.domain.errors import NotConfigured, TryAgain

LARGEST = 5 * 1024 * 1024
"""Bytes of one file by MMS. Source: Twilio, "Accepted content types for media": 5 MB for a whole message."""
_REDIRECTS = 3
_MOVED = frozenset({301, 302, 303, 307, 308})


class MediaFetcher:
    def __init__(self, settings: ChannelSettings, largest: int = LARGEST) -> None:
        self._settings = settings
        self._largest = largest
        self._home = origin(settings.twilio_api_url)
        timeout = urllib3.Timeout(connect=3, read=10)
        self._http = urllib3.PoolManager(retries=False, timeout=timeout, cert_reqs="CERT_REQUIRED")

    def announced(self, fields: Mapping[str, object]) -> Iterable[Announced]:
        """The files that a message's form speaks of."""
        for url, content_type in announced_media(fields):
            stem = url.rpartition("/")[2]
            yield Announced(stem, content_type, partial(self.fetch, url, content_type))

    def fetch(self, url: str, content_type: str) -> Media:
        """``content_type`` is what the message announced. Raises TryAgain while the other side is unwell."""
        announced = plain_type(content_type)
        try:
            kind, data = read_answer(self._follow(url), announced, self._largest)
        except LeftOut as left_out:
            return Media(_name(url, announced), announced, size=left_out.size, problem=left_out.problem)
        except HTTPError as error:
            raise TryAgain(f"media: {type(error).__name__}", after=5) from error
        return Media(_name(url, kind), kind, data, len(data))

    def _follow(self, url: str) -> urllib3.BaseHTTPResponse:
        """Our credentials open the first address alone: where it leads to is signed for itself."""
        if origin(url) != self._home:
            raise LeftOut("refused")
        response = self._get(url, self._credentials())
        for _ in range(_REDIRECTS):
            if response.status not in _MOVED:
                return response
            response.close()
            url = _target(url, response.headers.get("location", ""))
            if origin(url) != self._home and not is_public(url):
                raise LeftOut("refused")
            response = self._get(url, {})
        if response.status in _MOVED:
            response.close()
            raise LeftOut("unavailable")
        return response

    def _get(self, url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        return self._http.request("GET", url, headers=headers, redirect=False, preload_content=False)

    def _credentials(self) -> dict[str, str]:
        secret = self._settings.secret("twilio")
        if not secret.get("account_sid") or not secret.get("auth_token"):
            raise NotConfigured("the secret twilio needs account_sid and auth_token")
        return urllib3.make_headers(basic_auth=f"{secret['account_sid']}:{secret['auth_token']}")


def _target(url: str, location: str) -> str:
    """Empty for an address that is none, which then belongs to nobody."""
    try:
        return urljoin(url, location)
    except ValueError:
        return ""


def _name(url: str, content_type: str) -> str:
    return named(url.partition("?")[0].rstrip("/").rpartition("/")[2] or "media", content_type)
