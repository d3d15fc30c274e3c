"""What a person does at the page in the web shop: buy, and what its own people do with orders, customers and stock."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.asked import Refused, done, number, object_of, required, texts
from playground.shop.shop import Shop

type Endpoint = Callable[[Request], Awaitable[Response]]


class ShopCounter:
    """What cannot be done raises NotPossible, and what cannot be read Refused."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._with_orders: Mapping[str, Callable[[str], object]] = {
            "ship": shop.ship,
            "deliver": shop.deliver,
            "refund": shop.refund,
            "cancel": shop.cancel,
        }

    def posts(self) -> dict[str, Endpoint]:
        return {
            "/api/shop/buy": self.buy,
            "/api/shop/order": self.change_order,
            "/api/shop/tags": self.tag,
            "/api/shop/stock": self.stock,
        }

    async def buy(self, request: Request) -> Response:
        """``wanted`` holds pieces by product, ``name`` what a guest is called. The answer has the order's number."""
        body = await object_of(request)
        wanted = body.get("wanted")
        if not isinstance(wanted, dict):
            raise Refused("bad_request")
        pieces = {product: number(count) for product, count in wanted.items()}
        order = self._shop.buy(required(body, "mail").strip().lower(), pieces, str(body.get("name", "")).strip())
        return JSONResponse({"number": order.number})

    async def change_order(self, request: Request) -> Response:
        order, what = texts(await object_of(request), "order", "do")
        if what not in self._with_orders:
            raise Refused("bad_request")
        self._with_orders[what](order)
        return done()

    async def tag(self, request: Request) -> Response:
        body = await object_of(request)
        tags = body.get("tags")
        if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
            raise Refused("bad_request")
        self._shop.tag(required(body, "customer"), tags)
        return done()

    async def stock(self, request: Request) -> Response:
        body = await object_of(request)
        self._shop.stock(required(body, "product"), number(body.get("available")))
        return done()
