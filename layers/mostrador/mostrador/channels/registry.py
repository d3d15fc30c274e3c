"""Every channel and every provider's callback, by name. Nothing is imported before it is asked for.

A function that handles an SMS imports neither the mail parser nor Slack: the table below holds names, and
``importlib`` turns one of them into the real thing.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mostrador.channels.base import Channel, Webhook
from mostrador.domain.messages import Attachment

if TYPE_CHECKING:
    from botocore.session import Session

    from mostrador.channels.chat.connections import Connections


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """What a channel may need to know of its surroundings."""

    public_base_url: str
    """Without a slash at the end: what providers were configured with."""
    secret: Callable[[str], Mapping[str, str]]
    """A secret's fields by its name (``twilio``); raises NotConfigured."""
    switched_on: Collection[str] = ()
    region: str = "eu-west-1"
    session: "Session | None" = None
    """Of Amazon's clients, each of which would begin one of its own, and read the descriptions of endpoints anew."""
    mail_address: str = ""
    mail_configuration_set: str = ""
    sms_sender: str = ""
    """An E.164 number or a messaging service id (``MG...``)."""
    phone_sender: str = ""
    """The E.164 number that calls are made from."""
    twilio_api_url: str = "https://api.twilio.com"
    whatsapp_provider: str = "twilio"
    """Or ``meta``: who carries WhatsApp."""
    whatsapp_sender: str = ""
    """With Twilio an E.164 number or a messaging service (``MG...``), with Meta the id of the number."""
    meta_graph_url: str = "https://graph.facebook.com"
    link: Callable[[Attachment], str] | None = None
    """An address from which anybody who has it can fetch a file, for a short while; None where nothing is sent."""
    chat_endpoint: str = ""
    """The WebSocket API's stage, with https: where open connections are written to."""
    connections: "Connections | None" = None
    """Who is in the chat; None where nothing is sent."""


CHANNELS: dict[str, str] = {
    "chat": "mostrador.channels.chat:ChatChannel",
    "email": "mostrador.channels.email:EmailChannel",
    "phone": "mostrador.channels.phone.channel:PhoneChannel",
    "form": "mostrador.channels.form:FormChannel",
    "sms": "mostrador.channels.sms:SmsChannel",
    "whatsapp": "mostrador.channels.whatsapp:WhatsappChannel",
}

WEBHOOKS: dict[str, str] = {
    "meta": "mostrador.channels.meta.webhook:MetaWebhook",
    "shop": "mostrador.shop.webhook:ShopWebhook",
    "twilio": "mostrador.channels.twilio.webhook:TwilioWebhook",
}
"""Providers that call us over HTTP. SES does not: AWS itself invokes ``receive_mail``. The shop's own system does, and
its events are no channel's: nobody writes or answers there."""

ANSWER_WINDOWS: dict[str, int] = {"whatsapp": 24 * 3600}
"""Seconds after a customer's last message during which free text may be sent to them; then only templates that the
provider approved. A channel that is not here has no such limit."""


def open_channel(name: str, settings: ChannelSettings) -> Channel:
    """Raises KeyError for a channel that does not exist or is not switched on."""
    if name not in settings.switched_on:
        raise KeyError(name)
    channel: Channel = _load(CHANNELS[name])(settings)
    return channel


def open_webhook(provider: str, settings: ChannelSettings) -> Webhook:
    """Raises KeyError for a provider that does not exist."""
    webhook: Webhook = _load(WEBHOOKS[provider])(settings)
    return webhook


def _load(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
