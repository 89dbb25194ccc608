"""What to try next on each handset: the shop's own words, for where its orders stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.lab.shops import Line, Shop
from channels.channel import Medium
from flows.ports.orders import DeliveryStatus, OrderStatus
from store.models import DeliveryRow, OfferRow, OrderRow, PersonRow, RiderRow

SELLER_ALWAYS = ("ORDERS", "SALES", "BALANCE", "HELP")
RIDER_ALWAYS = ("JOBS", "BALANCE", "OFF", "ON")


@dataclass(frozen=True, slots=True)
class Hint:
    """Words to tap. `unfinished`: put into the field, since something is still to be typed."""

    text: str
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Hints:
    whatsapp: tuple[Hint, ...] = ()
    sms: tuple[Hint, ...] = ()
    dial: tuple[Hint, ...] = ()
    seller: tuple[Hint, ...] = ()
    rider: tuple[Hint, ...] = ()


def hints(session: Session, shop: Shop, rider: str | None) -> Hints:
    """For the shop, and for the rider with that phone."""
    return Hints(
        whatsapp=_texts(_shopping(shop, shop.line(Medium.WHATSAPP))),
        sms=_texts(_shopping(shop, shop.line(Medium.SMS))),
        dial=_texts(_codes(shop)),
        seller=_texts((*_for_seller(session, shop), *SELLER_ALWAYS)),
        rider=(*_for_rider(session, shop, rider), *_texts(RIDER_ALWAYS)),
    )


def _texts(words: Sequence[str]) -> tuple[Hint, ...]:
    return tuple(Hint(text) for text in words)


def _shopping(shop: Shop, line: Line | None) -> tuple[str, ...]:
    if line is None:
        return ()
    hello = f"{line.word} hi" if line.word else "hi"
    goods = tuple(f"2 {good.name}" for good in shop.goods[:1])
    money = ("my balance", "top up 50000") if "wallet" in shop.rails else ()
    return (hello, *goods, "cart", "checkout", "where is my order", *money)


def _codes(shop: Shop) -> tuple[str, ...]:
    """The code itself, and the one that opens a product."""
    line = shop.line(Medium.USSD)
    if line is None:
        return ()
    stem = line.address.rstrip("#") + (f"*{line.word}" if line.word else "")
    coded = tuple(f"{stem}*{good.code}#" for good in shop.goods if good.code is not None)
    return (f"{stem}#", *coded[:1])


def _for_seller(session: Session, shop: Shop) -> tuple[str, ...]:
    order = session.scalars(
        select(OrderRow)
        .where(
            OrderRow.shop_id == shop.id,
            OrderRow.status.in_(
                [OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.PROCESSING]
            ),
        )
        .order_by(OrderRow.number.desc())
        .limit(1)
    ).first()
    goods = tuple(f"STOCK {good.sku} +5" for good in shop.goods[:1])
    if order is None:
        return goods
    words = {
        OrderStatus.PENDING: (f"OK {order.number}", f"NO {order.number} out of stock"),
        OrderStatus.CONFIRMED: (f"READY {order.number}", f"NO {order.number} out of stock"),
        OrderStatus.PROCESSING: (f"REPLY {order.number} On its way",),
    }
    return (*words[OrderStatus(order.status)], *goods)


def _for_rider(session: Session, shop: Shop, phone: str | None) -> tuple[Hint, ...]:
    """The newest job offered to the rider or carried by them."""
    row = session.execute(
        select(OrderRow.number, DeliveryRow.status)
        .join(DeliveryRow, DeliveryRow.order_id == OrderRow.id)
        .join(OfferRow, OfferRow.delivery_id == DeliveryRow.id)
        .join(RiderRow, RiderRow.id == OfferRow.rider_id)
        .join(PersonRow, PersonRow.id == RiderRow.person_id)
        .where(
            OrderRow.shop_id == shop.id,
            PersonRow.phone == phone,
            OfferRow.status.in_(["open", "accepted"]),
        )
        .order_by(OrderRow.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return ()
    number, status = row
    words = {
        DeliveryStatus.OFFERED: (Hint(f"YES {number}"), Hint(f"NO {number}")),
        DeliveryStatus.ACCEPTED: (Hint(f"PICKED {number}"),),
        # The code is on the customer's phone, where a rider has to ask for it.
        DeliveryStatus.PICKED_UP: (
            Hint(f"DELIVERED {number} ", unfinished=True),
            Hint(f"FAIL {number} nobody home"),
        ),
    }
    return words.get(DeliveryStatus(status), ())
