"""The names of big shops, written down so that one message's words find them."""

from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonList, ShopKey


class SoughtRow(Base):
    """One product with its variants. `said` holds the words of all its names between spaces, its names
    without spaces after "=", its skus after "#"; `shortest` is how many words its shortest name has;
    `entries` is what the language engine needs. Its trigram index is made in store.lookup.ready, where the
    database has one."""

    __tablename__ = "sought"

    shop_id: Mapped[ShopKey] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True)
    said: Mapped[str]
    shortest: Mapped[int]
    entries: Mapped[JsonList]


class SoughtWordRow(Base):
    """A word, number or size that some name in the shop carries, or after "=" a name without spaces."""

    __tablename__ = "sought_words"

    shop_id: Mapped[ShopKey] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
