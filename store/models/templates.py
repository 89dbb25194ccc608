"""Texts that WhatsApp has approved."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonList, Key, Moment, ShopKey


class TemplateRow(Base):
    """A template at Meta, by its `name` and `language` there ("en", "en_GB").

    `notice` is the key of the message that it stands for; `placeholders` are the names of that
    message's values, in the order of {{1}}, {{2}}. Only an `approved` one is sent."""

    __tablename__ = "templates"
    __table_args__ = (UniqueConstraint("shop_id", "name", "language"),)

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    name: Mapped[str]
    language: Mapped[str]
    notice: Mapped[str]
    placeholders: Mapped[JsonList] = mapped_column(default=list)
    approved: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[Moment]
