"""Ringing up agents. Twilio's client is opened when somebody asks for a call, which is seldom."""

from mostrador.channels.registry import ChannelSettings
from mostrador.domain.delivery import SendResult


class LazyTelephone:
    """Implements ``usecases.call_up.Telephone``."""

    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings

    def ring(self, number: str, conversation_id: str, user: str) -> SendResult:
        """Raises NotConfigured where the secret or our own number is missing."""
        from mostrador.channels.phone.calls import Calls  # noqa: PLC0415  a third of a second

        return Calls(self._settings).ring(number, conversation_id, user)
