"""Asking what buyers think, and telling sellers of it."""

from collections.abc import Sequence

from flows.happenings import BadlyRated, RatedLow, RatingAsked
from flows.message import Message, verbatim
from flows.notices.notice import Notice, promotion, sellers
from flows.notices.wording import phone
from flows.ports.shop import ShopInfo
from flows.reply import Option

Notices = tuple[Notice, ...]

LABELS: Sequence[Message] = (
    Message("stars-one"),
    Message("stars-two"),
    Message("stars-three"),
    Message("stars-four"),
    Message("stars-five"),
)


def stars_options(number: int) -> tuple[Option, ...]:
    """From one star to five, so that the number on the screen is the number of stars."""
    return tuple(Option(f"stars-{n}:{number}", label) for n, label in enumerate(LABELS, 1))


def asked(happening: RatingAsked, shop: ShopInfo) -> Notices:
    """Nobody needs it: it waits for the morning, and goes to nobody who said STOP."""
    order = happening.order
    text = Message("notice-rating-asked", number=order.number, shop=shop.name)
    return (promotion(order.person, text, *stars_options(order.number)),)


def badly_rated(happening: BadlyRated, shop: ShopInfo) -> Notices:
    order, rating = happening.order, happening.rating
    facts = Message(
        "alert-badly-rated", number=order.number, stars=rating.stars, phone=phone(order)
    )
    if not rating.words:
        return (sellers(facts),)
    words = Message("alert-rating-words", told=facts, words=verbatim(rating.words))
    return (sellers(words),)


def rated_low(happening: RatedLow, shop: ShopInfo) -> Notices:
    average = happening.average
    return (sellers(Message("alert-rated-low", average=average.written, count=average.count)),)
