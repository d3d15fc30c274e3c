"""Objects in the bucket, under names that a stranger cannot bend."""

import boto3
import pytest

from mostrador.domain.errors import TryAgain
from mostrador.store.blobs import S3Blobs


@pytest.fixture
def blobs(bucket: str) -> S3Blobs:
    return S3Blobs(boto3.client("s3"), bucket)


def test_what_was_put_is_fetched(blobs: S3Blobs) -> None:
    blobs.put("mail/1", b"raw")
    assert blobs.fetch("mail/1") == b"raw"


def test_what_is_not_there_yet_is_asked_for_again_later(blobs: S3Blobs) -> None:
    with pytest.raises(TryAgain):
        blobs.fetch("mail/2")


def test_a_file_kept_twice_is_kept_once(blobs: S3Blobs) -> None:
    intake = blobs.intake("sms", "SM1")
    first = intake.keep("foto.png", "image/png", b"png")
    assert intake.keep("foto.png", "image/png", b"png") == first
    assert intake.fetch(first.key) == b"png"
    assert (first.size, first.content_type) == (3, "image/png")


def test_files_of_different_messages_lie_apart(blobs: S3Blobs) -> None:
    one, two = (blobs.intake("sms", sid).keep("foto.png", "image/png", b"png") for sid in ("SM1", "SM2"))
    assert one.key != two.key


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("foto.png", "/foto.png"),
        ("../../policy/x.json", "/policy_x.json"),
        ("año nuevo/é.pdf", "o_nuevo_.pdf"),
        ("...", "/file"),
        ("", "/file"),
        ("x" * 300 + ".pdf", "xxx.pdf"),
        ("\ud800.txt", "/txt"),
    ],
)
def test_a_strangers_file_name_stays_a_name(blobs: S3Blobs, name: str, ends: str) -> None:
    kept = blobs.intake("email", "m1").keep(name, "text/plain", b"x")
    assert kept.key.startswith("media/email/")
    assert kept.key.endswith(ends)
    assert kept.key.count("/") == 4
    assert kept.name == name
