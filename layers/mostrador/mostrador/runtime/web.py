"""The handlers behind the HTTP API."""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from aws_lambda_powertools.utilities.typing import LambdaContext

from mostrador.channels.base import HttpAnswer, WebhookRequest
from mostrador.domain.errors import Refused
from mostrador.domain.webhooks import FORBIDDEN
from mostrador.runtime import bootstrap
from mostrador.runtime.observability import logger, share_logger
from mostrador.runtime.starting import opened_early
from mostrador.usecases.intake.receive import raw_body

if TYPE_CHECKING:
    from mostrador.desk.requests import RequestKind

type Handler = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def webhook_handler() -> Handler:
    """Answers ``POST /webhooks/{provider}``."""
    opened = opened_early(bootstrap.open_receive)

    def answer(event: Mapping[str, Any]) -> HttpAnswer:
        receive, public_base_url = opened()
        return receive(event["pathParameters"]["provider"], read_request(event, public_base_url))

    return http_handler(answer)


def voice_handler() -> Handler:
    """Answers ``POST /voice/{step}``."""
    opened = opened_early(bootstrap.open_voice)

    def answer(event: Mapping[str, Any]) -> HttpAnswer:
        try:
            pick_up, public_base_url = opened()
            return pick_up(event["pathParameters"]["step"], read_request(event, public_base_url))
        except Refused:
            raise
        except Exception:  # noqa: BLE001 - it is logged, and whatever it was, somebody waits on the line
            # Even where nothing of ours could be opened, whoever is on the line hears a sentence.
            logger.exception("call broken", event="call_broken", why="it did not start")
            from mostrador.usecases.phone.pick_up import apology  # noqa: PLC0415  only where it is needed

            return apology()

    return http_handler(answer)


def slack_handler() -> Handler:
    """Answers ``POST /slack/{events,actions,commands,options}``."""
    opened = opened_early(bootstrap.open_slack)

    def answer(event: Mapping[str, Any]) -> HttpAnswer:
        request = read_request(event, "")
        return opened()(cast("RequestKind", request.url.rpartition("/")[2].partition("?")[0]), request)

    return http_handler(answer)


def http_handler(answer: Callable[[Mapping[str, Any]], HttpAnswer]) -> Handler:
    @logger.inject_lambda_context(clear_state=True)
    def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
        share_logger()
        try:
            return _written(answer(event))
        except Refused as refused:
            logger.warning("request refused", event="request_refused", why=str(refused))
            return _written(FORBIDDEN)

    return cast("Handler", handler)


def read_request(event: Mapping[str, Any], public_base_url: str) -> WebhookRequest:
    """The request as the provider signed it: its URL is what the provider was configured with, not the Host header.

    Header names are lower-cased here because ``sam local`` keeps their case while API Gateway does not. Raises
    Refused where the body cannot be decoded.
    """
    context = event["requestContext"]
    query = event.get("rawQueryString") or ""
    path = _without_stage(event["rawPath"], context.get("stage", "$default"))
    return WebhookRequest(
        method=context["http"]["method"],
        url=public_base_url + path + (f"?{query}" if query else ""),
        headers={name.lower(): value for name, value in (event.get("headers") or {}).items()},
        body=raw_body(event.get("body"), is_base64=bool(event.get("isBase64Encoded"))),
        received_at=time.time(),
    )


def _without_stage(path: str, stage: str) -> str:
    """The path below the public base: a named stage stands in front of it, and the base has it already."""
    return path.removeprefix(f"/{stage}") if path.startswith(f"/{stage}/") else path


def _written(answer: HttpAnswer) -> dict[str, Any]:
    return {
        "statusCode": answer.status,
        "headers": {"content-type": answer.content_type, **answer.headers},
        "body": answer.body,
        "isBase64Encoded": answer.is_base64,
    }
