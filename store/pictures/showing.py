"""Where a kept picture is shown, and to whom it is not."""

from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from flows.ports.shop import Standing
from store.models import PictureRow, ProductRow, ShopRow
from store.models.pictures import KEPT
from store.standing import standing_of

# The path at the server's own address under which pictures are shown.
SHOWN_UNDER = "/pictures/"
ENDING = ".jpg"
# A shop that waits for being verified is looked at by its own people.
OPEN = (Standing.PENDING, Standing.LIVE, Standing.PAUSED)


def path_of(name: str) -> str:
    return f"{SHOWN_UNDER}{name}{ENDING}"


def is_kept_here(picture: str | None) -> bool:
    """Whether a product's picture was sent by phone, and is not somewhere else."""
    return picture is not None and picture.startswith(SHOWN_UNDER)


def find(session: Session, name: str, now: datetime) -> bytes | None:
    """The JPEG of this name. None where it is no longer the picture of something that can be found, or
    its shop may not sell."""
    pictured = and_(
        ProductRow.shop_id == PictureRow.shop_id,
        ProductRow.sku == PictureRow.sku,
        ProductRow.picture == path_of(name),
    )
    found = session.execute(
        select(ShopRow, PictureRow.content)
        .join(PictureRow, PictureRow.shop_id == ShopRow.id)
        .join(ProductRow, pictured)
        .where(PictureRow.name == name, PictureRow.status == KEPT)
        .where(ProductRow.active, ~ProductRow.hidden)
    ).first()
    if found is None or standing_of(found[0], now) not in OPEN:
        return None
    content: bytes | None = found[1]
    return content
