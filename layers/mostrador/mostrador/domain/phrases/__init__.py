"""The phrases themselves. A new one goes in with all its languages, and with the same places in each.

``{customer}`` is a name or, where none is known, an address; ``{channel}`` is the channel's word (``channel.*``);
``{agent}`` is the name of a colleague. Sentences about a problem say what happened and what to do next.
"""

from mostrador.domain.phrases.call import CALL
from mostrador.domain.phrases.card import CARD
from mostrador.domain.phrases.chat import CHAT
from mostrador.domain.phrases.desk import DESK
from mostrador.domain.phrases.duty import DUTY
from mostrador.domain.phrases.failure import FAILURE
from mostrador.domain.phrases.message import MESSAGE
from mostrador.domain.phrases.notice import NOTICE
from mostrador.domain.phrases.phrase import Phrase
from mostrador.domain.phrases.shopper import SHOPPER
from mostrador.domain.phrases.times import TIMES
from mostrador.domain.phrases.web import WEB
from mostrador.domain.phrases.why import WHY

__all__ = [
    "CALL",
    "CARD",
    "CHAT",
    "DESK",
    "DUTY",
    "FAILURE",
    "MESSAGE",
    "NOTICE",
    "PHRASES",
    "SHOPPER",
    "TIMES",
    "WEB",
    "WHY",
]

PHRASES: dict[str, Phrase] = CALL | CARD | CHAT | DESK | DUTY | FAILURE | MESSAGE | NOTICE | SHOPPER | TIMES | WEB | WHY
