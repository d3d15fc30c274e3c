"""What Twilio's error codes mean for us. Source: Twilio's error and warning dictionary, /docs/api/errors."""

from collections.abc import Mapping

from mostrador.domain.delivery import Failure, Fault, Reason

_OURS, _THEIRS = Fault.OURS, Fault.THEIRS

FAILURES: Mapping[str, tuple[Reason, bool, Fault]] = {
    # code: (reason, worth another try, whose fault)
    "11751": (Reason.ATTACHMENT_REFUSED, False, _THEIRS),  # media too large for the carrier
    "13224": (Reason.ADDRESS_INVALID, False, _THEIRS),  # a call: no such number
    "13225": (Reason.BLOCKED, False, _THEIRS),  # a call: Twilio calls no such numbers
    "13227": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # a call: the country is not switched on in the account
    "14107": (Reason.RATE_LIMITED, False, _OURS),  # send loop: Twilio stopped an endless exchange
    "20003": (Reason.CREDENTIALS, False, _OURS),
    "20005": (Reason.ACCOUNT_SUSPENDED, False, _OURS),
    "20404": (Reason.CREDENTIALS, False, _OURS),  # there is no such account
    "20429": (Reason.RATE_LIMITED, True, _OURS),
    "20503": (Reason.PROVIDER_DOWN, True, _OURS),
    "21210": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # a call: our number is not proven to be ours
    "21211": (Reason.ADDRESS_INVALID, False, _THEIRS),
    "21215": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # a call: the country is not switched on in the account
    "21217": (Reason.ADDRESS_INVALID, False, _THEIRS),
    "21408": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # the country is not switched on in the account
    "21602": (Reason.REJECTED, False, _OURS),  # no body
    "21603": (Reason.SENDER_NOT_ALLOWED, False, _OURS),
    "21604": (Reason.ADDRESS_INVALID, False, _THEIRS),
    "21605": (Reason.TOO_LONG, False, _THEIRS),
    "21606": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # our number cannot send
    "21608": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # a trial account writes to verified numbers alone
    "21610": (Reason.OPTED_OUT, False, _THEIRS),
    "21611": (Reason.RATE_LIMITED, True, _OURS),  # our number's queue is full
    "21612": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # our number cannot reach that one
    "21614": (Reason.NOT_A_MOBILE, False, _THEIRS),
    "21617": (Reason.TOO_LONG, False, _THEIRS),
    "21659": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # not a number of this account
    "21660": (Reason.SENDER_NOT_ALLOWED, False, _OURS),
    "21655": (Reason.TEMPLATE_REFUSED, False, _OURS),  # no such ContentSid
    "21656": (Reason.TEMPLATE_REFUSED, False, _OURS),  # ContentVariables that do not fit it
    "21703": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # the messaging service has no sender
    "30001": (Reason.RATE_LIMITED, True, _OURS),  # waited too long in the queue
    "30002": (Reason.ACCOUNT_SUSPENDED, False, _OURS),
    "30003": (Reason.UNREACHABLE, False, _THEIRS),
    "30004": (Reason.BLOCKED, False, _THEIRS),
    "30005": (Reason.ADDRESS_INVALID, False, _THEIRS),  # the number does not exist (any more)
    "30006": (Reason.NOT_A_MOBILE, False, _THEIRS),  # a landline, or a carrier out of reach
    "30007": (Reason.BLOCKED, False, _THEIRS),  # filtered by the carrier
    "30008": (Reason.UNREACHABLE, False, _THEIRS),  # the carrier does not say why
    "30019": (Reason.ATTACHMENT_REFUSED, False, _THEIRS),
    "30032": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # toll-free number not verified
    "30034": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # US number not registered for business use
    "63001": (Reason.CREDENTIALS, False, _OURS),  # the channel's own sign-in
    "63003": (Reason.ADDRESS_INVALID, False, _THEIRS),  # no such person on the channel
    "63005": (Reason.REJECTED, False, _THEIRS),  # the channel did not accept the content
    "63007": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # our number is no sender of the channel
    "63009": (Reason.PROVIDER_DOWN, True, _OURS),
    "63010": (Reason.PROVIDER_DOWN, True, _OURS),
    "63012": (Reason.PROVIDER_DOWN, True, _OURS),
    "63013": (Reason.BLOCKED, False, _THEIRS),  # against the channel's rules
    "63015": (Reason.SENDER_NOT_ALLOWED, False, _OURS),  # a sandbox that this person did not join
    "63016": (Reason.WINDOW_CLOSED, False, _THEIRS),
    "63018": (Reason.RATE_LIMITED, True, _OURS),
    "63019": (Reason.ATTACHMENT_MISSING, False, _OURS),  # it could not fetch the file
    "63021": (Reason.ATTACHMENT_REFUSED, False, _THEIRS),  # content of a kind that it does not take
    "63024": (Reason.ADDRESS_INVALID, False, _THEIRS),
    "63027": (Reason.TEMPLATE_REFUSED, False, _OURS),  # none in this language
    "63028": (Reason.TEMPLATE_REFUSED, False, _OURS),  # other places than it has
    "63030": (Reason.TEMPLATE_REFUSED, False, _OURS),
    "63032": (Reason.UNREACHABLE, False, _THEIRS),  # this person cannot receive it
    "63038": (Reason.RATE_LIMITED, False, _OURS),  # the account's messages of this day are used up
    "63040": (Reason.TEMPLATE_REFUSED, False, _OURS),  # rejected
    "63041": (Reason.TEMPLATE_REFUSED, False, _OURS),  # paused
    "63042": (Reason.TEMPLATE_REFUSED, False, _OURS),  # disabled
    "63049": (Reason.BLOCKED, False, _THEIRS),  # Meta keeps marketing from this person
    "401": (Reason.CREDENTIALS, False, _OURS),
    "403": (Reason.CREDENTIALS, False, _OURS),
    "429": (Reason.RATE_LIMITED, True, _OURS),
    "503": (Reason.PROVIDER_DOWN, True, _OURS),
}
"""Three-digit codes are HTTP's: the SDK gives them where the answer is not Twilio's own JSON."""

_UNKNOWN = (Reason.REJECTED, False, _THEIRS)


def failure(code: str) -> Failure:
    """Never raises: a code that is not in the table is a refusal for good, with the code to look up."""
    reason, retryable, fault = FAILURES.get(code, _UNKNOWN)
    return Failure(reason, retryable, fault, code)
