"""Which of a shop's goods unknown words may mean: names that are near, then what sells best."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from rapidfuzz import fuzz, process
from sqlalchemy import func, select

from flows.ports.trade import Offered
from store.catalogue import SNAPSHOTS
from store.models import OrderLineRow, OrderRow
from store.scope import Scope
from store.snapshot import Snapshot

MOST = 4
# Names this near, of 100, come first, so many of them at most.
NEAR, MOST_NEAR = 60.0, 2
SOLD_WITHIN = timedelta(days=30)
# Of the skus sold, which may be several of one product.
MOST_SOLD = 12


def offers(scope: Scope, words: str) -> tuple[Offered, ...]:
    """At most four products, the likeliest first."""
    snapshot = SNAPSHOTS.of(scope.session, scope.shop)
    skus = dict.fromkeys((*_near(snapshot, words), *_best_sold(scope, snapshot), *_first(snapshot)))
    return tuple(Offered(sku, snapshot.by_sku[sku][0].name) for sku in islice(skus, MOST))


def _near(snapshot: Snapshot, words: str) -> Sequence[str]:
    names = {goods.sku: goods.name.casefold() for goods in snapshot.goods}
    found = process.extract(words, names, scorer=fuzz.WRatio, score_cutoff=NEAR, limit=MOST_NEAR)
    return [sku for _, _, sku in found]


def _best_sold(scope: Scope, snapshot: Snapshot) -> Iterator[str]:
    sold = scope.session.scalars(
        select(OrderLineRow.sku)
        .join(OrderRow, OrderRow.id == OrderLineRow.order_id)
        .where(
            OrderRow.shop_id == scope.shop.id,
            OrderRow.created_at > scope.now - SOLD_WITHIN,
        )
        .group_by(OrderLineRow.sku)
        .order_by(func.count().desc(), OrderLineRow.sku)
        .limit(MOST_SOLD)
    )
    return (snapshot.by_sku[sku][0].sku for sku in sold if sku in snapshot.by_sku)


def _first(snapshot: Snapshot) -> Iterator[str]:
    """A shop that has sold nothing yet: what it lists first."""
    return (goods.sku for goods in snapshot.goods[:MOST])
