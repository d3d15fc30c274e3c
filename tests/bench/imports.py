"""What starting each handler costs, in instructions, beside a bare handler that has one client for SQS."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.artefacts import ROOT, Artefacts
from bench.instructions import Meter, run_program
from cli.policyfile.read import read_policy
from conformance.doors import BASE, DOORS, PAYLOADS, SECRETS
from fakes.intake import FakeIntake
from mostrador.channels.registry import ChannelSettings
from mostrador.domain.messages import ProviderEvent
from mostrador.store.policies import encode_policy
from mostrador.store.queues import encode_event

POLICY = ROOT / "infra/policy/policy.yaml"
PROBE = Path(__file__).with_name("cold_start.py")

REGION: Final = "eu-west-1"
QUEUES = ("INBOUND", "DESK", "ACTIONS", "HOLD", "DELIVER", "CLOCKS")
NOBODY = "http://127.0.0.1:9"
"""Where nothing listens: port 9 is for discarding (RFC 863)."""

ENVIRONMENT = {
    "PATH": os.defpath,
    "PYTHONHASHSEED": "0",  # the one thing in which two runs would differ
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_ENDPOINT_URL_SESV2": NOBODY,
    "POWERTOOLS_SERVICE_NAME": "mostrador",
    "SECRETS_PREFIX": "mostrador",
    "PUBLIC_BASE_URL": "https://api.latinaja.example",
    "CHANNELS": "chat,email,form,phone,sms,whatsapp",
    "TABLE_NAME": "inbox",
    "BUCKET_NAME": "mostrador-files",
    "MAIL_ADDRESS": "hola@latinaja.example",
    "SMS_SENDER": "+34910000000",
    "PHONE_SENDER": "+34910000000",
    "WHATSAPP_SENDER": "+34910000000",
    "TWILIO_API_URL": NOBODY,
    "CHAT_ENDPOINT": NOBODY,
    **{f"{name}_QUEUE_URL": f"https://sqs.{REGION}.amazonaws.com/1/{name.lower()}" for name in QUEUES},
}
"""What the template gives to all functions together."""

MAIL = PAYLOADS / "email/reply__gmail_es.eml"
SMS = PAYLOADS / "sms/message__plain.form"
FIRST = {
    "SMS": ("sms", SMS),
    "mail": ("email", MAIL),
    "WhatsApp": ("whatsapp", PAYLOADS / "whatsapp/message__plain.form"),
    "message in the chat": ("chat", PAYLOADS / "chat/send__plain.json"),
}
"""What a customer may write first: by which door, and how it looks there."""
WRITTEN_TO = {"SMS": "sms", "mail": "email", "WhatsApp": "whatsapp"}


@dataclass(frozen=True)
class Start:
    before: int
    """Instructions until the first event may come, the interpreter's own included."""
    whole: int
    """Of a first message, until it is read, understood or sent."""
    libraries: list[str]


@dataclass(frozen=True)
class Starts:
    meter: str
    artefacts: str
    megabytes: float
    """Of the layers, unpacked."""
    interpreter: int
    bare: int
    """A handler with one boto3 client for SQS and no code of its own."""
    handlers: Mapping[str, Start]
    first_messages: Mapping[str, Start]
    """Of the functions that load a channel when its first message comes."""


@dataclass(frozen=True)
class Task:
    """One program to count, and the function over whose code it runs."""

    stage: str
    what: str
    function: str


@dataclass(frozen=True)
class Count:
    instructions: int
    libraries: list[str]


class Starter:
    """Starts fresh interpreters over the artefacts, and counts."""

    def __init__(self, artefacts: Artefacts, meter: Meter) -> None:
        self._artefacts = artefacts
        self._meter = meter

    def measure(self, tell: Callable[[int, int], None]) -> Starts:
        """``tell`` hears how many programs of how many are counted."""
        functions = self._artefacts.functions
        with first_messages() as firsts:
            bare = [Task("interpreter", "-", functions[0]), Task("client", "sqs", functions[0])]
            each = [Task("started", name, name) for name in functions]
            counts = self._count_all([*bare, *each, *firsts.values()], tell)
        started = {name: counts[Task("started", name, name)] for name in functions}
        return Starts(
            meter=self._meter.name,
            artefacts=self._artefacts.kind,
            megabytes=self._artefacts.megabytes,
            interpreter=counts[bare[0]].instructions,
            bare=counts[bare[1]].instructions,
            handlers={name: _start(count, count) for name, count in started.items()},
            first_messages={name: _start(started[task.function], counts[task]) for name, task in firsts.items()},
        )

    def each_mail(self, mail: Path) -> int:
        """Instructions for reading a mail in a function that has read one already."""
        first, eleventh = (self._count(Task("mails", f"{times}:{mail}", "ingest")) for times in (1, 11))
        return (eleventh.instructions - first.instructions) // 10

    def _count_all(self, tasks: list[Task], tell: Callable[[int, int], None]) -> Mapping[Task, Count]:
        counts: dict[Task, Count] = {}
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            for task, count in zip(tasks, workers.map(self._count, tasks), strict=True):
                counts[task] = count
                tell(len(counts), len(tasks))
        return counts

    def _count(self, task: Task) -> Count:
        libraries = loaded(self._artefacts, task)  # which warms the bytecode up as well
        return Count(self._meter.count(*_program(self._artefacts, task)), libraries)


def loaded(artefacts: Artefacts, task: Task) -> list[str]:
    """The heavy libraries that are there when a task is done."""
    return run_program(*_program(artefacts, task)).split()


def _program(artefacts: Artefacts, task: Task) -> tuple[list[str], dict[str, str]]:
    """A command and its whole environment."""
    # Without site: nothing of this machine's own packages, and no path files, can help a handler along.
    command = [sys.executable, "-S", str(PROBE), task.stage, task.what]
    # What SAM built is read-only in the cloud; the checkout keeps its bytecode beside the source.
    frozen = {"PYTHONDONTWRITEBYTECODE": "1"} if artefacts.kind == "built" else {}
    return command, {**ENVIRONMENT, **frozen, "SEARCH_PATH": os.pathsep.join(artefacts.path(task.function))}


def _start(before: Count, whole: Count) -> Start:
    return Start(before.instructions, whole.instructions, whole.libraries)


@contextmanager
def first_messages() -> Iterator[Mapping[str, Task]]:
    """Tasks by what they are; they end when the context does."""
    with TemporaryDirectory() as folder:
        policy = Path(folder) / "policy.json"
        policy.write_bytes(encode_policy(read_policy(POLICY).policy))
        told = {name: Path(folder) / f"{door}.json" for name, (door, _) in FIRST.items()}
        for name, place in told.items():
            place.write_text(json.dumps(encode_event(_event(*FIRST[name]))))
        yield {
            **{f"ingest: a first {name}": Task("read", f"{place}:{MAIL}", "ingest") for name, place in told.items()},
            "ingest: a first SMS, understood": Task("understood", f"{policy}:{told['SMS']}:", "ingest"),
            **{f"deliver: a first {name}": Task("sent", channel, "deliver") for name, channel in WRITTEN_TO.items()},
        }


def _event(door: str, payload: Path) -> ProviderEvent:
    around = ChannelSettings(BASE, SECRETS.__getitem__, switched_on=(door,), **DOORS[door].settings)
    (event,) = DOORS[door].enter(payload, around, FakeIntake())
    return event
