"""Goods that are not there, for a member of the shop's staff."""

from flows.ports.lacking import Lack
from flows.ports.orders import Role
from flows.ports.refusals import Refusal
from store.actor import Actor
from store.audit.trail import audited
from store.models import StaffRow
from store.orders import lacking
from store.orders.views import find, locked
from store.scope import Scope


class LackingDesk:
    """Implements flows.ports.lacking.LackingPort."""

    def __init__(self, scope: Scope, staff: StaffRow) -> None:
        self._scope = scope
        self._actor = Actor(Role.SELLER, staff.person_id)

    def without(self, number: int, sku: str, quantity: int | None) -> Lack | Refusal:
        order = find(self._scope, number)
        return lacking.without(self._scope, order, number, sku, quantity)

    @audited()
    def take_out(self, number: int, sku: str, quantity: int, step: int) -> Lack | Refusal:
        order = locked(self._scope, number=number)
        return lacking.take_out(self._scope, order, number, sku, quantity, step, self._actor)
