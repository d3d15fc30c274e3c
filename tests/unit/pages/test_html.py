"""Markup in which nothing that somebody wrote is markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mostrador.pages.html import Html, el, lines, linked

AWAY = 'target="_blank" rel="noopener nofollow"'


class _Text(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")))
def test_whatever_was_written_is_text_and_the_same_text(text: str) -> None:
    read = _Text(el("p", text, title=text))
    assert read.tags == ["p"]
    assert read.text == text
    assert read.attributes == [("title", text)]


@pytest.mark.parametrize(
    ("made", "markup"),
    [
        (el("p", "a", el("b", "c")), "<p>a<b>c</b></p>"),
        (el("p", ["a", None, [el("br"), "<"]]), "<p>a<br>&lt;</p>"),
        (el("input", required=True, value="", disabled=False, id=None), '<input required value="">'),
        (el("label", "A", for_="a", class_="b", aria_label="c"), '<label for="a" class="b" aria-label="c">A</label>'),
        (el("meta", name="robots", content="x"), '<meta name="robots" content="x">'),
        (el("p", lines("a\n<b>\n")), "<p>a<br>&lt;b&gt;</p>"),
    ],
)
def test_an_element_is_written_as_html_wants_it(made: Html, markup: str) -> None:
    assert made == markup


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("mira http://a.example.", f'mira <a href="http://a.example" {AWAY}>http://a.example</a>.'),
        (
            "(https://a.example/?a=1&b=2)",
            f'(<a href="https://a.example/?a=1&amp;b=2" {AWAY}>https://a.example/?a=1&amp;b=2</a>)',
        ),
        ("uno\nHTTPS://A.example/é", f'uno<br><a href="HTTPS://A.example/é" {AWAY}>HTTPS://A.example/é</a>'),
        ('https://a.example/"><b>', f'<a href="https://a.example/" {AWAY}>https://a.example/</a>&quot;&gt;&lt;b&gt;'),
        (
            "javascript:alert(1) data:text/html,x ftp://a.example https://",
            "javascript:alert(1) data:text/html,x ftp://a.example https://",
        ),
    ],
    ids=["full stop", "query in brackets", "second line", "end of an attribute", "no pages"],
)
def test_addresses_of_pages_and_nothing_else_become_links(text: str, markup: str) -> None:
    assert el("p", linked(text)) == f"<p>{markup}</p>"
