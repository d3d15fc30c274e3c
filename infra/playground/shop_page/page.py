"""The shop's page: a file with a few blanks, its pictures and scripts, and what there is to buy."""

from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from playground.shop.shop import Shop
from playground.world import World

HERE = Path(__file__).parent
LANGUAGES = ("es", "en")
TAG = '<script src="/web/chat.js" data-url="{url}" async></script>'
"""As docs/connect/chat.md has it: this port is the stack's public address, too."""


class ShopPage:
    def __init__(self, world: World, shop: Shop) -> None:
        self._world = world
        self._shop = shop

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/tienda", self.page),
            Route("/tienda/piezas", self.goods),
            Mount("/tienda/static", StaticFiles(directory=HERE / "static", check_dir=False)),
        ]

    async def page(self, request: Request) -> Response:
        """In the language that the address names, else in the one that the playground speaks."""
        asked = request.query_params.get("lang", "")
        language = asked if asked in LANGUAGES else self._world.language
        html = Template((HERE / "page.html").read_text()).substitute(language=language, chat=self._tag())
        headers = {"Content-Security-Policy": self._csp(), "Cache-Control": "no-store"}
        return HTMLResponse(html, headers=headers)

    async def goods(self, _request: Request) -> Response:
        products = self._shop.database.products.values()
        return JSONResponse(
            [
                {"id": each.id, "title": each.title, "price": each.price, "available": each.available}
                | {"expected_at": each.expected_at}
                for each in products
            ]
        )

    def _tag(self) -> str:
        """The stack's own output: there is a chat once the stack is up."""
        url = self._world.stack.chat_url if self._world.stack else ""
        return TAG.format(url=url) if url else ""

    def _csp(self) -> str:
        """As strict as a careful shop's. The chat asks for its address, and for the one where files lie."""
        url = self._world.stack.chat_url if self._world.stack else ""
        ours = f" {url} {self._world.config.engine} http://{urlsplit(url).netloc}" if url else ""
        return (
            "default-src 'none'; script-src 'self'; style-src 'self'; "
            f"img-src 'self'{f' blob: {self._world.config.engine}' if url else ''}; "
            f"connect-src 'self'{ours}; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
        )
