"""The policy in force, read through a short cache, and every one that was in force before."""

import json
from dataclasses import replace

import boto3
import pytest

from fakes.policies import POLICY
from fakes.world import FakeClock
from mostrador.domain.errors import Conflict, NotConfigured
from mostrador.policy.model import PolicyError
from mostrador.store import keys
from mostrador.store.blobs import S3Blobs
from mostrador.store.models import PolicyItem, open_table
from mostrador.store.policies import CACHED_SECONDS, StoredPolicy, decode_policy, encode_policy
from mostrador.store.policy_versions import PolicyVersions

SPANISH = replace(POLICY, version="aaaa1111")
ENGLISH = replace(POLICY, language="en", version="aaaa2222")


@pytest.fixture
def blobs(bucket: str) -> S3Blobs:
    return S3Blobs(boto3.client("s3"), bucket)


@pytest.fixture
def versions(table: str, blobs: S3Blobs) -> PolicyVersions:
    open_table(table)
    return PolicyVersions(blobs)


# What functions read


def test_without_a_policy_the_error_says_what_to_do(versions: PolicyVersions, blobs: S3Blobs) -> None:
    with pytest.raises(NotConfigured, match="mostrador policy push"):
        StoredPolicy(blobs).current()


def test_a_policy_is_read_as_it_was_put(versions: PolicyVersions, blobs: S3Blobs) -> None:
    versions.put(SPANISH, "")
    assert StoredPolicy(blobs).current() == SPANISH


def test_a_new_policy_is_seen_when_the_cache_is_old(versions: PolicyVersions, blobs: S3Blobs) -> None:
    versions.put(SPANISH, "")
    clock = FakeClock()
    policies = StoredPolicy(blobs, clock)
    assert policies.current().language == "es"
    versions.put(ENGLISH, "")
    clock.now += CACHED_SECONDS
    assert policies.current().language == "es"
    clock.now += 1
    assert policies.current().language == "en"


@pytest.mark.parametrize("stored", [None, b"{}", b"nothing of this is JSON"], ids=["gone", "too little", "no JSON"])
def test_a_policy_that_cannot_be_read_again_goes_on(
    versions: PolicyVersions, blobs: S3Blobs, bucket: str, stored: bytes | None
) -> None:
    versions.put(SPANISH, "")
    clock, client = FakeClock(), boto3.client("s3")
    policies = StoredPolicy(blobs, clock)
    known = policies.current()
    versions.put(ENGLISH, "")
    client.delete_object(Bucket=bucket, Key="policy/aaaa2222.json")
    if stored is not None:
        client.put_object(Bucket=bucket, Key="policy/aaaa2222.json", Body=stored)
    clock.now += CACHED_SECONDS + 1
    assert policies.current() == known


def test_a_policy_that_is_not_understood_is_no_policy() -> None:
    with pytest.raises(PolicyError, match="not understood by this version"):
        decode_policy(b'{"shop_name": "La Tinaja"}')


def test_what_a_newer_version_adds_is_left_out() -> None:
    document = json.loads(encode_policy(SPANISH))
    document["parrots"] = 2
    document["queues"]["default"]["colour"] = "blue"
    assert decode_policy(json.dumps(document).encode()) == SPANISH


def test_the_same_policy_is_always_the_same_bytes() -> None:
    agents = dict(reversed(list(SPANISH.agents.items())))
    assert encode_policy(replace(SPANISH, agents=agents)) == encode_policy(SPANISH)


# What was in force


def test_the_history_keeps_who_put_what_in_force_and_why(versions: PolicyVersions) -> None:
    versions.put(SPANISH, "shop: es\n", who="Marta", note="first", at=10.0)
    versions.put(ENGLISH, "shop: en\n", who="Luis", note="second", at=20.0)
    newest, oldest = versions.history()
    assert (newest.number, newest.version, newest.who, newest.note, newest.at) == (
        2,
        "aaaa2222",
        "Luis",
        "second",
        20.0,
    )
    assert (oldest.number, oldest.version, oldest.who, oldest.note, oldest.at) == (
        1,
        "aaaa1111",
        "Marta",
        "first",
        10.0,
    )
    assert versions.in_force() == newest
    assert versions.history(1) == [newest]
    assert versions.written("aaaa1111") == "shop: es\n"


def test_what_is_in_force_is_not_put_again(versions: PolicyVersions) -> None:
    assert versions.put(SPANISH, "") is not None
    assert versions.put(SPANISH, "") is None
    assert versions.put_again("aaaa1") is None
    assert len(versions.history()) == 1


def test_an_earlier_version_can_be_put_in_force_again(versions: PolicyVersions, blobs: S3Blobs) -> None:
    versions.put(SPANISH, "")
    versions.put(ENGLISH, "")
    line = versions.put_again("aaaa1", who="Marta", at=30.0)
    assert line is not None
    assert (line.number, line.version, line.note) == (3, "aaaa1111", "back to number 1")
    assert StoredPolicy(blobs).current() == SPANISH
    assert [each.version for each in versions.history()] == ["aaaa1111", "aaaa2222", "aaaa1111"]


@pytest.mark.parametrize(
    ("version", "says"), [("bbbb", "no version begins"), ("", "no version begins"), ("aaaa", "2 versions begin")]
)
def test_a_version_has_to_be_told_apart(versions: PolicyVersions, version: str, says: str) -> None:
    versions.put(SPANISH, "")
    versions.put(ENGLISH, "")
    with pytest.raises(PolicyError, match=says):
        versions.put_again(version)


def test_a_version_that_cannot_be_read_is_not_put_in_force(versions: PolicyVersions, bucket: str) -> None:
    versions.put(SPANISH, "")
    versions.put(ENGLISH, "")
    boto3.client("s3").delete_object(Bucket=bucket, Key="policy/aaaa1111.json")
    with pytest.raises(PolicyError, match="nothing lies under"):
        versions.put_again("aaaa1111")
    in_force = versions.in_force()
    assert in_force is not None
    assert in_force.version == "aaaa2222"


def test_of_two_who_push_at_once_one_is_refused(versions: PolicyVersions, monkeypatch: pytest.MonkeyPatch) -> None:
    versions.put(SPANISH, "")
    before = versions.in_force()
    versions.put(ENGLISH, "")
    monkeypatch.setattr(versions, "in_force", lambda: before)
    with pytest.raises(Conflict, match="somebody else"):
        versions.put(replace(POLICY, shop_name="Otra", version="cccc3333"), "")
    assert PolicyItem.get(*keys.policy()).version == "aaaa2222"
    assert len(versions.history()) == 2


def test_a_pointer_from_before_there_was_a_history_counts_as_none(versions: PolicyVersions) -> None:
    PolicyItem(*keys.policy(), version="old", object_key="policy/old.json").save()
    line = versions.put(SPANISH, "")
    assert line is not None
    assert line.number == 1
