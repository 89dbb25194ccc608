"""What a promotion gives, in words."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from flows.message import Elastic, Message, verbatim
from flows.ports.promotions import Promotion, PromotionKind

WHAT: Mapping[PromotionKind, Callable[[Promotion], Message]] = {
    PromotionKind.PERCENTAGE: lambda p: Message("offer-percent", percent=figure(p.percent)),
    PromotionKind.AMOUNT: lambda p: Message("offer-amount", amount=p.amount or ""),
    PromotionKind.BUY_GET: lambda p: Message("offer-buy-get", buy=p.buy, free=p.free),
    PromotionKind.FREE_DELIVERY: lambda _: Message("offer-free-delivery"),
    PromotionKind.BUNDLE: lambda p: Message("offer-bundle", amount=p.amount or ""),
}


def described(promotion: Promotion) -> Message:
    """In the shop's own words, else by its kind and figures."""
    if promotion.words is not None:
        return verbatim(promotion.words)
    what = WHAT[promotion.kind](promotion)
    if promotion.on:
        what = Message("offer-on", what=what, goods=Elastic(promotion.on))
    if promotion.least is not None:
        what = Message("offer-from", what=what, least=promotion.least)
    return what


def figure(percent: Decimal) -> str:
    return f"{percent.normalize():f}"
