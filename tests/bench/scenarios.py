"""What people do at the counter, one thing after the other, and the requests that follow from it."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from bench.imports import SMS
from bench.spine import SIGNING_SECRET, Spine
from bench.wire import Step
from conformance.doors import PAYLOADS, SECRETS, twilio_request
from mostrador.channels.base import WebhookRequest
from mostrador.channels.email.tokens import reply_address
from mostrador.domain.ids import message_id

type Played = Mapping[str, list[Step]]
"""The steps by the name of what happened."""

SHOP = "hola@latinaja.example"
STRANGER = "Ana Molina <ana.molina@correo.example>"
WHOLESALER = "Carmen Soler <compras@hotelsol.example>"
TO_A_PERSON = "Hola: el plato azul ha llegado roto. ¿Me mandáis otro?"
TO_SELF_SERVICE = "Hola: ¿hacéis envíos a Canarias? ¿Cuánto tardan?"
HALF_OF_THE_PROMISE = 1900
"""Seconds: wholesalers are promised an answer within the hour."""
ANSWER = "Hola, Ana: el plato azul sale hoy del taller y te llega el jueves. Un saludo, Marta"
SMS_DELIVERED = PAYLOADS / "sms/status__delivered.form"
WHATSAPP = PAYLOADS / "whatsapp/message__plain.form"
WHATSAPP_REPORTS = (PAYLOADS / "whatsapp/status__delivered.form", PAYLOADS / "whatsapp/status__read.form")
MAIL_WITH_FILES = PAYLOADS / "email/message__photo_and_file.eml"
MAIL_RECEIVED = PAYLOADS / "email/received__plain.json"
MAIL_DELIVERED = PAYLOADS / "email/published__delivery.json"
THREAD_REPLY = PAYLOADS / "slack/message__in_thread.json"


def play_all(spine: Spine) -> Played:
    """The first time, every function is cold: it reads its secrets and the policy."""
    shop = Shop(spine)
    return {
        "an SMS of a stranger, to cold functions": shop.sms("+34600111222", TO_A_PERSON),
        "an answer by SMS, of cold functions": shop.answer(),
        "an SMS of a stranger": shop.sms("+34600333444", TO_A_PERSON),
        "another SMS, in the same conversation": shop.sms("+34600333444", "Y para el sábado, por favor"),
        "an answer by SMS, and its delivery": [*shop.answer(), *shop.sms_delivered()],
        "a WhatsApp of a stranger": shop.whatsapp("34600555666", TO_A_PERSON),
        "another WhatsApp, in the same conversation": shop.whatsapp("34600555666", "Y para el sábado, por favor"),
        "an answer by WhatsApp, delivered and read": [*shop.answer(), *shop.whatsapp_delivered_and_read()],
        "a mail of a stranger": shop.mail(STRANGER, TO_A_PERSON),
        "an answer by mail, and its delivery": [*shop.answer(), *shop.mail_delivered()],
        "the customer's answer, with three files": shop.mail_again(STRANGER, MAIL_WITH_FILES),
        "an answer to that": shop.answer(),
        "a mail that self-service answers": shop.mail("Javier Ruiz <javier.ruiz@correo.example>", TO_SELF_SERVICE),
        "a mail of a wholesaler, who has her agent": shop.mail(WHOLESALER, TO_A_PERSON),
        "half of the time promised to her is over": shop.minute_after(HALF_OF_THE_PROMISE),
        "a minute in which nothing is due": shop.minute_after(0),
    }


class Shop:
    """Customers write, Marta answers in the thread that was opened last, and providers report."""

    def __init__(self, spine: Spine) -> None:
        self._spine = spine
        self._number = 0

    def sms(self, sender: str, text: str) -> list[Step]:
        return self._twilio_tells(SMS, {"From": sender, "Body": text})

    def sms_delivered(self) -> list[Step]:
        return self._twilio_reports(SMS_DELIVERED)

    def whatsapp(self, sender: str, text: str) -> list[Step]:
        """``sender`` is a WhatsApp id: a number without its plus."""
        return self._twilio_tells(WHATSAPP, {"From": f"whatsapp:+{sender}", "WaId": sender, "Body": text})

    def whatsapp_delivered_and_read(self) -> list[Step]:
        return [step for report in WHATSAPP_REPORTS for step in self._twilio_reports(report)]

    def mail(self, author: str, text: str) -> list[Step]:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = author, SHOP, "Un pedido"
        mail["Message-ID"] = f"<{self._next}@mail.example>"
        mail.set_content(text)
        return self._mail(author, mail.as_bytes(), SHOP)

    def mail_again(self, author: str, mail: Path) -> list[Step]:
        """In the conversation whose thread was opened last."""
        ours = reply_address(SHOP, self._conversation, SECRETS["reply-key"]["key"])
        return self._mail(author, mail.read_bytes(), ours)

    def _mail(self, author: str, raw: bytes, recipient: str) -> list[Step]:
        told = json.loads(MAIL_RECEIVED.read_bytes())
        ses, ses_id = told["Records"][0]["ses"], f"mail-{self._next}"
        ses["mail"] |= {"messageId": ses_id, "source": parseaddr(author)[1], "commonHeaders": {"from": [author]}}
        ses["mail"]["timestamp"] = datetime.fromtimestamp(self._spine.clock(), UTC).isoformat()
        ses["receipt"]["recipients"] = [recipient]
        self._spine.store_mail(ses_id, raw)
        return self._spine.play("receive_mail", told)

    def mail_delivered(self) -> list[Step]:
        told = json.loads(MAIL_DELIVERED.read_bytes())
        told["detail"]["mail"]["tags"]["message"] = [self._last_message]
        return self._spine.play("receive_mail", told)

    def answer(self) -> list[Step]:
        told = json.loads(THREAD_REPLY.read_bytes())
        ts = f"{self._spine.clock():.6f}"
        told["event_id"] = f"Ev{self._next}"
        told["event"] |= {"text": ANSWER, "thread_ts": self._root.ts, "ts": ts, "event_ts": ts}
        told["event"]["channel"] = self._root.channel
        return self._spine.play("slack", "events", self._slack_request(json.dumps(told).encode()))

    def minute_after(self, seconds: float) -> list[Step]:
        self._spine.clock.now += seconds
        return self._spine.play("tick", {})

    def _twilio_tells(self, payload: Path, fields: Mapping[str, str]) -> list[Step]:
        form = {**dict(parse_qsl(payload.read_text().strip(), keep_blank_values=True)), **fields}
        form |= dict.fromkeys(("MessageSid", "SmsSid", "SmsMessageSid"), f"SM{self._next:032}")
        return self._twilio_calls(urlencode(form).encode())

    def _twilio_reports(self, payload: Path) -> list[Step]:
        return self._twilio_calls(payload.read_bytes().strip(), query=f"message={self._last_message}")

    def _twilio_calls(self, form: bytes, **query: str) -> list[Step]:
        return self._spine.play("receive", "twilio", twilio_request(form, **query))

    def _slack_request(self, body: bytes) -> WebhookRequest:
        now = self._spine.clock()
        signed = b"v0:%d:%b" % (now, body)
        signature = hmac.new(SIGNING_SECRET.encode(), signed, hashlib.sha256).hexdigest()
        headers = {"x-slack-request-timestamp": str(int(now)), "x-slack-signature": f"v0={signature}"}
        return WebhookRequest("POST", "/slack/events", headers, body, now)

    @property
    def _next(self) -> int:
        self._number += 1
        return self._number

    @property
    def _root(self) -> Any:
        return [post for post in self._spine.desk.posts.values() if post.key == "root"][-1]

    @property
    def _conversation(self) -> str:
        conversation_id: str = self._root.conversation_id
        return conversation_id

    @property
    def _last_message(self) -> str:
        return message_id(self._conversation, self._spine.cloud.counter(self._conversation))
