"""What resellers' orders want of their suppliers."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Key, Moment, ShopKey

DUE = text("due_at IS NOT NULL")
NEWS = text("news_at IS NOT NULL")


class SupplyRow(Base):
    """An order of `shop_id` has goods of the shop `owner_id`, which its file calls `supplier`. `number` is
    its name among those of the owner ("S12"), None until the owner's people were told. `status`: asked,
    packing, ready, refused (with its `reason`), off (the order is cancelled). `due_at`: when the owner's
    people next hear of it, and `reminders` how often they were reminded; `news_at`: when the reseller's next
    do. `answered_at`: when it was first answered."""

    __tablename__ = "supplies"
    __table_args__ = (
        UniqueConstraint("owner_id", "number"),
        UniqueConstraint("order_id", "supplier"),
        Index("ix_supplies_due", "due_at", postgresql_where=DUE, sqlite_where=DUE),
        Index("ix_supplies_news", "news_at", postgresql_where=NEWS, sqlite_where=NEWS),
        Index("ix_supplies_owner", "owner_id", "created_at"),
        Index("ix_supplies_shop_id", "shop_id"),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    owner_id: Mapped[ShopKey]
    supplier: Mapped[str]
    number: Mapped[int | None]
    status: Mapped[str] = mapped_column(default="asked")
    reason: Mapped[str | None]
    reminders: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Moment | None]
    news_at: Mapped[Moment | None]
    answered_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
