"""The chat on the deployed template: there and back, with files, away and back again, and on by mail."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import pytest

from deploy.browser import ChatPage
from deploy.visitor import ANA, Json, Visitor
from playground.running import WEBSOCKETS, RunningStack

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def visitor(shop: RunningStack) -> Iterator[Visitor]:
    with Visitor(shop.url) as visitor:
        yield visitor


def address(shop: RunningStack) -> str:
    return f"{shop.engine.endpoint.replace('http', 'ws')}{WEBSOCKETS}/{shop.outputs['ChatApiId']}/live"


def page(shop: RunningStack) -> ChatPage:
    return ChatPage(address(shop), shop.url)


def tell(story: Coroutine[None, None, None]) -> None:
    """In a thread of its own: a browser of other tests may leave an event loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, story).result()


async def greeted(chat: ChatPage, token: str = "", cursor: str = "") -> tuple[Json, Json]:
    await chat.says("hello", token=token, cursor=cursor, language="es")
    return await chat.hears("welcome"), await chat.hears("history")


async def asks_for_a_person(chat: ChatPage, ref: str) -> None:
    await chat.says("send", ref=ref, text="Quiero hablar con una persona, por favor")
    assert (await chat.hears("ack"))["ref"] == ref


def card(visitor: Visitor, welcome: Json) -> Json:
    return visitor.root(f"Una visita {welcome['session'][:4].upper()}")


def test_a_stranger_page_cannot_open_the_chat(shop: RunningStack) -> None:
    async def story() -> None:
        async with ChatPage(address(shop), "https://evil.example"):
            pass

    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        tell(story())


def test_a_visitor_is_answered_and_what_they_read_is_marked(shop: RunningStack, visitor: Visitor) -> None:
    async def story() -> None:
        async with page(shop) as chat:
            welcome, history = await greeted(chat)
            assert (welcome["shop"], history["messages"]) == ("La Tinaja", [])
            await asks_for_a_person(chat, "7h2kq9dm-1")
            root = await asyncio.to_thread(card, visitor, welcome)
            await asyncio.to_thread(visitor.answers, root, "Aquí estoy: soy Marta.")
            said = await chat.hears("message")
            while said["message"]["automatic"]:
                said = await chat.hears("message")
            assert said["message"]["text"] == "Aquí estoy: soy Marta."
            await chat.says("receipt", ids=[said["message"]["id"]], state="read")
            answer = await asyncio.to_thread(visitor.in_thread, root, "Aquí estoy: soy Marta.")
            await asyncio.to_thread(visitor.marked, answer, "eyes")

    tell(story())


def test_what_no_browser_sends_is_answered_and_breaks_nothing(shop: RunningStack) -> None:
    async def story() -> None:
        async with page(shop) as chat:
            welcome, _ = await greeted(chat)
            for body in ('{"type": "$disconnect"}', '{"type": "$connect"}', "7", "hola"):
                await chat.sends(body)
                assert (await chat.hears("error"))["code"] in {"bad_frame", "unknown_type"}
            await chat.says("open", id=f"{'0' * 26}-{'9' * 5000}", index=0)
            assert (await chat.hears("error"))["code"] == "not_found"
            again, _ = await greeted(chat, welcome["token"], cursor=f"{'0' * 26}-{'9' * 5000}")
            assert again["session"] == welcome["session"]

    tell(story())


def test_files_go_both_ways(shop: RunningStack, visitor: Visitor) -> None:
    async def story() -> None:
        async with page(shop) as chat:
            welcome, _ = await greeted(chat)
            await chat.says("upload", ref="f1lesf1les-f1", name="jarra.png", content_type="image/png", size=len(PNG))
            ticket = await chat.hears("ticket")
            assert await chat.posts(ticket, PNG, "image/png") == 204
            await chat.says("send", ref="f1lesf1les-1", text="Ha llegado rota", files=[ticket["file"]])
            await chat.hears("ack")
            root = await asyncio.to_thread(card, visitor, welcome)
            await asyncio.to_thread(visitor.in_thread, root, "jarra.png")
            files = {"tarifa.pdf": b"%PDF-1.4 tarifa"}
            await asyncio.to_thread(lambda: visitor.answers(root, "Te mando la tarifa", files=files))
            said = await chat.hears("message")
            while not said["message"]["files"]:
                said = await chat.hears("message")
            await chat.says("open", id=said["message"]["id"], index=0)
            link = await chat.hears("link")
            assert await chat.fetches(link["url"]) == b"%PDF-1.4 tarifa"

    tell(story())


def test_who_goes_away_reads_it_on_return_and_by_mail(shop: RunningStack, visitor: Visitor) -> None:
    async def story() -> None:
        async with page(shop) as chat:
            welcome, _ = await greeted(chat)
            await asks_for_a_person(chat, "away2away2-1")
            root = await asyncio.to_thread(card, visitor, welcome)
            await chat.says("leave_email", ref="away2away2-e1", email=ANA)
            await chat.hears("ack")
            await asyncio.to_thread(visitor.in_thread, root, "ha dejado su correo")
        await asyncio.to_thread(visitor.answers, root, "Tu jarra sale mañana.")
        mail = await asyncio.to_thread(visitor.mail_received, "Tu jarra sale mañana.")
        await asyncio.to_thread(lambda: visitor.mails("Re: Tu mensaje", "Perfecto, gracias", reply_to=mail["id"]))
        await asyncio.to_thread(visitor.in_thread, root, "Perfecto, gracias")
        await asyncio.to_thread(visitor.answers, root, "Va a la calle del Alfar.")
        await asyncio.to_thread(visitor.mail_received, "Va a la calle del Alfar.")
        async with page(shop) as chat:
            _, history = await greeted(chat, welcome["token"])
            texts = [message["text"] for message in history["messages"]]
            assert texts[0].startswith("Quiero hablar")
            # Who typed the address need not be who reads that mailbox.
            assert texts[-2] == "Tu jarra sale mañana."
            assert texts[-1].startswith("Te hemos respondido en tu correo.")
            assert not [text for text in texts if "Perfecto" in text or "Alfar" in text]

    tell(story())
