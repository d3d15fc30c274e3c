"""Woken by the HTTP API at /web/{page}: forms, conversations' own pages, what they look like, and the chat's script."""

from pathlib import Path

from mostrador.runtime.pages import web_handler

HERE = Path(__file__).parent

handler = web_handler(HERE / "assets", HERE / "chat")
