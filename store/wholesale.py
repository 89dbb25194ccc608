"""Buying at wholesale prices: asked for in a chat, granted and ended by the shop's staff."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from flows.happenings.wholesale import WholesaleAsked, WholesaleGranted, WholesaleRefused
from flows.ports.orders import Role
from flows.ports.refusals import Refusal, UnknownApplication
from flows.ports.wholesale import Application, Buying
from store.actor import Actor
from store.audit.trail import audited
from store.catalogue import SNAPSHOTS
from store.facts import note
from store.ids import new_id
from store.models import ApplicationRow, CustomerRow, PersonRow, StaffRow
from store.numbering import next_number
from store.scope import Scope
from store.snapshot import Snapshots

WHOLESALE, RETAIL = "wholesale", "retail"


class ShopWholesale:
    """Implements flows.ports.wholesale.WholesalePort. The conversation's lock is held."""

    def __init__(
        self,
        scope: Scope,
        person: PersonRow,
        customer: CustomerRow,
        snapshots: Snapshots = SNAPSHOTS,
    ) -> None:
        self._scope = scope
        self._person = person
        self._customer = customer
        self._snapshots = snapshots

    def standing(self) -> Buying:
        scope = self._scope
        if self._customer.price_list == WHOLESALE:
            return Buying.WHOLESALE
        goods = self._snapshots.of(scope.session, scope.shop).goods
        if not any(each.wholesale_price is not None for each in goods):
            return Buying.NONE
        return Buying.ASKED if self._pending() is not None else Buying.RETAIL

    def apply(self, business: str, about: str) -> Application:
        scope = self._scope
        pending = self._pending()
        if pending is not None:
            return _view(pending, self._person.phone)
        row = ApplicationRow(
            id=new_id(),
            shop_id=scope.shop.id,
            person_id=self._person.id,
            number=next_number(scope, ApplicationRow.number, ApplicationRow.shop_id),
            business=business,
            about=about,
            status="pending",
            created_at=scope.now,
        )
        scope.session.add(row)
        made = _view(row, self._person.phone)
        scope.tell(WholesaleAsked(made))
        return made

    def _pending(self) -> ApplicationRow | None:
        return self._scope.session.scalar(
            select(ApplicationRow).where(
                ApplicationRow.shop_id == self._scope.shop.id,
                ApplicationRow.person_id == self._person.id,
                ApplicationRow.status == "pending",
            )
        )


class ShopApprovals:
    """Implements flows.ports.wholesale.ApprovalsPort."""

    def __init__(self, scope: Scope, staff: StaffRow) -> None:
        self._scope = scope
        self._actor = Actor(Role.SELLER, staff.person_id)

    def waiting(self) -> Sequence[Application]:
        rows = self._scope.session.execute(
            select(ApplicationRow, PersonRow.phone)
            .join(PersonRow, PersonRow.id == ApplicationRow.person_id)
            .where(
                ApplicationRow.shop_id == self._scope.shop.id, ApplicationRow.status == "pending"
            )
            .order_by(ApplicationRow.number)
        )
        return [_view(row, phone) for row, phone in rows]

    @audited()
    def approve(self, number: int) -> Application | Refusal:
        found = self._locked(number)
        if found is None:
            return UnknownApplication(number)
        row, view = found
        if row.status != "approved":
            self._decide(row, "approved", WHOLESALE, None)
            self._scope.tell(WholesaleGranted(view))
        return view

    @audited(unsaid=("reason",))
    def decline(self, number: int, reason: str) -> Application | Refusal:
        found = self._locked(number)
        if found is None:
            return UnknownApplication(number)
        row, view = found
        if row.status not in ("declined", "ended"):
            ended = row.status == "approved"
            self._decide(row, "ended" if ended else "declined", RETAIL, reason)
            self._scope.tell(WholesaleRefused(view, reason, ended))
        return view

    def _locked(self, number: int) -> tuple[ApplicationRow, Application] | None:
        row = self._scope.session.scalar(
            select(ApplicationRow)
            .where(ApplicationRow.shop_id == self._scope.shop.id, ApplicationRow.number == number)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if row is None:
            return None
        return row, _view(row, _phone(self._scope.session, row.person_id))

    def _decide(
        self, row: ApplicationRow, status: str, price_list: str, reason: str | None
    ) -> None:
        scope = self._scope
        row.status, row.reason, row.by, row.decided_at = (
            status,
            reason or None,
            self._actor.label,
            scope.now,
        )
        scope.session.execute(
            update(CustomerRow)
            .where(CustomerRow.shop_id == scope.shop.id, CustomerRow.person_id == row.person_id)
            .values(price_list=price_list)
        )
        note(scope.session, "wholesale-decided", {"status": status}, scope.now, scope.shop.id)


def _phone(session: Session, person_id: UUID) -> str | None:
    return session.scalar(select(PersonRow.phone).where(PersonRow.id == person_id))


def _view(row: ApplicationRow, phone: str | None) -> Application:
    return Application(row.number, str(row.person_id), row.business, row.about, phone)
