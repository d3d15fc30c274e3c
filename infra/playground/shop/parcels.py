"""How things get to the customers."""

from playground.shop.state import Parcel

CARRIER = "Correos Express"
CARRIERS_PHONE = "900 000 000"
TAKES = 3 * 24 * 3600.0
"""Seconds that a parcel is under way, as the carrier says."""


def parcel(identifier: str, number: str, shipped_at: float, carrier: str = CARRIER) -> Parcel:
    url = f"https://seguimiento.example/{number}"
    return Parcel(identifier, carrier, number, url, shipped_at, shipped_at + TAKES, updated_at=shipped_at)
