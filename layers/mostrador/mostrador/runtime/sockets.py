"""The handler behind the WebSocket API."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from aws_lambda_powertools.utilities.typing import LambdaContext

from mostrador.domain.errors import NotConfigured
from mostrador.runtime import bootstrap
from mostrador.runtime.observability import logger, share_logger
from mostrador.runtime.starting import opened_early
from mostrador.usecases.chat.chat import Chat

type Handler = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def chat_handler() -> Handler:
    """Answers ``$connect``, ``$default`` and ``$disconnect``."""
    opened = opened_early(bootstrap.open_chat)

    @logger.inject_lambda_context(clear_state=True)
    def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
        share_logger()
        return {"statusCode": _answer(opened(), event)}

    return cast("Handler", handler)


def _answer(chat: Chat, event: Mapping[str, Any]) -> int:
    """The status; only that of CONNECT reaches the browser, whose connection opens or does not."""
    context = event["requestContext"]
    match context["eventType"]:
        case "CONNECT":
            return _connect(chat, event)
        case "MESSAGE":
            _hear(chat, context, str(event.get("body") or ""))
        case _:
            chat.ended(context["connectionId"])
    return 200


def _connect(chat: Chat, event: Mapping[str, Any]) -> int:
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    if chat.admits(headers.get("origin", "")):
        return 200
    logger.warning("connection refused", event="request_refused", why="the page's origin is not in ChatOrigins")
    return 403


def _hear(chat: Chat, context: Mapping[str, Any], body: str) -> None:
    try:
        chat.hears(context["connectionId"], body, context["identity"]["sourceIp"])
    except NotConfigured as missing:
        logger.error("channel closed", event="channel_closed", provider="chat", why=str(missing))
        chat.apologises(context["connectionId"], body)
    except Exception:
        # The browser keeps what it said and says it again; the error itself is the function's, and counted as one.
        chat.apologises(context["connectionId"], body)
        raise
