"""What may stand after the words by which a shop is run: told apart from what customers say alike."""

from intents.coupon_making import read_making
from intents.folding import fold
from intents.language import Language
from intents.listing import listing_in


def with_listing(rest: str, language: Language) -> bool:
    """Goods and their price, in this order: "add 2 rice" is a customer's."""
    return not rest[:1].isdigit() and listing_in(rest.splitlines()[0], language) is not None


def with_own_words(rest: str, language: Language) -> bool:
    """Not what begins like a sentence: "show me the shoes"."""
    return fold(rest.split(maxsplit=1)[0]) not in language.function


def with_coupon(rest: str, _: Language) -> bool:
    """A code and what it takes off: "coupon FRIDAY" alone is a customer's."""
    return read_making(rest) is not None
