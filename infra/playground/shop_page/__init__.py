"""A page of the shop's own, as its customers see it: what the chat's script tag stands on."""

from playground.shop_page.page import ShopPage

__all__ = ["ShopPage"]
