"""Woken by the hold queue when its delay is over: move the wake-up to where deliveries are made in order."""

from mostrador.runtime.bootstrap import open_release
from mostrador.runtime.queues import queue_handler

handler = queue_handler(open_release)
