"""[[promotions]]: what the shop takes off for a while."""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from flows.ports.promotions import PromotionKind
from store.hours import WEEKDAYS, HoursError, Span, read_day
from store.promotions.promotion import (
    Audience,
    Gift,
    Promotion,
    Reach,
    Schedule,
    terms_of,
)
from store.shopfile.moments import read_span
from store.shopfile.table import Table
from store.shopfile.values import ProductEntry, PromotionEntry

NAME = r"[^\W_][\w .%&'-]{0,23}"
MOST_USES = 10_000_000
MOST_PIECES = 100
MOST_PRIORITY = 1000
NOBODY = UUID(int=0)

# By which key of its own each kind is known.
KEYS: Mapping[str, PromotionKind] = {
    "percent": PromotionKind.PERCENTAGE,
    "amount": PromotionKind.AMOUNT,
    "buy": PromotionKind.BUY_GET,
    "free_delivery": PromotionKind.FREE_DELIVERY,
    "bundle": PromotionKind.BUNDLE,
}


def read_promotions(
    tables: Sequence[Table], currency: str, timezone: str, products: Sequence[ProductEntry]
) -> tuple[PromotionEntry, ...]:
    """Each by its name, which customers read; `products` are what they may be given on."""
    found: dict[str, PromotionEntry] = {}
    for table in tables:
        entry = _promotion(table, currency, timezone, products)
        if entry.name.casefold() in {name.casefold() for name in found}:
            table.wrong("name", f'the promotion "{entry.name}" is there twice')
        found[entry.name] = entry
        table.close()
    return tuple(found.values())


def _promotion(
    table: Table, currency: str, timezone: str, products: Sequence[ProductEntry]
) -> PromotionEntry:
    kind = _kind(table)
    name = table.matching("name", NAME, 'a short name, like "FRIDAY"', required=True) or ""
    promotion = Promotion(
        id=NOBODY,
        name=name,
        kind=kind,
        gift=GIFTS[kind](table, currency, products),
        reach=_reach(table, currency, products),
        schedule=_schedule(table, timezone),
        audience=Audience(table.one_of("audience", [*Audience], Audience.BOTH) or Audience.BOTH),
        cap=table.amount("cap", currency),
        priority=table.whole("priority", 0, MOST_PRIORITY) or 0,
        # Whoever saves on the goods may be brought them for nothing as well.
        stackable=table.truth("stackable", default=kind is PromotionKind.FREE_DELIVERY),
        waives_minimum=table.truth("waives_minimum", default=False),
        words=table.text("words", longest=100),
    )
    return PromotionEntry(
        name=name,
        terms=terms_of(promotion),
        limit_total=table.whole("limit", 1, MOST_USES),
        limit_each=table.whole("limit_each", 1, MOST_USES),
    )


def _kind(table: Table) -> PromotionKind:
    there = [key for key in KEYS if table.has(key)]
    if len(there) == 1:
        return KEYS[there[0]]
    table.wrong("name", f"needs exactly one of {', '.join(KEYS)}")
    return PromotionKind.FREE_DELIVERY


def _percentage(table: Table, currency: str, products: Sequence[ProductEntry]) -> Gift:
    percent = table.decimal("percent") or Decimal(0)
    if not 0 < percent <= 100:
        table.wrong("percent", "must be more than 0, and at most 100")
    return Gift(percent=int((percent * 100).quantize(Decimal(1), ROUND_HALF_UP)))


def _amount(table: Table, currency: str, products: Sequence[ProductEntry]) -> Gift:
    amount = table.amount("amount", currency)
    if amount == 0:
        table.wrong("amount", "must be more than nothing")
    return Gift(amount=amount or 0)


def _buy_get(table: Table, currency: str, products: Sequence[ProductEntry]) -> Gift:
    if not table.has("free"):
        table.wrong("free", "is missing: how many are free?")
    buy, free = (table.whole(key, 1, MOST_PIECES) or 1 for key in ("buy", "free"))
    return Gift(buy=buy, free=free)


def _free_delivery(table: Table, currency: str, products: Sequence[ProductEntry]) -> Gift:
    if table.has("free_delivery") and not table.truth("free_delivery", default=True):
        table.wrong("free_delivery", "must be true, or left out with the promotion")
    return Gift()


def _bundle(table: Table, currency: str, products: Sequence[ProductEntry]) -> Gift:
    """It costs less than its parts do by themselves."""
    inner, price = table.table("bundle"), table.amount("price", currency, required=True)
    if inner is None:
        return Gift(bundle=((" ", 1),))
    prices = _prices(products)
    parts: list[tuple[str, int]] = []
    for sku in inner.keys:
        count = inner.whole(sku, 1, MOST_PIECES)
        if sku not in prices:
            inner.wrong(sku, "is no sku of the shop's, or one that comes in several kinds")
        elif count is not None:
            parts.append((sku, count))
    if not parts or sum(count for _, count in parts) < 2:
        table.wrong("bundle", "needs two pieces or more")
    elif price is not None and price >= sum(prices[sku] * count for sku, count in parts):
        table.wrong("price", "is not less than what the parts cost")
    return Gift(amount=price or 0, bundle=tuple(parts) or ((" ", 1),))


GIFTS: Mapping[PromotionKind, Callable[[Table, str, Sequence[ProductEntry]], Gift]] = {
    PromotionKind.PERCENTAGE: _percentage,
    PromotionKind.AMOUNT: _amount,
    PromotionKind.BUY_GET: _buy_get,
    PromotionKind.FREE_DELIVERY: _free_delivery,
    PromotionKind.BUNDLE: _bundle,
}


def _prices(products: Sequence[ProductEntry]) -> Mapping[str, int]:
    """What can be put into a cart, with its usual price."""
    prices = {p.sku: p.price for p in products if not p.variants}
    for product in products:
        for kind in product.variants:
            own = product.price + (kind.modifier or 0) if kind.price is None else kind.price
            prices[kind.sku] = own
    return prices


def _reach(table: Table, currency: str, products: Sequence[ProductEntry]) -> Reach:
    skus = {sku for p in products for sku in (p.sku, *(kind.sku for kind in p.variants))}
    named = {
        "products": skus,
        "categories": {p.category for p in products},
        "brands": {p.brand for p in products if p.brand},
    }
    for key, known in named.items():
        for place, word in enumerate(table.texts(key)):
            table.check_word(f"{key}[{place}]", word, sorted(known))
    return Reach(
        table.texts("products"),
        table.texts("categories"),
        table.texts("brands"),
        table.amount("minimum_order", currency) or 0,
    )


def _schedule(table: Table, timezone: str) -> Schedule:
    begins, ends = read_span(table, "from", "until", timezone)
    days = table.texts("days")
    for place, day in enumerate(days):
        table.check_word(f"days[{place}]", day, WEEKDAYS)
    return Schedule(
        begins,
        ends,
        tuple(sorted(WEEKDAYS.index(day) for day in days if day in WEEKDAYS)),
        _dates(table),
        _hours(table),
    )


def _dates(table: Table) -> tuple[int, ...]:
    """Days of the month; -1 is the last one."""
    written = table.value("dates")
    if written is None:
        return ()
    if not isinstance(written, list) or not written:
        table.wrong("dates", "must be a list of days of the month, like [1, 15, -1]")
        return ()
    for place, day in enumerate(written):
        if isinstance(day, bool) or not isinstance(day, int) or day not in (-1, *range(1, 32)):
            table.wrong(f"dates[{place}]", "must be a day from 1 to 31, or -1 for the last")
            return ()
    return tuple(sorted(set(written)))


def _hours(table: Table) -> Span | None:
    written = table.text("hours")
    if written is None:
        return None
    try:
        spans = read_day(written)
    except HoursError as error:
        table.wrong("hours", str(error))
        return None
    if len(spans) != 1:
        table.wrong("hours", 'must be one span, like "16:00-20:00"')
        return None
    return spans[0]
