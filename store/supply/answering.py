"""What a supplier's people say to orders of other shops, and what a reseller's see of it."""

from collections.abc import Callable, Sequence

from sqlalchemy import Select, select

from flows.ports.refusals import Refusal, SupplyOver, UnknownSupply
from flows.ports.supply import Supplied, Supply, SupplyStatus
from store.audit.trail import audited
from store.models import OrderRow, ShopRow, SupplyRow
from store.scope import Scope
from store.supply.views import UNDER_WAY, supplies_of, supply_of
from store.terms import terms_of

OPEN = (SupplyStatus.ASKED, SupplyStatus.PACKING, SupplyStatus.READY)
# What a phone shows at once is less than this.
MOST_LISTED = 20
LONGEST_REASON = 80


class ShopSupply:
    """Implements flows.ports.supply.SupplyPort. Only the request's own row is locked: the order belongs to
    another shop, whose people hear of the answer by the clock."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def waiting(self) -> Sequence[Supply]:
        rows = self._scope.session.scalars(
            self._mine.join(OrderRow, OrderRow.id == SupplyRow.order_id)
            .where(
                SupplyRow.created_at > self._scope.now - self._scope.rules.supplies_listed,
                SupplyRow.status.in_(OPEN),
                OrderRow.status.in_(UNDER_WAY),
            )
            .order_by(SupplyRow.number)
            .limit(MOST_LISTED)
        )
        return supplies_of(self._scope, rows.all())

    def find(self, number: int) -> Supply | None:
        row = self._scope.session.scalar(self._mine.where(SupplyRow.number == number))
        return supply_of(self._scope, row) if row is not None else None

    @audited()
    def accept(self, number: int) -> Supply | Refusal:
        def step(row: SupplyRow) -> None:
            if row.status == SupplyStatus.ASKED:
                self._answer(row, SupplyStatus.PACKING)

        return self._do(number, step)

    @audited()
    def ready(self, number: int) -> Supply | Refusal:
        def step(row: SupplyRow) -> None:
            if row.status != SupplyStatus.READY:
                self._answer(row, SupplyStatus.READY)

        return self._do(number, step)

    @audited()
    def refuse(self, number: int, reason: str) -> Supply | Refusal:
        def step(row: SupplyRow) -> None:
            row.reason = " ".join(reason.split())[:LONGEST_REASON] or None
            self._answer(row, SupplyStatus.REFUSED)

        return self._do(number, step)

    def of_order(self, number: int) -> Sequence[Supplied]:
        scope = self._scope
        if not terms_of(scope.shop).suppliers:
            return ()
        rows = scope.session.execute(
            select(ShopRow.name, SupplyRow.status)
            .join(ShopRow, ShopRow.id == SupplyRow.owner_id)
            .join(OrderRow, OrderRow.id == SupplyRow.order_id)
            .where(SupplyRow.shop_id == scope.shop.id, OrderRow.number == number)
            .order_by(ShopRow.name)
        )
        return [Supplied(name, SupplyStatus(status)) for name, status in rows]

    @property
    def _mine(self) -> Select[SupplyRow]:
        """What is wanted of this shop, and no other."""
        return select(SupplyRow).where(
            SupplyRow.owner_id == self._scope.shop.id, SupplyRow.number.is_not(None)
        )

    def _do(self, number: int, step: Callable[[SupplyRow], None]) -> Supply | Refusal:
        """One step of a locked request. A no is never taken back by somebody who says OK at the same
        moment: the reseller may have cancelled by then."""
        scope = self._scope
        row = scope.session.scalar(
            self._mine.where(SupplyRow.number == number)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if row is None:
            return UnknownSupply(number)
        if row.status == SupplyStatus.REFUSED:
            return SupplyOver(number, refused=True)
        standing = scope.session.scalar(
            select(OrderRow.status).where(
                OrderRow.shop_id == row.shop_id, OrderRow.id == row.order_id
            )
        )
        if row.status == SupplyStatus.OFF or standing not in UNDER_WAY:
            return SupplyOver(number, refused=False)
        step(row)
        return supply_of(scope, row)

    def _answer(self, row: SupplyRow, status: SupplyStatus) -> None:
        row.status, row.due_at, row.news_at = status.value, None, self._scope.now
        row.answered_at = row.answered_at or self._scope.now
