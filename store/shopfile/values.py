"""What a shop file says, checked and filled in. Amounts are in minor units, phones in E.164."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from store.terms import Terms


@dataclass(frozen=True, slots=True)
class LineEntry:
    """`keyword` is in capitals, as it is shown to people."""

    channel: str
    provider: str
    address: str
    keyword: str | None = None
    extension: str | None = None
    tps: float | None = None
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def place(self) -> tuple[str, str, str]:
        """What identifies the address, whoever shares it."""
        return (self.channel, self.provider, self.address)


@dataclass(frozen=True, slots=True)
class FloorEntry:
    """How low a price may be talked: an amount, or hundredths of a percent off; neither is written: as
    is usual in the shop."""

    amount: int | None = None
    off: int | None = None


@dataclass(frozen=True, slots=True)
class VariantEntry:
    """`price` and `base_price` None: the product's. `stock` None: not counted."""

    sku: str
    attributes: Mapping[str, str]
    price: int | None = None
    stock: int | None = None
    aliases: tuple[str, ...] = ()
    floor: FloorEntry = FloorEntry()
    base_price: int | None = None


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """`code` None: one is given out. `supplier` is a key of the shop's suppliers, who gets `base_price`
    for each."""

    sku: str
    name: str
    category: str
    price: int
    aliases: tuple[str, ...] = ()
    description: str | None = None
    unit: str | None = None
    wholesale_price: int | None = None
    stock: int | None = None
    picture: str | None = None
    code: int | None = None
    variants: tuple[VariantEntry, ...] = ()
    floor: FloorEntry = FloorEntry()
    base_price: int | None = None
    supplier: str | None = None


@dataclass(frozen=True, slots=True)
class RiderEntry:
    name: str
    phone: str
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """`alerts`: gets the shop's alerts; the first of those is the first phone."""

    phone: str
    role: str
    name: str | None = None
    alerts: bool = False


@dataclass(frozen=True, slots=True)
class ShopFile:
    """One shop. `commission` is in hundredths of a percent; `credentials` are for its rails."""

    file: str
    slug: str
    name: str
    model: str
    country: str
    currency: str
    locales: tuple[str, ...]
    timezone: str
    location: str | None
    owner: str | None
    hours: Mapping[str, str]
    minimum_order: int | None
    commission: int
    sms_letters: str
    terms: Terms
    credentials: Mapping[str, str] = field(repr=False)
    lines: tuple[LineEntry, ...]
    products: tuple[ProductEntry, ...]
    riders: tuple[RiderEntry, ...]
    staff: tuple[StaffEntry, ...]
