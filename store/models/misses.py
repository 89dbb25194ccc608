"""What customers asked for and the shop does not know."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Moment, SerialKey, ShopKey

_WAITING = text("ask_at IS NOT NULL")
_UNCOUNTED = text("NOT counted")


class MissRow(Base):
    """Words that named nothing here. `people` counts the different ones who asked within the last week;
    `state`: open, aliased, dismissed. At `ask_at` the seller is asked about them, at `asked_at` they
    were."""

    __tablename__ = "misses"
    __table_args__ = (
        Index("ix_misses_ask_at", "ask_at", postgresql_where=_WAITING, sqlite_where=_WAITING),
        Index("ix_misses_last_at", "last_at"),
    )

    shop_id: Mapped[ShopKey] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="open")
    first_at: Mapped[Moment]
    last_at: Mapped[Moment]
    ask_at: Mapped[Moment | None]
    asked_at: Mapped[Moment | None]


class MissHeardRow(Base):
    """One time that somebody asked in vain. `asker` tells one person from another for these words at
    this shop alone, and says nothing else of them. Kept for a week."""

    __tablename__ = "misses_heard"
    __table_args__ = (
        Index("ix_misses_heard_words", "shop_id", "words"),
        Index("ix_misses_heard_at", "at"),
        Index(
            "ix_misses_heard_uncounted",
            "shop_id",
            postgresql_where=_UNCOUNTED,
            sqlite_where=_UNCOUNTED,
        ),
    )

    id: Mapped[SerialKey]
    shop_id: Mapped[ShopKey]
    words: Mapped[str]
    asker: Mapped[str]
    at: Mapped[Moment]
    counted: Mapped[bool] = mapped_column(default=False)


class AreaAskedRow(Base):
    """One time that somebody wanted goods brought to where the shop does not go. `asker` is as in
    MissHeardRow. At `tell_at` the seller hears of all that was asked for since, and it is forgotten."""

    __tablename__ = "areas_asked"
    __table_args__ = (
        Index("ix_areas_asked_shop_id", "shop_id"),
        Index("ix_areas_asked_tell_at", "tell_at"),
    )

    id: Mapped[SerialKey]
    shop_id: Mapped[ShopKey]
    words: Mapped[str]
    asker: Mapped[str]
    tell_at: Mapped[Moment]
