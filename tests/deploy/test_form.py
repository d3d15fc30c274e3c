"""The contact form on the deployed template: to the desk, on by mail, and on its own page; and what is kept out."""

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping

import httpx
import pytest

from deploy.visitor import ANA, PATIENCE, Visitor
from fakes.web import BOUNDARY, File, Shown, multipart
from mostrador.channels.form.tokens import LINK_SECONDS, PAGE_SECONDS, Page, Pass, link_token, page_token, pass_of
from mostrador.domain.ids import new_id
from mostrador.domain.webhooks import HttpAnswer
from mostrador.usecases.web.contact import TO_ONE_ADDRESS
from playground.running import NAME, RunningStack

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
FILLED = {"lang": "es", "topic": "order", "consent": "yes"}
LINK = re.compile(r"/web/conversation\?k=[\w.-]+")


class Browser:
    """One that runs no scripts."""

    def __init__(self, url: str, key: str) -> None:
        self.key = key
        self.http = httpx.Client(base_url=url, timeout=60, trust_env=False)

    def opens(self, address: str) -> Shown:
        return _shown(self.http.get(address))

    def sends(self, address: str, fields: Mapping[str, str], files: Iterable[File] = ()) -> Shown:
        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        return _shown(self.http.post(address, content=multipart(fields, files), headers=headers))

    def writes(self, email: str, text: str, **more: str) -> Shown:
        """On a form that was opened a minute ago, unless another token says something else."""
        return self.sends("/web/form", {"token": self.token(60), **FILLED, "email": email, "text": text, **more})

    def token(self, age: float) -> str:
        return page_token(Page(new_id(time.time()), time.time() - age), self.key)

    def sees(self, address: str, saying: str) -> Shown:
        """The page, once it says so."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            shown = self.opens(address)
            if saying in shown.words:
                return shown
            time.sleep(0.1)
        raise AssertionError(f"nobody saw {saying!r} on the page within {PATIENCE:.0f} seconds")


def _shown(answer: httpx.Response) -> Shown:
    return Shown(HttpAnswer(answer.status_code, answer.text, headers=dict(answer.headers)))


@pytest.fixture
def visitor(shop: RunningStack) -> Iterator[Visitor]:
    with Visitor(shop.url) as visitor:
        yield visitor


@pytest.fixture
def browser(shop: RunningStack) -> Iterator[Browser]:
    with shop.engine.client("secretsmanager") as secrets:
        key = json.loads(secrets.get_secret_value(SecretId=f"{NAME}/web-key")["SecretString"])["key"]
    browser = Browser(shop.url, key)
    with browser.http:
        yield browser


def test_a_form_is_answered_by_mail_in_the_thread_and_on_its_page(browser: Browser, visitor: Visitor) -> None:
    form = browser.opens("/web/form?lang=es")
    filled = {**form.fields, **FILLED, "email": ANA, "name": "Ana de Talavera", "text": "La fuente llegó rota."}
    hasty = browser.sends("/web/form", filled)
    assert (hasty.status, "Eso ha sido muy rápido" in hasty.words) == (422, True)
    assert hasty.fields["text"] == "La fuente llegó rota."

    slow, known = {**filled, "token": browser.token(60)}, visitor.mails_known()
    thanks = browser.opens(browser.sends("/web/form", slow, [("fuente.png", "image/png", PNG)]).onward)
    assert "Te respondemos en a…@correo.example" in thanks.words
    own = next(link for link in thanks.links if LINK.match(link))
    browser.sees(own, "La fuente llegó rota.")
    root = visitor.root("Ana de Talavera", "formulario")
    assert "sin verificar" in visitor.card(root)
    visitor.in_thread(root, "fuente.png")

    confirmed = visitor.mail_received("/web/conversation?k=", known=known)
    assert "La fuente" not in confirmed["text"]
    visitor.mails("Re: Mi pedido", "Es la de flores azules.", reply_to=confirmed["id"])
    visitor.in_thread(root, "Es la de flores azules.")
    visitor.card(root, but_not="sin verificar")

    visitor.answers(root, "Ana, te mandamos otra el lunes.")
    assert not LINK.search(visitor.mail_received("te mandamos otra el lunes")["text"])
    mailed = LINK.search(confirmed["text"])
    assert mailed is not None
    page = browser.sees(mailed[0], "te mandamos otra el lunes")
    assert "Es la de flores azules." in page.words
    assert browser.sends("/web/conversation", {**page.fields, "text": "Perfecto, gracias."}).status == 303
    visitor.in_thread(root, "Perfecto, gracias.")
    page = browser.sees(mailed[0], "Perfecto, gracias.")
    [file] = [link for link in page.links if link.startswith("/web/file")]
    assert browser.http.get(file, follow_redirects=True).content == PNG

    assert "te mandamos otra" not in browser.sees(own, "Te hemos respondido en tu correo").words
    assert_only_the_link_itself_opens(browser, mailed[0], page.tag)


def assert_only_the_link_itself_opens(browser: Browser, link: str, tag: str) -> None:
    assert browser.http.get(link, headers={"If-None-Match": tag}).status_code == 304
    token = link.partition("k=")[2]
    opened = pass_of(token, browser.key, time.time())
    assert opened is not None
    ended = link_token(Pass(opened.conversation), time.time() - LINK_SECONDS - 60, browser.key)
    foreign = link_token(Pass(opened.conversation), time.time(), "another shop's key")
    for closed in (ended, foreign, token[:-2], token.replace(".", ".A", 1)):
        assert browser.http.get("/web/conversation", params={"k": closed}).status_code == 404


@pytest.mark.parametrize("kind", ["a program fills in everything", "nobody handed it out", "it is from another page"])
def test_what_no_person_sends_is_refused_with_a_way_to_write_all_the_same(browser: Browser, kind: str) -> None:
    spoilt = {
        "a program fills in everything": {"website": "https://spam.example"},
        "nobody handed it out": {"token": ""},
        "it is from another page": {"token": link_token(Pass("1"), time.time(), browser.key)},
    }[kind]
    refused = browser.writes(ANA, "Compra ya", **spoilt)
    assert refused.status == 403
    assert "mailto:hola@latinaja.example" in refused.links


def test_a_form_that_was_open_for_a_day_comes_back_filled_in(browser: Browser) -> None:
    old = browser.writes(ANA, "Vuelvo mañana", token=browser.token(PAGE_SECONDS + 60))
    assert (old.status, old.fields["text"], old.fields["email"]) == (422, "Vuelvo mañana", ANA)
    assert "La página llevaba mucho tiempo abierta" in old.words


def test_no_mailbox_is_filled_from_here(browser: Browser) -> None:
    answers = [browser.writes("vecina@correo.example", f"Hola {number}") for number in range(TO_ONE_ADDRESS.times + 1)]
    assert [answer.status for answer in answers] == [303] * TO_ONE_ADDRESS.times + [429]
    assert "Han llegado muchos mensajes seguidos" in answers[-1].words
