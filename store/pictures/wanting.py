"""A picture is asked for, in the turn in which it came."""

from sqlalchemy import delete

from store.ids import new_id
from store.models import PictureRow
from store.models.pictures import KEPT, WANTED
from store.pictures.ticket import Ticket
from store.scope import Scope

# Nobody finds a picture who was not shown it.
NAME_BITS = 128


def want(scope: Scope, sku: str, ticket: str) -> None:
    """Have the picture of a product fetched after this transaction. An older one stays until then; one
    that was asked for and has not come is asked for no more."""
    asked = Ticket.of(ticket)
    scope.session.execute(
        delete(PictureRow).where(
            PictureRow.shop_id == scope.shop.id, PictureRow.sku == sku, PictureRow.status != KEPT
        )
    )
    scope.session.add(
        PictureRow(
            id=new_id(),
            shop_id=scope.shop.id,
            address_id=asked.address_id,
            sku=sku,
            media=asked.media,
            name=f"{scope.chance.getrandbits(NAME_BITS):032x}",
            status=WANTED,
            tries=0,
            due_at=scope.now,
            created_at=scope.now,
        )
    )
