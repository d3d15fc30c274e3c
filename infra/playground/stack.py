"""How the outside world gets into the shop's stack: SES stores an object and invokes a function; a person at the page
pushes another policy."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import boto3
import msgspec
from botocore.config import Config

from mostrador.policy.model import Policy
from playground.config import Language, PlaygroundConfig, Stack
from playground.shop_time import Pretence

logger = logging.getLogger(__name__)


class StackDoor(Protocol):
    """Calls raise botocore's errors; whoever calls decides how often to try again."""

    async def store_mail(self, stack: Stack, key: str, raw: bytes) -> None: ...

    async def fetch(self, stack: Stack, key: str) -> bytes: ...

    async def invoke_receive_mail(self, stack: Stack, event: dict[str, Any]) -> None: ...

    async def invoke_tick(self, stack: Stack) -> None: ...

    async def push_policy(self, stack: Stack, language: Language, pretence: Pretence) -> Policy | None:
        """The example's policy in this language and with this pretence; functions follow within half a minute. None
        where that did not work, which the log explains."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What `playground.policy` is asked for: where the policy goes, and what is to be different about it."""

    language: Language
    pretence: Pretence
    table: str
    bucket: str
    clocks_queue: str = ""


class EngineDoor:
    """The door in the local engine. boto3 blocks, so that its calls run in a thread of their own."""

    def __init__(self, config: PlaygroundConfig) -> None:
        self._environment = _environment(config)
        session = boto3.Session(
            aws_access_key_id=config.credentials.aws_access_key_id,
            aws_secret_access_key=config.credentials.aws_secret_access_key,
            region_name=config.region,
        )
        patience = Config(connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 1})
        self._s3 = session.client("s3", endpoint_url=config.engine, config=patience)
        self._lambda = session.client("lambda", endpoint_url=config.engine, config=patience)

    async def store_mail(self, stack: Stack, key: str, raw: bytes) -> None:
        await _in_thread(lambda: self._s3.put_object(Bucket=stack.bucket, Key=key, Body=raw))

    async def fetch(self, stack: Stack, key: str) -> bytes:
        def get() -> bytes:
            found: bytes = self._s3.get_object(Bucket=stack.bucket, Key=key)["Body"].read()
            return found

        return await asyncio.to_thread(get)

    async def invoke_receive_mail(self, stack: Stack, event: dict[str, Any]) -> None:
        await self._invoke(stack.receive_mail_function, event)

    async def invoke_tick(self, stack: Stack) -> None:
        await self._invoke(stack.tick_function, {})

    async def push_policy(self, stack: Stack, language: Language, pretence: Pretence) -> Policy | None:
        if stack.table is None:
            return None
        wish = Wish(language, pretence, stack.table, stack.bucket, stack.clocks_queue)
        command = ["-m", "playground.policy", msgspec.json.encode(wish).decode()]
        pushing = await asyncio.create_subprocess_exec(
            sys.executable, *command, env=self._environment, stdout=asyncio.subprocess.PIPE
        )
        pushed, _ = await pushing.communicate()
        if pushing.returncode:
            logger.error("the shop's policy could not be pushed: %s", wish)
            return None
        return msgspec.json.decode(pushed, type=Policy)

    async def _invoke(self, function: str, event: dict[str, Any]) -> None:
        payload = json.dumps(event).encode()
        await _in_thread(lambda: self._lambda.invoke(FunctionName=function, InvocationType="Event", Payload=payload))


def _environment(config: PlaygroundConfig) -> dict[str, str]:
    """What points an AWS SDK at the engine, and nothing of what a person has set up for their own account."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "AWS_ENDPOINT_URL": config.engine,
        "AWS_ACCESS_KEY_ID": config.credentials.aws_access_key_id,
        "AWS_SECRET_ACCESS_KEY": config.credentials.aws_secret_access_key,
        "AWS_DEFAULT_REGION": config.region,
    }


async def _in_thread(call: Callable[[], object]) -> None:
    await asyncio.to_thread(call)
