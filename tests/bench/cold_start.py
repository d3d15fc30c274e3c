"""What a fresh interpreter runs to be measured: `python -S cold_start.py <stage> <what>`, with SEARCH_PATH as sys.path.

Nobody outside is called: where something is sent, nobody listens. Nothing is imported that is not measured. At the
end it prints which of the heavy libraries were loaded.
"""

import os
import sys
from importlib import import_module

HEAVY = (
    "aws_lambda_powertools",
    "aws_xray_sdk",
    "boto3",
    "botocore",
    "fasttext",
    "holidays",
    "mostrador.policy.model",
    "msgspec",
    "phonenumbers",
    "pydantic",
    "pynamodb",
    "requests",
    "selectolax",
    "slack_sdk",
    "twilio",
    "twilio.rest",
    "urllib3",
    "yaml",
)

SECRET = dict.fromkeys(("account_sid", "auth_token", "bot_token", "key", "signing_secret"), "a-secret")
TO = {"email": "ana.molina@correo.example", "sms": "+34600111222", "whatsapp": "+34600111222"}
CONVERSATION = "01ksr49nh0b0j0kc7gz3kzge3g"


def interpreter(_what: str) -> None:
    """Nothing at all."""


def client(service: str) -> None:
    """A handler that has one client and no code of its own."""
    import_module("boto3").client(service)


def started(_function: str) -> None:
    """What happens before the first event may come: imports, and the parts that are put together."""
    setattr(import_module("mostrador.runtime.starting"), "log", Loud())  # noqa: B010 - as below
    # ``open_...`` calls nobody, but what it opens may ask for a secret.
    secrets = import_module("mostrador.runtime.secrets").Secrets
    setattr(secrets, "__call__", lambda _secrets, _name: SECRET)  # noqa: B010 - of a class that mypy cannot see
    import_module("app")


def read(event: str):  # type: ignore[no-untyped-def] # noqa: ANN201 - typing would be measured too
    """And a first message of a customer: `<file of the event>:<file of the mail>`."""
    started("ingest")
    told, _, mail = event.partition(":")
    decoded = import_module("mostrador.store.queues").decode_event(import_module("json").loads(_content(told)))
    return _channel(decoded.channel).read(decoded, Shelf(mail))


def understood(event: str) -> None:
    """And what the policy's words make of it: `<file of the policy>:<file of the event>:<file of the mail>`."""
    policy, _, told = event.partition(":")
    received = read(told)
    decoded = import_module("mostrador.store.policies").decode_policy(_content(policy))
    import_module("mostrador.usecases.intake.understand").understand(received, decoded, None)


def sent(channel: str) -> None:
    """And a first answer to one."""
    started("deliver")
    messages = import_module("mostrador.domain.messages")
    to = messages.Address(channel, TO[channel])
    answer = messages.Outgoing(f"{CONVERSATION}-2", CONVERSATION, to, "Sale hoy.", sender_name="Marta")
    _channel(channel).send(answer, {})


def mails(what: str) -> None:
    """Reads one mail so many times: `<times>:<path>`."""
    times, _, path = what.partition(":")
    read_mail = import_module("mostrador.channels.email").read_mail
    raw = _content(path)
    for _ in range(int(times)):
        read_mail(raw)


class Loud:
    """Where what could not be opened would be noted, and opened with the first event."""

    def debug(self, *_words: object, **_more: object) -> None:
        raise AssertionError("not opened") from sys.exc_info()[1]


class Shelf:
    """The bucket, with one mail in it."""

    def __init__(self, mail: str) -> None:
        self._mail = mail

    def fetch(self, _key: str) -> bytes:
        return _content(self._mail)


def _channel(name: str):  # type: ignore[no-untyped-def] # noqa: ANN202 - typing would be measured too
    registry = import_module("mostrador.channels.registry")
    settings = registry.ChannelSettings(
        public_base_url=os.environ["PUBLIC_BASE_URL"],
        secret=lambda _name: SECRET,
        switched_on=(name,),
        mail_address=os.environ["MAIL_ADDRESS"],
        sms_sender=os.environ["SMS_SENDER"],
        whatsapp_sender=os.environ["WHATSAPP_SENDER"],
        twilio_api_url=os.environ["TWILIO_API_URL"],
    )
    return registry.open_channel(name, settings)


def _content(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be measured too
        return file.read()


STAGES = {stage.__name__: stage for stage in (interpreter, client, started, read, understood, sent, mails)}

if __name__ == "__main__":
    sys.path[:1] = os.environ["SEARCH_PATH"].split(os.pathsep)
    STAGES[sys.argv[1]](sys.argv[2])
    sys.stdout.write(" ".join(name for name in HEAVY if name in sys.modules))
