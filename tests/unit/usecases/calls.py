"""A telephone and the shop that it calls: what the provider would ask of us, signed as it signs."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from fakes.world import Counter
from mostrador.channels.base import HttpAnswer, WebhookRequest
from mostrador.channels.phone.channel import PhoneChannel
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.twilio.webhook import TwilioWebhook
from mostrador.domain.messages import ProviderEvent
from mostrador.usecases.phone.pick_up import PickUp

BASE = "https://api.latinaja.example"
NOBODY = "http://127.0.0.1:9"
"""Where nothing listens: port 9 is for discarding (RFC 863)."""
TOKEN = "a-secret-of-the-tests"
ANA = "+34600111222"
EMMA = "+447700900123"
SETTINGS = ChannelSettings(
    public_base_url=BASE,
    secret={"twilio": {"account_sid": "AC1", "auth_token": TOKEN}}.__getitem__,
    switched_on=("phone",),
    twilio_api_url=NOBODY,
    phone_sender="+34910000000",
)


@dataclass
class Line:
    """One call. It does what it is told, as far as somebody has to press or speak."""

    counter: Counter
    number: str = ANA
    sid: str = "CA00000000000000000000000000000001"
    verdict: str = ""
    """What the network says of the number (Twilio, ``StirVerstat``)."""
    queued: list[ProviderEvent] = field(default_factory=list)
    document: ET.Element = field(default_factory=lambda: ET.Element("Response"))

    def __post_init__(self) -> None:
        self.counter.channels["phone"] = PhoneChannel(SETTINGS, self.counter.clock)  # type: ignore[assignment]
        counter = self.counter
        self.pick_up = PickUp(
            TwilioWebhook(SETTINGS), counter.inbox, counter.policies, self, counter.clock, BASE, "+34910000000"
        )

    def inbound(self, event: ProviderEvent) -> None:
        self.queued.append(event)

    # What a caller does

    def rings(self) -> str:
        """What is heard, all of it."""
        return self.asks(f"{BASE}/voice/incoming")

    def presses(self, key: str) -> str:
        gather = self.document.find("Gather")
        assert gather is not None
        return self.asks(gather.attrib["action"], Digits=key)

    def waits(self) -> str:
        """Nothing is pressed: what stands behind the question happens."""
        redirect = self.document.find("Redirect")
        return self.asks(redirect.text or "") if redirect is not None else self.heard

    def speaks(self, recording: str = "RE1") -> str:
        record = self.document.find("Record")
        assert record is not None
        url = f"{NOBODY}/2010-04-01/Accounts/AC1/Recordings/{recording}"
        return self.asks(record.attrib["action"], RecordingSid=recording, RecordingUrl=url, RecordingDuration="5")

    def hangs_up(self) -> None:
        fields = self.fields(CallStatus="completed", CallDuration="9")
        self.queued += TwilioWebhook(SETTINGS).split(self.request(f"{BASE}/webhooks/twilio", fields))

    # How it comes in

    def asks(self, url: str, **more: str) -> str:
        answer = self.answer(url, **more)
        assert (answer.status, answer.content_type) == (200, "text/xml; charset=utf-8")
        self.document = ET.fromstring(answer.body)  # noqa: S314 - it is our own
        if (first := next(iter(self.document), None)) is not None and first.tag == "Redirect":
            return self.asks(first.text or "")
        return self.heard

    def answer(self, url: str, **more: str) -> HttpAnswer:
        step = url.partition("?")[0].rpartition("/")[2]
        return self.pick_up(step, self.request(url, self.fields(**more)))

    def fields(self, **more: str) -> dict[str, str]:
        known = {"CallSid": self.sid, "From": self.number, "To": "+34910000000", "Direction": "inbound"}
        told = {"StirVerstat": self.verdict} if self.verdict else {}
        return {"CallStatus": "in-progress", **known, **told, **more}

    def request(self, url: str, fields: dict[str, str]) -> WebhookRequest:
        text = url + "".join(name + fields[name] for name in sorted(fields))
        signature = base64.b64encode(hmac.new(TOKEN.encode(), text.encode(), hashlib.sha1).digest()).decode()
        headers = {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature}
        return WebhookRequest("POST", url, headers, urlencode(fields).encode(), self.counter.clock())

    @property
    def heard(self) -> str:
        return " ".join(said.text or "" for said in self.document.iter("Say"))

    @property
    def languages(self) -> list[str]:
        return [said.attrib["language"] for said in self.document.iter("Say")]

    def arrive(self) -> None:
        """What was queued is taken in, once and again."""
        for event in (*self.queued, *self.queued):
            self.counter.ingest(event)
        self.counter.run()
