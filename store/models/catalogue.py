"""What a shop sells, and how much of it is there."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonList, JsonMap, Key, Minor, Moment, SerialKey, ShopKey


class CategoryRow(Base):
    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("shop_id", "name"),)

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    name: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id"))
    position: Mapped[int] = mapped_column(default=0)


class ProductRow(Base):
    """`price` and `wholesale_price` in the shop's currency. `code` (1-999) is for USSD and posters; the
    thousandth product has none. How low its price may be talked: `floor`, or `floor_off` in hundredths
    of a percent of the price (0: not at all); neither: as far as is usual in the shop. `supplier`: whose
    it is, by the key in the shop's file; they get `base_price` for each. `sale_price` holds from `sale_from`
    until just before `sale_until`; `breaks` are [from so many, each costs]. `minimum`: fewer are not sold.
    `cost` is what the seller pays for one; customers never see it. `by_phone`: a seller listed it by a
    message, so that it is in no file; `hidden`: a seller took it out of sight, whatever the file says.
    So many `raters` have given so many `stars` together."""

    __tablename__ = "products"
    __table_args__ = (UniqueConstraint("shop_id", "sku"), UniqueConstraint("shop_id", "code"))

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    sku: Mapped[str]
    name: Mapped[str]
    description: Mapped[str | None]
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id"))
    unit: Mapped[str | None]
    price: Mapped[Minor]
    wholesale_price: Mapped[Minor | None]
    floor: Mapped[Minor | None]
    floor_off: Mapped[int | None]
    base_price: Mapped[Minor | None]
    supplier: Mapped[str | None]
    sale_price: Mapped[Minor | None]
    sale_from: Mapped[Moment | None]
    sale_until: Mapped[Moment | None]
    breaks: Mapped[JsonList | None]
    cost: Mapped[Minor | None]
    brand: Mapped[str | None]
    tags: Mapped[JsonList | None]
    featured: Mapped[bool] = mapped_column(default=False, server_default=false())
    backorder: Mapped[bool] = mapped_column(default=False, server_default=false())
    minimum: Mapped[int] = mapped_column(default=1, server_default="1")
    picture: Mapped[str | None]
    code: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    by_phone: Mapped[bool] = mapped_column(default=False, server_default=false())
    hidden: Mapped[bool] = mapped_column(default=False, server_default=false())
    position: Mapped[int] = mapped_column(default=0)
    stars: Mapped[int] = mapped_column(default=0, server_default="0")
    raters: Mapped[int] = mapped_column(default=0, server_default="0")


class VariantRow(Base):
    """`attributes` such as {"size": "5kg"}; `price` and `base_price` None: the product's, the price with
    `modifier` added. `floor`, `floor_off`, the sale, `breaks` and `cost` as a product's."""

    __tablename__ = "variants"
    __table_args__ = (UniqueConstraint("shop_id", "sku"), Index(None, "product_id"))

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    sku: Mapped[str]
    attributes: Mapped[JsonMap]
    price: Mapped[Minor | None]
    modifier: Mapped[Minor | None]
    floor: Mapped[Minor | None]
    floor_off: Mapped[int | None]
    base_price: Mapped[Minor | None]
    sale_price: Mapped[Minor | None]
    sale_from: Mapped[Moment | None]
    sale_until: Mapped[Moment | None]
    breaks: Mapped[JsonList | None]
    cost: Mapped[Minor | None]
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)


class AliasRow(Base):
    """Another name for a product or a variant, in the seller's or the customers' words. `by_phone`: the
    seller gave it by a message, so that it is in no file."""

    __tablename__ = "aliases"
    __table_args__ = (UniqueConstraint("shop_id", "alias"),)

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    sku: Mapped[str]
    alias: Mapped[str]
    by_phone: Mapped[bool] = mapped_column(default=False, server_default=false())


class StockRow(Base):
    """How much of a sku is on the shelf, and how much of that is promised. No row: not counted.

    `from_file` is the number the shop's file said when it was last applied: loading the same file
    again must not bring back what was sold since. `low` and `critical` are the numbers at which the seller
    is told, where they are not the shop's; `low_from_file` and `critical_from_file` are as `from_file`."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("on_hand >= held", name="covers_held"),
        CheckConstraint("held >= 0", name="held_not_negative"),
    )

    shop_id: Mapped[UUID] = mapped_column(ForeignKey("shops.id"), primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True)
    on_hand: Mapped[int]
    held: Mapped[int] = mapped_column(default=0)
    from_file: Mapped[int | None]
    low: Mapped[int | None]
    critical: Mapped[int | None]
    low_from_file: Mapped[int | None]
    critical_from_file: Mapped[int | None]


class HoldRow(Base):
    """Stock promised to an order. `state`: open, taken (sold), released. No `expires_at`: until the
    order ends."""

    __tablename__ = "holds"
    __table_args__ = (
        UniqueConstraint("order_id", "sku"),
        Index("ix_holds_expiry", "expires_at", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    sku: Mapped[str]
    quantity: Mapped[int]
    state: Mapped[str] = mapped_column(default="open")
    expires_at: Mapped[Moment | None]


class StockMovementRow(Base):
    """The ledger of the shelf. `kind`: in, out, adjustment, damaged, expired; `by` is who."""

    __tablename__ = "stock_movements"
    __table_args__ = (Index(None, "shop_id", "sku"),)

    id: Mapped[SerialKey]
    shop_id: Mapped[ShopKey]
    sku: Mapped[str]
    kind: Mapped[str]
    quantity: Mapped[int]
    before: Mapped[int]
    after: Mapped[int]
    reference: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[Moment]
