"""The composition root: for each function, its settings, its clients and its use case.

Every ``open_...`` imports what only its function needs, so that a webhook handler starts without the table's
library, the mail parser or Slack's client.
"""

import json
import os
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from mostrador.channels.registry import ChannelSettings, open_webhook
from mostrador.domain.call import PHONE
from mostrador.domain.chat import CHAT
from mostrador.domain.form import FORM
from mostrador.domain.webhooks import SHOP
from mostrador.runtime import aws, clients
from mostrador.runtime import settings as kinds
from mostrador.runtime.settings import read_settings
from mostrador.store.queues import decode_event

if TYPE_CHECKING:
    from mostrador.usecases.agents.listen import Listen
    from mostrador.usecases.chat.chat import Chat
    from mostrador.usecases.intake.receive import Receive
    from mostrador.usecases.phone.pick_up import PickUp
    from mostrador.usecases.web.web import Web

type QueueWork = Callable[[str], object]
"""On the body of one message."""
type EventWork = Callable[[dict[str, Any]], object]

FORM_PAGE = "/web/form"
CALL_PAGE = "/web/call"
"""Below the public base: where the contact form is shown, and where somebody asks to be called."""
AT_ONCE = 10
"""Calls that ``tick`` makes at the same time: as many connections as a client of botocore keeps."""


def open_receive() -> "tuple[Receive, str]":
    """The use case, and the public base of the URLs that providers sign."""
    from mostrador.usecases.intake.receive import Receive

    settings = read_settings(kinds.ReceiveSettings, os.environ)
    on = clients.switched_on(settings.channels)
    secrets = clients.secrets(settings.secrets_prefix)
    channels = ChannelSettings(public_base_url=settings.public_base_url, secret=secrets, switched_on=on)
    receive = Receive(
        open_webhook=partial(open_webhook, settings=channels),
        switched_on=(on | {SHOP}).__contains__,
        queue=clients.queues(inbound=settings.inbound_queue_url),
        blobs=clients.LazyBlobs(settings.bucket_name),
        renew=secrets.renew,
    )
    return receive, settings.public_base_url


def open_receive_mail() -> EventWork:
    from mostrador.channels.email import split_ses
    from mostrador.channels.phone.transcripts import split_transcribe

    queues = clients.queues(inbound=read_settings(kinds.ReceiveMailSettings, os.environ).inbound_queue_url)

    def receive_mail(event: dict[str, Any]) -> None:
        split = split_transcribe if event.get("source") == "aws.transcribe" else split_ses
        for arrival in split(event, time.time()):
            queues.inbound(arrival)

    return receive_mail


def open_slack() -> "Listen":
    from mostrador.usecases.agents.listen import Listen

    settings = read_settings(kinds.SlackSettings, os.environ)
    secrets = clients.secrets(settings.secrets_prefix)
    return Listen(secrets, secrets.renew, clients.queues(actions=settings.actions_queue_url))


def open_chat() -> "Chat":
    from mostrador.channels.chat.gateway import Gateway
    from mostrador.store.allowances import DynamoAllowances
    from mostrador.store.connections import DynamoConnections
    from mostrador.store.inbox import DynamoInbox
    from mostrador.store.policies import StoredPolicy
    from mostrador.usecases.chat.chat import Chat
    from mostrador.usecases.chat.ports import Offers

    settings = read_settings(kinds.ChatSettings, os.environ)
    on, secrets = clients.switched_on(settings.channels), clients.secrets(settings.secrets_prefix)
    return Chat(
        inbox=DynamoInbox(settings.table_name, aws.session()),
        policies=StoredPolicy(clients.blobs(settings.bucket_name)),
        queue=clients.queues(inbound=settings.inbound_queue_url),
        connections=DynamoConnections(),
        allowances=DynamoAllowances(),
        shelf=clients.shelf(settings.bucket_name),
        line=Gateway(settings.chat_endpoint, settings.aws_region, aws.session()),
        key=lambda: clients.field(secrets("chat-key"), "key"),
        clock=time.time,
        origins=clients.switched_on(settings.chat_origins) if CHAT in on else (),
        offers=Offers(
            email="email" in on,
            form=f"{settings.public_base_url}{FORM_PAGE}" if FORM in on else "",
            callback=f"{settings.public_base_url}{CALL_PAGE}" if PHONE in on else "",
        ),
    )


def open_voice() -> "tuple[PickUp, str]":
    """The use case, and the public base of the URLs that Twilio signs."""
    from mostrador.store.inbox import DynamoInbox
    from mostrador.store.policies import StoredPolicy
    from mostrador.usecases.phone.pick_up import PickUp

    settings = read_settings(kinds.VoiceSettings, os.environ)
    on, secrets = clients.switched_on(settings.channels), clients.secrets(settings.secrets_prefix)
    around = ChannelSettings(public_base_url=settings.public_base_url, secret=secrets, switched_on=on)
    pick_up = PickUp(
        webhook=open_webhook("twilio", around),
        inbox=DynamoInbox(settings.table_name, aws.session()),
        policies=StoredPolicy(clients.blobs(settings.bucket_name)),
        queue=clients.queues(inbound=settings.inbound_queue_url),
        clock=time.time,
        base_url=settings.public_base_url,
        caller_id=settings.phone_sender,
        switched_on=PHONE in on,
        renew=partial(secrets.renew, "twilio"),
    )
    return pick_up, settings.public_base_url


def open_web(assets: str) -> "Web":
    """``assets`` is the version of what pages are shown with."""
    from mostrador.pages.document import Site
    from mostrador.store.allowances import DynamoAllowances
    from mostrador.store.inbox import DynamoInbox
    from mostrador.store.policies import StoredPolicy
    from mostrador.usecases.web.ports import Outside
    from mostrador.usecases.web.web import Web

    settings = read_settings(kinds.WebSettings, os.environ)
    blobs, secrets = clients.blobs(settings.bucket_name), clients.secrets(settings.secrets_prefix)
    policies, origins = StoredPolicy(blobs), clients.switched_on(settings.shop_origins)
    outside = Outside(
        inbox=DynamoInbox(settings.table_name, aws.session()),
        policies=policies,
        queue=clients.queues(inbound=settings.inbound_queue_url),
        allowances=DynamoAllowances(),
        drawer=blobs,
        shelf=clients.shelf(settings.bucket_name),
        key=lambda: clients.field(secrets("web-key"), "key"),
        clock=time.time,
        site=lambda: Site(
            policies.current().shop_name, settings.mail_address, settings.privacy_url, origins, assets=assets
        ),
    )
    on = clients.switched_on(settings.channels)
    return Web(outside, is_on=FORM in on, calls=PHONE in on, near=settings.phone_sender)


def open_ingest() -> QueueWork:
    from mostrador.store.inbox import DynamoInbox
    from mostrador.store.policies import StoredPolicy
    from mostrador.usecases.intake.ingest import Ingest

    settings = read_settings(kinds.IngestSettings, os.environ)
    inbox = DynamoInbox(settings.table_name, aws.session())
    blobs = clients.blobs(settings.bucket_name)
    queues = clients.queues(desk=settings.desk_queue_url, deliver=settings.deliver_queue_url)
    transcriber = clients.transcriber(settings)
    ingest = Ingest(inbox, blobs, queues, StoredPolicy(blobs), clients.channels(settings), time.time, transcriber)
    return lambda body: ingest(decode_event(json.loads(body)))


def open_notify() -> QueueWork:
    from mostrador.store.inbox import DynamoInbox
    from mostrador.store.policies import StoredPolicy
    from mostrador.usecases.thread.notify import Notify

    settings = read_settings(kinds.NotifySettings, os.environ)
    inbox = DynamoInbox(settings.table_name, aws.session())
    blobs = clients.blobs(settings.bucket_name)
    desk = clients.desk(settings.secrets_prefix, settings.slack_api_url)
    queues = clients.queues(desk=settings.desk_queue_url)
    notify = Notify(inbox, blobs, queues, StoredPolicy(blobs), desk, time.time, time.sleep)
    return lambda body: notify(_conversation(body))


def open_act() -> QueueWork:
    from mostrador.desk.events import AgentEvent
    from mostrador.store.inbox import DynamoInbox
    from mostrador.store.policies import StoredPolicy
    from mostrador.usecases.agents.act import Act

    settings = read_settings(kinds.ActSettings, os.environ)
    inbox = DynamoInbox(settings.table_name, aws.session())
    blobs = clients.blobs(settings.bucket_name)
    queues = clients.queues(desk=settings.desk_queue_url, hold=settings.hold_queue_url)
    desk = clients.desk(settings.secrets_prefix, settings.slack_api_url)
    act = Act(inbox, blobs, queues, StoredPolicy(blobs), desk, time.time, clients.telephone(settings))
    return lambda body: act(AgentEvent.from_json(body))


def open_release() -> QueueWork:
    queues = clients.queues(deliver=read_settings(kinds.ReleaseSettings, os.environ).deliver_queue_url)
    return lambda body: queues.deliver(_conversation(body))


def open_deliver() -> QueueWork:
    from mostrador.store.connections import DynamoConnections
    from mostrador.store.inbox import DynamoInbox
    from mostrador.store.policies import StoredPolicy
    from mostrador.usecases.sending.deliver import Deliver

    settings = read_settings(kinds.DeliverSettings, os.environ)
    inbox = DynamoInbox(settings.table_name, aws.session())
    blobs = clients.blobs(settings.bucket_name)
    channels = clients.channels(
        settings,
        region=settings.aws_region,
        session=aws.session(),
        mail_configuration_set=settings.mail_configuration_set,
        chat_endpoint=settings.chat_endpoint,
        connections=DynamoConnections(),
        link=clients.links(settings.bucket_name),
    )
    queues = clients.queues(desk=settings.desk_queue_url, hold=settings.hold_queue_url)
    deliver = Deliver(inbox, blobs, queues, StoredPolicy(blobs), channels, time.time)
    return lambda body: deliver(_conversation(body))


def open_clocks() -> QueueWork:
    from mostrador.store.inbox import DynamoInbox
    from mostrador.store.policies import StoredPolicy
    from mostrador.usecases.clocks.ring import Ring

    settings = read_settings(kinds.ClocksSettings, os.environ)
    inbox = DynamoInbox(settings.table_name, aws.session())
    queues = clients.queues(desk=settings.desk_queue_url, deliver=settings.deliver_queue_url)
    ring = Ring(inbox, queues, StoredPolicy(clients.blobs(settings.bucket_name)), time.time)
    return lambda body: ring(_conversation(body))


def open_tick() -> EventWork:
    from concurrent.futures import ThreadPoolExecutor

    from mostrador.store.inbox import DynamoInbox
    from mostrador.usecases.clocks.tick import Tick

    settings = read_settings(kinds.TickSettings, os.environ)
    queues = clients.queues(
        desk=settings.desk_queue_url, deliver=settings.deliver_queue_url, clocks=settings.clocks_queue_url
    )
    inbox = DynamoInbox(settings.table_name, aws.session())
    tick = Tick(inbox, queues, time.time, ThreadPoolExecutor(AT_ONCE).map)
    return lambda _event: tick()


def _conversation(body: str) -> str:
    """A wake-up names a conversation and nothing else: the table is the state."""
    conversation_id: str = json.loads(body)["conversation"]
    return conversation_id
