"""What a member of the staff may do with the goods by phone."""

from collections.abc import Sequence

from flows.ports.orders import Role
from flows.ports.refusals import Refusal
from flows.ports.stall import PutOnSale
from flows.ports.trade import Offered
from intents.listing import Listing
from store.actor import Actor
from store.audit.trail import audited
from store.catalogue import SNAPSHOTS
from store.models import StaffRow
from store.scope import Scope
from store.snapshot import Snapshots
from store.stall import adding, changing


class ShopStall:
    """Implements flows.ports.stall.StallPort."""

    def __init__(self, scope: Scope, actor: StaffRow, snapshots: Snapshots = SNAPSHOTS) -> None:
        self._scope = scope
        self._actor = Actor(Role.SELLER, actor.person_id)
        self._snapshots = snapshots

    @audited(answered=True)
    def add(self, listing: Listing) -> PutOnSale | Refusal:
        snapshot = self._snapshots.of(self._scope.session, self._scope.shop)
        return adding.add(self._scope, snapshot, listing, self._actor)

    @audited(answered=True)
    def rename(self, sku: str, name: str) -> Offered | Refusal:
        return changing.rename(self._scope, sku, name)

    @audited(answered=True)
    def hide(self, sku: str) -> Offered | Refusal:
        return changing.hide(self._scope, sku)

    @audited(answered=True)
    def show(self, sku: str) -> Offered | Refusal:
        return changing.show(self._scope, sku)

    @audited(unsaid=("media",), answered=True)
    def picture(self, sku: str, media: str) -> Offered | Refusal:
        return changing.picture(self._scope, sku, media)

    def hidden(self) -> Sequence[Offered]:
        return changing.hidden(self._scope)
