"""How often something happened lately."""

from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Moment


class LimitRow(Base):
    """`count` times since `since`, for what `key` stands for: a digest, which names nobody. Written only
    while Redis is away."""

    __tablename__ = "limits"

    key: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[Moment]
    count: Mapped[int]
