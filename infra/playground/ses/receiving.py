"""The way in: SES stores the raw mail, then invokes the function asynchronously, which is tried twice more."""

import logging
from dataclasses import replace
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from playground.background import Background
from playground.cast import SHOP
from playground.config import Stack
from playground.ses import records
from playground.ses.mailboxes import parse
from playground.ses.records import Arrival
from playground.ses.verdicts import verdicts
from playground.stack import StackDoor
from playground.traffic import NO_ANSWER
from playground.world import World

Json = dict[str, Any]

logger = logging.getLogger(__name__)

KEY_PREFIX = "mail/"
MAIL_BYTES = 40 * 1024 * 1024
_ACCEPTED = 202


class Receiving:
    def __init__(self, world: World, door: StackDoor, background: Background) -> None:
        self._world = world
        self._door = door
        self._background = background

    def take(self, raw: bytes, sender: str, recipients: list[str]) -> str:
        """Takes a mail in from an envelope and returns SES's id of it; what the function makes of it comes later."""
        message_id, region = records.new_inbound_id(), self._world.config.region
        arrival = Arrival(message_id, sender, recipients, raw, self._world.clock.time(), region)
        self._background.start(self._bring(replace(arrival, raw=_stamp_of(arrival) + raw)))
        return message_id

    async def _bring(self, arrival: Arrival) -> None:
        """SES waits with mail until there is somebody to take it."""
        if (stack := await self._world.until(lambda: self._world.stack)) is None:
            return
        await self._stored(stack, KEY_PREFIX + arrival.message_id, arrival.raw)
        await self.invoke(records.received(arrival))

    async def invoke(self, event: Json) -> None:
        for attempt, delay in enumerate((0, *self._world.config.pace.mail_retries), start=1):
            if attempt > 1:
                await self._world.clock.sleep(delay)
            if await self._invoked(event, attempt):
                return
        logger.error("SES gave up on an event for receive_mail")

    async def _stored(self, stack: Stack, key: str, raw: bytes) -> None:
        for delay in (*self._world.config.pace.mail_retries, None):
            try:
                await self._door.store_mail(stack, key, raw)
            except (BotoCoreError, ClientError):
                if delay is None:
                    raise
                await self._world.clock.sleep(delay)
            else:
                return

    async def _invoked(self, event: Json, attempt: int) -> bool:
        since, status = self._world.clock.time(), _ACCEPTED
        stack = self._world.stack
        try:
            if stack is None:
                return False
            await self._door.invoke_receive_mail(stack, event)
        except ClientError as error:
            status = int(error.response["ResponseMetadata"]["HTTPStatusCode"])
        except BotoCoreError:
            status = NO_ANSWER
        name, by = event.get("detail-type", "mail"), "Transcribe" if event.get("source") == "aws.transcribe" else "SES"
        self._world.record("webhook", f"{by} → receive_mail ({name})", status, since=since, attempt=attempt)
        return status == _ACCEPTED


def for_the_shop(recipients: list[str]) -> list[str]:
    """Those recipients for whom SES takes mail: addresses of the shop's domain."""
    return [address for address in recipients if address.rpartition("@")[2].lower() == SHOP.domain]


def _stamp_of(arrival: Arrival) -> bytes:
    """The headers that SES puts on top of what it stores."""
    domain = arrival.sender.rpartition("@")[2] or "unknown"
    found = verdicts(arrival.raw, arrival.sender, str(parse(arrival.raw)["From"] or ""))
    spf, dkim, dmarc = (found[name].lower() for name in ("spf", "dkim", "dmarc"))
    passed = f"spf={spf} smtp.mailfrom={domain}; dkim={dkim} header.i=@{domain}; dmarc={dmarc} header.from={domain}"
    receiver = f"inbound-smtp.{arrival.region}.amazonaws.com with SMTP id {arrival.message_id}"
    lines = [
        f"Return-Path: <{arrival.sender}>",
        f"Received: from mail.{domain} by {receiver} for {arrival.recipients[0]}",
        f"X-SES-Spam-Verdict: {found['spam']}",
        f"X-SES-Virus-Verdict: {found['virus']}",
        f"Received-SPF: {spf} (spfCheck: domain of {domain})",
        f"Authentication-Results: amazonses.com; {passed}",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()
