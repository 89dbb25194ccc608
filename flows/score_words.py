"""A shop's score in words: its grade, and the one thing that would help most. A new shop has no grade."""

from collections.abc import Mapping

from flows.message import Message
from flows.ports.scores import Grade, Part, Score

GRADES: Mapping[Grade, Message] = {
    Grade.PLATINUM: Message("grade-platinum"),
    Grade.GOLD: Message("grade-gold"),
    Grade.SILVER: Message("grade-silver"),
    Grade.BRONZE: Message("grade-bronze"),
    Grade.PROBATION: Message("grade-probation"),
}
ADVICE: Mapping[Part, Message] = {
    Part.COMPLETION: Message("advice-completion"),
    Part.DELIVERY: Message("advice-delivery"),
    Part.RATING: Message("advice-rating"),
    Part.STOCK: Message("advice-stock"),
    Part.RESPONSE: Message("advice-response"),
    Part.PRICE: Message("advice-price"),
}


def advice(score: Score) -> Message:
    """About the weakest part; praise where nothing is wanting."""
    return ADVICE[score.weakest] if score.weakest is not None else Message("advice-none")
