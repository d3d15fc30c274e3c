"""Whom a network address belongs to, as far as it is counted how often somebody does something."""

from ipaddress import IPv6Address, ip_address

HOUSEHOLD = 64
"""Bits of an IPv6 address that a provider gives to one customer, at least (RFC 6177): the rest is theirs to choose."""


def network_of(address: str) -> str:
    """The same for all addresses of one customer; what is no address stays as it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Address(int(found) >> (128 - HOUSEHOLD) << (128 - HOUSEHOLD)))
