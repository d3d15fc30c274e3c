"""How an agent sees, on their own message, what became of it: one reaction for each state of the delivery."""

from mostrador.domain.delivery import Delivery

REACTIONS: dict[Delivery, str] = {
    Delivery.HELD: "hourglass_flowing_sand",
    # It rings somebody up, but not yet.
    Delivery.KEPT_BACK: "telephone_receiver",
    # Seconds, and still our own work: changing the reaction for it would only use up Slack's limits.
    Delivery.SENDING: "hourglass_flowing_sand",
    Delivery.ACCEPTED: "outbox_tray",
    Delivery.DELIVERED: "white_check_mark",
    Delivery.READ: "eyes",
    Delivery.FAILED: "x",
    # Deleted messages bear no mark. What is cancelled and still there was turned into a note.
    Delivery.CANCELLED: "lock",
    Delivery.UNKNOWN: "grey_question",
}

NOTE = "lock"
"""On a message that stays inside."""

REFUSED = "no_entry_sign"
"""On one that was not taken: everybody in the thread reads it, and the customer never will."""

REWORDED = "pencil2"
"""On one that was changed too late: what was sent is what stood there before."""


def changes(shown: Delivery | None, state: Delivery) -> tuple[str, str]:
    """The reaction to take away and the one to add, each empty where there is nothing to do.

    The order matters: add first, so that a crash in between leaves two marks rather than none.
    """
    old, new = REACTIONS[shown] if shown else "", REACTIONS[state]
    return ("", "") if old == new else (old, new)
