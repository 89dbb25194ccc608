"""Goods that a shop sells out of another's catalogue."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Minor, ShopKey


class ListingRow(Base):
    """The product `sku` of the shop `owner_id`, which this shop's file calls `supplier`. It costs `price`, or
    what the supplier gets and `markup` more (hundredths of a percent). `by_phone`: it is in no file. `seen`
    is the version of the owner's catalogue that it was last brought to, 0 for none. `withdrawn`: it is not on
    sale, because its owner takes no orders."""

    __tablename__ = "listings"
    __table_args__ = (Index("ix_listings_owner_id", "owner_id"),)

    shop_id: Mapped[ShopKey] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("shops.id"))
    supplier: Mapped[str]
    price: Mapped[Minor | None]
    markup: Mapped[int] = mapped_column(default=0)
    by_phone: Mapped[bool] = mapped_column(default=False)
    seen: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())
