"""What functions talk to, each made when it is asked for: channels, queues, the bucket, secrets, Slack.

As in the composition root, libraries that not every function needs are imported where they are needed.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from mostrador.channels.registry import ChannelSettings, open_channel
from mostrador.domain.call import PHONE
from mostrador.domain.errors import NotConfigured
from mostrador.runtime import aws
from mostrador.runtime import settings as kinds
from mostrador.runtime.kept import Kept
from mostrador.runtime.secrets import Secrets
from mostrador.store.queues import SqsQueues

if TYPE_CHECKING:
    from mostrador.channels.base import Channel
    from mostrador.desk.slack import SlackDesk
    from mostrador.domain.messages import Attachment
    from mostrador.store.blobs import S3Blobs
    from mostrador.store.shelf import S3Shelf
    from mostrador.store.transcriber import AmazonTranscriber
    from mostrador.usecases.agents.call_up import Telephone

CHANNEL_SECONDS = 60
"""How long an opened channel is used."""
LINK_SECONDS = 3600
"""How long a provider may take to fetch a file."""


def switched_on(names: str) -> frozenset[str]:
    """Of a parameter of the template: names with commas between."""
    return frozenset(name for name in (part.strip() for part in names.split(",")) if name)


def channels(settings: kinds.IngestSettings | kinds.DeliverSettings, **more: Any) -> "Callable[[str], Channel]":
    """Each channel opened when it is first asked for, and anew after a while. ``more`` is for what only sending needs.

    So a rotated secret counts, and no connection idles for long: Lambda cuts those, and a call on one that was cut
    breaks off like one that the provider may have carried out.
    """
    surroundings = ChannelSettings(
        public_base_url=settings.public_base_url,
        secret=secrets(settings.secrets_prefix),
        switched_on=switched_on(settings.channels),
        mail_address=settings.mail_address,
        sms_sender=settings.sms_sender,
        phone_sender=settings.phone_sender,
        twilio_api_url=settings.twilio_api_url,
        whatsapp_provider=settings.whatsapp_provider,
        whatsapp_sender=settings.whatsapp_sender,
        meta_graph_url=settings.meta_graph_url,
        **more,
    )
    return Kept(partial(open_channel, settings=surroundings), CHANNEL_SECONDS)


def queues(**urls: str) -> SqsQueues:
    return SqsQueues(aws.open_client("sqs"), urls)


def secrets(prefix: str) -> Secrets:
    return Secrets(prefix, aws.open_client("secretsmanager"))


def blobs(bucket: str) -> "S3Blobs":
    from mostrador.store.blobs import S3Blobs

    return S3Blobs(aws.open_client("s3"), bucket)


def shelf(bucket: str) -> "S3Shelf":
    """It signs addresses as every region takes them: botocore may choose the older way."""
    from mostrador.store.shelf import S3Shelf

    return S3Shelf(aws.open_client("s3", signature_version="s3v4"), bucket)


def links(bucket: str) -> "Callable[[Attachment], str]":
    """Where a provider can fetch a file that goes out with a message."""
    held = shelf(bucket)
    return lambda file: held.link(file.key, file.name, file.content_type, LINK_SECONDS)


def transcriber(settings: kinds.IngestSettings) -> "AmazonTranscriber | None":
    if not settings.transcription_jobs:
        return None
    from mostrador.store.transcriber import AmazonTranscriber

    open_client = cache(partial(aws.open_client, "transcribe"))
    return AmazonTranscriber(open_client, settings.bucket_name, settings.transcription_jobs)


def desk(secrets_prefix: str, slack_api_url: str) -> "SlackDesk":
    from mostrador.desk.slack import SlackDesk

    known = secrets(secrets_prefix)
    return SlackDesk(lambda: field(known("slack"), "bot_token"), slack_api_url)


def telephone(settings: kinds.ActSettings) -> "Telephone | None":
    """None where the phone is switched off."""
    on = switched_on(settings.channels)
    if PHONE not in on:
        return None
    from mostrador.channels.phone.telephone import LazyTelephone

    return LazyTelephone(
        ChannelSettings(
            public_base_url=settings.public_base_url,
            secret=secrets(settings.secrets_prefix),
            switched_on=on,
            phone_sender=settings.phone_sender,
            twilio_api_url=settings.twilio_api_url,
        )
    )


def field(secret: Mapping[str, str], name: str) -> str:
    """Raises NotConfigured."""
    value = secret.get(name, "")
    if not value:
        raise NotConfigured(f"the secret has no {name}")
    return value


class LazyBlobs:
    """A bucket whose client is only made for the rare request that needs one."""

    def __init__(self, bucket: str) -> None:
        self._open = cache(partial(blobs, bucket))

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        self._open().put(key, data, content_type)
