"""What the platform has said of shops and riders that broke its rules."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Key, Moment, ShopKey

IN_FORCE = text("kind = 'suspension' AND ended_at IS NULL")


class SanctionRow(Base):
    """`kind` "warning" or "suspension"; `rider_id` None: of the shop itself. `by` is who said so, and why
    is `reason`. `until`: when a suspension ends by itself, None: not before somebody ends it; `ended_at`
    and `ended_by` are how it was. `was` is how the shop stood before it."""

    __tablename__ = "sanctions"
    __table_args__ = (
        Index(None, "shop_id", "at"),
        Index("ix_sanctions_in_force", "until", postgresql_where=IN_FORCE, sqlite_where=IN_FORCE),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    rider_id: Mapped[UUID | None] = mapped_column(ForeignKey("riders.id"))
    kind: Mapped[str]
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[Moment]
    until: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    ended_by: Mapped[str | None]
    was: Mapped[str | None]
