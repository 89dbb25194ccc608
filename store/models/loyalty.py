"""Coupons and who used them; points, what they are made of, and every movement of them."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonList, Key, Minor, Moment, PersonKey, SerialKey, ShopKey


class CouponRow(Base):
    """`code` is in capitals. `kind`: percent (`worth` in hundredths of a percent), fixed (`worth` in minor
    units), delivery. `minimum` and `maximum` are of the order's goods, `cap` of the discount, in minor
    units. It counts for goods that are in `categories` (keys) or `products` (skus), for all where both are
    empty, and never for those in `except_categories` or `except_products`. `limit_total` and
    `limit_person` None: no limit. `used` counts the uses that were not given back. `by_phone`: a seller
    made it by phone, and no file takes it away."""

    __tablename__ = "coupons"
    __table_args__ = (
        UniqueConstraint("shop_id", "code"),
        CheckConstraint("used >= 0", name="used"),
        CheckConstraint("limit_total IS NULL OR used <= limit_total", name="limit"),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    code: Mapped[str]
    kind: Mapped[str]
    worth: Mapped[Minor] = mapped_column(default=0)
    minimum: Mapped[Minor | None]
    maximum: Mapped[Minor | None]
    cap: Mapped[Minor | None]
    categories: Mapped[JsonList] = mapped_column(default=list)
    products: Mapped[JsonList] = mapped_column(default=list)
    except_categories: Mapped[JsonList] = mapped_column(default=list)
    except_products: Mapped[JsonList] = mapped_column(default=list)
    first_order: Mapped[bool] = mapped_column(default=False)
    limit_total: Mapped[int | None]
    limit_person: Mapped[int | None]
    used: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[Moment | None]
    ends_at: Mapped[Moment | None]
    active: Mapped[bool] = mapped_column(default=True)
    by_phone: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]


class CouponUseRow(Base):
    """One order's use of a coupon. `given_back_at`: the order ended early, and it counts no more."""

    __tablename__ = "coupon_uses"
    __table_args__ = (
        UniqueConstraint("order_id"),
        Index(None, "coupon_id", "person_id"),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    coupon_id: Mapped[UUID] = mapped_column(ForeignKey("coupons.id"))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    person_id: Mapped[PersonKey]
    at: Mapped[Moment]
    given_back_at: Mapped[Moment | None]


class PointsRow(Base):
    """A person's points at a shop: `balance` is what can be spent, `lifetime` what was ever earned and not
    taken back, which makes the tier. Its row is the lock for all that happens to them."""

    __tablename__ = "points"
    __table_args__ = (
        CheckConstraint("balance >= 0", name="balance"),
        CheckConstraint("lifetime >= 0", name="lifetime"),
    )

    shop_id: Mapped[ShopKey] = mapped_column(primary_key=True)
    person_id: Mapped[PersonKey] = mapped_column(primary_key=True)
    balance: Mapped[Minor] = mapped_column(default=0)
    lifetime: Mapped[Minor] = mapped_column(default=0)


class PointsLotRow(Base):
    """Points that expire together: of `points`, so many are `left`. `warn_at`: when their owner is to hear
    that they run out soon; None once told."""

    __tablename__ = "points_lots"
    __table_args__ = (
        CheckConstraint("points_left >= 0 AND points_left <= points", name="points_left"),
        Index(None, "shop_id", "person_id", "expires_at"),
        Index("ix_points_lots_running_out", "expires_at", postgresql_where=text("points_left > 0")),
        Index("ix_points_lots_to_warn", "warn_at", postgresql_where=text("warn_at IS NOT NULL")),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    points: Mapped[Minor]
    left: Mapped[Minor] = mapped_column("points_left")
    expires_at: Mapped[Moment]
    warn_at: Mapped[Moment | None]


class PointsEntryRow(Base):
    """One movement, never changed: `points` more or (negative) fewer, what stood `before` and `after`.
    `key` is unique in the shop and names the cause: "earn:<order>", "spend:<order>", "back:<order>:<so far>",
    "undo:<order>:<so far>", "expire:<lot>". `lots` says of which they were: [lot's id, how many] each.
    `note` has what could not be done."""

    __tablename__ = "points_entries"
    __table_args__ = (
        UniqueConstraint("shop_id", "key"),
        CheckConstraint('"after" = "before" + points AND "after" >= 0', name="adds_up"),
        Index(None, "shop_id", "person_id", "id"),
    )

    id: Mapped[SerialKey]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    key: Mapped[str]
    kind: Mapped[str]
    points: Mapped[Minor]
    before: Mapped[Minor]
    after: Mapped[Minor]
    lots: Mapped[JsonList] = mapped_column(default=list)
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    note: Mapped[str | None]
    at: Mapped[Moment]
