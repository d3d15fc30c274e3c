"""Writing to open connections: ``@connections`` of Amazon API Gateway."""

from enum import StrEnum
from functools import cached_property
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session, get_session

from mostrador.domain.delivery import Failure, Fault, Reason

LARGEST = 131_072
"""Bytes of one message (botocore's model of ``PostToConnection``)."""

_REFUSALS: dict[str, tuple[Reason, bool, Fault]] = {
    "LimitExceededException": (Reason.RATE_LIMITED, True, Fault.OURS),
    "TooManyRequestsException": (Reason.RATE_LIMITED, True, Fault.OURS),
    "429": (Reason.RATE_LIMITED, True, Fault.OURS),
    "PayloadTooLargeException": (Reason.TOO_LONG, False, Fault.OURS),
    "413": (Reason.TOO_LONG, False, Fault.OURS),
    "ForbiddenException": (Reason.CREDENTIALS, True, Fault.OURS),
    "AccessDeniedException": (Reason.CREDENTIALS, True, Fault.OURS),
    "403": (Reason.CREDENTIALS, True, Fault.OURS),
}
"""By Amazon's code, else by the status of the answer. Whatever else it says passes: saying it twice does no harm."""
_PASSES = (Reason.PROVIDER_DOWN, True, Fault.THEIRS)


class Gone(StrEnum):
    """The connection is closed: nothing will ever be written to it again."""

    GONE = "gone"


class Gateway:
    def __init__(self, endpoint: str, region: str, session: Session | None = None) -> None:
        """``endpoint``: the address of the WebSocket API's stage, with https."""
        self._endpoint = endpoint
        self._region = region
        self._session = session

    @cached_property
    def _client(self) -> Any:
        config = Config(connect_timeout=2, read_timeout=4, retries={"total_max_attempts": 1})
        session = self._session or get_session()
        return session.create_client(
            "apigatewaymanagementapi", region_name=self._region, endpoint_url=self._endpoint, config=config
        )

    def post(self, connection_id: str, data: bytes) -> Failure | Gone | None:
        """None: Amazon took it. That the browser has it, the browser says."""
        try:
            self._client.post_to_connection(ConnectionId=connection_id, Data=data)
        except ClientError as error:
            return _refusal(error)
        except BotoCoreError as error:
            return Failure(Reason.PROVIDER_DOWN, retryable=True, fault=Fault.THEIRS, code=type(error).__name__)
        return None


def _refusal(error: ClientError) -> Failure | Gone:
    code = str(error.response.get("Error", {}).get("Code", ""))
    status = str(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
    if code == "GoneException" or status == "410":
        return Gone.GONE
    reason, retryable, fault = _REFUSALS.get(code) or _REFUSALS.get(status, _PASSES)
    return Failure(reason, retryable=retryable, fault=fault, code=code or status)
