"""How much one visitor may do, and all of one network together."""

import hashlib

from mostrador.domain.networks import network_of
from mostrador.usecases.ports import Limit

VISITS = Limit(300, 3600)
"""New visitors from one network address: behind one of a telephone company's there may be a whole town."""
RETURNS = Limit(60, 600)
MESSAGES = Limit(20, 60)
FILES = Limit(20, 3600)
MESSAGES_OF_ALL = Limit(60, 60)
"""Of all visitors from one network address: sessions cost nothing to whoever wants many, and Slack takes one message a
second from everybody."""
FILES_OF_ALL = Limit(100, 3600)
MAILS = Limit(5, 3600)
OPENED = Limit(120, 600)
RECEIPTS = Limit(60, 60)
NEWS = Limit(60, 600)
RECEIPTS_FOR = 3
"""Conversations that the receipts of one frame may speak of: a browser knows the latest and what was left of the one
before."""


def digest(source: str) -> str:
    """What is counted is not kept as anybody's address."""
    return hashlib.sha256(network_of(source).encode()).hexdigest()[:32]
