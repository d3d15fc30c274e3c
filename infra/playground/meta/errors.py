"""Graph's refusals: an HTTP status, and a code that its list of errors explains.

Sources: Meta, "Handling errors" (Graph API), "Error codes" (WhatsApp).
"""

import secrets
from dataclasses import dataclass, replace
from typing import Any, Self

from starlette.responses import JSONResponse

OAUTH, METHOD = "OAuthException", "GraphMethodException"


@dataclass(frozen=True)
class GraphError(Exception):
    """``details`` is what WhatsApp says beyond Graph's own message."""

    status: int
    code: int
    message: str
    details: str = ""
    kind: str = OAUTH
    subcode: int = 0

    def anew(self) -> Self:
        """To be raised: one that is kept in a table would gather the trace of each time."""
        return replace(self)

    def document(self) -> dict[str, Any]:
        about: dict[str, Any] = {"message": self.message, "type": self.kind, "code": self.code}
        if self.details:
            about["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode:
            about["error_subcode"] = self.subcode
        return {"error": about | {"fbtrace_id": f"A{secrets.token_urlsafe(16)}"}}

    def response(self) -> JSONResponse:
        headers = {"facebook-api-version": "v25.0"}
        if self.status == 401:
            headers["www-authenticate"] = f'OAuth "Facebook Platform" "invalid_token" "{self.message}"'
        return JSONResponse(self.document(), status_code=self.status, headers=headers)


def bad_token() -> GraphError:
    return GraphError(401, 190, "Invalid OAuth access token - Cannot parse access token")


def unknown_path(path: str) -> GraphError:
    return GraphError(400, 2500, f"Unknown path components: {path}")


def no_such_object(method: str, name: str) -> GraphError:
    message = (
        f"Unsupported {method.lower()} request. Object with ID '{name}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api"
    )
    return GraphError(400, 100, message, kind=METHOD, subcode=33)


def bad_parameter(message: str) -> GraphError:
    return GraphError(400, 100, f"(#100) {message}")


def refused(code: int, title: str, details: str, status: int = 400) -> GraphError:
    return GraphError(status, code, f"(#{code}) {title}", details)
