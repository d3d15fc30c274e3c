"""What the page's own requests carry, read and checked."""

import json
import mimetypes
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.files import Upload

Json = dict[str, Any]


class Refused(Exception):
    """``word`` is one of the page's sentences."""

    def __init__(self, word: str, status: int = 400) -> None:
        super().__init__(word)
        self.word = word
        self.status = status


@dataclass(frozen=True, slots=True)
class Form:
    """What a person filled in, with the files that they chose."""

    fields: Json
    uploads: list[Upload]

    def text(self, name: str) -> str:
        return str(self.fields.get(name, ""))

    def required(self, name: str) -> str:
        return required(self.fields, name)


def required(values: Json, name: str) -> str:
    """Raises Refused where it is missing, empty, or no text."""
    value = values.get(name)
    if not value or not isinstance(value, str):
        raise Refused("bad_request")
    return value


def texts(body: Json, *names: str) -> list[str]:
    return [required(body, name) for name in names]


def number(value: Any) -> int:
    """Raises Refused for everything that is no whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused("bad_request")
    return value


async def form_of(request: Request) -> Form:
    async with request.form() as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        return Form(fields, await _uploads(form))


async def object_of(request: Request) -> Json:
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise Refused("bad_request") from None
    if not isinstance(body, dict):
        raise Refused("bad_request")
    return body


def done(status: int = 200) -> Response:
    return JSONResponse({"ok": True}, status_code=status)


async def _uploads(form: FormData) -> list[Upload]:
    """A file field that was left empty still comes as a file without a name."""
    chosen = [file for file in form.getlist("files") if not isinstance(file, str)]
    return [Upload(file.filename, _type_of(file), await file.read()) for file in chosen if file.filename]


def _type_of(file: UploadFile) -> str:
    guessed = mimetypes.guess_type(file.filename or "")[0]
    declared = (file.content_type or "").partition(";")[0]
    return declared if "/" in declared else guessed or "application/octet-stream"
