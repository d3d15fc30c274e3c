"""The shop's public address serves its own pages, too: they are handed on to the stack as they come."""

import httpx
import pytest

from fakes.outside_world import Playground


@pytest.mark.parametrize("origin", ["null", "https://evil.example"])
def test_whatever_a_browser_says_of_where_it_comes_from_reaches_the_shops_pages(
    page: httpx.Client, playground: Playground, origin: str
) -> None:
    """A page that says no-referrer makes its own form say ``Origin: null`` (Fetch, 3.2)."""
    page.post("/web/form?a=%20b", content=b"\xff", headers={"Origin": origin})
    (received,) = playground.shop.received
    assert (received.path, received.query) == ("/_aws/execute-api/api1/local/web/form", "a=%20b")
    assert received.body == b"\xff"


def test_the_shops_page_leads_to_its_form(page: httpx.Client) -> None:
    assert page.get("/tienda").text.count('href="/web/form') == 2
