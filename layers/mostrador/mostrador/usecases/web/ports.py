"""What the pages need of the world, beside what every use case needs, and what a browser asks them."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from mostrador.pages.document import FRAMES, Site
from mostrador.pages.submitted import Submitted
from mostrador.usecases.ports import Allowances, Clock, Drawer, InboundQueue, Inbox, Limit, Policies, Shelf


@dataclass(frozen=True, slots=True)
class Outside:
    inbox: Inbox
    policies: Policies
    queue: InboundQueue
    allowances: Allowances
    drawer: Drawer
    shelf: Shelf
    key: Callable[[], str]
    """What pages and links are signed with. Raises NotConfigured."""
    clock: Clock
    site: Callable[[], Site]

    def allows(self, what: str, limit: Limit) -> bool:
        return self.allowances.take(what, limit.times, limit.seconds, self.clock())


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser asks of one page."""

    query: Mapping[str, str]
    language: str
    """One of ours: what the address says, else what the browser asks for."""
    source: str
    """The network that it comes from."""
    sent: Submitted
    """Empty where nothing was sent."""
    known: str = ""
    """The tag of the page that the browser has already."""

    @property
    def frame(self) -> str:
        """How the page is shown inside of another one; empty where it stands by itself."""
        asked = self.sent["embed"] or self.query.get("embed", "")
        return asked if asked in FRAMES else ""


def digest(text: str) -> str:
    """What is counted is kept for a while, and need not say whose it is."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def address(page: str, **query: str) -> str:
    """Of another page; what is empty is left out."""
    return f"/web/{page}?" + urlencode({name: value for name, value in query.items() if value})
