"""Carts and orders."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.models.base import (
    Base,
    JsonList,
    JsonMap,
    Key,
    Minor,
    Moment,
    PersonKey,
    SerialKey,
    ShopKey,
)
from store.models.deliveries import DeliveryRow

OPEN_ORDER = "status NOT IN ('delivered', 'cancelled', 'returned')"


class CartRow(Base):
    """`status`: open, ordered, expired. At most one is open per person and shop. `agreed` are the prices
    that were bargained for it: sku -> [minor units, until when (ISO 8601)]. `coupon` is the code that the
    customer gave, `points` how many they want to spend at most. `remind_at`: when the owner of an
    unfinished checkout is reminded of it, which they are once."""

    __tablename__ = "carts"
    __table_args__ = (
        Index(
            "uq_carts_open",
            "shop_id",
            "person_id",
            unique=True,
            postgresql_where=text("status = 'open'"),
            sqlite_where=text("status = 'open'"),
        ),
        Index(
            "ix_carts_remind_at",
            "remind_at",
            postgresql_where=text("status = 'open' AND remind_at IS NOT NULL"),
            sqlite_where=text("status = 'open' AND remind_at IS NOT NULL"),
        ),
        Index("ix_carts_idle", "updated_at", postgresql_where=text("status = 'open'")),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    status: Mapped[str] = mapped_column(default="open")
    agreed: Mapped[JsonMap] = mapped_column(default=dict, server_default="{}")
    coupon: Mapped[str | None]
    points: Mapped[Minor | None]
    updated_at: Mapped[Moment]
    remind_at: Mapped[Moment | None]
    reminded_at: Mapped[Moment | None]

    lines: Mapped[list["CartLineRow"]] = relationship(
        order_by="CartLineRow.position", cascade="all, delete-orphan"
    )


class CartLineRow(Base):
    """`unit_price` is what was last shown to the customer."""

    __tablename__ = "cart_lines"

    cart_id: Mapped[UUID] = mapped_column(ForeignKey("carts.id"), primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[int]
    unit_price: Mapped[Minor]
    position: Mapped[int] = mapped_column(default=0)


class OrderRow(Base):
    """An order, with its goods' names and prices as they were. `channel` is the medium it came by.

    `held_until`: when an unpaid order lapses and its stock is free again; None once it stands (paid,
    on cash, ended). `phone` and `name` are the customer's at the time;
    somebody without a phone number gave that number to be called on. `discount` is all that is off the goods,
    `savings` what it is made of: {"kind", "name", "amount", "by", "reference", "cuts"} each, where `by` is
    the kind of deduction that made it, `amount` in minor units, and `cuts` are [position, amount] of the
    lines. `lacking` is what the seller took out since, because it was not there: {"sku", "name", "quantity",
    "goods", "amount", "points"} each, where `goods` is what it cost before anything was off, `amount` what
    came off the total, and `points` what points had paid of it, in minor units. `code` is the 4-digit
    delivery code, and `code_tries` the wrong ones given. `reminders` counts how often the seller was
    reminded. `successor_of` is the cancelled order whose late money paid this one; `paid_by` is the payment
    attempt that paid it (no foreign key: attempts already point here). `answered_at`: when its seller
    first said yes or no. `cancel_asked_at`: when its customer, too late to cancel it, asked the seller to.
    `slot_from` and `slot_until`: the window in which it is brought, where one was chosen. `promised_at`: by
    when it was said to be there, known once it stands; for another area it is said anew.
    `rating_at`: when its buyer is to be asked for stars. `repair_of` is the order in place of whose goods it
    is sent (no foreign key: SQLite adds none later).
    `latitude` and `longitude`, in decimal degrees, are where the customer has shown it goes to.
    `due_at_door`: what bringing it costs more since it was paid, beyond `total` and in cash at the door.
    `door_credit`: how much dearer the place was that was paid for than the one it goes to."""

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("shop_id", "number"),
        Index(None, "shop_id", "person_id", "created_at"),
        Index(None, "shop_id", "created_at"),
        Index(
            "ix_orders_open",
            "shop_id",
            "number",
            postgresql_where=text(OPEN_ORDER),
            sqlite_where=text(OPEN_ORDER),
        ),
        Index("ix_orders_created_at", "created_at", postgresql_using="brin"),
        Index("ix_orders_held", "held_until", postgresql_where=text("held_until IS NOT NULL")),
        Index(
            "ix_orders_slot",
            "shop_id",
            "slot_from",
            postgresql_where=text("slot_from IS NOT NULL"),
            sqlite_where=text("slot_from IS NOT NULL"),
        ),
        Index(
            "ix_orders_rating",
            "rating_at",
            postgresql_where=text("rating_at IS NOT NULL"),
            sqlite_where=text("rating_at IS NOT NULL"),
        ),
        Index("ix_orders_unanswered", "remind_at", postgresql_where=text("remind_at IS NOT NULL")),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    number: Mapped[int]
    status: Mapped[str] = mapped_column(default="pending")
    payment_status: Mapped[str] = mapped_column(default="pending")
    currency: Mapped[str]
    subtotal: Mapped[Minor]
    delivery_fee: Mapped[Minor]
    discount: Mapped[Minor] = mapped_column(default=0)
    tax: Mapped[Minor] = mapped_column(default=0, server_default="0")
    total: Mapped[Minor]
    due_at_door: Mapped[Minor] = mapped_column(default=0, server_default="0")
    door_credit: Mapped[Minor] = mapped_column(default=0, server_default="0")
    savings: Mapped[JsonList] = mapped_column(default=list, server_default="[]")
    lacking: Mapped[JsonList] = mapped_column(default=list, server_default="[]")
    fulfilment: Mapped[str]
    rail: Mapped[str]
    payer: Mapped[str | None]
    channel: Mapped[str]
    phone: Mapped[str | None]
    name: Mapped[str | None]
    area: Mapped[str | None]
    landmark: Mapped[str | None]
    zone: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    eta: Mapped[str | None]
    code: Mapped[str]
    code_tries: Mapped[int] = mapped_column(default=0)
    held_until: Mapped[Moment | None]
    remind_at: Mapped[Moment | None]
    reminders: Mapped[int] = mapped_column(default=0)
    successor_of: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    paid_by: Mapped[UUID | None]
    repair_of: Mapped[UUID | None]
    answered_at: Mapped[Moment | None]
    delivered_at: Mapped[Moment | None]
    promised_at: Mapped[Moment | None]
    slot_from: Mapped[Moment | None]
    slot_until: Mapped[Moment | None]
    rating_at: Mapped[Moment | None]
    cancel_asked_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]

    lines: Mapped[list["OrderLineRow"]] = relationship(order_by="OrderLineRow.position")
    delivery: Mapped[DeliveryRow | None] = relationship()


class OrderLineRow(Base):
    """`discount` is what is off `total`. `commission` is the platform's part of it. What comes from a
    supplier has their key, and the `base` price of one, which is theirs."""

    __tablename__ = "order_lines"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str]
    name: Mapped[str]
    quantity: Mapped[int]
    unit_price: Mapped[Minor]
    total: Mapped[Minor]
    discount: Mapped[Minor] = mapped_column(default=0, server_default="0")
    commission: Mapped[Minor] = mapped_column(default=0, server_default="0")
    base: Mapped[Minor | None]
    supplier: Mapped[str | None]


class OrderHistoryRow(Base):
    """Every change of an order's `field` (status, payment_status, address, fulfilment, ...)."""

    __tablename__ = "order_history"
    __table_args__ = (Index(None, "order_id"),)

    id: Mapped[SerialKey]
    shop_id: Mapped[ShopKey]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    by: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[Moment]
