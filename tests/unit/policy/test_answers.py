"""The policy's texts, filled in. 10 November 2026 is a Tuesday."""

import re
import time
from dataclasses import replace
from datetime import datetime
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fakes.policies import DEFAULT_QUEUE, POLICY
from mostrador.domain.routing import Promise
from mostrador.policy.answers import LONGEST_NAME, PLACES, fill, presentable, spoken_to
from mostrador.policy.model import Hours, Interval
from mostrador.policy.promises import FIRST, promise_of

MADRID = ZoneInfo("Europe/Madrid")
SPLIT = (Interval(600, 840), Interval(1020, 1200))
SHOP = replace(
    POLICY,
    hours={
        "default": Hours("default", (SPLIT,) * 5 + ((), ())),
        "wholesale": Hours("wholesale", ((Interval(480, 900),),) * 5 + ((), ())),
        "never": Hours("never", ((),) * 7),
    },
    queues={
        "default": DEFAULT_QUEUE,
        "wholesale": replace(DEFAULT_QUEUE, id="wholesale", hours="wholesale"),
        "shut": replace(DEFAULT_QUEUE, id="shut", hours="never"),
    },
    holidays={"2026-11-09": "La Almudena"},
)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID).timestamp()


MORNING = at("2026-11-10 10:26")
NIGHT = at("2026-11-10 22:00")


def filled(text: str, language: str = "es", now: float = MORNING, **facts: Any) -> str:
    """What becomes of one text that is the same in both languages."""
    policy = replace(SHOP, answers={"said": {"es": text, "en": text}})
    return fill(policy, "said", language, now, **{"channel": "email", **facts})


def promised(since: str, queue: str = "default", target: str = "default") -> Promise:
    return promise_of(SHOP, target, FIRST, at(since), "email", queue)


@pytest.mark.parametrize(
    ("text", "spanish", "english"),
    [
        ("{shop}", "La Tinaja", "La Tinaja"),
        ("{segment}", "Cliente habitual", "Cliente habitual"),
        ("{next_opening}", "mañana a las 10:00", "tomorrow at 10:00"),
        ("{callback}", "el jueves 12 de noviembre a las 10:30", "on Thursday 12 November at 10:30"),
        ("{promise}", "mañana antes de las 12:00", "tomorrow before 12:00"),
        (
            "{hours}",
            "lunes a viernes, 10:00-14:00 y 17:00-20:00; sábado, domingo y festivos, cerrado",
            "Monday to Friday, 10:00-14:00 and 17:00-20:00; Saturday, Sunday and public holidays, closed",
        ),
        (
            "{today}",
            "Hoy ya hemos cerrado. Volvemos mañana a las 10:00.",
            "We have closed for today. We are back tomorrow at 10:00.",
        ),
        ("{customer}", "Ana Molina", "Ana Molina"),
    ],
)
def test_each_place_is_filled_in_the_customers_language(text: str, spanish: str, english: str) -> None:
    facts = {
        "promise": promised("2026-11-10 22:00"),
        "customer": "Ana Molina",
        "segment": "Cliente habitual",
        "callback_at": at("2026-11-12 10:30"),
    }
    assert filled(text, "es", NIGHT, **facts) == spanish
    assert filled(text, "en-GB", NIGHT, **facts) == english


def test_every_place_that_is_offered_is_filled() -> None:
    for place in PLACES:
        assert "{" not in filled(f"Hola {{{place}}}", customer="Ana", segment="Mayorista")


@pytest.mark.parametrize(
    ("since", "now", "promise"),
    [
        ("2026-11-10 10:26", "2026-11-10 10:26", "antes de las 12:30"),
        ("2026-11-10 13:30", "2026-11-10 13:30", "antes de las 18:30"),
        ("2026-11-10 18:30", "2026-11-10 18:31", "mañana antes de las 10:30"),
        ("2026-11-06 21:00", "2026-11-06 21:00", "el martes antes de las 12:00"),
        ("2026-11-10 10:00", "2026-11-10 11:45", "en unos minutos"),
        ("2026-11-10 10:00", "2026-11-10 11:44", "antes de las 12:00"),
        ("2026-11-10 10:00", "2026-11-10 12:00", "lo antes posible"),
        ("2026-11-10 10:00", "2026-11-10 15:00", "cuando volvamos a abrir (hoy a las 17:00)"),
    ],
)
def test_a_promise_completes_the_sentence_about_a_person(since: str, now: str, promise: str) -> None:
    said = filled("Te responde una persona {promise}.", now=at(now), promise=promised(since))
    assert said == f"Te responde una persona {promise}."


@pytest.mark.parametrize(
    ("text", "facts", "says"),
    [
        ("{promise}", {}, "lo antes posible"),
        ("{promise}", {"now": NIGHT}, "cuando volvamos a abrir (mañana a las 10:00)"),
        ("{callback}", {}, "lo antes posible"),
        ("{callback}", {"callback_at": MORNING}, "lo antes posible"),
        ("{segment}", {}, ""),
        ("Volvemos {next_opening}", {}, "Volvemos ahora mismo"),
        ("Volvemos {next_opening}", {"queue": "shut"}, "Volvemos lo antes posible"),
        ("Hola, {customer}:", {}, "Hola:"),
        ("Gracias {customer}.", {}, "Gracias."),
        ("{customer}, hemos recibido tu mensaje.", {}, "Hemos recibido tu mensaje."),
        ("Hola.\n{customer}: gracias.", {}, "Hola.\nGracias."),
    ],
)
def test_what_is_not_known_leaves_a_sentence_that_reads_well(text: str, facts: dict[str, Any], says: str) -> None:
    assert filled(text, **facts) == says


def test_the_hours_of_the_queue_are_the_ones_that_are_told() -> None:
    text = "{next_opening}; {hours}"
    assert filled(text, now=NIGHT, queue="wholesale") == (
        "mañana a las 8:00; lunes a viernes, 8:00-15:00; sábado, domingo y festivos, cerrado"
    )


@pytest.mark.parametrize("language", ["fr", "", "xx-YY", "ca"])
def test_who_speaks_another_language_reads_the_shops(language: str) -> None:
    english = replace(SHOP, language="en", answers={"said": {"es": "Hola {promise}", "en": "Hello {promise}"}})
    assert fill(english, "said", language, MORNING, channel="email") == "Hello as soon as possible"
    assert fill(replace(english, language="es"), "said", language, MORNING, channel="email") == "Hola lo antes posible"


@pytest.mark.parametrize(
    ("tag", "language"), [("en", "en"), ("EN_us", "en"), ("es-MX", "es"), ("fr", "es"), ("", "es")]
)
def test_a_language_tag_finds_the_language_that_is_spoken(tag: str, language: str) -> None:
    assert spoken_to(SHOP, tag) == language


@pytest.mark.parametrize(
    "text",
    ["{}", "{0}", "{name}", "{shop.__class__}", "{shop!r}", "{shop:>999999999}", "{ shop }", "{{", "}", "{SHOP}", "%s"],
)
def test_other_braces_stay_what_they_are(text: str) -> None:
    assert filled(f"Descuento {text} hoy") == f"Descuento {text} hoy"


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert filled("Hola, {customer}", customer="{shop} {promise}") == "Hola, {shop} {promise}"


def test_an_answer_that_the_policy_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError, match="gone"):
        fill(SHOP, "gone", "es", MORNING, channel="email")


# The names that people give themselves


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana Molina", "Ana Molina"),
        ("  Ana\t Molina \r\n", "Ana Molina"),
        ("Ana\nBcc: javier", "Ana Bcc: javier"),
        ("María-José O'Neill", "María-José O'Neill"),
        ("J. R. Ruiz", "J. R. Ruiz"),
        ("Dr.Ruiz", "Dr. Ruiz"),
        ("王小明", "王小明"),
        ("Ana 🌻", "Ana 🌻"),
        ('"Ana Molina"', "Ana Molina"),
        ("<b>Ana</b>", ""),
        ("Ana https://evil.example/x?y", "Ana"),
        ("Ana HTTP://evil.example", "Ana"),
        ("gana 500 EUR en evil.example ya", "gana 500 EUR en evil. example ya"),
        ("evil\uff0eexample", "evil. example"),
        ("evil\u3002example", "evil. example"),
        ("e\u200bvil.exam\u00adple", "e vil. exam ple"),
        ("ana@correo.example", ""),
        ("evil.example/gana", ""),
        ("\u202egnp.ana", "gnp. ana"),
        ("\x00\x07\ud800", ""),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_name_is_repeated_without_what_could_be_clicked_or_hidden(name: str, shown: str) -> None:
    assert presentable(name) == shown


@given(name=st.text(max_size=300))
@example("a.b.c.d")
@example("\ufdfa" * 60)
def test_no_name_carries_a_link_a_line_or_more_than_a_name(name: str) -> None:
    shown = presentable(name)
    assert len(shown) <= LONGEST_NAME
    assert not re.search(r"://|@|/|\w\.\w", shown)
    assert "\n" not in shown
    assert shown.isprintable()
    assert presentable(shown) == shown


@given(text=st.text(st.sampled_from("{}shopcustmer .,:\n"), max_size=80), name=st.text(max_size=40))
def test_any_text_with_any_name_is_filled(text: str, name: str) -> None:
    said = filled(text, customer=name)
    if not {place for _, place, *_ in _parsed(text)} & set(PLACES):
        assert said == text.strip()


def _parsed(text: str) -> list[tuple[Any, ...]]:
    try:
        return list(Formatter().parse(text))
    except ValueError:
        return [("", place, "", "") for place in PLACES if f"{{{place}}}" in text]


def test_a_long_text_of_commas_takes_no_time() -> None:
    begun = time.perf_counter()
    filled(", " * 50_000 + " " * 50_000 + "x")
    filled("{customer}, " * 20_000)
    presentable("a" * 200_000 + " " + "." * 100_000 + "/")
    assert time.perf_counter() - begun < 2
