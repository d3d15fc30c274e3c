"""WhatsApp, through Twilio or straight from Meta."""

from mostrador.channels.whatsapp.channel import WhatsappChannel

__all__ = ["WhatsappChannel"]
