"""Two actions in one breath, told apart by what they mean where no listed word opens the second."""

from intents.decisions import ABOUT_GOODS, CART, Classify, classified
from intents.intent import Intent
from intents.reading import Reading
from intents.segments import Segment, is_apart

_SURE = 0.6
# What may stand beside a change of the cart.
_BESIDE = CART | {
    Intent.CHECKOUT, Intent.VIEW_CART, Intent.CLEAR_CART, Intent.APPLY_COUPON, Intent.ASK_DELIVERY,
    Intent.PAY, Intent.NEGOTIATE, Intent.ASK_PRICE,
}  # fmt: skip
_MOST_PARTS = 4


def parted(reading: Reading, segment: Segment, classify: Classify) -> list[Segment]:
    """The segment in parts that clearly ask for different things, one of them a change of the cart."""
    first, last = segment
    parts: list[Segment] = []
    for at in range(first + 1, last - 1):
        opens = len(parts) < _MOST_PARTS - 1 and _may_open(reading, at, last)
        if opens and _differ(reading, (first, at), (at, last), classify):
            parts.append((first, at))
            first = at
    return [*parts, (first, last)]


def _may_open(reading: Reading, at: int, last: int) -> bool:
    """After a comma or an "and" stands a word that is no goods and no number, and more after it."""
    tokens, language = reading.tokens, reading.language
    if not is_apart(tokens[at - 1], language) or is_apart(tokens[at], language):
        return False
    if not tokens[at].word[0].isalpha() or at + 1 >= last:
        return False
    return not any(m.first <= at < m.last for m in reading.mentions) and not any(
        term.first <= at < term.last and term.value is not None for term in reading.terms
    )


def _differ(reading: Reading, left: Segment, right: Segment, classify: Classify) -> bool:
    one, other = _meant(reading, left, classify), _meant(reading, right, classify)
    if one is None or other is None or one is other or not {one, other} & CART:
        return False
    # "How much is rice, and beans": two questions about goods are one.
    return {one, other} <= _BESIDE and not {one, other} <= ABOUT_GOODS - CART


def _meant(reading: Reading, segment: Segment, classify: Classify) -> Intent | None:
    """What a part asks for, if that is clear."""
    intent, confidence = classified(reading, segment, classify)
    return intent if confidence >= _SURE else None
