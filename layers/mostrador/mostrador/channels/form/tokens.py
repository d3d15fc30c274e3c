"""What the shop signs for the pages of the form, with the secret ``web-key``: that a page is its own, and links."""

from dataclasses import dataclass

from mostrador.channels.signed import genuine, said_by, sign

PAGE_SECONDS = 24 * 3600
"""How long a form may stay open before it is sent."""
LINK_SECONDS = 30 * 24 * 3600
"""How long a link to a conversation works. Each mail brings a new one."""


@dataclass(frozen=True, slots=True)
class Page:
    """A form that was handed to a browser. Its id makes one message of it, however often it is sent."""

    id: str
    made_at: float

    def is_old(self, now: float) -> bool:
        return now - self.made_at > PAGE_SECONDS


@dataclass(frozen=True, slots=True)
class Pass:
    """Whoever has it may read a conversation and go on with it."""

    conversation: str = ""
    """Given in a mail: its holder reads that mailbox, and everything that was said."""
    sent: str = ""
    """Given to the browser that sent this event of the form, whose address nobody proved: it is shown its own words."""
    mail: str = ""
    """What was typed there as the address, shortened."""
    made_at: float = 0.0
    """Epoch seconds, where it comes from a token."""

    @property
    def proven(self) -> bool:
        return bool(self.conversation)


def page_token(page: Page, key: str) -> str:
    return sign("p1", {"i": page.id, "t": int(page.made_at), "x": int(page.made_at) + PAGE_SECONDS}, key)


def page_of(token: str, key: str) -> Page | None:
    """The page that a genuine token names, however old."""
    said = genuine("p1", token, key)
    return Page(str(said["i"]), float(said["t"])) if said else None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A file that was sent with a page that came back to be mended."""

    key: str
    """Where it lies in the bucket."""
    name: str
    content_type: str
    size: int
    """Bytes."""


def ticket_token(ticket: Ticket, now: float, key: str) -> str:
    said: dict[str, str | int] = {"k": ticket.key, "n": ticket.name, "c": ticket.content_type, "s": ticket.size}
    return sign("k1", {**said, "x": int(now) + PAGE_SECONDS}, key)


def ticket_of(token: str, key: str, now: float) -> Ticket | None:
    said = said_by("k1", token, key, now)
    return Ticket(str(said["k"]), str(said["n"]), str(said["c"]), int(said["s"])) if said else None


def link_token(link: Pass, now: float, key: str) -> str:
    return sign("v1", {"c": link.conversation, "e": link.sent, "m": link.mail, "x": int(now) + LINK_SECONDS}, key)


def pass_of(token: str, key: str, now: float) -> Pass | None:
    said = said_by("v1", token, key, now)
    if not said:
        return None
    return Pass(str(said["c"]), str(said["e"]), str(said["m"]), float(said["x"]) - LINK_SECONDS)


def conversation_link(public_base_url: str, token: str) -> str:
    return f"{public_base_url}/web/conversation?k={token}"
