"""What riders say they handed over to their shop."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Key, Minor, Moment, ShopKey

STILL_OPEN = text("settled_at IS NULL")


class HandOverRow(Base):
    """A rider says to have handed over `amount`; the shop has then counted `got`, 0 where it denies it.
    One at a time is open for each rider. Only what was counted is in the ledger."""

    __tablename__ = "hand_overs"
    __table_args__ = (
        Index(
            "uq_hand_overs_open",
            "shop_id",
            "rider_id",
            unique=True,
            postgresql_where=STILL_OPEN,
            sqlite_where=STILL_OPEN,
        ),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    rider_id: Mapped[UUID] = mapped_column(ForeignKey("riders.id"))
    amount: Mapped[Minor]
    currency: Mapped[str]
    got: Mapped[Minor | None]
    said_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]
