"""The contact form: what comes through, what is sent back to be mended, and what is kept out."""

import re
from dataclasses import replace

import pytest

from fakes.policies import POLICY
from fakes.web import ANA, KEY, Shop
from mostrador.channels.form.tokens import PAGE_SECONDS, page_of
from mostrador.channels.uploads import TYPES
from mostrador.domain.conversation import Direction
from mostrador.pages.contact import LONGEST, TOPICS
from mostrador.pages.document import Site
from mostrador.pages.files import MOST_BYTES, MOST_FILES
from mostrador.pages.files import TYPES as SAID_TO_BROWSERS
from mostrador.policy.model import Rule
from mostrador.usecases.web.chosen_files import KEEPING
from mostrador.usecases.web.contact import FASTEST, FROM_ONE_PLACE, TO_ONE_ADDRESS

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
PHOTO = ("plato roto.png", "image/png", PNG)


def photo(number: int) -> tuple[str, str, bytes]:
    return f"foto{number}.png", "image/png", PNG + bytes([number])


CONFIRMING = replace(
    POLICY,
    rules=(Rule("confirm", channels=("form",), answer="received"),),
    answers={"received": {"es": "Hemos recibido tu mensaje.", "en": "We have your message."}},
)


@pytest.fixture
def shop() -> Shop:
    return Shop()


# The page


def test_a_page_is_handed_out_signed_and_empty(shop: Shop) -> None:
    shown = shop.get("/web/form")
    page = page_of(shown.fields["token"], KEY)
    assert shown.status == 200
    assert page is not None
    assert page.made_at == shop.counter.clock()
    assert not any(shown.fields[name] for name in ("name", "email", "phone", "order", "website"))


@pytest.mark.parametrize(
    ("address", "accepted", "expected"),
    [
        ("/web/form", "es-ES,es;q=0.9", "Escribe a La Tinaja"),
        ("/web/form", "en-GB,en;q=0.9,es;q=0.8", "Write to La Tinaja"),
        ("/web/form", "fr-FR,fr;q=0.9,en;q=0.5", "Write to La Tinaja"),
        ("/web/form", "fr", "Escribe a La Tinaja"),
        ("/web/form", "", "Escribe a La Tinaja"),
        ("/web/form?lang=en", "es", "Write to La Tinaja"),
        ("/web/form?lang=xx", "es", "Escribe a La Tinaja"),
    ],
)
def test_the_page_speaks_the_browsers_language_unless_another_is_chosen(
    shop: Shop, address: str, accepted: str, expected: str
) -> None:
    assert expected in shop.get(address, accepted).words


def test_nothing_but_our_own_runs_on_the_page_and_nobody_frames_it(shop: Shop) -> None:
    headers = shop.get("/web/form").answer.headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "noindex" in headers["x-robots-tag"]


def test_only_the_shops_own_pages_may_frame_the_form(shop: Shop) -> None:
    shop.site = Site("La Tinaja", origins={"https://latinaja.example"})
    headers = shop.get("/web/form?embed=1").answer.headers
    assert "frame-ancestors 'self' https://latinaja.example" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


@pytest.mark.parametrize("frame", ["1", "light", "dark"])
def test_whatever_follows_the_form_stays_in_the_frame(shop: Shop, frame: str) -> None:
    first = shop.get(f"/web/form?embed={frame}")
    wrong = shop.sends(embed=frame, text="")
    thanks = shop.get(shop.sends(embed=frame).onward)
    refused, ended = shop.sends(embed=frame, website="spam"), shop.get(f"/web/thanks?k=x&embed={frame}")
    for shown in (first, wrong, thanks, refused, ended):
        assert "frame-ancestors 'self'" in shown.answer.headers["content-security-policy"]
        assert 'class="embedded"' in shown.body
    assert (first.fields["embed"], wrong.fields["embed"]) == (frame, frame)
    for shown in (first, thanks, refused, ended):
        assert any(f"embed={frame}" in link for link in shown.links if link.startswith("/web/form"))


@pytest.mark.parametrize("frame", ["", "0", "dark'; script-src *"])
def test_nothing_else_makes_a_frame(shop: Shop, frame: str) -> None:
    shown = shop.get(f"/web/form?embed={frame}")
    assert shown.answer.headers["x-frame-options"] == "DENY"
    assert "embed=" not in shown.body


@pytest.mark.parametrize(
    ("frame", "schemes", "dark"),
    [
        ("", "light dark", "(prefers-color-scheme: dark)"),
        ("1", "light dark", "(prefers-color-scheme: dark)"),
        ("light", "light", "not all"),
        ("dark", "dark", "all"),
    ],
)
def test_the_form_is_as_light_or_dark_as_the_page_around_it(shop: Shop, frame: str, schemes: str, dark: str) -> None:
    body = shop.get(f"/web/form?embed={frame}").body
    assert f'<meta name="color-scheme" content="{schemes}">' in body
    assert f'dark.css?v=1" media="{dark}">' in body


def test_the_page_has_neither_scripts_nor_styles_of_its_own(shop: Shop) -> None:
    body = shop.get("/web/form").body
    assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=|javascript:", body)


def test_the_policy_of_the_shop_is_linked_beside_the_box_where_there_is_one(shop: Shop) -> None:
    assert "Política de privacidad" not in shop.get("/web/form").words
    shop.site = Site("La Tinaja", privacy_url="https://latinaja.example/privacidad")
    assert "https://latinaja.example/privacidad" in shop.get("/web/form").links


def test_every_field_has_a_label(shop: Shop) -> None:
    body = shop.get("/web/form").body
    fields = set(re.findall(r'<(?:input|select|textarea) (?!type="hidden")[^>]*id="(\w+)"', body))
    assert fields == set(re.findall(r'<label for="(\w+)"', body))
    assert len(fields) == 9


# What comes through


def test_a_form_is_durable_before_anybody_is_thanked(shop: Shop) -> None:
    shop.events.failure = RuntimeError("the queue is away")
    with pytest.raises(RuntimeError):
        shop.sends()
    shop.events.failure = None
    assert shop.sends().status == 303
    assert len(shop.events.taken) == 1


def test_a_form_becomes_a_conversation_with_what_was_filled_in(shop: Shop) -> None:
    shop.sends(name="Ana Molina", phone="+34 600 111 222", order="#1042", files=[PHOTO])
    shop.work()
    conversation, message = shop.counter.conversation, shop.counter.message(1)
    assert (conversation.address.channel, conversation.address.value) == ("form", "ana.molina@correo.example")
    assert conversation.subject == "Mi pedido"
    assert message.text == "¿Dónde está mi pedido?\n\nPedido: #1042\nTeléfono: +34600111222"
    assert [(file.name, file.size) for file in message.attachments] == [("plato roto.png", len(PNG))]


def test_nobody_is_taken_for_a_customer_because_they_typed_an_address(shop: Shop) -> None:
    shop.sends()
    shop.work()
    assert not shop.counter.conversation.trusted
    assert not shop.counter.message(1).trusted


def test_a_double_click_is_one_message(shop: Shop) -> None:
    token = shop.token()
    first, second = shop.sends(token=token), shop.sends(token=token)
    shop.work()
    assert first.onward == second.onward
    assert shop.counter.conversation.counter == 1


def test_going_back_and_writing_something_else_is_another_message(shop: Shop) -> None:
    token = shop.token()
    shop.sends(token=token)
    shop.work()
    shop.sends(token=token, text="Y otra cosa: ¿hacéis envíos a Canarias?")
    shop.work()
    assert len(shop.conversations) == 2


def test_the_thanks_name_the_mailbox_without_giving_it_away(shop: Shop) -> None:
    thanks = shop.get(shop.sends().onward)
    assert "Te respondemos en a…@correo.example" in thanks.words
    assert "ana.molina" not in thanks.body


@pytest.mark.parametrize("token", ["", "v1.e30.x", "p1.e30.x"])
def test_thanks_are_not_shown_for_a_link_of_nobodys(shop: Shop, token: str) -> None:
    assert shop.get(f"/web/thanks?k={token}").status == 404


def test_a_form_is_confirmed_by_mail_each_time_and_quotes_nothing(shop: Shop) -> None:
    shop.counter.policies.policy = CONFIRMING
    mail = shop.counter.channels["email"]
    for text in ("Compra barato en https://evil.example", "Otra vez"):
        shop.sends(text=text, name="Gana dinero en evil.example")
        shop.work()
    assert [message.to.value for message in mail.sent] == ["ana.molina@correo.example"] * 2
    for message in mail.sent:
        assert message.text.startswith("Hemos recibido tu mensaje.")
        assert "evil" not in message.text + message.subject
        assert message.quoted is None
        assert message.automatic


def test_the_mail_leads_to_the_conversations_own_page(shop: Shop) -> None:
    shop.counter.policies.policy = CONFIRMING
    shop.sends()
    shop.work()
    [message] = shop.counter.channels["email"].sent
    link = message.page.removeprefix("https://latinaja.example")
    assert "¿Dónde está mi pedido?" in shop.get(link).words


def test_an_agents_answer_goes_by_mail_and_quotes_the_question(shop: Shop) -> None:
    shop.sends(name="Ana Molina")
    shop.work()
    shop.counter.answers("Sale hoy.")
    shop.work()
    shop.counter.wait(60)
    [message] = shop.counter.channels["email"].sent
    assert (message.to.channel, message.to.value) == ("email", "ana.molina@correo.example")
    assert message.text.startswith("Sale hoy.")
    assert message.quoted is not None


def test_an_answer_from_the_mailbox_joins_the_conversation_and_proves_the_address(shop: Shop) -> None:
    shop.sends()
    shop.work()
    conversation = shop.counter.conversation
    shop.counter.writes(
        "Gracias", channel="email", reply_token=conversation.id, threads=True, sender="ana.molina@correo.example"
    )
    shop.work()
    after = shop.counter.conversation
    assert (after.id, after.counter, after.trusted) == (conversation.id, 2, True)
    assert not shop.counter.message(1).trusted


def test_what_an_impostor_wrote_by_mail_proves_nothing(shop: Shop) -> None:
    shop.sends()
    shop.work()
    token = shop.counter.conversation.id
    sender = "ana.molina@correo.example"
    shop.counter.writes("Soy yo", channel="email", reply_token=token, threads=True, trusted=False, sender=sender)
    shop.work()
    assert not shop.counter.conversation.trusted


def test_whoever_proves_to_be_a_known_customer_becomes_them(shop: Shop) -> None:
    sender = "ana.molina@correo.example"
    shop.counter.writes("Hola", channel="email", reference="1@x", threads=True, sender=sender)
    shop.counter.run()
    known = shop.counter.conversation.customer_id
    shop.sends()
    shop.work()
    [form] = shop.conversations
    assert form.customer_id != known
    shop.counter.writes("Soy yo", channel="email", reply_token=form.id, threads=True, sender=sender)
    shop.work()
    assert shop.conversations[0].customer_id == known


# What has to be mended


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "ana"}, "Escribe tu correo completo"),
        ({"email": ""}, "Escribe tu correo completo"),
        ({"email": "ana@correo.example\nBcc: todos@correo.example"}, "Escribe tu correo completo"),
        ({"email": "a" * 250 + "@correo.example"}, "Escribe tu correo completo"),
        ({"name": "A" * (LONGEST["name"] + 1)}, "El nombre es demasiado largo"),
        ({"phone": "seiscientos"}, "El teléfono no parece completo"),
        ({"order": "https://evil.example"}, "letras, cifras y guiones"),
        ({"topic": ""}, "Elige de qué se trata"),
        ({"topic": "evil"}, "Elige de qué se trata"),
        ({"text": " \n "}, "Escribe tu mensaje"),
        ({"text": "a" * (LONGEST["text"] + 1)}, "caben 5000 caracteres"),
        ({"consent": ""}, "que marques la casilla"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_everything_else_stays(
    shop: Shop, wrong: dict[str, str], sentence: str
) -> None:
    shown = shop.sends((), **wrong)
    [name] = wrong
    assert shown.status == 422
    assert sentence in shown.words
    assert f'aria-describedby="{name}-' in shown.body
    assert f'href="#{name}"' in shown.body
    assert shown.fields["topic"] == ("" if name == "topic" else ANA["topic"])
    assert shop.events.taken == []


def test_all_that_is_wrong_is_said_at_once(shop: Shop) -> None:
    shown = shop.sends(email="", text="", consent="")
    assert shown.body.count('class="wrong"') == 3


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([photo(number) for number in range(MOST_FILES + 1)], "foto3.png: caben 3 archivos"),
        ([("grande.png", "image/png", PNG + b"\0" * MOST_BYTES)], "grande.png: caben 4 MB"),
        ([("virus.exe", "application/x-msdownload", b"MZ")], "virus.exe: solo se pueden adjuntar"),
        ([("foto.png", "image/png", b"<html>")], "foto.png: solo se pueden adjuntar"),
        ([("a.svg", "image/svg+xml", b"<svg/>"), ("b.exe", "", b"MZ")], "a.svg, b.exe: solo se pueden adjuntar"),
    ],
)
def test_a_file_that_will_not_do_is_named(shop: Shop, files: list[tuple[str, str, bytes]], sentence: str) -> None:
    shown = shop.sends(files)
    assert (shown.status, sentence in shown.words) == (422, True)
    assert shop.events.taken == []


def test_the_browser_is_told_the_types_that_will_do() -> None:
    assert set(SAID_TO_BROWSERS) == set(TYPES)


@pytest.mark.parametrize(
    ("wrong", "files"),
    [({"consent": ""}, [PHOTO]), ({"email": ""}, [PHOTO]), ({}, [("falsa.jpg", "image/jpeg", b"texto"), PHOTO])],
    ids=["the box", "another field", "another file"],
)
def test_files_that_will_do_survive_whatever_else_is_wrong(
    shop: Shop, wrong: dict[str, str], files: list[tuple[str, str, bytes]]
) -> None:
    shown = shop.sends(files, **wrong)
    assert (shown.status, "Ya los tenemos" in shown.words, "plato roto.png" in shown.words) == (422, True, True)
    sent = shop.post("/web/form", {**shown.fields, **ANA})
    assert sent.status == 303
    shop.work()
    [file] = shop.counter.message(1).attachments
    assert (file.name, shop.counter.blobs.fetch(file.key)) == ("plato roto.png", PNG)


def test_a_kept_file_outlives_several_mistakes_and_one_that_is_unticked_is_not_sent(shop: Shop) -> None:
    first = shop.sends([photo(1), photo(2)], email="")
    second = shop.post("/web/form", {**first.fields, "consent": "yes"})
    fields = {**second.fields, **ANA}
    assert [name for name in fields if name.startswith("kept")] == ["kept0", "kept1"]
    del fields["kept0"]
    shop.post("/web/form", fields)
    shop.work()
    assert [file.name for file in shop.counter.message(1).attachments] == ["foto2.png"]


def test_a_file_that_is_chosen_again_though_it_was_kept_is_one_file(shop: Shop) -> None:
    fields = {**shop.sends([PHOTO], email="").fields, **ANA}
    shop.post("/web/form", fields, [PHOTO])
    shop.work()
    assert len(shop.counter.message(1).attachments) == 1


def test_kept_files_count_among_those_that_fit(shop: Shop) -> None:
    fields = {**shop.sends([photo(number) for number in range(MOST_FILES)], email="").fields, **ANA}
    assert "foto9.png: caben 3 archivos" in shop.post("/web/form", fields, [photo(9)]).words


@pytest.mark.parametrize("ticket", ["", "x", "k1.e30.x"])
def test_nobody_attaches_what_they_did_not_send(shop: Shop, ticket: str) -> None:
    shop.sends(kept0=ticket)
    shop.work()
    assert shop.counter.message(1).attachments == ()


def test_a_ticket_for_a_file_runs_out_before_the_file_does(shop: Shop) -> None:
    kept = {name: value for name, value in shop.sends([PHOTO], email="").fields.items() if name.startswith("kept")}
    shop.counter.clock.now += PAGE_SECONDS + 1
    shop.sends([], **kept)
    shop.work()
    assert shop.counter.message(1).attachments == ()


def test_files_are_not_kept_without_end_and_the_page_says_so(shop: Shop) -> None:
    pages = [shop.sends([PHOTO], email="").words for _ in range(KEEPING.times + 1)]
    assert ["Vuelve a elegir los archivos" in words for words in pages] == [False] * KEEPING.times + [True]


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "</textarea><img src=x onerror=alert(1)>", "'&<>"])
def test_what_was_typed_is_text_wherever_it_is_shown(shop: Shop, hostile: str) -> None:
    shown = shop.sends(name=hostile, text=hostile, order=hostile, email=hostile)
    assert "<script>alert" not in shown.body
    assert "<img" not in shown.body
    assert shown.fields["text"] == hostile
    assert shown.fields["name"] == hostile


# What is kept out


@pytest.mark.parametrize("token", ["nonsense", "p1.e30.AAAA", "v1.e30.x"])
def test_a_form_that_was_never_handed_out_is_refused(shop: Shop, token: str) -> None:
    shown = shop.sends(token=token)
    assert (shown.status, shop.events.taken) == (403, [])
    assert "hola@latinaja.example" in shown.words


def test_who_fills_in_the_field_that_no_person_sees_is_refused(shop: Shop) -> None:
    assert shop.sends(website="https://evil.example").status == 403
    assert shop.events.taken == []


def test_the_trap_is_out_of_reach_of_keyboard_and_screen_reader(shop: Shop) -> None:
    trap = re.search(r'<div class="trap"[^>]*>.*?</div>', shop.get("/web/form").body)
    assert trap is not None
    assert 'aria-hidden="true"' in trap[0]
    assert 'tabindex="-1"' in trap[0]


def test_what_comes_too_fast_may_be_sent_once_more(shop: Shop) -> None:
    token = shop.token(age=FASTEST - 1)
    shown = shop.sends(token=token)
    assert shown.status == 422
    assert "muy rápido" in shown.words
    shop.counter.clock.now += 2
    assert shop.post("/web/form", {**shown.fields, "consent": "yes"}).status == 303


def test_a_page_that_was_open_too_long_is_renewed_with_everything_in_it(shop: Shop) -> None:
    shown = shop.sends(token=shop.token(age=PAGE_SECONDS + 1))
    assert shown.status == 422
    assert "mucho tiempo abierta" in shown.words
    assert shown.fields["text"] == ANA["text"]
    shop.counter.clock.now += 60
    assert shop.post("/web/form", {**shown.fields, "consent": "yes"}).status == 303


def test_one_place_may_not_send_without_end(shop: Shop) -> None:
    answers = [shop.sends(email=f"ana{number}@correo.example").status for number in range(FROM_ONE_PLACE.times + 1)]
    assert answers == [303] * FROM_ONE_PLACE.times + [429]
    assert shop.sends(source="203.0.113.8").status == 303


def test_one_address_is_not_flooded_from_many_places(shop: Shop) -> None:
    answers = [shop.sends(source=f"203.0.113.{number}").status for number in range(TO_ONE_ADDRESS.times + 1)]
    assert answers == [303] * TO_ONE_ADDRESS.times + [429]
    shop.counter.clock.now += TO_ONE_ADDRESS.seconds
    assert shop.sends().status == 303


def test_neither_addresses_nor_places_are_kept_to_count(shop: Shop) -> None:
    shop.sends()
    assert not [what for what, _ in shop.allowances.used if "ana" in what or "203" in what]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"\xff\xfe"),
        ("", b""),
    ],
)
def test_what_no_browser_sends_is_refused(shop: Shop, kind: str, body: bytes) -> None:
    from mostrador.channels.base import WebhookRequest  # noqa: PLC0415

    request = WebhookRequest("POST", "/web/form", {"content-type": kind}, body, 0.0)
    assert shop.web("form", request, "").status == 400


@pytest.mark.parametrize("page", ["", "admin", "thanks/..", "assets"])
def test_other_pages_are_not_there(shop: Shop, page: str) -> None:
    assert shop.get(f"/web/{page}").status == 404


def test_a_form_that_is_switched_off_is_not_there(shop: Shop) -> None:
    shop.is_on = False
    assert (shop.get("/web/form").status, shop.sends().status) == (404, 404)


def test_without_its_key_the_form_is_shut_and_an_alarm_hears_of_it(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    shop.key = None
    assert shop.get("/web/form").status == 503
    assert any(getattr(record, "event", "") == "channel_closed" for record in caplog.records)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_words(shop: Shop, topic: str) -> None:
    shop.sends(topic=topic)
    shop.work()
    assert shop.counter.conversation.subject


def test_a_form_leaves_the_words_of_its_conversation_to_the_customer(shop: Shop) -> None:
    shop.sends(text="Where is my order? I need it by Saturday.", lang="en")
    shop.work()
    assert shop.counter.conversation.language == "en"
    assert shop.counter.message(1).direction is Direction.INBOUND
