"""Handing a mail to SES (SESv2, SendEmail with raw content): one attempt, and an honest account of it."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ProxyConnectionError,
)
from botocore.session import get_session

from mostrador.channels.email.build import build_mail, wire_message_id
from mostrador.channels.email.failures import refusal
from mostrador.channels.registry import ChannelSettings
from mostrador.domain.delivery import Accepted, Failure, Fault, Reason, SendResult, Unclear
from mostrador.domain.messages import Outgoing

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sesv2.type_defs import SendEmailRequestTypeDef

LARGEST_MAIL = 40 * 1024 * 1024
"""Bytes, encoded. Source: SES Developer Guide, "Service quotas"."""

_AMBIGUOUS = frozenset({500, 502, 504})
"""Statuses after which the mail may be on its way all the same."""
_NOTHING_LEFT = (ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError)


class MailSender:
    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings

    @cached_property
    def client(self) -> "SESV2Client":
        # A retry inside would be a second mail: SES has no idempotency token.
        config = Config(retries={"total_max_attempts": 1}, connect_timeout=3, read_timeout=10)
        session: Any = self._settings.session or get_session()
        client: SESV2Client = session.create_client("sesv2", region_name=self._settings.region, config=config)
        return client

    def send(self, message: Outgoing, reply_to: str, files: Mapping[str, bytes]) -> SendResult:
        try:
            raw = build_mail(message, self._settings.mail_address, reply_to, files)
        except KeyError as missing:
            return _failure(Reason.ATTACHMENT_MISSING, str(missing)[:100])
        except ValueError:
            return _failure(Reason.ADDRESS_INVALID)
        if len(raw) > LARGEST_MAIL:
            return _failure(Reason.ATTACHMENT_REFUSED)
        return self._hand_over(message, raw)

    def _hand_over(self, message: Outgoing, raw: bytes) -> SendResult:
        request: SendEmailRequestTypeDef = {
            "Destination": {"ToAddresses": [message.to.value]},
            "Content": {"Raw": {"Data": raw}},
            "EmailTags": [{"Name": "message", "Value": message.message_id}],
        }
        if self._settings.mail_configuration_set:
            request["ConfigurationSetName"] = self._settings.mail_configuration_set
        try:
            answer = self.client.send_email(**request)
        except ClientError as error:
            return _refusal(error)
        except NoCredentialsError:
            return refusal("AccessDenied")
        except _NOTHING_LEFT:
            return refusal("503")
        except BotoCoreError as error:
            return Unclear(type(error).__name__)
        provider_id = answer["MessageId"]
        return Accepted(provider_id, wire_message_id(provider_id, self._settings.region))


def _refusal(error: ClientError) -> SendResult:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if status in _AMBIGUOUS:
        return Unclear(f"HTTP {status}")
    told = error.response.get("Error", {})
    return refusal(told.get("Code", "") or str(status), told.get("Message", ""))


def _failure(reason: Reason, code: str = "") -> Failure:
    fault = Fault.OURS if reason is Reason.ATTACHMENT_MISSING else Fault.THEIRS
    return Failure(reason, retryable=False, fault=fault, code=code)
