"""What the Graph API's error codes mean for us. Sources: Meta, "Error codes" (WhatsApp), "Handling errors" (Graph)."""

from collections.abc import Mapping

from mostrador.domain.delivery import Failure, Fault, Reason

_OURS, _THEIRS = Fault.OURS, Fault.THEIRS

FAILURES: Mapping[str, tuple[Reason, bool, Fault]] = {
    # code: (reason, worth another try, whose fault)
    "0": (Reason.CREDENTIALS, False, _OURS),
    "1": (Reason.PROVIDER_DOWN, True, _OURS),
    "2": (Reason.PROVIDER_DOWN, True, _OURS),
    "3": (Reason.CREDENTIALS, False, _OURS),  # a permission is missing
    "4": (Reason.RATE_LIMITED, True, _OURS),
    "10": (Reason.CREDENTIALS, False, _OURS),
    "17": (Reason.RATE_LIMITED, True, _OURS),
    "32": (Reason.RATE_LIMITED, True, _OURS),
    "33": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # our number was deleted
    "100": (Reason.REJECTED, False, _OURS),  # a parameter that it does not take
    "190": (Reason.CREDENTIALS, False, _OURS),  # the token ran out
    "200": (Reason.CREDENTIALS, False, _OURS),
    "368": (Reason.ACCOUNT_SUSPENDED, False, _OURS),  # against Meta's policy
    "613": (Reason.RATE_LIMITED, True, _OURS),
    "80007": (Reason.RATE_LIMITED, True, _OURS),
    "130429": (Reason.RATE_LIMITED, True, _OURS),
    "130472": (Reason.BLOCKED, False, _THEIRS),  # kept from marketing by an experiment of Meta's
    "130497": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # not to people in that country
    "131000": (Reason.PROVIDER_DOWN, True, _OURS),
    "131005": (Reason.CREDENTIALS, False, _OURS),
    "131008": (Reason.REJECTED, False, _OURS),
    "131009": (Reason.REJECTED, False, _OURS),
    "131016": (Reason.PROVIDER_DOWN, True, _OURS),
    "131021": (Reason.ADDRESS_INVALID, False, _THEIRS),  # our own number
    "131026": (Reason.UNREACHABLE, False, _THEIRS),
    "131030": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # a test number writes to listed people alone
    "131031": (Reason.ACCOUNT_SUSPENDED, False, _OURS),
    "131037": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # our display name is not approved
    "131042": (Reason.ACCOUNT_SUSPENDED, False, _OURS),  # nothing to pay with
    "131045": (Reason.SENDER_NOT_ALLOWED, False, _OURS),
    "131047": (Reason.WINDOW_CLOSED, False, _THEIRS),
    "131048": (Reason.RATE_LIMITED, False, _OURS),  # too many people reported or blocked us
    "131049": (Reason.BLOCKED, False, _THEIRS),  # kept from this person; not to be tried again for a day
    "131050": (Reason.BLOCKED, False, _THEIRS),  # they want no marketing; answers still arrive
    "131051": (Reason.REJECTED, False, _OURS),
    "131052": (Reason.ATTACHMENT_MISSING, False, _OURS),
    "131053": (Reason.ATTACHMENT_REFUSED, False, _THEIRS),
    "131056": (Reason.RATE_LIMITED, True, _OURS),  # too many to this person: one in six seconds
    "131057": (Reason.PROVIDER_DOWN, True, _OURS),  # maintenance
    "132000": (Reason.TEMPLATE_REFUSED, False, _OURS),  # other places than it has
    "132001": (Reason.TEMPLATE_REFUSED, False, _OURS),  # none of this name in this language
    "132005": (Reason.TEMPLATE_REFUSED, False, _OURS),
    "132007": (Reason.TEMPLATE_REFUSED, False, _OURS),
    "132012": (Reason.TEMPLATE_REFUSED, False, _OURS),
    "132015": (Reason.TEMPLATE_REFUSED, False, _OURS),  # paused
    "132016": (Reason.TEMPLATE_REFUSED, False, _OURS),  # disabled
    "133004": (Reason.PROVIDER_DOWN, True, _OURS),
    "133010": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # our number is not registered
}

_BY_STATUS: Mapping[int, tuple[Reason, bool, Fault]] = {
    401: (Reason.CREDENTIALS, False, _OURS),
    403: (Reason.CREDENTIALS, False, _OURS),
    429: (Reason.RATE_LIMITED, True, _OURS),
    503: (Reason.PROVIDER_DOWN, True, _OURS),
}
"""For an answer without an error of Graph's own."""

_UNKNOWN = (Reason.REJECTED, False, _THEIRS)


def failure(code: str, status: int = 0) -> Failure:
    """Never raises: what is in no table is a refusal for good, with the code to look up."""
    reason, retryable, fault = FAILURES.get(code) or _BY_STATUS.get(status, _UNKNOWN)
    return Failure(reason, retryable, fault, code or str(status or ""))
