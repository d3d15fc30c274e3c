"""Calls that we make through Twilio, and asking it whether one was made."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from mostrador.channels.registry import ChannelSettings
from mostrador.channels.twilio.calls import WEBHOOK
from mostrador.channels.twilio.client import (
    Client,
    RequestException,
    TwilioException,
    TwilioRestException,
    nothing_left,
    open_client,
)
from mostrador.channels.twilio.failures import failure
from mostrador.domain.delivery import Accepted, SendResult, Unclear
from mostrador.domain.errors import NotConfigured, TryAgain

RINGS = 30
"""Seconds until nobody answers."""
RINGS_AGENT = 20
"""Seconds: before an agent's own mailbox takes the call, on most networks."""
_AMBIGUOUS = frozenset({500, 502, 504})
"""Statuses after which the call may be made all the same."""
_CLOCK_SKEW = 2.0
"""Seconds. Twilio's times are whole seconds, and its clock is not ours."""
_LOOK_BACK = 20
"""Calls, the newest first, to one number."""


class Calls:
    """The Calls resource of the configured account."""

    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings
        self._client: Client | None = None

    def read_out(self, to: str, sender: str, twiml: str, our_id: str) -> SendResult:
        """One attempt. A machine that answers is waited for, so that the words come after its tone."""
        callback = f"{self._settings.public_base_url}{WEBHOOK}?message={our_id}"
        said = {"twiml": twiml, "machine_detection": "DetectMessageEnd"}
        return self._create(to, sender, callback, said, RINGS)

    def ring(self, number: str, conversation_id: str, user: str) -> SendResult:
        """One attempt to reach an agent, who is told then what it is about. Raises NotConfigured."""
        sender = self._settings.phone_sender
        if not sender:
            raise NotConfigured("the number that calls are made from")
        about = urlencode({"conversation": conversation_id, "agent": user})
        base = self._settings.public_base_url
        answered = {"url": f"{base}/voice/agent?{about}"}
        return self._create(number, sender, f"{base}{WEBHOOK}?{about}", answered, RINGS_AGENT)

    def find(self, to: str, since: float) -> Accepted | None:
        """The call that was made to this number since then, and not from within another one. Raises TryAgain."""
        try:
            recent = self._open().calls.list(to=to, limit=_LOOK_BACK, page_size=_LOOK_BACK)
        except (TwilioException, RequestException, ValueError) as error:
            raise TryAgain(f"Twilio does not list calls: {type(error).__name__}", after=10) from error
        earliest = datetime.fromtimestamp(since - _CLOCK_SKEW, UTC)
        for call in reversed(recent):
            ours = str(call.direction) == "outbound-api"
            if ours and call.sid and call.date_created and call.date_created >= earliest:
                return Accepted(call.sid)
        return None

    def _create(self, to: str, sender: str, callback: str, more: Mapping[str, Any], rings: int) -> SendResult:
        try:
            made = self._open().calls.create(
                to=to,
                from_=sender,
                timeout=rings,
                status_callback=callback,
                status_callback_event=["completed"],
                **more,
            )
        except TwilioRestException as error:
            return Unclear(f"HTTP {error.status}") if error.status in _AMBIGUOUS else _refusal(error)
        except RequestException as error:
            return failure("503") if nothing_left(error) else Unclear(type(error).__name__)
        except (TwilioException, ValueError) as error:
            # An answer that is neither Twilio's error nor a call: the request did leave.
            return Unclear(type(error).__name__)
        return Accepted(made.sid) if made.sid else Unclear("an answer without sid")

    def _open(self) -> Client:
        if self._client is None:
            self._client = open_client(self._settings)
        return self._client


def _refusal(error: TwilioRestException) -> SendResult:
    return failure(str(error.code or error.status))
