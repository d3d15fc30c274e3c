"""The files that somebody chose on a page: which of them will do, and those that are kept while the rest is mended.

A browser chooses no file again by itself. So what will do is kept for a day, and the page that comes back has a signed
ticket for it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mostrador.channels.form.events import TypedFile
from mostrador.channels.form.tokens import Ticket, ticket_of, ticket_token
from mostrador.channels.uploads import is_what_it_says
from mostrador.pages.files import KEPT, MOST_BYTES, MOST_FILES, KeptFile
from mostrador.pages.submitted import SentFile, Submitted
from mostrador.usecases.ports import Limit
from mostrador.usecases.web.ports import Asked, Outside, digest

KEEPING = Limit(20, 3600)
"""Pages whose files are kept, for one network: nobody has sent anything yet, and the room is the shop's."""


@dataclass(frozen=True, slots=True)
class Chosen:
    kept: tuple[Ticket, ...]
    """From an earlier attempt, as far as they are still wanted."""
    good: tuple[SentFile, ...]
    left_out: Mapping[str, tuple[str, ...]]
    """The names of those that will not do, by the fault."""

    def __bool__(self) -> bool:
        return bool(self.kept or self.good or self.left_out)


def chosen_files(outside: Outside, sent: Submitted) -> Chosen:
    key, now = outside.key(), outside.clock()
    said = (ticket_of(value, key, now) for name, value in sent.fields.items() if name.startswith(KEPT))
    kept = tuple({ticket.key: ticket for ticket in said if ticket}.values())[:MOST_FILES]
    good: list[SentFile] = []
    left_out: dict[str, tuple[str, ...]] = {}
    for file in sent.files:
        sizes = [*(ticket.size for ticket in kept), *(len(one.data) for one in good)]
        if fault := _fault(file, sizes):
            left_out[fault] = (*left_out.get(fault, ()), file.name)
        else:
            good.append(file)
    return Chosen(kept, tuple(good), left_out)


def _fault(file: SentFile, sizes: list[int]) -> str:
    """``sizes``: of those that have a place already."""
    if not is_what_it_says(file.content_type, file.data):
        return "files_type"
    if len(sizes) >= MOST_FILES:
        return "files_many"
    return "files_large" if sum(sizes) + len(file.data) > MOST_BYTES else ""


def stored(outside: Outside, page: str, chosen: Chosen) -> tuple[TypedFile, ...]:
    """In the bucket, before the message that speaks of them."""
    files = (*chosen.kept, *_put(outside, page, chosen.good))
    return tuple(TypedFile(file.key, file.name, file.content_type) for file in {one.key: one for one in files}.values())


def kept(outside: Outside, page: str, chosen: Chosen, asked: Asked) -> tuple[KeptFile, ...] | None:
    """For the page that comes back; None where too much was kept for that network already: they choose again."""
    if chosen.good and not outside.allows(f"form:kept:{digest(asked.source)}", KEEPING):
        return None
    key, now = outside.key(), outside.clock()
    files = {ticket.key: ticket for ticket in (*chosen.kept, *_put(outside, page, chosen.good))}
    return tuple(KeptFile(ticket.name, ticket_token(ticket, now, key)) for ticket in files.values())


def _put(outside: Outside, page: str, files: Iterable[SentFile]) -> Iterable[Ticket]:
    """Under the same names if they are sent again."""
    for file in files:
        key = f"uploads/form/{page}/{hashlib.sha256(file.data).hexdigest()[:32]}"
        outside.drawer.put(key, file.data, file.content_type)
        yield Ticket(key, file.name, file.content_type, len(file.data))
