"""The way between the items of the table and what the shop's system knows: orders and products."""

from mostrador.domain.shop import Order, OrderStatus, Product
from mostrador.store import keys
from mostrador.store.models import OrderItem, ProductItem


def order_item(order: Order) -> OrderItem:
    return OrderItem(
        *keys.order(order.customer_id, order.id),
        order_id=order.id,
        listed_under=keys.orders(order.customer_id),
        placed_at=order.placed_at,
        number=order.number,
        updated_at=order.updated_at,
        status=order.status.value,
        total=order.total,
        currency=order.currency,
        lines=order.lines or None,
        fulfilments=order.fulfilments or None,
        refunds=order.refunds or None,
        revision=order.revision,
    )


def order_from(item: OrderItem) -> Order:
    return Order(
        id=item.order_id,
        customer_id=keys.named(item.pk),
        number=item.number,
        placed_at=float(item.placed_at),
        updated_at=float(item.updated_at),
        status=OrderStatus(item.status),
        total=int(item.total),
        currency=item.currency,
        lines=item.lines or (),
        fulfilments=item.fulfilments or (),
        refunds=item.refunds or (),
        revision=int(item.revision or 0),
    )


def product_item(product: Product) -> ProductItem:
    return ProductItem(
        *keys.product(product.id),
        product_id=product.id,
        title=product.title,
        sku=product.sku or None,
        price=product.price or None,
        currency=product.currency or None,
        url=product.url or None,
        available=product.available,
        expected_at=product.expected_at or None,
        updated_at=product.updated_at or None,
        stock_updated_at=product.stock_updated_at or None,
        revision=product.revision,
    )


def product_from(item: ProductItem) -> Product:
    return Product(
        id=item.product_id,
        title=item.title,
        sku=item.sku or "",
        price=int(item.price or 0),
        currency=item.currency or "",
        url=item.url or "",
        available=None if item.available is None else int(item.available),
        expected_at=float(item.expected_at or 0),
        updated_at=float(item.updated_at or 0),
        stock_updated_at=float(item.stock_updated_at or 0),
        revision=int(item.revision or 0),
    )
