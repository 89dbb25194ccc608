"""[[coupons]]: codes that make an order cheaper, for whom, on what, how often and until when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flows.ports.loyalty import CouponKind
from store.coupons.finding import as_code
from store.shopfile.moments import read_span
from store.shopfile.table import Table
from store.shopfile.values import CouponEntry, ProductEntry

MOST_USES = 1_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """What a coupon may name: skus and categories of the file, its currency and its time zone."""

    skus: frozenset[str]
    categories: frozenset[str]
    currency: str
    timezone: str

    @classmethod
    def of(cls, products: Sequence[ProductEntry], currency: str, timezone: str) -> "Known":
        kinds = (kind.sku for product in products for kind in product.variants)
        skus = frozenset({product.sku for product in products} | set(kinds))
        return cls(skus, frozenset(p.category for p in products), currency, timezone)


def read_coupons(tables: Sequence[Table], known: Known) -> tuple[CouponEntry, ...]:
    """Each with a code of its own."""
    coupons: dict[str, CouponEntry] = {}
    for table in tables:
        coupon = _read(table, known)
        if coupon.code and coupon.code in coupons:
            table.wrong("code", f'the code "{coupon.code}" is there twice')
        coupons[coupon.code] = coupon
        table.close()
    return tuple(coupons.values())


def _read(table: Table, known: Known) -> CouponEntry:
    kind, worth = _worth(table, known.currency)
    starts_at, ends_at = read_span(table, "from", "until", known.timezone)
    entry = CouponEntry(
        code=_code(table),
        kind=kind,
        worth=worth,
        minimum=table.amount("minimum_order", known.currency),
        maximum=table.amount("maximum_order", known.currency),
        cap=table.amount("cap", known.currency),
        categories=_among(table, "categories", known.categories),
        products=_among(table, "products", known.skus),
        except_categories=_among(table, "except_categories", known.categories),
        except_products=_among(table, "except_products", known.skus),
        first_order=table.truth("first_order", default=False),
        limit_total=table.whole("limit", 1, MOST_USES),
        limit_person=table.whole("limit_each", 1, MOST_USES),
        starts_at=starts_at,
        ends_at=ends_at,
    )
    if entry.minimum and entry.maximum is not None and entry.maximum < entry.minimum:
        table.wrong("maximum_order", "is below minimum_order")
    return entry


def _code(table: Table) -> str:
    written = table.needed("code", longest=20)
    code = as_code(written)
    if written and (code is None or code.isdigit()):
        table.wrong("code", f'"{written}" is no code: 3 to 20 letters and figures, like "FRIDAY10"')
    return code or ""


def _worth(table: Table, currency: str) -> tuple[CouponKind, int]:
    """Exactly one of percent, amount and free_delivery."""
    ways = [key for key in ("percent", "amount", "free_delivery") if table.has(key)]
    if len(ways) != 1:
        table.wrong("code", "needs one of percent, amount or free_delivery = true")
        return CouponKind.FIXED, 0
    if ways[0] == "percent":
        return CouponKind.PERCENT, _percent(table)
    if ways[0] == "amount":
        amount = table.amount("amount", currency)
        if amount == 0:
            table.wrong("amount", "is nothing")
        return CouponKind.FIXED, amount or 0
    if not table.truth("free_delivery", default=True):
        table.wrong("free_delivery", "must be true")
    return CouponKind.DELIVERY, 0


def _percent(table: Table) -> int:
    """In hundredths of a percent."""
    percent = table.decimal("percent")
    if percent is not None and not 0 < percent <= 100:
        table.wrong("percent", "must be more than 0, and at most 100")
    return int((percent or Decimal(0)) * 100)


def _among(table: Table, key: str, known: Collection[str]) -> tuple[str, ...]:
    named = table.texts(key)
    for place, each in enumerate(named):
        table.check_word(f"{key}[{place}]", each, sorted(known))
    return named
