"""Pictures that sellers sent of their goods."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Key, Moment, ShopKey

WANTED, KEPT, FAILED = "wanted", "kept", "failed"


class PictureRow(Base):
    """`media` is what the provider of the address calls it: an id, or where it is fetched; "" once it is
    here. `name` is the unguessable one under which it is shown. `status`: wanted, kept, or failed;
    `due_at` is when it is fetched next, None where there is nothing more to do. `content` is a JPEG, made
    small, which nobody needs who only looks the row up."""

    __tablename__ = "pictures"
    __table_args__ = (
        Index("ix_pictures_shop_id", "shop_id"),
        Index("ix_pictures_due_at", "due_at"),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    address_id: Mapped[UUID] = mapped_column(ForeignKey("addresses.id"))
    sku: Mapped[str]
    media: Mapped[str]
    name: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default=WANTED)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    content: Mapped[bytes | None] = mapped_column(deferred=True)
