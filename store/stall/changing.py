"""A seller renames goods, gives them a picture, takes them out of sight and brings them back."""

from collections.abc import Sequence

from sqlalchemy import select

from flows.ports.refusals import NameTaken, Refusal, SuppliersPicture, UnknownProduct
from flows.ports.trade import Offered
from store.listings.listed import is_listed
from store.lookup.upkeep import keep_as_it_is
from store.models import ProductRow
from store.pictures.wanting import want
from store.scope import Scope
from store.snapshot import changed
from store.stall.adding import same_name


def rename(scope: Scope, sku: str, name: str) -> Offered | Refusal:
    """What was ordered before keeps the name that it had."""
    row = _locked(scope, sku)
    if row is None:
        return UnknownProduct(sku)
    others = scope.session.execute(
        select(ProductRow.name, ProductRow.sku).where(
            ProductRow.shop_id == scope.shop.id, ProductRow.id != row.id, ProductRow.active
        )
    )
    taken = next((NameTaken(*other) for other in others if same_name(other.name, name)), None)
    if taken is not None:
        return taken
    if row.name != name:
        row.name = name
        _note(scope)
    return Offered(row.sku, row.name)


def hide(scope: Scope, sku: str) -> Offered | Refusal:
    """Nobody finds it until it is shown again; open orders for it go on."""
    return _set_hidden(scope, sku, hidden=True)


def show(scope: Scope, sku: str) -> Offered | Refusal:
    return _set_hidden(scope, sku, hidden=False)


def picture(scope: Scope, sku: str, ticket: str) -> Offered | Refusal:
    """Nobody sees a change before the picture is here."""
    row = _locked(scope, sku)
    if row is None:
        return UnknownProduct(sku)
    if is_listed(scope.session, scope.shop, row.sku):
        return SuppliersPicture(row.name)
    want(scope, row.sku, ticket)
    return Offered(row.sku, row.name)


def hidden(scope: Scope) -> Sequence[Offered]:
    """What is out of sight, in the shop's order."""
    rows = scope.session.execute(
        select(ProductRow.sku, ProductRow.name)
        .where(ProductRow.shop_id == scope.shop.id, ProductRow.hidden, ProductRow.active)
        .order_by(ProductRow.position)
    )
    return [Offered(sku, name) for sku, name in rows]


def _set_hidden(scope: Scope, sku: str, *, hidden: bool) -> Offered | Refusal:
    row = _locked(scope, sku)
    if row is None:
        return UnknownProduct(sku)
    if row.hidden != hidden:
        row.hidden = hidden
        _note(scope)
    return Offered(row.sku, row.name)


def _locked(scope: Scope, sku: str) -> ProductRow | None:
    return scope.session.scalar(
        select(ProductRow)
        .where(ProductRow.shop_id == scope.shop.id, ProductRow.sku == sku, ProductRow.active)
        .with_for_update()
    )


def _note(scope: Scope) -> None:
    changed(scope.session, scope.shop)
    keep_as_it_is(scope.session, scope.shop)
