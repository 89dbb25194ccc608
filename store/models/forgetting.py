"""People who asked to be forgotten, and what must be known of them all the same."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonList, Key, Moment, PersonKey, ShopKey

NOT_DONE = text("done_at IS NULL")


class ForgettingRow(Base):
    """A person asked at this shop to be forgotten, which is done at `due_at`, after the goodbye has left.
    `digests` are keyed ones of their number and user id, until then."""

    __tablename__ = "forgettings"
    __table_args__ = (
        Index(
            "uq_forgettings_open",
            "person_id",
            unique=True,
            postgresql_where=NOT_DONE,
            sqlite_where=NOT_DONE,
        ),
        Index("ix_forgettings_due", "due_at", postgresql_where=NOT_DONE, sqlite_where=NOT_DONE),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    digests: Mapped[JsonList] = mapped_column(default=list)
    asked_at: Mapped[Moment]
    due_at: Mapped[Moment]
    done_at: Mapped[Moment | None]


class StopRow(Base):
    """Somebody who is forgotten had said STOP to this shop (None: to all), at this moment. They are known by
    a keyed digest alone, until they write again."""

    __tablename__ = "stops"
    __table_args__ = (UniqueConstraint("digest", "shop_id"),)

    id: Mapped[Key]
    digest: Mapped[str]
    shop_id: Mapped[UUID | None] = mapped_column(ForeignKey("shops.id"))
    said_at: Mapped[Moment]
