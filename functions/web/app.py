"""Woken by the HTTP API at /web/{page}: the contact form, a conversation's own page, and what they look like."""

from pathlib import Path

from mostrador.runtime.pages import web_handler

handler = web_handler(Path(__file__).parent / "assets")
