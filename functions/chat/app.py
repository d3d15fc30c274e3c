"""Woken by the WebSocket API: a visitor's browser connects, speaks or leaves."""

from mostrador.runtime.sockets import chat_handler

handler = chat_handler()
