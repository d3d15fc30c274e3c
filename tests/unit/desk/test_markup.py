"""Text on its way to Slack and back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.desk.markup import clean, escape, fit, mentioned, split, to_plain

NAMES = {"U0LUIS": "Luis Prieto", "U0INES": "Inés Soto"}

GOLDEN = [
    ("Mira `<@>` y `<!here> ya`", "Mira  y  ya"),
    ("Hola Ana", "Hola Ana"),
    ("", ""),
    ("  hola \n", "hola"),
    ("Tazas &lt; 20 € &amp; platos &gt; 30 €", "Tazas < 20 € & platos > 30 €"),
    ("&amp;lt; no es &lt;", "&lt; no es <"),
    ("&nbsp; y &quot; no son de Slack", "&nbsp; y &quot; no son de Slack"),
    ("<https://latinaja.example/plato>", "https://latinaja.example/plato"),
    ("<https://latinaja.example/a?b=1&amp;c=2>", "https://latinaja.example/a?b=1&c=2"),
    ("<https://latinaja.example|latinaja.example>", "https://latinaja.example"),
    ("<http://latinaja.example/|latinaja.example>", "http://latinaja.example/"),
    ("<https://latinaja.example/p|el plato>", "el plato (https://latinaja.example/p)"),
    ("<https://x.example/p|el &amp; plato>", "el & plato (https://x.example/p)"),
    ("<https://latinaja.example/a_b_c*d*>", "https://latinaja.example/a_b_c*d*"),
    ("<mailto:hola@latinaja.example|hola@latinaja.example>", "hola@latinaja.example"),
    ("<mailto:hola@latinaja.example>", "hola@latinaja.example"),
    ("<mailto:hola@latinaja.example|escríbenos>", "escríbenos (hola@latinaja.example)"),
    ("<tel:+34910000000|+34910000000>", "+34910000000"),
    ("<tel:+34910000000|910 000 000>", "910 000 000 (+34910000000)"),
    ("Te llama <@U0LUIS>.", "Te llama Luis Prieto."),
    ("Te llama <@U0LUIS|luis>.", "Te llama Luis Prieto."),
    ("Te llama <@U0NADIE|marta>.", "Te llama marta."),
    ("Te llama <@U0NADIE>.", "Te llama."),
    ("<@U0NADIE> Hola Ana", "Hola Ana"),
    ("Hola <@U0NADIE> Ana", "Hola Ana"),
    ("Hola <@U0NADIE> <!here>, ya está", "Hola, ya está"),
    ("Hola\n<!channel>\nAna", "Hola\n\nAna"),
    ("<!here> <!everyone>", ""),
    ("Lo lleva <!subteam^S0TALLER|@taller>", "Lo lleva taller"),
    ("Lo lleva <!subteam^S0TALLER>", "Lo lleva"),
    ("Llega <!date^1780000000^{date_long}|el 28 de mayo>", "Llega el 28 de mayo"),
    ("Mira <#C0GENERAL|general>", "Mira #general"),
    ("Mira <#C0GENERAL>", "Mira"),
    ("*Hola* Ana", "Hola Ana"),
    ("_Hola_ Ana", "Hola Ana"),
    ("~mañana~ hoy", "mañana hoy"),
    ("*_~Hola~_* Ana", "Hola Ana"),
    ("_*Hola*_, Ana", "Hola, Ana"),
    ("*muy _muy_ bien*", "muy muy bien"),
    ("*<https://latinaja.example|el plato>*", "el plato (https://latinaja.example)"),
    ("(*gratis*)", "(gratis)"),
    ("¡*Gracias*!", "¡Gracias!"),
    ("*a*", "a"),
    ("2*3*4 = 24", "2*3*4 = 24"),
    ("2 * 3 * 4", "2 * 3 * 4"),
    ("* uno\n* dos", "* uno\n* dos"),
    ("*uno\ndos*", "*uno\ndos*"),
    ("mi_foto_final.jpg", "mi_foto_final.jpg"),
    ("__init__", "__init__"),
    ("**", "**"),
    ("~5 días, ~6 como mucho", "~5 días, ~6 como mucho"),
    ("`AB_12_C`", "AB_12_C"),
    ("usa `*TINAJA*` al pagar", "usa *TINAJA* al pagar"),
    ("`:smile:`", ":smile:"),
    ("```\nuno\n  *dos*\n```", "uno\n  *dos*"),
    ("```<https://latinaja.example>```", "https://latinaja.example"),
    ("un ` suelto", "un ` suelto"),
    ("&gt; lo que dijiste\nSí", "> lo que dijiste\nSí"),
    ("• uno\n• dos", "• uno\n• dos"),
    ("Gracias :smile:", "Gracias 😄"),
    ("Gracias:tada::tada:", "Gracias🎉🎉"),
    (":+1::skin-tone-3:", "👍🏼"),
    (":writing_hand::skin-tone-2:", "✍🏻"),
    (":woman-shrugging::skin-tone-6:", "🤷🏿‍♀️"),
    (":flag-pt: :amphora: :package: :heart:", "🇵🇹 🏺 📦 ❤️"),
    (":latinaja: a las 10:30:45", ":latinaja: a las 10:30:45"),
    ("1:100:5", "1:100:5"),
    ("*:sparkles: nuevo*", "✨ nuevo"),
    ("fin\r\nde línea", "fin\nde línea"),
    ("a\x000\x00b\x01c", "a0bc"),
    ("&lt;@U0LUIS&gt; &lt;!here&gt;", "<@U0LUIS> <!here>"),
    ("<>", "<>"),
]


@pytest.mark.parametrize(("slack", "plain"), GOLDEN)
def test_what_an_agent_types_reaches_the_shopper_as_plain_words(slack: str, plain: str) -> None:
    assert to_plain(slack, NAMES) == plain


def test_the_users_in_a_text_are_found() -> None:
    assert mentioned("<@U0LUIS> y <@W0INES|ines>, no &lt;@U0NADIE&gt;") == {"U0LUIS", "W0INES"}


SLACKY = st.text(st.sampled_from("ab \n*_~`<>@!#|&:;\x00\x01😀ñ0"), max_size=80)


@given(SLACKY)
def test_plain_text_survives_being_escaped_and_read_back(text: str) -> None:
    words = re.sub(r"[*_~`:]", "", text)
    assert to_plain(escape(words), {}) == clean(words).strip()


@given(SLACKY)
def test_any_agents_text_reads_as_something_without_our_own_marks(text: str) -> None:
    assert not set(to_plain(text, NAMES)) & {"\x00", "\x01"}


@pytest.mark.parametrize(
    "text", ["*" * 50_000, "`" * 50_000, "<" * 50_000, "_a " * 20_000, ":a" * 25_000, "<@U1> " * 9_000]
)
def test_a_hostile_text_is_read_in_linear_time(text: str) -> None:
    assert len(to_plain(text, {})) <= len(text)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<!channel> & <https://x|y>", "&lt;!channel&gt; &amp; &lt;https://x|y&gt;"),
        ("*no* _es_ ~nada~ `x`", "*no* _es_ ~nada~ `x`"),
        ("uno\r\ndos\rtres\tcuatro", "uno\ndos\ntres\tcuatro"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("a\x00\x1b[31mb\ud800c", "a[31mbc"),
    ],
)
def test_customer_text_is_escaped_and_cleaned(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("text", "limit", "fitted"),
    [
        ("corto", 5, "corto"),
        ("demasiado", 5, "dema…"),
        ("a & b", 9, "a &amp; b"),
        ("a & b", 8, "a &amp;…"),
        ("a & b", 6, "a…"),
        ("dos\nlíneas  juntas", 20, "dos líneas juntas"),
        ("😀😀😀", 5, "😀😀…"),
        ("", 5, ""),
    ],
)
def test_a_line_is_fitted_after_escaping(text: str, limit: int, fitted: str) -> None:
    assert fit(text, limit) == fitted


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 10, []),
        ("  \n ", 10, []),
        ("corto", 10, ["corto"]),
        ("uno dos\n\ntres", 12, ["uno dos", "tres"]),
        ("uno dos\ntres cuatro", 12, ["uno dos", "tres cuatro"]),
        ("uno dos tres cuatro", 13, ["uno dos tres", "cuatro"]),
        ("uno dos tres", 12, ["uno dos tres"]),
        ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
        ("&&&", 10, ["&amp;&amp;", "&amp;"]),
        ("a bcdefghijkl", 10, ["a bcdefghi", "jkl"]),
    ],
)
def test_a_long_text_is_cut_where_it_hurts_least(text: str, limit: int, pieces: list[str]) -> None:
    assert split(text, limit) == pieces


@given(st.text(max_size=300), st.integers(10, 60))
def test_pieces_fit_and_lose_nothing_but_the_space_between_them(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", escape(text))
