"""The shelf as the seller counts it: so many are there, so many came in, so many are lost."""

from dataclasses import dataclass

from store.actor import Actor
from store.models import StockRow
from store.pools import places
from store.scope import Scope
from store.shelf import Shelf, change, lock, record

MOST_ON_HAND = 10_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    """A shelf after it was set. `kept`: the number wanted was below what is held for open orders."""

    on_hand: int
    held: int
    kept: bool


def set_count(scope: Scope, sku: str, count: int, actor: Actor) -> Counted:
    """A stock-take: there are `count`. Never below what is held; counting begins where it had not."""
    shelf = _counted(scope, sku)
    return _settle(scope, sku, shelf, count, "adjustment", actor)


def add(scope: Scope, sku: str, more: int, actor: Actor) -> Counted:
    """`more` came in (or went, when negative), never below what is held."""
    shelf = _counted(scope, sku)
    return _settle(
        scope, sku, shelf, shelf.on_hand + more, "in" if more > 0 else "adjustment", actor
    )


def lose(scope: Scope, sku: str, lost: int, kind: str, actor: Actor) -> Counted:
    """`lost` pieces are "damaged" or "expired", never those that are held."""
    shelf = _counted(scope, sku)
    return _settle(scope, sku, shelf, shelf.on_hand - lost, kind, actor)


def _counted(scope: Scope, sku: str) -> Shelf:
    """The locked row, made at zero where the sku was not counted."""
    found = lock(scope, [sku]).get(sku)
    if found is not None:
        return found
    place = places(scope, [sku])[sku]
    scope.session.add(StockRow(shop_id=place[0], sku=place[1], on_hand=0, held=0))
    scope.session.flush()
    return Shelf(0, 0, place)


def _settle(scope: Scope, sku: str, shelf: Shelf, wanted: int, kind: str, actor: Actor) -> Counted:
    on_hand = max(wanted, shelf.held)
    delta = on_hand - shelf.on_hand
    if delta:
        change(scope, {sku: shelf}, on_hand={sku: delta})
        record(scope, kind, {sku: delta}, {sku: shelf}, None, actor)
    return Counted(on_hand, shelf.held, kept=bool(shelf.held) and wanted < shelf.held)
