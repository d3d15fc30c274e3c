"""What an agent wrote, with everything fetched that it takes to keep it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from mostrador.desk.errors import FileUnavailable
from mostrador.desk.events import AgentEvent, SlackFile
from mostrador.desk.markup import mentioned, to_plain
from mostrador.desk.notes import is_note
from mostrador.domain.messages import Attachment
from mostrador.usecases.ports import Blobs, Desk

log = logging.getLogger(__name__)

DESK = "desk"
"""The desk's name as a source of events, beside the channels'."""


@dataclass(frozen=True, slots=True)
class Written:
    text: str
    """Plain, as the shopper would read it."""
    author_name: str
    attachments: tuple[Attachment, ...]
    note: bool
    """The mark of a note stands in it."""
    inside: bool
    """It does, or did before the change: what was a note once stays inside, whatever was made of it."""

    @property
    def empty(self) -> bool:
        return not self.text and not self.attachments


@dataclass(frozen=True, slots=True)
class Fetch:
    """Done once for an event, before the table is asked: a lost race is no reason to download files again."""

    desk: Desk
    blobs: Blobs

    def __call__(self, event: AgentEvent, note_mark: str) -> Written:
        """Raises what the desk raises."""
        names = {user: self.desk.user_name(user) for user in mentioned(event.text)}
        return Written(
            text=to_plain(event.text, names).strip(),
            author_name=self.desk.user_name(event.user),
            attachments=self._files(event),
            note=is_note(event.text, note_mark),
            inside=is_note(event.text, note_mark) or is_note(event.before, note_mark),
        )

    def _files(self, event: AgentEvent) -> tuple[Attachment, ...]:
        intake = self.blobs.intake(DESK, event_key(event))
        return tuple(self._file(intake.keep, file) for file in event.files)

    def _file(self, keep: Callable[[str, str, bytes], Attachment], file: SlackFile) -> Attachment:
        try:
            data = self.desk.download(file)
        except FileUnavailable as unavailable:
            log.warning("file not fetched", extra={"file": file.id, "why": str(unavailable)})
            return Attachment(file.name or file.id, file.mimetype, file.size, problem=unavailable.problem)
        return keep(file.name or file.id, file.mimetype or "application/octet-stream", data)


def event_key(event: AgentEvent) -> str:
    """One message is one message, whichever of Slack's events tells of it."""
    return f"{event.channel}:{event.ts}"
