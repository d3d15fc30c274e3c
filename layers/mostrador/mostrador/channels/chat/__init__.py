"""The live chat: WebSocket frames (docs/chat-protocol.md) over Amazon API Gateway."""

from mostrador.channels.chat.channel import ChatChannel

__all__ = ["ChatChannel"]
