"""Shops and the addresses on which they are reached."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.models.base import Base, JsonList, JsonMap, Key, Minor, Moment, ShopKey


class ShopRow(Base):
    """One seller's business. `hours` maps weekdays ("mon") to "08:00-12:00,14:00-20:00"; empty: always
    open. `closed_by_seller` is the word CLOSE. `catalogue_version` grows with every change of a name
    or a price. `commission` is in hundredths of a percent. `settings` holds the file's [delivery] and
    [payments] tables and the preset's numbers; `sealed` its credentials for the rails, None where it
    brings none. `sms_letters` is "plain" or "own": whether its SMS may cost UCS-2 for the letters of
    its language. `names_key` changes with the names of a big shop, and is None where they are not
    written down for being looked up. `tell_day_at` is when its people next hear how the day went, None
    until that was reckoned. `status` is a Standing; `paused_until` when a pause ends by itself.
    `verified_at` is when the platform's staff looked at it, None where they never did. `weather`
    makes deliveries dearer until `weather_until`; `own_areas` are those that the seller named by phone:
    {"name", "fee"} each, in minor units. `coupons`: whether it ever had any; where it had none, nobody
    looks for one. `shares_stock`: some of its goods are counted together with other shops'."""

    __tablename__ = "shops"
    __table_args__ = (Index("ix_shops_tell_day", "tell_day_at"),)

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    model: Mapped[str]
    country: Mapped[str]
    currency: Mapped[str]
    locales: Mapped[JsonList]
    timezone: Mapped[str]
    location: Mapped[str | None]
    owner: Mapped[str | None]
    hours: Mapped[JsonMap] = mapped_column(default=dict)
    closed_by_seller: Mapped[bool] = mapped_column(default=False)
    minimum_order: Mapped[Minor | None]
    commission: Mapped[int] = mapped_column(default=0)
    settings: Mapped[JsonMap] = mapped_column(default=dict)
    sms_letters: Mapped[str] = mapped_column(default="plain")
    sealed: Mapped[str | None]
    catalogue_version: Mapped[int] = mapped_column(default=1)
    names_key: Mapped[str | None]
    next_order_number: Mapped[int] = mapped_column(default=1001)
    tell_day_at: Mapped[Moment | None]
    status: Mapped[str] = mapped_column(default="live")
    paused_until: Mapped[Moment | None]
    verified_at: Mapped[Moment | None]
    stars: Mapped[int] = mapped_column(default=0, server_default="0")
    raters: Mapped[int] = mapped_column(default=0, server_default="0")
    weather: Mapped[str | None]
    weather_until: Mapped[Moment | None]
    own_areas: Mapped[JsonList] = mapped_column(default=list, server_default="[]")
    coupons: Mapped[bool] = mapped_column(default=False, server_default=false())
    shares_stock: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[Moment]

    @property
    def owner_name(self) -> str:
        """What its credentials are sealed for, and what it is called where they are."""
        return f"shop {self.slug}"


class AddressRow(Base):
    """A number, shortcode or service code at a provider, owned by one shop or shared by several.

    It owns the pacing and the lease of its delivery: `lease_until` by the database's clock, and
    `lease_token`, which every write of a delivery must carry. `tps` is messages per second. `number` is
    the one (E.164) that people know it by, where that is not the address itself.

    `sealed` are the credentials of an account that is not the platform's, None where it is. Beside it
    stand the account's name as requests carry it, and `claim`, the digest of what a request proves to
    know. `credentials` are those that an earlier version kept in plain."""

    __tablename__ = "addresses"
    __table_args__ = (
        UniqueConstraint("channel", "provider", "address"),
        Index("ix_addresses_account_id", "account_id"),
        Index("ix_addresses_claim", "claim"),
    )

    id: Mapped[Key]
    channel: Mapped[str]
    provider: Mapped[str]
    address: Mapped[str]
    tps: Mapped[float | None]
    number: Mapped[str | None]
    credentials: Mapped[JsonMap] = mapped_column(default=dict)
    sealed: Mapped[str | None]
    account_id: Mapped[str | None]
    claim: Mapped[str | None]
    lease_until: Mapped[Moment | None]
    lease_token: Mapped[int] = mapped_column(default=0)

    @property
    def owner_name(self) -> str:
        """What its credentials are sealed for, and what it is called where they are."""
        return f"{self.channel} {self.provider} {self.address}"


class LineRow(Base):
    """An address, with a keyword or extension where it is shared, that leads to a shop.

    `position` is the order in the shop's file: alerts leave from the first SMS line."""

    __tablename__ = "lines"
    __table_args__ = (
        UniqueConstraint("address_id", "keyword"),
        UniqueConstraint("address_id", "extension"),
        Index("ix_lines_shop_id", "shop_id"),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    address_id: Mapped[UUID] = mapped_column(ForeignKey("addresses.id"))
    keyword: Mapped[str | None]
    extension: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)

    shop: Mapped[ShopRow] = relationship()
    address: Mapped[AddressRow] = relationship()
