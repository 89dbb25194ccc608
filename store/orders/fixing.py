"""Whose the money of a new order is, written on its lines for good."""

from store.cart import ShopCart
from store.models import OrderRow
from store.scope import Scope
from store.splits import commissions
from store.terms import terms_of

WHOLESALE = "wholesale"


def fix_shares(scope: Scope, order: OrderRow, cart: ShopCart, price_list: str) -> None:
    """The platform's commission by today's rate, and what today's suppliers get for their goods."""
    paid = [line.total - line.discount for line in order.lines]
    rate = commission_rate(scope, price_list)
    parts = commissions(paid, rate, order.currency)
    for line, commission in zip(order.lines, parts, strict=True):
        goods, kind = cart.ware(line.sku)
        line.commission = commission
        if goods is not None and goods.supplier is not None:
            line.supplier, line.base = goods.supplier, goods.base_of(kind)


def commission_rate(scope: Scope, price_list: str) -> int:
    """In hundredths of a percent of the goods."""
    wholesale = terms_of(scope.shop).wholesale_commission
    if price_list == WHOLESALE and wholesale is not None:
        return wholesale
    return scope.shop.commission
