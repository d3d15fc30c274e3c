"""The shop's stack running on this machine, for `make up` and for the tests that need the whole of it."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx

from cli import policy
from playground.cast import SHOP
from playground.config import Credentials, WhatsappProvider
from playground.deployment import architecture, building, deploy
from playground.engine import Engine, running_engine
from playground.processes import Program, answers, clean_environment, free_port, running

NAME = "mostrador"
"""Of the stack, and the prefix of its secrets."""

type Step = Callable[[str], AbstractContextManager[None]]


def silently(_doing: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Ports:
    """On 127.0.0.1."""

    playground: int
    engine: int

    @classmethod
    def free(cls) -> "Ports":
        return cls(free_port(), free_port())


@dataclass(frozen=True, slots=True)
class RunningStack:
    """What is running, and how to speak to it."""

    url: str
    engine: Engine
    playground: Program
    outputs: Mapping[str, str]

    @property
    def logs(self) -> Path:
        return self.playground.log.parent

    @property
    def programs(self) -> tuple[Program, ...]:
        return self.engine.program, self.playground

    def post(self, path: str, body: Mapping[str, Any]) -> None:
        httpx.post(f"{self.url}{path}", json=body, timeout=30, trust_env=False).raise_for_status()

    def tell_story(self) -> None:
        """Sets the story of the first conversations going; it goes on by itself."""
        self.post("/api/story", {})


WEBSOCKETS = "/_aws/execute-api"
"""Under what the engine serves APIs, followed by the API's id and its stage."""


def as_typed(url: str) -> str:
    """People type the name; to a browser that is another origin."""
    return url.replace("127.0.0.1", "localhost")


def parameters(url: str, engine: str, whatsapp: WhatsappProvider = "twilio") -> dict[str, str]:
    """What a team would answer to `sam deploy --guided`, and where the outside world is."""
    senders = {"twilio": SHOP.phone, "meta": Credentials().meta_number_id}
    return {
        "Architecture": architecture(),
        "Channels": "chat,email,form,phone,sms,whatsapp",
        "MailAddress": SHOP.mail,
        "SmsSender": SHOP.phone,
        "PhoneSender": SHOP.phone,
        "WhatsappProvider": whatsapp,
        "WhatsappSender": senders[whatsapp],
        "PublicBaseUrl": url,
        "ChatOrigins": f"{url},{as_typed(url)}",
        "ChatEngineUrl": f"{engine}{WEBSOCKETS}",
        "SlackApiUrl": f"{url}/slack/api/",
        "TwilioApiUrl": f"{url}/twilio",
        "MetaGraphUrl": f"{url}/meta",
        "SecretsPrefix": NAME,
        "ProtectData": "false",
    }


def fill_secrets(engine: Engine) -> None:
    """What a team would put there once, after the first deployment. The reply key was made by the template."""
    known = asdict(Credentials())
    values = {
        "slack": {"bot_token": known["slack_bot_token"], "signing_secret": known["slack_signing_secret"]},
        "twilio": {"account_sid": known["twilio_account_sid"], "auth_token": known["twilio_auth_token"]},
        "meta": {name: known[f"meta_{name}"] for name in ("app_secret", "verify_token", "access_token")},
        "shop": {"webhook_secret": known["shop_webhook_secret"]},
    }
    with engine.client("secretsmanager") as secrets:
        for name, value in values.items():
            secrets.put_secret_value(SecretId=f"{NAME}/{name}", SecretString=json.dumps(value))


def let_plain_http_in(engine: Engine, bucket: str) -> None:
    """The engine speaks no TLS, and enforces the statement that refuses whoever does not: here it has to go."""
    with engine.client("s3") as s3:
        document = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])
        document["Statement"] = [each for each in document["Statement"] if each["Sid"] != "OnlyOverTls"]
        s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(document))


def push_policy(checkout: Path, engine: Engine, outputs: Mapping[str, str]) -> None:
    """As `mostrador policy push` does. It speaks to whom the environment says, which is nobody's account here."""
    before = dict(os.environ)
    os.environ.update(engine.environment())
    try:
        policy.push(
            checkout / "infra/policy/policy.yaml", table_name=outputs["TableName"], bucket_name=outputs["BucketName"]
        )
    finally:
        os.environ.clear()
        os.environ.update(before)


def connect(stack: RunningStack) -> None:
    """Tells the outside world where the shop's stack is: from now on its webhooks get through."""
    outputs = stack.outputs
    stack.post(
        "/api/stack",
        {
            "engine": stack.engine.endpoint,
            "api_id": outputs["ApiId"],
            "stage": outputs["StageName"],
            "bucket": outputs["BucketName"],
            "receive_mail_function": outputs["ReceiveMailFunction"],
            "table": outputs["TableName"],
            # No output names it; every function is called after the stack and what it does.
            "tick_function": outputs["ReceiveMailFunction"].replace("receive-mail", "tick"),
            "clocks_queue": outputs.get("ClocksQueueUrl", ""),
            "chat_url": f"ws://127.0.0.1:{stack.engine.port}{WEBSOCKETS}/{outputs['ChatApiId']}/live",
        },
    )


def wake(stack: RunningStack) -> None:
    """Has the functions behind the HTTP API start their processes, two each, because providers wait for those and give
    up: a second or more of CPU for each would pass Slack's three seconds where several start at once."""
    outputs = stack.outputs
    api = f"{stack.engine.endpoint}/_aws/execute-api/{outputs['ApiId']}/{outputs['StageName']}"
    # Neither is let in: there is no such provider, and nobody signed.
    paths = ["/webhooks/nobody", "/web/nothing", "/slack/events"] * 2
    with ThreadPoolExecutor(len(paths)) as pool:
        list(pool.map(lambda path: httpx.post(f"{api}{path}", timeout=60, trust_env=False), paths))


@contextmanager
def running_playground(folder: Path, port: int, engine: Engine, whatsapp: WhatsappProvider) -> Iterator[Program]:
    command = ["-m", "playground.server", "--port", str(port), "--engine", engine.endpoint, "--whatsapp", whatsapp]
    with running(
        "the playground", [sys.executable, *command], folder / f"playground-{port}.log", clean_environment()
    ) as program:
        yield program


@contextmanager
def running_stack(
    checkout: Path, folder: Path, ports: Ports, step: Step = silently, *, whatsapp: WhatsappProvider = "twilio"
) -> Iterator[RunningStack]:
    """Engine, outside world and the deployed stack, with an empty inbox. ``folder`` holds what was built, and the logs.

    Engine and outside world start while the template is being built. Raises StartFailed.
    """
    url = f"http://127.0.0.1:{ports.playground}"
    with (
        building(checkout, folder) as build,
        running_engine(checkout, folder, ports.engine, url) as engine,
        running_playground(folder, ports.playground, engine, whatsapp) as playground,
    ):
        with step("Starting the engine and the outside world"):
            engine.wait_until_ready()
            playground.wait_until(lambda: answers(f"{url}/api/state"), patience=20)
        with step("Building the functions and their layers"):
            build.finish()
        with step("Deploying template.yaml"):
            outputs = deploy(engine, build.template, NAME, parameters(url, engine.endpoint, whatsapp))
        stack = RunningStack(url, engine, playground, outputs)
        with step("Setting up the shop"):
            let_plain_http_in(engine, outputs["BucketName"])
            fill_secrets(engine)
            push_policy(checkout, engine, outputs)
        with step("Waking the functions"):
            wake(stack)
        connect(stack)
        yield stack
