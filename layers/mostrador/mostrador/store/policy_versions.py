"""Every policy that was ever put in force: which, when, by whom. The command line writes here, functions only read.

An object of the bucket never changes; what is in force is the pointer's matter. Pointer and history are written in one
transaction, and the number of the line in the history is what two people who push at once race for.
"""

from dataclasses import dataclass

from pynamodb.exceptions import DoesNotExist, TransactWriteError
from pynamodb.transactions import TransactWrite

from mostrador.domain.errors import Conflict, TryAgain
from mostrador.policy.model import Policy, PolicyError
from mostrador.store import keys
from mostrador.store.blobs import S3Blobs
from mostrador.store.models import Item, PolicyItem
from mostrador.store.policies import decode_policy, encode_policy


@dataclass(frozen=True, slots=True)
class PutInForce:
    """Once that a policy was put in force."""

    number: int
    version: str
    at: float
    who: str = ""
    note: str = ""


class PolicyVersions:
    """The table must be open (``models.open_table``)."""

    def __init__(self, blobs: S3Blobs) -> None:
        self._blobs = blobs

    def put(self, policy: Policy, written: str, *, who: str = "", note: str = "", at: float = 0.0) -> PutInForce | None:
        """Store a policy and put it in force; None where it was in force already.

        ``written`` is the file that people wrote, if there is one. Raises Conflict where somebody else was faster.
        """
        before = self.in_force()
        if before and before.version == policy.version:
            return None
        self._blobs.put(_object(policy.version), encode_policy(policy), "application/json")
        if written:
            self._blobs.put(_file(policy.version), written.encode(), "application/yaml")
        return _switch(before, policy.version, who, note, at)

    def put_again(self, version: str, *, who: str = "", note: str = "", at: float = 0.0) -> PutInForce | None:
        """Put an earlier version in force, by its id or the beginning of it; None where it is in force already.

        Raises PolicyError where it is not known, or no longer understood, and Conflict where somebody else was faster.
        """
        known, before = self.find(version), self.in_force()
        self.policy(known.version)
        if before and before.version == known.version:
            return None
        return _switch(before, known.version, who, note or f"back to number {known.number}", at)

    def in_force(self) -> PutInForce | None:
        try:
            return _line(PolicyItem.get(*keys.policy(), consistent_read=True))
        except DoesNotExist:
            return None

    def history(self, limit: int | None = None) -> list[PutInForce]:
        """The newest first."""
        first = keys.policy_put(0)
        found = PolicyItem.query(
            first.pk, PolicyItem.sk.startswith("PUT#"), scan_index_forward=False, limit=limit, consistent_read=True
        )
        return [_line(item) for item in found]

    def find(self, version: str) -> PutInForce:
        """By the id of a version, or the beginning of it. Raises PolicyError where none or several begin like that."""
        found = {line.version: line for line in reversed(self.history()) if line.version.startswith(version)}
        if not found or not version:
            raise PolicyError(f"no version begins with `{version}`; `mostrador policy history` lists them")
        if len(found) > 1:
            raise PolicyError(f"{len(found)} versions begin with `{version}`; write more of it")
        return next(iter(found.values()))

    def policy(self, version: str) -> Policy:
        """Raises PolicyError where this version of the program does not understand it, or it was deleted."""
        return decode_policy(self._stored(_object(version), version))

    def written(self, version: str) -> str:
        """The file from which the version was made. Raises PolicyError where there is none."""
        return self._stored(_file(version), version).decode()

    def _stored(self, key: str, version: str) -> bytes:
        try:
            return self._blobs.fetch(key)
        except TryAgain as error:
            raise PolicyError(f"of version {version} nothing lies under {key}") from error


def _switch(before: PutInForce | None, version: str, who: str, note: str, at: float) -> PutInForce:
    line = PutInForce((before.number if before else 0) + 1, version, at, who, note)
    pointer, entry = _item(keys.policy(), line), _item(keys.policy_put(line.number), line)
    try:
        with TransactWrite(connection=Item._get_connection().connection) as transaction:  # noqa: SLF001 - see open_table
            transaction.save(entry, condition=Item.pk.does_not_exist())
            transaction.save(pointer)
    except TransactWriteError as error:
        if not error.cancellation_reasons:
            raise
        raise Conflict("somebody else has put a policy in force at this moment; look at it, and try again") from error
    return line


def _item(key: keys.Key, line: PutInForce) -> PolicyItem:
    return PolicyItem(
        *key,
        version=line.version,
        object_key=_object(line.version),
        number=line.number,
        at=line.at,
        who=line.who or None,
        note=line.note or None,
    )


def _line(item: PolicyItem) -> PutInForce:
    return PutInForce(int(item.number or 0), item.version, float(item.at or 0), item.who or "", item.note or "")


def _object(version: str) -> str:
    return f"policy/{version}.json"


def _file(version: str) -> str:
    return f"policy/{version}.yaml"
