"""A customer's wish list and saved lists."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from flows.money import Money
from flows.ports.wishes import Kept, SavedList
from store.ids import new_id
from store.insertion import insert_if_new
from store.models import SavedListRow, WishRow
from store.scope import Scope

# More than this nobody reads on a phone; the oldest make room.
MOST_WISHES = 50
MOST_LISTS = 20


class CustomerWishes:
    """Implements flows.ports.wishes.WishesPort."""

    def __init__(self, scope: Scope, person_id: UUID) -> None:
        self._scope = scope
        self._person_id = person_id

    def keep(self, sku: str) -> None:
        scope = self._scope
        mine = (*self._mine(WishRow), WishRow.sku == sku)
        insert_if_new(
            scope.session,
            WishRow,
            id=new_id(),
            shop_id=scope.shop.id,
            person_id=self._person_id,
            sku=sku,
            wanted_at=scope.now,
        )
        # A wish that was answered is wished anew; one that waits keeps its turn.
        scope.session.execute(
            update(WishRow)
            .where(*mine, WishRow.told_at.is_not(None))
            .values(told_at=None, wanted_at=scope.now)
            .execution_options(synchronize_session=False)
        )
        newest = (
            select(WishRow.id)
            .where(*self._mine(WishRow))
            .order_by(WishRow.wanted_at.desc())
            .limit(MOST_WISHES)
        )
        scope.session.execute(
            delete(WishRow)
            .where(*self._mine(WishRow), WishRow.id.not_in(newest))
            .execution_options(synchronize_session=False)
        )

    def drop(self, sku: str) -> None:
        self._scope.session.execute(
            delete(WishRow)
            .where(*self._mine(WishRow), WishRow.sku == sku)
            .execution_options(synchronize_session=False)
        )

    def wished(self) -> Sequence[str]:
        return self._scope.session.scalars(
            select(WishRow.sku)
            .where(*self._mine(WishRow))
            .order_by(WishRow.wanted_at.desc(), WishRow.id.desc())
        ).all()

    def save_list(self, name: str, lines: Sequence[Kept]) -> SavedList:
        scope, key = self._scope, name.casefold()
        row = self._row(key)
        if row is None:
            row = SavedListRow(
                id=new_id(), shop_id=scope.shop.id, person_id=self._person_id, name_key=key
            )
            scope.session.add(row)
        row.name, row.saved_at = name, scope.now
        row.lines = [[x.sku, x.name, x.quantity, x.unit_price.minor] for x in lines]
        scope.session.flush()
        for old in self._rows()[MOST_LISTS:]:
            scope.session.delete(old)
        return self._view(row)

    def lists(self) -> Sequence[SavedList]:
        return [self._view(row) for row in self._rows()]

    def drop_list(self, name: str) -> None:
        row = self._row(name.casefold())
        if row is not None:
            self._scope.session.delete(row)
            self._scope.session.flush()

    def _row(self, key: str) -> SavedListRow | None:
        return self._scope.session.scalar(
            select(SavedListRow).where(*self._mine(SavedListRow), SavedListRow.name_key == key)
        )

    def _rows(self) -> Sequence[SavedListRow]:
        return self._scope.session.scalars(
            select(SavedListRow)
            .where(*self._mine(SavedListRow))
            .order_by(SavedListRow.saved_at.desc(), SavedListRow.id)
        ).all()

    def _view(self, row: SavedListRow) -> SavedList:
        currency = self._scope.shop.currency
        lines = tuple(
            Kept(sku, name, quantity, Money(price, currency))
            for sku, name, quantity, price in row.lines
        )
        return SavedList(row.name, lines, row.saved_at)

    def _mine(self, table: type[WishRow] | type[SavedListRow]) -> tuple[ColumnElement[bool], ...]:
        return table.shop_id == self._scope.shop.id, table.person_id == self._person_id
