"""The local engine: ministack, which runs the real template on this machine.

What it was seen to do (1.5.33), where that differs from the cloud or decides something here:

- Functions run on the engine's own Python with the engine's whole environment, whatever ``Runtime`` says: hence an
  environment of its own on 3.13 (.tools/engine), and a clean one to start with. What a function's template sets wins.
  With AUTH they have their role's credentials, and policies (of roles and of buckets) are enforced.
- Each function is one process, kept warm; it unpacks the layers for itself under TMPDIR at its first
  call. Bytecode with unchecked hashes is used as it is. When the engine ends, their standard input closes and so do
  they.
- `SendMessageBatch` is a permission of its own, while in the cloud whoever may `SendMessage` may do it in batches.
- FIFO queues: one batch at a time for a queue, in order, started the moment something is sent. A message that failed
  comes back after the queue's visibility timeout, as in the cloud. ``DelaySeconds`` is kept to the second.
- ``rate(1 minute)`` first fires a minute after the stack was made. Asynchronous invocations are retried after 1 and 2
  seconds, not minutes, and then go to the on-failure queue.
- Alarms, metric filters, log groups with retention and nested applications are made; alarms never change their state.
- A secret without a value reads as an empty string; in the cloud the read fails. ``GetAtt Id`` of a secret is its ARN
  in both, ``Ref`` only in the cloud.
- ``/_aws/execute-api/{api}/$default/webhooks/twilio`` reaches the API; the event's path is ``/webhooks/twilio``, its
  headers are in lower case, and every body comes in base64.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from playground.processes import Program, answers, clean_environment, running

REGION = "eu-west-1"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the engine is, and who it is to."""

    port: int
    program: Program

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def client(self, service: str) -> Iterator[Any]:
        """A boto3 client of the engine, whatever profile or key this machine has; closed after the block."""
        session = boto3.Session(
            aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            region_name=REGION,
        )
        with closing(session.client(service, endpoint_url=self.endpoint)) as client:  # type: ignore[call-overload]
            yield client

    def wait_until_ready(self) -> None:
        """Raises StartFailed."""
        self.program.wait_until(lambda: answers(f"{self.endpoint}/_ministack/ready"), patience=20)

    def environment(self) -> dict[str, str]:
        """What points any AWS SDK at the engine."""
        return {**CREDENTIALS, "AWS_ENDPOINT_URL": self.endpoint}


ROOM = 2 * 1024**3
"""Bytes of memory that have to be free for the functions to live there: forty megabytes each, one a process."""


def scratch_folder(port: int, folder: Path) -> Path:
    """Where the functions are unpacked. In memory where there is plenty of it: each starts with two thousand small
    files, which takes a tenth of a second there, and one to two seconds on some disks."""
    memory = Path("/dev/shm")  # noqa: S108 - what is made in it is ours alone, see mkdtemp
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM:
        return Path(tempfile.mkdtemp(prefix=f"mostrador-{port}-", dir=memory))
    folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"engine-{port}-", dir=folder))


def engine_environment(port: int, outside: str, scratch: Path) -> dict[str, str]:
    """``outside`` is who plays SESv2 and Transcribe: the functions inherit it, and the engine is neither to them."""
    return clean_environment(
        **CREDENTIALS,
        HOME=str(scratch),
        TMPDIR=str(scratch),
        STATE_DIR=str(scratch / "state"),
        S3_DATA_DIR=str(scratch / "s3"),
        # It runs whatever code it is given: loopback only, and no door that nobody asked for.
        BIND_HOST="127.0.0.1",
        MINISTACK_HOST="127.0.0.1",
        GATEWAY_PORT=str(port),
        IOT_MTLS_ENABLED="0",
        SFTP_ENABLED="0",
        # Roles are enforced: a function that reaches for what its role does not allow fails here as it would there.
        AUTH="true",
        MINISTACK_REGION=REGION,
        AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}",
        AWS_ENDPOINT_URL_SESV2=f"{outside}/ses",
        AWS_ENDPOINT_URL_TRANSCRIBE=f"{outside}/transcribe",
    )


@contextmanager
def running_engine(checkout: Path, folder: Path, port: int, outside: str) -> Iterator[Engine]:
    """An engine with nothing in it, starting. Its log goes to ``folder``."""
    scratch = scratch_folder(port, folder)
    command = [str(checkout / ".tools/engine/bin/python"), "-m", "ministack"]
    log = folder / f"engine-{port}.log"
    with running("the engine", command, log, engine_environment(port, outside, scratch), scratch) as program:
        yield Engine(port, program)
