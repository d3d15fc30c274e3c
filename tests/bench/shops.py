"""Three shops that might be, and what is assumed of their conversations: chosen, and measured by nobody."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Shop:
    name: str
    conversations: int
    """In a month."""
    shares: Mapping[str, float]
    """Of the conversations, by channel; they add up to one."""
    agents: int
    pays_slack: bool


WORKSHOP = Shop("300", 300, {"email": 0.5, "whatsapp": 0.3, "chat": 0.1, "form": 0.1}, agents=1, pays_slack=False)
SHOP = Shop(
    "3,000",
    3_000,
    {"email": 0.4, "whatsapp": 0.3, "chat": 0.15, "form": 0.05, "sms": 0.03, "phone": 0.07},
    agents=4,
    pays_slack=True,
)
STORE = Shop(
    "30,000",
    30_000,
    {"email": 0.35, "whatsapp": 0.35, "chat": 0.18, "form": 0.04, "sms": 0.03, "phone": 0.05},
    agents=25,
    pays_slack=True,
)
SHOPS = (WORKSHOP, SHOP, STORE)

NUMBERS = 1
"""Rented from Twilio: one for WhatsApp, SMS and calls together."""
MESSAGES_EACH_WAY = 2
"""A customer writes, is answered, writes again, is answered again; and one timer of the conversation rings."""
SECONDS = 2.0
"""That a function runs for, cold starts and waiting for Slack included. Not measured."""
LOG_BYTES = 3_000
"""That a function writes each time, Lambda's own lines included."""
RENEWED = 0.1
"""Of the invocations read a secret and the policy again."""
MONTHS_KEPT = 12
"""After which the table and the files are looked at: they grow with every month."""
FILE_BYTES = 1_000_000
"""Mail and files that a conversation leaves behind."""
MAIL_CHUNKS = 2
"""Of 256 kB, in a mail that comes in."""
SMS_SEGMENTS = 2
"""Of an answer: an á, an í, an ó or an ú leaves 70 characters to a segment."""
CHAT_FRAMES, CHAT_MINUTES = 40, 10
"""Of a conversation in the chat: everything that is typed, shown and acknowledged; and how long the page is open."""
CALL_STEPS, CALL_MINUTES_IN, CALL_MINUTES_OUT, VOICEMAIL_MINUTES = 8, 1.5, 8, 1
"""Of a call: what Twilio asks, the menu, a bridge of four minutes with its two legs, and what is written down."""
IDLE_POLLS = 15 * 60 * 730
"""Of one queue in a month: five pollers, each of which waits for 20 seconds."""
