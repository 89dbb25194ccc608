"""The ways into a shop, as its lines say."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from flows.ways import By, Way
from store.models import AddressRow, LineRow, ShopRow


def find_shop(session: Session, slug: str) -> ShopRow | None:
    return session.scalar(select(ShopRow).where(ShopRow.slug == slug))


def ways_into(session: Session, shop_id: UUID) -> Sequence[Way]:
    """The first line of each medium, WhatsApp first. A line whose number nobody can write to (a
    phone_number_id that was not told its number) is none."""
    rows = session.execute(
        select(LineRow, AddressRow)
        .join(AddressRow, AddressRow.id == LineRow.address_id)
        .where(LineRow.shop_id == shop_id)
        .order_by(LineRow.position, LineRow.id)
    )
    found: dict[By, Way] = {}
    for line, address in rows:
        by, reached = By(address.channel), _reached(address)
        if reached is not None:
            found.setdefault(by, Way(by, reached, line.keyword or line.extension))
    return [found[by] for by in By if by in found]


def _reached(address: AddressRow) -> str | None:
    """What people write to. Meta's address is an id that nobody can call."""
    return address.number or (None if address.provider == "meta" else address.address)
