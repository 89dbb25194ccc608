"""What deliveries cost in the rain and in the dry."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from sqlalchemy import select
from sqlalchemy.orm import Session

from scripts.simulate.happenings import Rain
from store.models import OrderRow, ShopRow


@dataclass(frozen=True, slots=True)
class Fees:
    """Deliveries of one shop that had a fee, by the sky at the moment of their order. Means are in minor
    units of `currency`; None: there was no such order."""

    shop: str
    sky: str
    currency: str
    dry: int
    wet: int
    dry_fee: int | None
    wet_fee: int | None


def fees(session: Session, rain: Rain) -> Fees:
    rows: Sequence[OrderRow] = session.scalars(
        select(OrderRow)
        .join(ShopRow, ShopRow.id == OrderRow.shop_id)
        .where(ShopRow.slug == rain.slug, OrderRow.delivery_fee > 0)
    ).all()
    wet = [o.delivery_fee for o in rows if rain.begins <= o.created_at < rain.ends]
    dry = [o.delivery_fee for o in rows if not rain.begins <= o.created_at < rain.ends]
    currency = next((order.currency for order in rows), "UGX")
    return Fees(rain.slug, rain.sky, currency, len(dry), len(wet), _mean(dry), _mean(wet))


def _mean(amounts: Sequence[int]) -> int | None:
    return round(mean(amounts)) if amounts else None
