"""What customers would like to have, and the lists that they buy again."""

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonList, Key, Moment, PersonKey, ShopKey


class WishRow(Base):
    """One thing on a person's wish list. `told_at`: when they heard that it is back, which they hear once."""

    __tablename__ = "wishes"
    __table_args__ = (
        UniqueConstraint("shop_id", "person_id", "sku"),
        Index(
            "ix_wishes_waiting",
            "shop_id",
            "sku",
            "wanted_at",
            postgresql_where=text("told_at IS NULL"),
            sqlite_where=text("told_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    sku: Mapped[str]
    wanted_at: Mapped[Moment]
    told_at: Mapped[Moment | None]


class RestockRow(Base):
    """Goods that are back, while not everybody who wished for them has heard. `due_at`: when the next few
    are told."""

    __tablename__ = "restocks"
    __table_args__ = (UniqueConstraint("shop_id", "sku"), Index("ix_restocks_due", "due_at"))

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    sku: Mapped[str]
    due_at: Mapped[Moment]


class SavedListRow(Base):
    """`name_key` is the name in small letters. `lines`: [sku, name, quantity, minor units] each."""

    __tablename__ = "saved_lists"
    __table_args__ = (UniqueConstraint("shop_id", "person_id", "name_key"),)

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    name: Mapped[str]
    name_key: Mapped[str]
    lines: Mapped[JsonList] = mapped_column(default=list)
    saved_at: Mapped[Moment]


class PooledRow(Base):
    """A shop's `sku` is counted on the row `owner_sku` of the shop `owner_id`: goods of one supplier that
    several shops sell. `pool` is the supplier's phone and their name for the goods."""

    __tablename__ = "pooled_stock"
    __table_args__ = (
        UniqueConstraint("shop_id", "owner_id", "owner_sku"),
        Index("ix_pooled_stock_pool", "pool"),
        Index("ix_pooled_stock_owner", "owner_id", "owner_sku"),
    )

    shop_id: Mapped[ShopKey] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True)
    pool: Mapped[str]
    owner_id: Mapped[ShopKey]
    owner_sku: Mapped[str]
