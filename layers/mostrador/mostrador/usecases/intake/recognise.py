"""Whom of ours the shop's own system speaks of: by its id, else by their mail address, else somebody new.

Nobody is merged here. What another customer holds already, an address or a telephone, stays theirs and is logged, so
that a person can be asked later.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mostrador.domain.call import NUMBERED
from mostrador.domain.changes import Change, Create, Refer, Update
from mostrador.domain.conversation import Customer, Identity
from mostrador.domain.ids import new_id
from mostrador.domain.messages import Address
from mostrador.domain.shop import Profile
from mostrador.usecases.ports import Inbox

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recognised:
    stored: Customer | None
    """As the inbox has them; None for somebody new."""
    customer: Customer
    """As the shop describes them now."""
    ways: tuple[Change, ...] = ()
    """The names and addresses by which they will be found from now on."""

    def becomes(self, customer: Customer) -> list[Change]:
        """What has to be written so that they are this."""
        if self.stored is None:
            return [Create(customer), *self.ways]
        return [*([Update(self.stored, customer)] if customer != self.stored else []), *self.ways]


def recognise(inbox: Inbox, told: Profile, now: float) -> Recognised:
    """``now`` in epoch seconds: since when somebody new is known."""
    stored = _known(inbox, told)
    customer = _described(stored or Customer(new_id(now), "", now), told)
    ways = (*_name(inbox, told, customer.id), *_addresses(inbox, told, customer.id))
    return Recognised(stored, customer, ways)


def _known(inbox: Inbox, told: Profile) -> Customer | None:
    customer_id = inbox.referred("shop", told.shop_id) if told.shop_id else None
    if customer_id is not None:
        return inbox.customer(customer_id)
    identity = inbox.identity(Address("email", told.email)) if told.email else None
    customer = inbox.customer(identity.customer_id) if identity else None
    if customer is None or _is_somebody_else(customer.profile, told):
        return None
    return customer


def _is_somebody_else(known: Profile | None, told: Profile) -> bool:
    """Two accounts of the shop with one mail address. One that has left the address, or the shop, is no rival."""
    return (
        known is not None
        and bool(known.shop_id and told.shop_id)
        and known.shop_id != told.shop_id
        and known.email == told.email
    )


def _described(customer: Customer, told: Profile) -> Customer:
    """Their name follows the shop's until they have told another one themselves."""
    if not _is_newer(told, customer.profile):
        return customer
    of_the_shop = {"", customer.profile.name if customer.profile else ""}
    return replace(customer, profile=told, name=told.name if customer.name in of_the_shop else customer.name)


def _is_newer(told: Profile, known: Profile | None) -> bool:
    """An account says more than a guest; of two descriptions of the same kind, the later one counts."""
    if known is None or bool(told.shop_id) != bool(known.shop_id):
        return known is None or bool(told.shop_id)
    return told.updated_at > 0 and told.updated_at >= known.updated_at


def _name(inbox: Inbox, told: Profile, customer_id: str) -> Iterator[Change]:
    if told.shop_id and inbox.referred("shop", told.shop_id) != customer_id:
        yield Refer("shop", told.shop_id, customer_id)


def _addresses(inbox: Inbox, told: Profile, customer_id: str) -> Iterator[Change]:
    # Anybody can order as a guest with another person's address: whose telephone that is, only an account says.
    phone = told.phone if told.shop_id else ""
    for channel, value in (("email", told.email), *((each, phone) for each in NUMBERED)):
        address = Address(channel, value)
        identity = inbox.identity(address) if value else None
        if value and identity is None:
            yield Create(Identity(address, customer_id))
        elif identity is not None and identity.customer_id != customer_id:
            facts = {"event": "identity_of_another", "channel": channel}
            log.warning("an address of two customers", extra=facts | {"of": identity.customer_id, "and": customer_id})
