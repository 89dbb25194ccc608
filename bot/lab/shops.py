"""The shops that the lab offers: their lines, and whose phones belong to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.lab.phones import Phone
from channels.channel import Medium
from store.models import AddressRow, LineRow, PersonRow, ProductRow, RiderRow, ShopRow, StaffRow
from store.terms import terms_of


@dataclass(frozen=True, slots=True)
class Line:
    """Where a shop is reached. `word` is the keyword or extension of a shared address."""

    medium: Medium
    provider: str
    address: str
    word: str | None


@dataclass(frozen=True, slots=True)
class Good:
    sku: str
    name: str
    code: int | None


@dataclass(frozen=True, slots=True)
class Shop:
    id: UUID
    slug: str
    name: str
    country: str
    lines: tuple[Line, ...]
    sellers: tuple[Phone, ...]
    riders: tuple[Phone, ...]
    goods: tuple[Good, ...]
    rails: tuple[str, ...] = ()

    def line(self, medium: Medium) -> Line | None:
        """The first of its lines on a medium."""
        return next((line for line in self.lines if line.medium is medium), None)


def shop_names(session: Session) -> Sequence[tuple[str, str]]:
    """(slug, name) of every shop, in the order in which they were loaded."""
    rows = session.execute(select(ShopRow.slug, ShopRow.name).order_by(ShopRow.id)).all()
    return [(slug, name) for slug, name in rows]


def read_shop(session: Session, slug: str, providers: Collection[str]) -> Shop | None:
    """A shop with those of its lines that the emulated `providers` can serve."""
    row = session.scalars(select(ShopRow).where(ShopRow.slug == slug)).first()
    if row is None:
        return None
    return Shop(
        id=row.id,
        slug=row.slug,
        name=row.name,
        country=row.country,
        lines=_lines(session, row.id, providers),
        sellers=_sellers(session, row.id),
        riders=_riders(session, row.id),
        goods=_goods(session, row.id),
        rails=tuple(terms_of(row).rails),
    )


def provider_of(session: Session, medium: Medium, address: str) -> str | None:
    """Through whom messages to one of our own addresses arrive."""
    return session.scalars(
        select(AddressRow.provider).where(
            AddressRow.channel == medium.value, AddressRow.address == address
        )
    ).first()


def _lines(session: Session, shop_id: UUID, providers: Collection[str]) -> tuple[Line, ...]:
    rows = session.execute(
        select(LineRow, AddressRow)
        .join(AddressRow, AddressRow.id == LineRow.address_id)
        .where(LineRow.shop_id == shop_id, AddressRow.provider.in_(providers))
        .order_by(LineRow.position)
    )
    # An account of the line's own signs with a secret that the emulators do not hold.
    return tuple(
        Line(
            Medium(address.channel),
            address.provider,
            address.address,
            line.keyword or line.extension,
        )
        for line, address in rows
        if address.sealed is None and not address.credentials
    )


def _sellers(session: Session, shop_id: UUID) -> tuple[Phone, ...]:
    rows = session.execute(
        select(StaffRow.name, StaffRow.role, PersonRow.phone)
        .join(PersonRow, PersonRow.id == StaffRow.person_id)
        .where(StaffRow.shop_id == shop_id, StaffRow.active)
        .order_by(StaffRow.position)
    )
    return tuple(Phone(name or role.capitalize(), phone) for name, role, phone in rows if phone)


def _riders(session: Session, shop_id: UUID) -> tuple[Phone, ...]:
    rows = session.execute(
        select(RiderRow.name, PersonRow.phone)
        .join(PersonRow, PersonRow.id == RiderRow.person_id)
        .where(RiderRow.shop_id == shop_id, RiderRow.active)
        .order_by(RiderRow.position)
    )
    return tuple(Phone(name, phone) for name, phone in rows if phone)


def _goods(session: Session, shop_id: UUID) -> tuple[Good, ...]:
    rows = session.execute(
        select(ProductRow.sku, ProductRow.name, ProductRow.code)
        .where(ProductRow.shop_id == shop_id, ProductRow.active)
        .order_by(ProductRow.position, ProductRow.id)
        .limit(3)
    )
    return tuple(Good(sku, name, code) for sku, name, code in rows)
