"""The page of the shop's on which a visitor writes, as far as what their browser says of it can be used."""

from collections.abc import Collection
from urllib.parse import urlsplit

from mostrador.channels.chat.frames import Whereabouts
from mostrador.domain.messages import Page

LONGEST_PATH = 500
LONGEST_TITLE = 200
"""Characters."""


def page_of(told: Whereabouts | None, origins: Collection[str]) -> Page | None:
    """None where it is no page of ``origins``. Query and fragment are left out here, whatever the browser did."""
    try:
        parts = urlsplit(told.address if told else "")
    except ValueError:
        return None
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if told is None or origin not in origins:
        return None
    return Page(origin + parts.path[:LONGEST_PATH], " ".join(told.title.split())[:LONGEST_TITLE])
