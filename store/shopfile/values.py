"""What a shop file says, checked and filled in. Amounts are in minor units, phones in E.164."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flows.ports.loyalty import CouponKind
from store.models.base import JsonMap
from store.prices.deal import NO_DEAL, Deal
from store.stock_terms import StockTerms
from store.terms import Terms


@dataclass(frozen=True, slots=True)
class LineEntry:
    """`keyword` is in capitals, as it is shown to people. `number` is the one (E.164) that people know the
    address by, where that is another."""

    channel: str
    provider: str
    address: str
    keyword: str | None = None
    extension: str | None = None
    tps: float | None = None
    number: str | None = None
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
    """`price` and `base_price` None: the product's, the price with `modifier` added. `stock` None: not
    counted."""

    sku: str
    attributes: Mapping[str, str]
    price: int | None = None
    stock: int | None = None
    levels: StockTerms = field(default_factory=StockTerms)
    aliases: tuple[str, ...] = ()
    floor: FloorEntry = FloorEntry()
    base_price: int | None = None
    modifier: int | None = None
    deal: Deal = NO_DEAL
    cost: int | None = None
    pool: str | None = None


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """`code` None: one is given out. `supplier` is a key of the shop's suppliers, who gets `base_price`
    for each. `cost` is what the seller pays for one; fewer than `minimum` are not sold. `backorder`:
    more than there are may be ordered. `pool` ("kilimo:rice-5kg"): counted together with
    whoever else sells it."""

    sku: str
    name: str
    category: str
    price: int
    aliases: tuple[str, ...] = ()
    description: str | None = None
    unit: str | None = None
    wholesale_price: int | None = None
    stock: int | None = None
    levels: StockTerms = field(default_factory=StockTerms)
    picture: str | None = None
    code: int | None = None
    variants: tuple[VariantEntry, ...] = ()
    floor: FloorEntry = FloorEntry()
    base_price: int | None = None
    supplier: str | None = None
    deal: Deal = NO_DEAL
    cost: int | None = None
    brand: str | None = None
    tags: tuple[str, ...] = ()
    featured: bool = False
    backorder: bool = False
    minimum: int = 1
    pool: str | None = None


@dataclass(frozen=True, slots=True)
class PromotionEntry:
    """Its `terms` are the document that the books keep (store.promotions.promotion)."""

    name: str
    terms: JsonMap
    limit_total: int | None = None
    limit_each: int | None = None


@dataclass(frozen=True, slots=True)
class ListingEntry:
    """Goods of a supplier's own shop: by `sku`, or all of a `category` (one of both is None). They cost
    `price`, or so many hundredths of a percent more than the supplier gets. `key` says where it stands."""

    key: str
    supplier: str
    sku: str | None
    category: str | None
    price: int | None
    markup: int


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
class CouponEntry:
    """A code and what it does, as a CouponRow has it."""

    code: str
    kind: CouponKind
    worth: int = 0
    minimum: int | None = None
    maximum: int | None = None
    cap: int | None = None
    categories: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    except_categories: tuple[str, ...] = ()
    except_products: tuple[str, ...] = ()
    first_order: bool = False
    limit_total: int | None = None
    limit_person: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


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
    coupons: tuple[CouponEntry, ...] = ()
    promotions: tuple[PromotionEntry, ...] = ()
    listings: tuple[ListingEntry, ...] = ()
