import importlib.util
import json
import ssl
import struct
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.artefacts import FUNCTIONS, LAYERS, run
from playground.deployment import architecture, load_template

UNCHECKED_HASH = 0b01
"""The flags of bytecode that is valid whatever its source's date and content are (PEP 552)."""
MACHINE = {"x86_64": 62, "arm64": 183}
"""e_machine of an ELF file."""
LARGEST = 60 * 1024 * 1024
"""Bytes unpacked, of both layers. Lambda's limit is 250 MB; what is over this was not meant to be there."""

LIBRARIES = """
import boto3
session = boto3.Session("key", "secret", region_name="eu-west-1")
for service in ("dynamodb", "s3", "secretsmanager", "sesv2", "sqs", "transcribe"):
    print(session.client(service).meta.endpoint_url)
from twilio.rest import Client
client = Client("ACx", "token")
client.messages, client.messages("SMx").media, client.calls
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import VoiceResponse
import phonenumbers
number = phonenumbers.parse("600 11 12 22", "ES")
assert phonenumbers.is_valid_number(number)
import slack_sdk.signature
slack_sdk.WebClient(token="xoxb-x")
import pynamodb.models, pynamodb.transactions
from selectolax.lexbor import LexborHTMLParser
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities import batch, data_classes, parameters
from importlib.metadata import version
print(version("twilio"))
"""


def python_files(built: Path) -> list[Path]:
    return [path for layer in LAYERS for path in (built / layer / "python").rglob("*.py")]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_handler_imports_with_nothing_but_the_artefacts(built: Path, function: str) -> None:
    done = run(built, function, "import app; assert callable(app.handler)")

    assert done.returncode == 0, done.stderr


def test_stripped_libraries_still_do_what_is_asked_of_them(built: Path) -> None:
    done = run(built, "deliver", LIBRARIES)

    assert done.returncode == 0, done.stderr
    *endpoints, version = done.stdout.split()
    assert endpoints == [
        f"https://{host}.eu-west-1.amazonaws.com"
        for host in ("dynamodb", "s3", "secretsmanager", "email", "sqs", "transcribe")
    ]
    assert version


def test_every_module_of_the_layers_has_bytecode_that_does_not_age(built: Path) -> None:
    for source in python_files(built):
        bytecode = Path(importlib.util.cache_from_source(source))
        assert bytecode.exists(), source
        magic, flags = bytecode.read_bytes()[:4], struct.unpack("<I", bytecode.read_bytes()[4:8])[0]
        assert (magic, flags) == (importlib.util.MAGIC_NUMBER, UNCHECKED_HASH), source


def test_bytecode_is_what_is_loaded(built: Path) -> None:
    done = run(built, "receive", "import boto3.session, json; print(json.dumps(boto3.session.__spec__.cached))")
    cached = Path(json.loads(done.stdout))

    assert cached.is_relative_to(built)
    assert cached.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the local layers hold this machine's own wheels")
def test_compiled_extensions_are_for_the_chosen_architecture(built: Path) -> None:
    extensions = [path for layer in LAYERS for path in (built / layer).rglob("*.so")]

    assert extensions
    for path in extensions:
        assert struct.unpack("<H", path.read_bytes()[18:20]) == (MACHINE[architecture()],), path


def test_connections_to_amazon_trust_amazons_authorities_alone(built: Path) -> None:
    place = load_template(built / "template.yaml")["Globals"]["Function"]["Environment"]["Variables"]["AWS_CA_BUNDLE"]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(built / "DependenciesLayer" / Path(place).relative_to("/opt"))
    roots: list[dict[str, Any]] = context.get_ca_certs()
    names = {dict(part for (part,) in root["subject"])["organizationName"] for root in roots}
    assert names == {"Amazon", "Starfield Technologies, Inc."}
    assert len(roots) == 5


def test_layers_hold_what_runs_and_little_else(built: Path) -> None:
    layers = [built / layer for layer in LAYERS]
    size = sum(path.stat().st_size for layer in layers for path in layer.rglob("*") if path.is_file())

    assert size < LARGEST
    assert [path.name for path in (built / "MostradorLayer").iterdir()] == ["python"]
    assert [path.name for path in (built / "MostradorLayer" / "python").iterdir()] == ["mostrador"]
    assert {path.name for path in (built / "DependenciesLayer/python/botocore/data").iterdir() if path.is_dir()} == {
        "apigatewaymanagementapi", "dynamodb", "s3", "secretsmanager", "sesv2", "sqs", "transcribe",
    }  # fmt: skip


@pytest.mark.parametrize("function", FUNCTIONS)
def test_function_is_its_handler_alone(built: Path, function: str) -> None:
    folder = built / f"{function.title().replace('_', '')}Function"

    pages = {"assets", "chat"} if function == "web" else set[str]()  # what its pages look like, and the widget
    assert {path.name for path in folder.iterdir()} == {"app.py"} | pages
