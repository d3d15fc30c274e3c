"""STOP and its relatives: the words with which a person ends a conversation, or begins it again.

By SMS, Twilio blocks and unblocks by its own list, and what Spain's operators taught comes on top. WhatsApp does
nothing of the kind, and people chat there: "cancel" may mean an order and "yes" an answer, so that only words that
mean nothing else count.
"""

from collections.abc import Collection

from mostrador.domain.messages import Consent

SMS_STOP = frozenset(
    {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "baja", "stop baja", "parar"}
)
SMS_START = frozenset({"start", "yes", "unstop", "alta"})
CHAT_STOP = frozenset({"stop", "stopall", "unsubscribe", "optout", "baja", "stop baja", "darme de baja"})
CHAT_START = frozenset({"start", "unstop", "alta"})

_BY_TYPE = {"stop": Consent.STOP, "start": Consent.START}


def consent(
    text: str, opt_out_type: str = "", *, stop: Collection[str] = SMS_STOP, start: Collection[str] = SMS_START
) -> Consent | None:
    """``opt_out_type`` is Twilio's own verdict (Advanced Opt-Out) and wins; the word must be the whole message."""
    if opt_out_type:
        return _BY_TYPE.get(opt_out_type.lower())
    word = text.strip(" \t\r\n.!¡\"'").lower()
    if word in stop:
        return Consent.STOP
    return Consent.START if word in start else None
