"""One person under the two names that a provider has for them: a number, and what it tells where they hide the number.

Both names stand in one request, which the provider signed. Nobody is merged: of two people who are known already,
whoever wrote last has the message.
"""

from dataclasses import replace

from mostrador.domain.changes import Change, Refer
from mostrador.domain.messages import Address, Received
from mostrador.usecases.ports import Inbox

TWO_NAMES = frozenset({"whatsapp"})
"""Channels on which there is such a second name."""
_KIND = "name"


def under_one_name(inbox: Inbox, received: Received) -> Received:
    """With the address under which the sender is known here; as it is where nobody is."""
    sender = received.sender
    other = received.also_known_as or _other_name(inbox, sender)
    if not other:
        return received
    found = (inbox.identity(sender), inbox.identity(replace(sender, value=other)))
    known = [identity for identity in found if identity is not None]
    if not known:
        return received
    last = max(known, key=lambda identity: identity.last_inbound_at)
    return replace(received, sender=replace(sender, value=last.address.value))


def two_names(inbox: Inbox, received: Received) -> list[Change]:
    """What has to be written so that each of the two finds the other: ``received`` as the provider told it."""
    sender, other = received.sender, received.also_known_as
    if not other or _other_name(inbox, sender) == other:
        return []
    return [
        Refer(_KIND, _written(sender), other),
        Refer(_KIND, _written(replace(sender, value=other)), sender.value),
    ]


def _other_name(inbox: Inbox, address: Address) -> str:
    """Only while each of the two names means the other: numbers are given to somebody else after a while."""
    if address.channel not in TWO_NAMES:
        return ""
    other = inbox.referred(_KIND, _written(address)) or ""
    back = inbox.referred(_KIND, _written(replace(address, value=other))) if other else None
    return other if back == address.value else ""


def _written(address: Address) -> str:
    return f"{address.channel}:{address.value}"
