"""What WhatsApp takes: known before the provider is asked, because it tells only later, or cuts.

Sources: Meta, "Media" (types and sizes); Twilio, "WhatsApp best practices" (16 MB for each file).
"""

from collections.abc import Mapping

from mostrador.domain.delivery import Failure, Fault, Reason
from mostrador.domain.messages import Attachment, Outgoing

MB = 1024 * 1024
LARGEST = 16 * MB
"""Bytes of one file, either way."""
_LARGEST_PICTURE = 5 * MB
_LONGEST_CAPTION = 1024
"""Characters that go with a file. Source: Meta, "Image messages"."""
DOCUMENT, IMAGE, AUDIO, VIDEO = "document", "image", "audio", "video"
_OFFICE = "application/vnd.openxmlformats-officedocument"

KINDS: Mapping[str, str] = {
    "image/jpeg": IMAGE,
    "image/png": IMAGE,
    "audio/aac": AUDIO,
    "audio/amr": AUDIO,
    "audio/mp4": AUDIO,
    "audio/mpeg": AUDIO,
    "audio/ogg": AUDIO,
    "video/3gpp": VIDEO,
    "video/mp4": VIDEO,
    "application/pdf": DOCUMENT,
    "application/msword": DOCUMENT,
    "application/vnd.ms-excel": DOCUMENT,
    "application/vnd.ms-powerpoint": DOCUMENT,
    f"{_OFFICE}.presentationml.presentation": DOCUMENT,
    f"{_OFFICE}.spreadsheetml.sheet": DOCUMENT,
    f"{_OFFICE}.wordprocessingml.document": DOCUMENT,
    "text/plain": DOCUMENT,
}

TOO_LONG = Failure(Reason.TOO_LONG, retryable=False, fault=Fault.THEIRS)
NOT_TAKEN = Failure(Reason.ATTACHMENT_REFUSED, retryable=False, fault=Fault.THEIRS)
ONE_AT_A_TIME = Failure(Reason.ONE_AT_A_TIME, retryable=False, fault=Fault.THEIRS)


def refusal(message: Outgoing, longest: int) -> Failure | None:
    """None for what the provider may be asked to send."""
    if len(message.text) > (min(longest, _LONGEST_CAPTION) if message.attachments else longest):
        return TOO_LONG
    if len(message.attachments) > 1 or (message.attachments and message.template):
        return ONE_AT_A_TIME
    return _file_refusal(message.attachments[0], message.text) if message.attachments else None


def kind_of(attachment: Attachment) -> str:
    """Empty for what WhatsApp does not take."""
    return KINDS.get(attachment.content_type.partition(";")[0].strip().lower(), "")


def _file_refusal(attachment: Attachment, text: str) -> Failure | None:
    kind = kind_of(attachment)
    if not kind or attachment.size > (_LARGEST_PICTURE if kind == IMAGE else LARGEST):
        return NOT_TAKEN
    # A caption goes with pictures, videos and documents; with audio the words would be lost.
    return ONE_AT_A_TIME if kind == AUDIO and text.strip() else None
