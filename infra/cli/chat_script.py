"""The chat's one file, as the function `web` of this checkout serves it."""

from pathlib import Path

from mostrador.pages.chat_script import joined

WIDGET = Path(__file__).parents[2] / "functions/web/chat"


def chat_script() -> str:
    return joined(WIDGET)
