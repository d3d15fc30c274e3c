"""Woken by the HTTP API at /voice/{step}: answers a telephone call, one step after another."""

from mostrador.runtime.web import voice_handler

handler = voice_handler()
