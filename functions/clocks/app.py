"""Woken by the queue clocks: what is due in a conversation is done, in no order."""

from mostrador.runtime.bootstrap import open_clocks
from mostrador.runtime.queues import queue_handler

handler = queue_handler(open_clocks)
