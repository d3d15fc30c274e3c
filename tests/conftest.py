"""What every test may use. The cloud here is moto, in this process; nothing leaves the machine."""

import os
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from hypothesis import settings
from moto import mock_aws

# One stack for all tests that need a deployed one, so that the fixtures have to be known here, once.
from deploy.fixtures import built, shop, tools  # noqa: F401
from fakes.cloud import create_table

# The same examples in every run: one that a machine happens to draw says nothing about the change that it is drawn for.
# New ones are looked for with `HYPOTHESIS_PROFILE=explore`.
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

TABLE = "inbox"
BUCKET = "mostrador-files"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A cloud of our own with nothing in it."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "eu-west-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield


@pytest.fixture
def table(aws: None) -> str:
    create_table(boto3.client("dynamodb"), TABLE)
    return TABLE


@pytest.fixture
def bucket(aws: None) -> str:
    client: Any = boto3.client("s3")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return BUCKET
