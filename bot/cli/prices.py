"""Prices that a rail of the shop cannot take: said when they are loaded, not when somebody pays."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from flows.money import Money
from payments.rail import Rail, Rails
from payments.taking.opening import ASKED_BY, outside
from store.catalogue import SNAPSHOTS
from store.models import ShopRow
from store.prices.pricing import may_cost

# So many are told of each rail; the others are alike.
MOST_TOLD = 3


def not_taken(session: Session, slug: str, rails: Rails) -> Sequence[str]:
    """One line for each rail and price that do not go together."""
    shop = session.scalars(select(ShopRow).where(ShopRow.slug == slug)).one()
    prices = list(_prices(session, shop))
    return [
        line
        for rail in rails.for_shop(shop).values()
        if rail.way in ASKED_BY
        for line in list(_lines(shop, rail, prices))[:MOST_TOLD]
    ]


def _lines(shop: ShopRow, rail: Rail, prices: Sequence[tuple[str, int]]) -> Iterator[str]:
    for sku, minor in prices:
        price = Money(minor, shop.currency)
        limits = outside(rail, price)
        if limits is not None:
            most = f", at most {_said(limits.most)}" if limits.most else ""
            yield (
                f"{shop.slug}: one {sku} for {_said(price)} cannot be paid by {rail.name}, which takes"
                f" at least {_said(limits.least)}{most}, in multiples of {_said(limits.multiple)}"
            )


def _said(amount: Money) -> str:
    return f"{amount.major:f} {amount.currency}"


def _prices(session: Session, shop: ShopRow) -> Iterator[tuple[str, int]]:
    """By the list, on sale, and for many."""
    for goods in SNAPSHOTS.of(session, shop).goods:
        for kind in goods.kinds or (None,):
            yield from (((kind or goods).sku, minor) for minor in may_cost(goods, kind))
