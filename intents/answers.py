"""What a message answers, where something was asked: a bare "2", "Kamwokya", "0772...", "French"."""

from collections.abc import Mapping
from decimal import Decimal

from intents.areas import find_area, whole_area
from intents.decisions import BY_RULE, Act
from intents.details import bare_order
from intents.intent import Intent
from intents.named_languages import find_locale
from intents.phrases import words
from intents.reading import Reading
from intents.terms import Kind, Term
from intents.understanding import Asked, Item

_A_GUESS = 0.45
_SURE = 0.8
_WITH_AREA = frozenset({Intent.ASK_DELIVERY, Intent.ASK_LOCATION, Intent.CHECKOUT})
# What people say instead of an area when they were asked for one.
_NO_AREA = frozenset(Intent) - {
    Intent.ASK_DELIVERY, Intent.ASK_LOCATION, Intent.SEARCH, Intent.OUT_OF_SCOPE,
    Intent.ASK_AVAILABILITY, Intent.ASK_PRICE, Intent.BROWSE, Intent.REORDER, Intent.PAY,
}  # fmt: skip


def count_alone(reading: Reading) -> Act | None:
    """A message that is a number and nothing else, perhaps with a unit: how many of the last product."""
    if reading.mentions or len(reading.loose) != 1:
        return None
    term = reading.loose[0]
    outside = [t for at, t in enumerate(reading.tokens) if not term.first <= at < term.last]
    if any(t.word not in reading.language.polite and t.word[0].isalnum() for t in outside):
        return None
    context = reading.context
    asked = context.asked is Asked.QUANTITY
    if not asked and context.last_sku is None:
        return Act(Intent.OUT_OF_SCOPE, _A_GUESS)
    had = context.last_sku in context.in_cart
    intent = Intent.UPDATE_CART if had else Intent.ADD_TO_CART
    return Act(intent, BY_RULE if asked else _A_GUESS, (_counted(reading, term),))


def language_alone(reading: Reading) -> str | None:
    """The language whose name is the whole message."""
    polite = reading.language.polite
    tokens = [t for t in reading.tokens if t.word not in polite and t.word[0].isalnum()]
    if 0 < len(tokens) <= 2:
        return find_locale(tokens, reading.context.locales)
    return None


def locale_change(reading: Reading, intent: Intent) -> str | None:
    """The language that a message wants to go on in."""
    if intent is Intent.CHANGE_LANGUAGE or reading.context.asked is Asked.LANGUAGE:
        return find_locale(reading.tokens, reading.context.locales)
    return None


def area(reading: Reading, act: Act, also: frozenset[Intent]) -> str | None:
    """The place named. Where one was asked for, all that is said is a place unless it clearly is not."""
    text, tokens, language = reading.text, reading.tokens, reading.language
    if reading.context.asked is not Asked.AREA:
        return find_area(text, tokens, language) if _WITH_AREA & {act.intent, *also} else None
    if words(tokens) in language.whole or reading.phone is not None:
        return None
    if act.intent is Intent.UPDATE_CART and not any(map(_is_goods, act.items)):
        # "Kololo INSTEAD" changes the place, as nothing else is named.
        return whole_area(text, tokens, language)
    if act.intent in _NO_AREA and (act.confidence >= _SURE or any(i.sku for i in act.items)):
        return find_area(text, tokens, language) if act.intent is Intent.CHECKOUT else None
    return (
        find_area(text, tokens, language)
        if _asks(reading, act)
        else whole_area(text, tokens, language)
    )


def _is_goods(item: Item) -> bool:
    """Not a mere word that fits nothing that is sold."""
    return bool(item.sku or item.candidates) or item.quantity is not None


def order(reading: Reading, intents: frozenset[Intent]) -> int | None:
    """The order's number: called so, or bare where the talk is of orders or one was asked for."""
    if reading.order is not None:
        return int(reading.order.value)
    asked = reading.context.asked is Asked.ORDER
    if reading.context.asked is Asked.AMOUNT:
        return None
    if not asked and not intents & _ABOUT_ORDERS:
        return None
    taken = reading.phone.tokens if reading.phone else frozenset()
    bare = bare_order(reading.tokens, taken)
    return int(bare.value) if bare and not _is_money(reading, bare.tokens) else None


def amount(reading: Reading, intents: frozenset[Intent], number: int | None) -> Decimal | None:
    """Money, in major units: said as such, or any number where the talk is of money."""
    said = [each for each in reading.amounts((0, len(reading.tokens))) if each != number]
    if said:
        # "You say 50k, I give 45k": who bargains ends with what they would pay.
        return said[-1] if Intent.NEGOTIATE in intents else said[0]
    least = min((_MONEY[i] for i in intents if i in _MONEY), default=None)
    if reading.context.asked is Asked.AMOUNT:
        least = 1
    if least is None:
        return None
    taken = reading.order.tokens if reading.order else frozenset()
    numbers = [t for t in reading.terms if t.kind is Kind.NUMBER and not t.article]
    return next(
        (
            t.value
            for t in numbers
            if t.first not in taken
            and t.value is not None
            and t.value >= least
            and t.value != number
        ),
        None,
    )


_ABOUT_ORDERS = frozenset(
    {
        Intent.TRACK_ORDER, Intent.CANCEL_ORDER, Intent.RECEIPT, Intent.REORDER, Intent.REVIEW,
        Intent.COMPLAIN,
    }
)  # fmt: skip

# From which number on it is money, by what is talked about.
_MONEY: Mapping[Intent, int] = {
    Intent.NEGOTIATE: 100,
    Intent.PAY: 100,
    Intent.PAID_ALREADY: 100,
    Intent.REFUND: 100,
    Intent.TOP_UP: 1,
    Intent.WITHDRAW: 1,
}


def _asks(reading: Reading, act: Act) -> bool:
    """Whether a question about delivery stands where a place was asked for."""
    return act.intent is Intent.ASK_DELIVERY and act.confidence >= _SURE and len(reading.tokens) > 3


def _is_money(reading: Reading, tokens: frozenset[int]) -> bool:
    return any(t.kind is Kind.AMOUNT and t.first in tokens for t in reading.terms)


def _counted(reading: Reading, term: Term) -> Item:
    said = reading.said(term)
    sku = reading.context.last_sku
    if term.kind is Kind.MEASURE:
        found = reading.sized(sku, frozenset({term.key}))
        if found.sku and term.key in found.claimed:
            return Item(said, found.sku)
    return Item(said, sku, term.value, term.unit)
