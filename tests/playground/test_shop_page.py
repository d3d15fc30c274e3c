"""The shop's own page, as it is served."""

from dataclasses import replace

import httpx
import pytest

from fakes.outside_world import STACK, Playground

CHAT = "ws://127.0.0.1:4566/_aws/execute-api/chat1/live"


@pytest.mark.parametrize(
    ("path", "language"),
    [("/tienda", "es"), ("/tienda?lang=en", "en"), ("/tienda?lang=%22%3E%3Cscript%3E", "es")],
)
def test_page_is_in_the_language_that_is_asked_for(page: httpx.Client, path: str, language: str) -> None:
    assert f'<html lang="{language}">' in page.get(path).text


def test_chat_stands_on_the_page_once_the_stack_has_one(page: httpx.Client, playground: Playground) -> None:
    playground.outside.world.stack = STACK
    assert "data-url" not in page.get("/tienda").text
    playground.outside.world.stack = replace(STACK, chat_url=CHAT)
    answer = page.get("/tienda")
    assert answer.text.count(f'<script src="/web/chat.js" data-url="{CHAT}" async></script>') == 1
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert CHAT in policy


def test_customers_see_what_there_is_and_nobody_s_orders(page: httpx.Client) -> None:
    goods = page.get("/tienda/piezas").json()
    assert len(goods) == 8
    assert set(goods[0]) == {"id", "title", "price", "available", "expected_at"}
