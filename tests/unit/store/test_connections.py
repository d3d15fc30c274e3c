"""Who is in the chat, how often somebody may do something, and addresses of files: in the table and the bucket."""

import base64
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.config import Config

from mostrador.domain.chat import Connection
from mostrador.store.allowances import DynamoAllowances
from mostrador.store.connections import LONGEST, DynamoConnections
from mostrador.store.models import open_table
from mostrador.store.shelf import S3Shelf

NOW = 1_780_000_000.0
ONE, TWO = Connection("one=", "k3fq", "es", NOW), Connection("two=", "k3fq", "", NOW)


@pytest.fixture
def connections(table: str) -> DynamoConnections:
    open_table(table)
    return DynamoConnections()


@pytest.fixture
def allowances(table: str) -> DynamoAllowances:
    open_table(table)
    return DynamoAllowances()


def items(table: str) -> list[Any]:
    client: Any = boto3.client("dynamodb")
    found: list[Any] = client.scan(TableName=table)["Items"]
    return found


def test_a_connection_is_found_by_its_id_and_by_its_visitor(connections: DynamoConnections) -> None:
    for connection in (ONE, TWO, Connection("other=", "another", "en", NOW)):
        connections.open(connection)
    assert connections.find("one=") == ONE
    assert connections.of("k3fq") == [ONE, TWO]
    assert connections.find("unknown") is None
    assert connections.of("nobody") == []


def test_a_visitor_who_says_something_is_there(connections: DynamoConnections) -> None:
    connections.open(ONE)
    connections.touch(ONE, NOW + 60)
    assert [connection.seen_at for connection in connections.of("k3fq")] == [NOW + 60]


def test_of_a_connection_that_was_forgotten_nothing_is_left(connections: DynamoConnections, table: str) -> None:
    connections.open(ONE)
    connections.forget(ONE)
    connections.forget(ONE)
    connections.touch(ONE, NOW + 60)
    assert items(table) == []


def test_the_table_forgets_what_amazon_never_ended(connections: DynamoConnections, table: str) -> None:
    connections.open(ONE)
    assert {item["expires_at"]["N"] for item in items(table)} == {str(int(NOW) + LONGEST)}


def test_so_often_and_no_more_until_the_next_stretch(allowances: DynamoAllowances) -> None:
    assert [allowances.take("chat:send:k3fq", 2, 60, NOW) for _ in range(3)] == [True, True, False]
    assert allowances.take("chat:send:another", 2, 60, NOW)
    assert allowances.take("chat:send:k3fq", 2, 60, NOW + 60)


def test_the_table_forgets_what_was_counted(allowances: DynamoAllowances, table: str) -> None:
    allowances.take("chat:send:k3fq", 2, 60, NOW)
    (item,) = items(table)
    assert NOW < int(item["expires_at"]["N"]) <= NOW + 60


@pytest.fixture
def shelf(aws: None) -> S3Shelf:
    return S3Shelf(boto3.client("s3", config=Config(signature_version="s3v4")), "mostrador-files")


def test_a_ticket_is_for_one_key_one_type_and_so_many_bytes(shelf: S3Shelf) -> None:
    url, fields = shelf.ticket("uploads/chat/k3fq/1", "image/png", 1000, 300)
    assert "mostrador-files" in url
    assert (fields["key"], fields["Content-Type"]) == ("uploads/chat/k3fq/1", "image/png")
    assert fields["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    policy = base64.b64decode(fields["policy"]).decode()
    assert '["content-length-range", 1, 1000]' in policy


def test_a_link_saves_the_file_under_its_name_and_runs_out(shelf: S3Shelf) -> None:
    query = parse_qs(urlsplit(shelf.link("media/slack/1/x.pdf", "año «1».pdf", "application/pdf", 600)).query)
    assert query["X-Amz-Expires"] == ["600"]
    assert query["response-content-disposition"] == ["attachment; filename*=UTF-8''a%C3%B1o%20%C2%AB1%C2%BB.pdf"]
