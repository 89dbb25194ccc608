"""People who were asked to work at a shop."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonList, Key, Moment, PersonKey, ShopKey

STILL_OPEN = text("closed_at IS NULL")


class InvitationRow(Base):
    """A person is to be `part` ("seller" or "rider") at a shop, by the word of the owner `asked_by`. They
    hear of it at `sent_at`, when the owner's code is back, and can answer `until`. One is open per person
    and shop; `outcome` says how it was closed."""

    __tablename__ = "invitations"
    __table_args__ = (
        Index(
            "uq_invitations_open",
            "shop_id",
            "person_id",
            unique=True,
            postgresql_where=STILL_OPEN,
            sqlite_where=STILL_OPEN,
        ),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str]
    part: Mapped[str]
    zones: Mapped[JsonList] = mapped_column(default=list)
    created_at: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    until: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    outcome: Mapped[str | None]
