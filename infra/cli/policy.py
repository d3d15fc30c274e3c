"""Check the shop's policy and put it to work."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from cli.policyfile.compile import with_version
from cli.policyfile.read import Checked, read_policy
from mostrador.policy.model import Policy, PolicyError
from mostrador.store.blobs import S3Blobs
from mostrador.store.inbox import DynamoInbox
from mostrador.store.policy_versions import PolicyVersions, PutInForce
from mostrador.store.queues import SqsQueues


@dataclass(frozen=True, slots=True)
class Stack:
    """Where a deployed counter keeps its policy."""

    table: str
    bucket: str
    clocks_queue: str = ""
    """Where the conversations go that are looked at again; empty: none is."""

    def versions(self) -> PolicyVersions:
        DynamoInbox(self.table)
        return PolicyVersions(S3Blobs(boto3.client("s3"), self.bucket))


@dataclass(frozen=True, slots=True)
class Done:
    """What putting a policy in force has changed."""

    policy: Policy
    line: PutInForce | None
    """None: it was in force already."""
    looked_at_again: int = 0
    """Open conversations whose promises are counted anew."""


def push(path: Path, *, table_name: str, bucket_name: str, language: str = "") -> Policy:
    """Check the file and make it the policy in force. Raises BrokenPolicy, then the one before stays.

    ``language`` overrides the file's: the playground switches between the shop's two languages with it.
    """
    return put_in_force(read_policy(path, language=language), Stack(table_name, bucket_name)).policy


def put_in_force(checked: Checked, stack: Stack, *, who: str = "", note: str = "") -> Done:
    """Raises Conflict where somebody else does the same at this moment."""
    versions, policy = stack.versions(), with_version(checked.policy)
    before = versions.in_force()
    line = versions.put(policy, checked.written, who=who, note=note, at=time.time())
    queues = set(policy.queues) | _queues_of(versions, before)
    return Done(policy, line, look_again(stack, queues) if line else 0)


def roll_back(version: str, stack: Stack, *, who: str = "", note: str = "") -> Done:
    """Raises PolicyError for a version that is not known, and Conflict as ``put_in_force`` does."""
    versions = stack.versions()
    before = versions.in_force()
    line = versions.put_again(version, who=who, note=note, at=time.time())
    policy = versions.policy(versions.find(version).version)
    queues = set(policy.queues) | _queues_of(versions, before)
    return Done(policy, line, look_again(stack, queues) if line else 0)


def look_again(stack: Stack, queues: Iterable[str]) -> int:
    """Has every open conversation's clocks compared with the policy in force; how many there are."""
    if not stack.clocks_queue:
        return 0
    inbox = DynamoInbox(stack.table)
    ids = [conversation for queue in sorted(queues) for conversation in inbox.open_conversations(queue)]
    client: Any = boto3.client("sqs")
    SqsQueues(client, {"clocks": stack.clocks_queue}).clocks(ids)
    return len(ids)


def _queues_of(versions: PolicyVersions, line: PutInForce | None) -> set[str]:
    """A queue that the new policy does not know may still have open conversations."""
    try:
        return set(versions.policy(line.version).queues) if line else set()
    except PolicyError:
        return set()  # it was pushed by a version of the program whose policies nobody reads any more
