from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from typing import Any

import pytest

from mostrador.channels.email import read_mail, wire_message_id
from mostrador.channels.email.build import build_mail, reply_subject
from mostrador.domain.messages import Address, Attachment, Outgoing, Quoted

MESSAGE = Outgoing(
    message_id="01abc-3",
    conversation_id="01abc",
    to=Address("email", "ana.molina@correo.example", "Ana Molina"),
    text="Hola, Ana:\n\nSale <hoy> & llega el sábado.\nUn saludo",
    subject="¿Y mi pedido?",
    in_reply_to="b@correo.example",
    references=("a@correo.example",),
    sender_name="Marta",
    shop_name="La Tinaja",
)


def build(files: dict[str, bytes] | None = None, **changes: Any) -> bytes:
    message = replace(MESSAGE, **changes)
    return build_mail(message, "hola@latinaja.example", "hola+c_x@latinaja.example", files or {})


def parsed(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_mail_says_who_writes_and_where_answers_go() -> None:
    mail = parsed(build())
    assert mail["From"] == "Marta de La Tinaja <hola@latinaja.example>"
    assert mail["To"] == "Ana Molina <ana.molina@correo.example>"
    assert mail["Reply-To"] == "La Tinaja <hola+c_x@latinaja.example>"
    assert mail["Subject"] == "Re: ¿Y mi pedido?"
    assert mail["X-Mostrador-Message"] == "01abc-3"
    assert mail["Auto-Submitted"] is None


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"language": "en"}, "Marta from La Tinaja"),
        ({"sender_name": ""}, "La Tinaja"),
        ({"shop_name": 'La "Tinaja", S.L.', "sender_name": ""}, 'La "Tinaja", S.L.'),
        ({"sender_name": "Marta\r\nBcc: x@evil.example"}, "Marta Bcc: x@evil.example de La Tinaja"),
    ],
)
def test_sender_is_named_in_the_customers_language(changes: dict[str, Any], name: str) -> None:
    mail = parsed(build(**changes))
    assert mail["From"].addresses[0].display_name == name
    assert mail["Bcc"] is None


def test_thread_is_kept_by_both_headers() -> None:
    mail = read_mail(build())
    assert mail.in_reply_to == "b@correo.example"
    assert mail.references == ("a@correo.example", "b@correo.example")


def test_long_thread_keeps_its_root_and_its_end() -> None:
    ids = tuple(f"{index:03}-{'x' * 60}@correo.example" for index in range(60))
    raw = build(references=ids)
    references = read_mail(raw).references
    assert (references[0], references[-1]) == (ids[0], "b@correo.example")
    assert references[1:-1] == ids[-(len(references) - 2) :]
    assert sum(len(one) + 3 for one in references) <= 995
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


@pytest.mark.parametrize("strange", ["", "sin arroba ni nada \r\nBcc: x@evil.example", "ñ@correo.example", "x" * 2_000])
def test_id_that_is_none_is_left_out(strange: str) -> None:
    mail = parsed(build(in_reply_to=strange, references=()))
    assert mail["In-Reply-To"] is None
    assert mail["Bcc"] is None


def test_text_comes_twice_and_html_is_escaped() -> None:
    mail = parsed(build())
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert plain.get_content().replace("\r\n", "\n").strip() == MESSAGE.text
    assert "Sale &lt;hoy&gt; &amp; llega el sábado.<br>" in rich.get_content()
    assert "La Tinaja</p>" in rich.get_content()


QUOTED = Quoted("Ana <Molina>", "¿Cuándo <llegan>?\n\nGracias", 1_795_351_500.0)


def body(raw: bytes, kind: str) -> str:
    part = parsed(raw).get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text


@pytest.mark.parametrize(
    ("language", "attribution"),
    [
        ("es", "El 22/11/2026 a las 13:45, Ana <Molina> escribió:"),
        ("en", "On 22 Nov 2026 at 13:45, Ana <Molina> wrote:"),
    ],
)
def test_what_is_answered_stands_below_in_the_shops_time(language: str, attribution: str) -> None:
    text = body(build(quoted=QUOTED, language=language, timezone="Europe/Madrid"), "plain")
    answer, _, quote = text.partition(attribution)
    assert answer.rstrip().endswith("Un saludo")
    assert quote.splitlines()[2:5] == ["> ¿Cuándo <llegan>?", ">", "> Gracias"]


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Mira https://latinaja.example/a?b=1&c=2.", '<a href="https://latinaja.example/a?b=1&amp;c=2">'),
        ("(https://latinaja.example)", '(<a href="https://latinaja.example">https://latinaja.example</a>)'),
        ("<https://latinaja.example>", '&lt;<a href="https://latinaja.example">https://latinaja.example</a>&gt;'),
        ('https://x.example/"onclick="a', '<a href="https://x.example/">https://x.example/</a>&quot;onclick'),
    ],
)
def test_an_address_of_ours_can_be_clicked(text: str, markup: str) -> None:
    assert markup in body(build(text=text), "html")


def test_an_address_that_a_customer_wrote_stays_text() -> None:
    quoted = replace(QUOTED, text="https://evil.example")
    assert "<a " not in body(build(quoted=quoted), "html")


def test_what_is_answered_is_marked_for_mail_programs_to_fold_away_and_escaped() -> None:
    quote = body(build(quoted=QUOTED), "html").partition('<div class="gmail_quote">')[2]
    assert "¿Cuándo &lt;llegan&gt;?" in quote
    assert "Ana &lt;Molina&gt;" in quote


def test_our_own_reader_finds_the_answer_above_what_it_quotes() -> None:
    mail = read_mail(build(quoted=QUOTED, timezone="Europe/Madrid"))
    assert "Sale <hoy> & llega el sábado." in mail.new_text
    assert "¿Cuándo" not in mail.new_text


def test_a_mail_about_nothing_is_answered_with_the_shops_name() -> None:
    assert parsed(build(subject="  "))["Subject"] == "Re: Tu mensaje a La Tinaja"


def test_file_goes_with_its_name() -> None:
    factura = Attachment("factura nº 1.pdf", "application/pdf", 4, "k1")
    strange = Attachment("x.eml", "message/rfc822", 4, "k2")
    mail = read_mail(build({"k1": b"%PDF", "k2": b"\xff\0"}, attachments=(factura, strange)))
    assert [(file.name, file.content_type, file.data) for file in mail.attachments] == [
        ("factura nº 1.pdf", "application/pdf", b"%PDF"),
        ("x.eml", "application/octet-stream", b"\xff\0"),
    ]


def test_automatic_mail_says_so() -> None:
    mail = parsed(build(automatic=True))
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"


@pytest.mark.parametrize(
    "address",
    [
        "nadie",
        "",
        "a b@correo.example",
        "ñ@correo.example",
        "@correo.example",
        "ana@correo.example\r\nBcc: x@evil.example",
    ],
)
def test_recipient_that_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        build(to=Address("email", address))


def test_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        build(attachments=(Attachment("a.pdf", "application/pdf", 4, "k"),))


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Pedido", "Re: Pedido"),
        ("Re: Pedido", "Re: Pedido"),
        ("RE: Fwd: RV: re[2]: Pedido", "Re: Pedido"),
        ("Regalo: taza", "Re: Regalo: taza"),
        ("a\r\nBcc: x", "Re: a Bcc: x"),
        ("", "Re:"),
    ],
)
def test_subject_is_answered_once(subject: str, answer: str) -> None:
    assert reply_subject(subject) == answer


@pytest.mark.parametrize(
    ("region", "domain"), [("eu-west-1", "eu-west-1.amazonses.com"), ("us-east-1", "email.amazonses.com")]
)
def test_wire_id_is_the_one_that_ses_writes(region: str, domain: str) -> None:
    assert wire_message_id("0102018f", region) == f"0102018f@{domain}"


PAGE = "https://latinaja.example/web/conversation?k=v1.e30.x&lang=es"


def test_first_mail_of_a_thread_says_once_where_the_conversation_has_its_page() -> None:
    mail = build(page=PAGE, in_reply_to="", quoted=Quoted("Ana", "¿Y mi pedido?", 0.0))
    text = body(mail, "plain")
    assert text.count(PAGE) == 1
    assert text.index(f"seguir aquí: {PAGE}") < text.index("> ¿Y mi pedido?")
    assert body(mail, "html").count(f'<a href="{escape(PAGE)}">seguir aquí</a>') == 1


def test_later_mails_of_a_thread_lead_there_without_the_address_to_be_read() -> None:
    mail = build(page=PAGE, language="en")
    assert PAGE not in body(mail, "plain")
    markup = body(mail, "html")
    assert f'<a href="{escape(PAGE)}">go on here</a>' in markup
    assert f">{escape(PAGE)}<" not in markup


def test_mail_of_a_conversation_without_a_page_leads_nowhere() -> None:
    mail = build(in_reply_to="")
    assert "seguir aquí" not in body(mail, "plain") + body(mail, "html")
