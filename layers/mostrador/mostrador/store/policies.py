"""The compiled policy as functions read it: versions in the bucket, a pointer in the table."""

import logging
import time
from collections.abc import Callable

import msgspec
from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import DoesNotExist, PynamoDBException

from mostrador.domain.errors import NotConfigured, TryAgain
from mostrador.policy.model import Policy, PolicyError
from mostrador.store import keys
from mostrador.store.blobs import S3Blobs
from mostrador.store.models import PolicyItem

log = logging.getLogger(__name__)

CACHED_SECONDS = 30
"""How long a function may work with a policy that was replaced meanwhile."""

_decoder = msgspec.json.Decoder(Policy)
_encoder = msgspec.json.Encoder(order="sorted")


class StoredPolicy:
    """Implements ``usecases.ports.Policies``. The table must be open (``models.open_table``)."""

    def __init__(self, blobs: S3Blobs, clock: Callable[[], float] = time.time) -> None:
        self._blobs = blobs
        self._clock = clock
        self._policy: Policy | None = None
        self._read_at = 0.0

    def current(self) -> Policy:
        """Raises NotConfigured where no policy was pushed yet: messages wait in their queues until one is."""
        if self._policy is None or self._clock() - self._read_at > CACHED_SECONDS:
            self._policy = self._read_or_keep(self._policy)
            self._read_at = self._clock()
        return self._policy

    def _read_or_keep(self, known: Policy | None) -> Policy:
        """A policy that cannot be read now, or that this version does not understand, is no reason to stop work."""
        try:
            return self._read(known)
        except (BotoCoreError, ClientError, PynamoDBException, PolicyError, TryAgain) as error:
            if known is None:
                raise
            log.warning("policy not read again", extra={"version": known.version, "why": type(error).__name__})
            return known

    def _read(self, known: Policy | None) -> Policy:
        try:
            pointer = PolicyItem.get(*keys.policy())
        except DoesNotExist:
            raise NotConfigured("policy: run `mostrador policy push infra/policy/policy.yaml`") from None
        if known is not None and known.version == pointer.version:
            return known
        return decode_policy(self._blobs.fetch(pointer.object_key))


def encode_policy(policy: Policy) -> bytes:
    """JSON; the same policy always gives the same bytes."""
    return _encoder.encode(policy)


def decode_policy(encoded: bytes) -> Policy:
    """What a newer version has added is left out. Raises PolicyError where this version does not understand it."""
    try:
        return _decoder.decode(encoded)
    except msgspec.MsgspecError as error:
        raise PolicyError(f"the stored policy is not understood by this version: {error}") from error
