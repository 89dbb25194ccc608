"""The numbers to which shops have their money sent, where it is not the owner's own phone."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Key, Moment, PersonKey, ShopKey

PROPOSED = text("set_at IS NULL AND ended_at IS NULL")
IN_FORCE = text("set_at IS NOT NULL AND ended_at IS NULL")
TO_BE_NAMED = text("next_poll_at IS NOT NULL")


class PayoutNumberRow(Base):
    """A number that an owner (`person_id`) named for the shop's money, to be reached by `rail`.

    While `next_poll_at` is set the rail is to be asked whose wallet it is; `holder` is what it said, None
    where it does not say. `set_at`: the owner's code came back, and money goes there. `ended_at`: it does
    no more, or never did; `outcome` says why. A shop has one that is proposed, and one in force."""

    __tablename__ = "payout_numbers"
    __table_args__ = (
        Index(
            "uq_payout_numbers_proposed",
            "shop_id",
            unique=True,
            postgresql_where=PROPOSED,
            sqlite_where=PROPOSED,
        ),
        Index(
            "uq_payout_numbers_in_force",
            "shop_id",
            unique=True,
            postgresql_where=IN_FORCE,
            sqlite_where=IN_FORCE,
        ),
        Index("ix_payout_numbers_due", "next_poll_at", postgresql_where=TO_BE_NAMED),
        Index("ix_payout_numbers_shop", "shop_id", "created_at"),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    phone: Mapped[str]
    rail: Mapped[str]
    holder: Mapped[str | None]
    polls: Mapped[int] = mapped_column(default=0)
    next_poll_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    set_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    outcome: Mapped[str | None]
