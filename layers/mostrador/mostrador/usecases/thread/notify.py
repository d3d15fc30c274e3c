"""What a conversation has that its thread does not show yet: the card, the customer's messages, the receipts.

One run shows everything that piled up. All conversations of a Slack channel wait in one line, because that is where
Slack counts. So nothing that is the matter with one of them, and nothing that only takes its time, may fail a run and
hold up the others: the conversation stays due, and ``tick`` comes back to it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from mostrador.desk.errors import MessageGone, Rejected
from mostrador.domain.errors import NotConfigured, TryAgain
from mostrador.usecases.ports import Blobs, Clock, Desk, Inbox, Policies, Queues
from mostrador.usecases.sending.patience import Patience
from mostrador.usecases.thread.posting import Tools
from mostrador.usecases.thread.showing import Round

log = logging.getLogger(__name__)

ROUNDS = 5
"""How often what arrives while we show the rest is shown in the same run."""
SHUT = 60.0
"""Seconds until a desk that a person has to open is tried again."""
REFUSED = 3600.0
"""Seconds until what Slack does not accept is offered to it again."""
LOST = 300.0
"""Seconds until another thread is begun where even a new one was gone at once."""


@dataclass(frozen=True, slots=True)
class Notify:
    inbox: Inbox
    blobs: Blobs
    queues: Queues
    policies: Policies
    desk: Desk
    clock: Clock
    sleep: Callable[[float], None]

    def __call__(self, conversation_id: str) -> None:
        tools = Tools(self.inbox, self.blobs, self.desk, self.clock, Patience(self.clock, self.sleep))
        try:
            self._show(conversation_id, tools)
        except TryAgain as wait:
            log.warning("desk asks for patience", extra={"conversation": conversation_id, "seconds": wait.after})
            tools.record(conversation_id, watch_at=self.clock() + wait.after)
        except NotConfigured as missing:
            # An alarm listens for this line; a traceback would say nothing more than ``why``.
            log.error("desk closed", extra={"event": "channel_closed", "why": str(missing)})  # noqa: TRY400
            tools.record(conversation_id, watch_at=self.clock() + SHUT)
        except Rejected as refused:
            tools.complain(conversation_id, refused)
            tools.record(conversation_id, watch_at=self.clock() + REFUSED)

    def _show(self, conversation_id: str, tools: Tools) -> None:
        replaced = False
        for _ in range(ROUNDS):
            conversation = self.inbox.conversation(conversation_id)
            if conversation is None or conversation.shown_version >= conversation.version:
                return
            if tools.patience.is_over:
                break
            try:
                if Round(tools, conversation, self.policies.current()).show():
                    return
            except MessageGone as gone:
                if replaced:
                    raise TryAgain(f"a new thread is gone as well: {gone}", after=LOST) from None
                # The root was deleted in Slack. The next round posts a new one; the old thread stays an alias.
                tools.record(conversation_id, desk_ts="", card_digest="", showing_since=0.0)
                replaced = True
        self._go_on(conversation_id)

    def _go_on(self, conversation_id: str) -> None:
        """There may be more than one run can show: the rest takes its place at the end of the line."""
        conversation = self.inbox.conversation(conversation_id)
        if conversation is not None and conversation.shown_version < conversation.version:
            self.queues.desk(conversation.desk_channel, conversation_id)
