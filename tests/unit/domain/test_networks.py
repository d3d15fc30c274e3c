"""Whose a network address is, where it is counted."""

import pytest

from mostrador.domain.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:7:1::1", "2001:db8:7:1::"),
        ("2001:0DB8:0007:0001:ffff:ffff:ffff:ffff", "2001:db8:7:1::"),
        ("2001:db8:7:2::1", "2001:db8:7:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
        ("203.0.113.7, 198.51.100.1", "203.0.113.7, 198.51.100.1"),
    ],
)
def test_addresses_of_one_household_are_one_network(address: str, network: str) -> None:
    assert network_of(address) == network
