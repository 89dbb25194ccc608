"""Who wished for something that was sold out hears once that it is back: the first first, and no more
people at a time than there are pieces."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, select

from flows.happenings import BackInStock
from flows.money import Money
from store import shelf
from store.catalogue import SNAPSHOTS
from store.falling_due import falling_due
from store.models import CustomerRow, RestockRow, WishRow
from store.quiet import next_allowed
from store.restocking import untold
from store.scope import Scope
from store.standing import takes_orders

# A shop that takes no orders now is looked at again.
LOOKED_AGAIN = timedelta(days=1)

restocked = falling_due(RestockRow.due_at, RestockRow.shop_id, RestockRow.id)


def tell_next(scope: Scope, restock_id: UUID) -> None:
    """Tell the next few, and set the time of those after them. At night it waits for the morning; what is
    sold out again waits until it is back once more."""
    row = scope.session.scalar(
        select(RestockRow)
        .where(RestockRow.shop_id == scope.shop.id, RestockRow.id == restock_id)
        .with_for_update()
    )
    if row is None or row.due_at > scope.now:
        return
    if not takes_orders(scope.shop, scope.now):
        row.due_at = scope.now + LOOKED_AGAIN
        return
    allowed = next_allowed(scope.shop, scope.now, scope.rules.quiet)
    if allowed > scope.now:
        row.due_at = allowed
        return
    free = shelf.free(scope, [row.sku]).get(row.sku, 0)
    if free <= 0 or not _tell(scope, row.sku, min(free, scope.rules.restock_most)):
        scope.session.delete(row)
    else:
        row.due_at = scope.now + scope.rules.restock_wave


def _tell(scope: Scope, sku: str, most: int) -> bool:
    """Whether somebody may still be waiting."""
    goods, kind = SNAPSHOTS.of(scope.session, scope.shop).by_sku.get(sku, (None, None))
    if goods is None:
        return False
    rows = scope.session.execute(
        select(WishRow, CustomerRow.price_list)
        .join(
            CustomerRow,
            and_(
                CustomerRow.shop_id == WishRow.shop_id, CustomerRow.person_id == WishRow.person_id
            ),
        )
        .where(untold(scope.shop.id, sku))
        .order_by(WishRow.wanted_at, WishRow.id)
        .limit(most + 1)
    ).all()
    for wish, price_list in rows[:most]:
        wish.told_at = scope.now
        price = Money(goods.price_of(kind, price_list), scope.shop.currency)
        scope.tell(BackInStock(str(wish.person_id), sku, goods.label_of(kind), price))
    return len(rows) > most
