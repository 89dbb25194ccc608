"""What staff did, written once."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Document, JsonMap, Moment, SerialKey


class AuditRow(Base):
    """One thing that somebody of a shop's staff or of the platform's did, in the transaction in which it was
    done. `who` is "seller:<person id>" or "cli:<name on the server>", `source` by which screen and
    from which number (masked), `action` the method or command, `given` with what. `before` and `after` have
    the values that changed, by row. `outcome` is "done", or the name of the refusal. Triggers refuse every
    change, and that a row is taken out before it is a year old."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "shop_id", "at"), Index(None, "at"))

    id: Mapped[SerialKey]
    shop_id: Mapped[UUID | None] = mapped_column(ForeignKey("shops.id"))
    at: Mapped[Moment]
    who: Mapped[str]
    source: Mapped[str]
    action: Mapped[str]
    given: Mapped[JsonMap] = mapped_column(Document)
    before: Mapped[JsonMap] = mapped_column(Document)
    after: Mapped[JsonMap] = mapped_column(Document)
    outcome: Mapped[str]
