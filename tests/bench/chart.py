"""The bills as bars: cents for a conversation, so that a small shop and a large one stand side by side."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from bench.prices import AMAZON

WORDS: Final = {
    "en": {
        "title": "US cents for a conversation, and dollars a month",
        "rows": "{} conversations",
        "total": "{cents} ¢  ·  ${month} a month",
    },
    "es": {
        "title": "Céntimos de dólar por conversación, y dólares al mes",
        "rows": "{} conversaciones",
        "total": "{cents} ¢  ·  {month} $ al mes",
    },
}
PARTS: Final = {
    "AWS": ("#e69f00", AMAZON),
    "Twilio": ("#d55e00", ("Twilio: numbers, SMS, calls", "Twilio: carrying WhatsApp")),
    "Meta": ("#009e73", ("Meta: WhatsApp",)),
    "Slack": ("#4a90d9", ("Slack Pro",)),
}
"""The colours are told apart by everybody (Okabe and Ito)."""
STYLE: Final = (
    "text{font:14px system-ui,sans-serif;fill:#1f2328}.title,.total{font-weight:600}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}}"
)
LEFT, BAR, CENT, ROW = 10, 22, 110, 62


def draw(bills: Mapping[str, Mapping[str, float]], language: str, file: Path) -> None:
    """``bills`` are named after how many conversations they are for."""
    words = WORDS[language]
    body = [f'<text class="title" x="{LEFT}" y="24">{words["title"]}</text>', *_legend()]
    for place, (name, lines) in enumerate(bills.items()):
        body += _row(_number(name, language), int(name.replace(",", "")), lines, 88 + place * ROW, language)
    height = 88 + len(bills) * ROW
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 740 {height}" width="740" role="img">'
    file.write_text("\n".join([head, f"<title>{words['title']}</title><style>{STYLE}</style>", *body, "</svg>", ""]))


def _legend() -> Iterator[str]:
    for place, (part, (colour, _)) in enumerate(PARTS.items()):
        x = LEFT + place * 100
        yield f'<rect x="{x}" y="42" width="14" height="14" rx="3" fill="{colour}"/>'
        yield f'<text x="{x + 20}" y="54">{part}</text>'


def _row(name: str, conversations: int, lines: Mapping[str, float], y: int, language: str) -> Iterator[str]:
    words, x = WORDS[language], float(LEFT)
    yield f'<text x="{LEFT}" y="{y}">{words["rows"].format(name)}</text>'
    for colour, summed in PARTS.values():
        width = CENT * 100 * sum(lines[line] for line in summed) / conversations
        yield f'<rect x="{x:.1f}" y="{y + 8}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>'
        x += width
    whole = sum(lines.values())
    told = {"cents": f"{100 * whole / conversations:.1f}", "month": f"{whole:,.0f}"}
    total = words["total"].format(**{each: _number(text, language) for each, text in told.items()})
    yield f'<text class="total" x="{x + 10:.1f}" y="{y + 24}">{total}</text>'


def _number(text: str, language: str) -> str:
    return text.translate(str.maketrans(",.", ".,")) if language == "es" else text
