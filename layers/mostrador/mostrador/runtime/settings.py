"""The environment of each function as a type of its own, read once when the first event arrives.

Named tuples, because every function defines all of these types when it starts, and a data class costs five times as
much to define.
"""

from collections.abc import Mapping
from typing import NamedTuple

from mostrador.domain.errors import NotConfigured


class ReceiveSettings(NamedTuple):
    secrets_prefix: str
    public_base_url: str
    channels: str
    """The channels that are switched on, separated by commas."""
    bucket_name: str
    inbound_queue_url: str


class ReceiveMailSettings(NamedTuple):
    inbound_queue_url: str


class SlackSettings(NamedTuple):
    secrets_prefix: str
    actions_queue_url: str


class ReleaseSettings(NamedTuple):
    deliver_queue_url: str


class TickSettings(NamedTuple):
    table_name: str
    desk_queue_url: str
    deliver_queue_url: str
    clocks_queue_url: str


class ClocksSettings(NamedTuple):
    table_name: str
    bucket_name: str
    desk_queue_url: str
    deliver_queue_url: str


class ChatSettings(NamedTuple):
    secrets_prefix: str
    public_base_url: str
    channels: str
    table_name: str
    bucket_name: str
    inbound_queue_url: str
    aws_region: str
    chat_endpoint: str
    chat_origins: str = ""
    """Pages that may open the chat, separated by commas: ``https://latinaja.example``."""


class VoiceSettings(NamedTuple):
    secrets_prefix: str
    public_base_url: str
    channels: str
    table_name: str
    bucket_name: str
    inbound_queue_url: str
    phone_sender: str = ""


class WebSettings(NamedTuple):
    secrets_prefix: str
    channels: str
    table_name: str
    bucket_name: str
    inbound_queue_url: str
    mail_address: str = ""
    phone_sender: str = ""
    """The shop's number that calls are made from: what people type without a country is of the same."""
    privacy_url: str = ""
    """The shop's own page about it; empty: the form links to none."""
    shop_origins: str = ""
    """Pages that may show the form inside of them, separated by commas."""


class IngestSettings(NamedTuple):
    secrets_prefix: str
    public_base_url: str
    channels: str
    table_name: str
    bucket_name: str
    desk_queue_url: str
    deliver_queue_url: str
    mail_address: str = ""
    sms_sender: str = ""
    phone_sender: str = ""
    twilio_api_url: str = "https://api.twilio.com"
    whatsapp_provider: str = "twilio"
    whatsapp_sender: str = ""
    meta_graph_url: str = "https://graph.facebook.com"
    transcription_jobs: str = ""
    """What the names of our jobs at Amazon Transcribe begin with; empty: voice messages are not written down."""


class DeliverSettings(NamedTuple):
    secrets_prefix: str
    public_base_url: str
    channels: str
    table_name: str
    bucket_name: str
    desk_queue_url: str
    hold_queue_url: str
    aws_region: str
    chat_endpoint: str = ""
    mail_address: str = ""
    mail_configuration_set: str = ""
    sms_sender: str = ""
    phone_sender: str = ""
    twilio_api_url: str = "https://api.twilio.com"
    whatsapp_provider: str = "twilio"
    whatsapp_sender: str = ""
    meta_graph_url: str = "https://graph.facebook.com"


class NotifySettings(NamedTuple):
    secrets_prefix: str
    table_name: str
    bucket_name: str
    desk_queue_url: str
    slack_api_url: str = "https://slack.com/api/"


class ActSettings(NamedTuple):
    secrets_prefix: str
    public_base_url: str
    channels: str
    table_name: str
    bucket_name: str
    desk_queue_url: str
    hold_queue_url: str
    slack_api_url: str = "https://slack.com/api/"
    phone_sender: str = ""
    twilio_api_url: str = "https://api.twilio.com"


def read_settings[S: NamedTuple](kind: type[S], environment: Mapping[str, str]) -> S:
    """The fields of ``kind`` from variables of the same name in capitals. Raises NotConfigured naming what is missing.

    An empty variable counts as missing: a template passes an unset parameter on as an empty text.
    """
    given = {name: value for name in kind._fields if (value := environment.get(name.upper()))}
    values = kind._field_defaults | given
    for name in kind._fields:
        if name not in values:
            raise NotConfigured(f"the environment variable {name.upper()} is missing")
    return kind._make(values[name] for name in kind._fields)
