"""Words that every card needs: whom it is about, on which channel, and when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from mostrador.desk.markup import clean
from mostrador.desk.views import ConversationView, FailureView, MessageView
from mostrador.domain.catalogue import known, say
from mostrador.domain.messages import Address
from mostrador.domain.naming import customer_of

type View = ConversationView | MessageView | FailureView

_USER = re.compile(r"[UW][A-Z0-9]{2,20}")


@dataclass(frozen=True, slots=True)
class Sign:
    """By which people tell channels apart before they read a word."""

    character: str
    """In front of the name on a card."""
    shortcode: str
    """Slack's name of the picture beside a customer's messages."""


SIGNS: Mapping[str, Sign] = {
    "chat": Sign("💬", ":speech_balloon:"),
    "email": Sign("✉️", ":email:"),
    "form": Sign("📝", ":memo:"),
    "phone": Sign("📞", ":telephone_receiver:"),
    "sms": Sign("📱", ":iphone:"),
    "whatsapp": Sign("💚", ":green_heart:"),
}
OTHER = Sign("📨", ":incoming_envelope:")
"""For what came in by no channel that anybody can answer: a request that nobody understood."""


def name_of(view: View) -> str:
    address = clean(customer_of(Address(view.channel, view.address), view.language)).strip()
    return clean(view.customer).strip() or address or say("card.nameless", view.language)


def channel_of(view: View) -> str:
    return say(f"channel.{view.channel}", view.language)


def sign_of(channel: str) -> Sign:
    return SIGNS.get(channel, OTHER)


def mention(user: str) -> str:
    """Calls a person; empty for what is no id of Slack's, so that nothing else can be slipped in."""
    return f"<@{user}>" if _USER.fullmatch(user) else ""


def ago(at: float, language: str, zone: tzinfo) -> str:
    """ "5 minutes ago", kept up to date by Slack (docs.slack.dev, *Formatting message text*, date formatting)."""
    return _date(at, "{ago}", language, zone)


def moment(at: float, language: str, zone: tzinfo) -> str:
    """ "today 12:30", by the clock of whoever reads it."""
    return _date(at, "{date_short_pretty} {time}", language, zone)


def hour(at: float, language: str, zone: tzinfo) -> str:
    return _date(at, "{time}", language, zone)


def _date(at: float, form: str, language: str, zone: tzinfo) -> str:
    return f"<!date^{int(at)}^{form}|{_written(at, language, zone)}>"


def _written(at: float, language: str, zone: tzinfo) -> str:
    """What Slack shows where it cannot format a date."""
    when = datetime.fromtimestamp(at, UTC).astimezone(zone)
    return when.strftime("%d/%m/%Y %H:%M" if known(language) == "es" else "%Y-%m-%d %H:%M")
