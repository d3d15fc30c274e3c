"""The telephone, through Twilio's Programmable Voice."""

from mostrador.channels.phone.channel import PhoneChannel

__all__ = ["PhoneChannel"]
