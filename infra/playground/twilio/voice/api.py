"""The Calls resource of the REST API, and the recordings."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground.cast import SHOP
from playground.twilio.errors import invalid, not_found
from playground.twilio.voice.exchange import Exchange
from playground.twilio.voice.wire import resource
from playground.twilio.wire import API_VERSION

DOCUMENT_MOST = 4000

type Endpoint = Callable[[Request], Awaitable[Response]]


class VoiceApi:
    def __init__(self, exchange: Exchange, guarded: Callable[[Endpoint], Endpoint]) -> None:
        self._exchange = exchange
        self._guarded = guarded

    def routes(self) -> list[Route]:
        account = f"/twilio/{API_VERSION}/Accounts/{{account}}"
        return [
            Route(f"{account}/Calls.json", self._guarded(self.create), methods=["POST"]),
            Route(f"{account}/Calls.json", self._guarded(self.search), methods=["GET"]),
            Route(f"{account}/Recordings/{{sid}}.mp3", self._guarded(self.recording), methods=["GET"]),
        ]

    async def create(self, request: Request) -> Response:
        async with request.form() as form:
            _check(form)
            number, url, document = (str(form.get(name, "")) for name in ("To", "Url", "Twiml"))
            callback, rings = str(form.get("StatusCallback", "")), float(str(form.get("Timeout", "60")))
        leg = self._exchange.call_out(number, url, document, callback, rings)
        return JSONResponse(resource(leg, request.path_params["account"]), status_code=201)

    async def search(self, request: Request) -> Response:
        wanted = request.query_params.get("To")
        legs = [leg for leg in reversed(self._exchange.state.legs.values()) if wanted in (None, leg.number)]
        calls = [resource(leg, request.path_params["account"]) for leg in legs]
        return JSONResponse({"calls": calls, "page": 0, "page_size": 50, "next_page_uri": None})

    async def recording(self, request: Request) -> Response:
        sound = self._exchange.state.recordings.get(request.path_params["sid"])
        if sound is None:
            raise not_found(request.url.path)
        return Response(sound, media_type="audio/mpeg")


def _check(form: FormData) -> None:
    if not str(form.get("To", "")).startswith("+"):
        raise invalid(21211, "Invalid 'To' Phone Number")
    if form.get("From") != SHOP.phone:
        raise invalid(21210, "'From' phone number not verified")
    if len(str(form.get("Twiml", ""))) > DOCUMENT_MOST:
        raise invalid(21218, "Twiml is too long")
    if not form.get("Url") and not form.get("Twiml"):
        raise invalid(21205, "Url parameter is required")
