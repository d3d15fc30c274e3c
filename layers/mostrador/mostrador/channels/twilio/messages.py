"""Sending through Twilio, and asking it whether an attempt arrived."""

import json
from datetime import UTC, datetime
from typing import Any

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
from mostrador.domain.errors import TryAgain
from mostrador.domain.messages import Approved

_AMBIGUOUS = frozenset({500, 502, 504})
"""Statuses after which the message may exist all the same."""
_CLOCK_SKEW = 2.0
"""Seconds. Twilio's times are whole seconds, and its clock is not ours."""
_LOOK_BACK = 50
"""Messages. Newest first, to one number: an attempt of the last minutes is among them."""
_TRIAL_PREFIX = "Sent from your Twilio trial account - "


class TwilioMessages:
    """The Messages resource of the configured account."""

    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings
        self._client: Client | None = None

    def create(  # noqa: PLR0913 - a message has these parts
        self, to: str, sender: str, body: str, our_id: str, *, media_url: str = "", template: Approved | None = None
    ) -> SendResult:
        """One attempt. ``sender`` is an address or, where it begins with MG, a messaging service.

        ``media_url`` is one that Twilio can fetch a file from; ``template`` takes the place of ``body``.
        """
        content: dict[str, Any] = _template(template) if template else {"body": body}
        if media_url:
            content["media_url"] = [media_url]
        service = sender.startswith("MG")
        try:
            sent = self._open().messages.create(
                to=to,
                status_callback=f"{self._settings.public_base_url}{WEBHOOK}?message={our_id}",
                **({"messaging_service_sid": sender} if service else {"from_": sender}),
                **content,
            )
        except TwilioRestException as error:
            return _refusal(error)
        except RequestException as error:
            return failure("503") if nothing_left(error) else Unclear(type(error).__name__)
        except (TwilioException, ValueError) as error:
            # An answer that is neither Twilio's error nor a message: the request did leave.
            return Unclear(type(error).__name__)
        return Accepted(sent.sid) if sent.sid else Unclear("an answer without sid")

    def find(self, to: str, body: str, since: float) -> Accepted | None:
        """The message with this body that was created for this number since then. Raises TryAgain."""
        # Not filtered by DateSent on their side: it is still empty in a message that waits in their queue.
        try:
            recent = self._open().messages.list(to=to, limit=_LOOK_BACK, page_size=_LOOK_BACK)
        except (TwilioException, RequestException, ValueError) as error:
            raise TryAgain(f"Twilio does not list messages: {type(error).__name__}", after=10) from error
        earliest = datetime.fromtimestamp(since - _CLOCK_SKEW, UTC)
        for message in reversed(recent):
            ours = str(message.direction).startswith("outbound") and _same(message.body or "", body)
            if ours and message.sid and message.date_created and message.date_created >= earliest:
                return Accepted(message.sid)
        return None

    def _open(self) -> Client:
        if self._client is None:
            self._client = open_client(self._settings)
        return self._client


def _template(template: Approved) -> dict[str, str]:
    """Twilio takes the values as the text of a JSON object, texts alone, and none where there is no place."""
    values = {str(number): value for number, value in enumerate(template.values, start=1)}
    return {"content_sid": template.provider_id, **({"content_variables": json.dumps(values)} if values else {})}


def _refusal(error: TwilioRestException) -> SendResult:
    if error.status in _AMBIGUOUS:
        return Unclear(f"HTTP {error.status}")
    return failure(str(error.code or error.status))


def _same(theirs: str, ours: str) -> bool:
    return theirs.removeprefix(_TRIAL_PREFIX).strip() == ours.strip()
