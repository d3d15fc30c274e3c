"""What the playground is told once, when it starts, and what it learns once the stack is deployed."""

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["es", "en"]
WhatsappProvider = Literal["twilio", "meta"]
WHATSAPP_PROVIDERS: tuple[WhatsappProvider, ...] = ("twilio", "meta")

POLICY_LANGUAGE: Language = "es"
"""The one in which the shop's policy file is written."""

NOTE_MARK = ";;"
"""The one of the shop's policy file: what counts until the policy in force is known."""


@dataclass(frozen=True, slots=True)
class Stack:
    """The outputs of the deployed template that the outside world has to know.

    Without the table the shop keeps its policy, whatever the page is set to. ``clocks_queue`` is a URL: conversations
    that wait are looked at again under a new policy."""

    api_id: str
    stage: str
    bucket: str
    receive_mail_function: str
    table: str | None = None
    clocks_queue: str = ""
    tick_function: str = ""
    """Looks for what is due; empty: once a minute has to do, in a hurry too."""
    chat_url: str = ""
    """Where browsers connect for the chat; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a real account would have given to the shop; the same values stand in the local secrets."""

    slack_bot_token: str = "xoxb-playground"  # noqa: S105 - a made-up value of a simulated workspace
    slack_signing_secret: str = "playground-signing-secret"  # noqa: S105 - the same
    twilio_account_sid: str = "ACplayground00000000000000000000000"
    twilio_auth_token: str = "playground-auth-token"  # noqa: S105 - the same
    meta_app_secret: str = "playground-app-secret"  # noqa: S105 - the same
    meta_verify_token: str = "playground-verify-token"  # noqa: S105 - the same
    meta_access_token: str = "EAAplayground"  # noqa: S105 - the same
    meta_account_id: str = "102290129340398"
    meta_number_id: str = "106540352242922"
    shop_webhook_secret: str = "playground-webhook-secret"  # noqa: S105 - the same
    aws_access_key_id: str = "test"
    aws_secret_access_key: str = "test"  # noqa: S105 - the local engine takes any key


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the providers are, in seconds. The defaults are theirs, but for the carriers, the mail, and Meta, which
    tries again for a week: nobody wants to wait for those."""

    slack_deadline: float = 3
    slack_retries: tuple[float, ...] = (0.1, 60, 300)
    slack_post_burst: int = 10
    slack_posts_per_second: float = 1
    twilio_deadline: float = 15
    meta_deadline: float = 10
    meta_gathers: float = 0.2
    meta_retries: tuple[float, ...] = (2, 10, 30, 60, 120)
    shop_deadline: float = 10
    shop_retries: tuple[float, ...] = (2, 10, 60)
    carrier_step: float = 0.6
    mail_step: float = 0.6
    agent_step: float = 2
    mail_retries: tuple[float, ...] = (2, 10)


@dataclass(frozen=True, slots=True)
class PlaygroundConfig:
    port: int = 4600
    engine: str = "http://127.0.0.1:4566"
    region: str = "eu-west-1"
    language: Language = POLICY_LANGUAGE
    stack: Stack | None = None
    note_mark: str = NOTE_MARK
    whatsapp: WhatsappProvider = "twilio"
    """With whom the shop has its number for WhatsApp."""
    credentials: Credentials = field(default_factory=Credentials)
    pace: Pace = field(default_factory=Pace)

    @property
    def public_url(self) -> str:
        """The address under which the providers know the shop's stack: what Twilio signs."""
        return f"http://127.0.0.1:{self.port}"
