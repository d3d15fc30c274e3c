"""What people are called, by whom."""

import pytest

from mostrador.domain.naming import given_name


@pytest.mark.parametrize(
    ("agent", "shown"),
    [("Marta Vidal", "Marta"), ("Marta", "Marta"), ("  Marta\u00a0Vidal ", "Marta"), ("", ""), (" ", "")],
)
def test_customers_know_an_agent_by_the_first_name(agent: str, shown: str) -> None:
    assert given_name(agent) == shown
