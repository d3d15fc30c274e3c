"""What became of a call of ours: a receipt where it read an answer out, else how a call of an agent ended."""

from collections.abc import Mapping

from mostrador.channels.twilio.calls import BRIDGED, MACHINE
from mostrador.channels.twilio.failures import failure
from mostrador.domain.call import AnsweredByMachine, Called, Outcome
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


_BRIDGED: Mapping[str, Outcome] = {
    "completed": Outcome.TALKED,
    "answered": Outcome.TALKED,
    "busy": Outcome.BUSY,
    "no-answer": Outcome.NO_ANSWER,
    "canceled": Outcome.NO_ANSWER,
    "failed": Outcome.FAILED,
    "declined": Outcome.DECLINED,
}
"""The values of ``DialCallStatus`` (Twilio, "TwiML Voice: Dial"), and our own word for a call without it."""

_AGENTS: Mapping[str, Outcome] = {
    "completed": Outcome.DECLINED,
    "busy": Outcome.AGENT_AWAY,
    "no-answer": Outcome.AGENT_AWAY,
    "canceled": Outcome.AGENT_AWAY,
    "failed": Outcome.AGENT_UNREACHABLE,
}
"""Of the call to the agent, where nothing else was told of it."""


def agents_call(event: ProviderEvent) -> Called | AnsweredByMachine | Ignored:
    fields = event.payload
    if fields["what"] == MACHINE:
        return _machine(event)
    bridged = fields["what"] == BRIDGED
    status = str(fields.get("status" if bridged else "CallStatus", ""))
    outcome = (_BRIDGED if bridged else _AGENTS).get(status)
    if outcome is None or not fields.get("conversation"):
        return Ignored("an agent's call that goes on, or of which nothing is known")
    seconds = str(fields.get("DialCallDuration", ""))
    return Called(
        provider_id=event.event_id,
        call=str(fields.get("CallSid", "")),
        conversation_id=str(fields["conversation"]),
        user=str(fields.get("agent", "")),
        outcome=outcome,
        at=event.received_at,
        seconds=int(seconds) if seconds.isascii() and seconds.isdigit() else 0,
    )


def _machine(event: ProviderEvent) -> AnsweredByMachine | Ignored:
    fields, by = event.payload, str(event.payload.get("AnsweredBy", ""))
    if not by.startswith(("machine", "fax")):
        return Ignored("no machine answered, as far as anybody can tell")
    return AnsweredByMachine(str(fields.get("call", "")), str(fields.get("conversation", "")), event.received_at)


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
