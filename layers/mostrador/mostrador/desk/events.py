"""What an agent did in Slack, reduced to what the inbox needs; it travels through a queue as JSON."""

import json
from base64 import b64encode
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from mostrador.domain.errors import Unreadable

SET_ASIDE = "set_aside"


class Kind(StrEnum):
    REPLY = "reply"
    """A person wrote in a thread."""
    EDIT = "edit"
    """A person changed the text or the files of their message; ``text`` and ``files`` are the new ones."""
    DELETE = "delete"
    BUTTON = "button"
    """A person pressed a button, or chose something in a menu."""
    COMMAND = "command"
    """A person typed a slash command: outside of any thread, as Slack allows."""


@dataclass(frozen=True, slots=True)
class SlackFile:
    """A file that an agent added. Slack Connect's come with an id alone: the desk asks for the rest."""

    id: str
    name: str = ""
    mimetype: str = ""
    size: int = 0
    url: str = ""
    """Only for whoever has the bot's token, and only at Slack's own hosts."""
    mode: str = ""
    access: str = ""


@dataclass(frozen=True, slots=True)
class SlackUpload:
    """A file that Slack expects from us."""

    file_id: str
    url: str
    """The permission to put these bytes: it is not logged."""
    name: str


@dataclass(frozen=True, slots=True)
class AgentEvent:
    kind: Kind
    event_id: str
    """The same in a redelivery: Slack's event id, or for a button what tells one press from another."""
    team: str
    channel: str
    thread_ts: str
    """The root of the thread, whichever of its messages this is about; empty where Slack does not tell."""
    ts: str
    """The message that was written, changed, deleted, or whose button was pressed."""
    user: str
    at: str = ""
    """Slack's time of the deed, a ``ts``: of two edits the later one counts, however they arrive."""
    text: str = ""
    """Slack's own markup."""
    before: str = ""
    """What the text was before the change, where Slack tells."""
    files: tuple[SlackFile, ...] = ()
    action: str = ""
    """The button or the menu; of a command, its name."""
    value: str = ""
    """What the button stands for, or what was chosen in the menu."""
    trigger_id: str = ""
    response_url: str = ""
    """Where an answer may go for half an hour, five times. It is a permission: it is not logged."""
    external: bool = False
    """Whoever did it belongs to another workspace (Slack Connect): not one of the shop's agents."""

    @property
    def group(self) -> str:
        """What is done in one order: all in a thread, and each person's commands."""
        return f"command:{self.user}" if self.kind is Kind.COMMAND else f"{self.channel}:{self.thread_ts}"

    @property
    def dedupe_id(self) -> str:
        """At most 128 characters, as a FIFO queue allows."""
        return self.event_id[:128]

    def to_json(self) -> str:
        # ASCII: Amazon SQS refuses a body with a character that XML does not allow.
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "AgentEvent":
        """Raises Unreadable for a request that was set aside because nobody understood it.

        While a new version is being deployed, its events reach functions of the old one: what they do not know is
        left out.
        """
        fields = json.loads(text)
        if SET_ASIDE in fields:
            raise Unreadable(fields["why"])
        files = tuple(SlackFile(**_known(SlackFile, file)) for file in fields.pop("files", ()))
        return cls(**{**_known(cls, fields), "kind": Kind(fields["kind"]), "files": files})


def _known(kind: type[AgentEvent | SlackFile], given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name in kind.__dataclass_fields__}


def set_aside(kind: str, body: bytes, why: str) -> str:
    """A genuine request that was not understood, with its raw bytes, for the same queue: nobody there will either, so
    that it comes to rest among the dead letters, where a person looks."""
    return json.dumps({SET_ASIDE: kind, "why": why, "body": b64encode(body).decode()})
