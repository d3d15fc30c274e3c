"""What became of a call that read an answer out, as a receipt."""

from collections.abc import Mapping

from mostrador.channels.twilio.failures import failure
from mostrador.domain.delivery import Delivery, Failure, Fault, Reason
from mostrador.domain.messages import Ignored, ProviderEvent, Receipt

STATES: Mapping[str, Delivery] = {
    "queued": Delivery.ACCEPTED,
    "initiated": Delivery.ACCEPTED,
    "ringing": Delivery.ACCEPTED,
    "in-progress": Delivery.ACCEPTED,
    "completed": Delivery.DELIVERED,
    "busy": Delivery.FAILED,
    "no-answer": Delivery.FAILED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}
"""The values of ``CallStatus`` (Twilio, "Call resource")."""

_REASONS: Mapping[str, Reason] = {
    "busy": Reason.LINE_BUSY,
    "no-answer": Reason.NOT_ANSWERED,
    "canceled": Reason.NOT_ANSWERED,
    "failed": Reason.UNREACHABLE,
}


def read_out(event: ProviderEvent) -> Receipt | Ignored:
    fields = event.payload
    status = str(fields.get("CallStatus", ""))
    state = STATES.get(status)
    if state is None:
        return Ignored("a call's status that is not in the table")
    return Receipt(
        channel=event.channel,
        message_id=str(fields["message"]),
        state=state,
        provider_id=str(fields.get("CallSid", "")),
        at=event.received_at,
        failure=_failure(status, str(fields.get("ErrorCode", ""))) if state is Delivery.FAILED else None,
    )


def _failure(status: str, code: str) -> Failure:
    if code:
        return failure(code)
    return Failure(_REASONS[status], retryable=False, fault=Fault.THEIRS, code=status)
