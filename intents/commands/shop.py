"""Words by which a shop is run, with what belongs behind each: told apart from what customers say alike."""

from collections.abc import Callable, Sequence

from intents.command import Command, Word
from intents.commands.parts import Part, Reading, unpointed
from intents.coupon_making import read_making
from intents.folding import fold
from intents.language import Language
from intents.listing import listing_in


def with_words(
    word: Word, exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """Any words; the word alone asks how."""
    rest = unpointed(text, after)
    return Command(word, rest=rest, exact=exact and bool(rest))


def with_words_or_none(
    word: Word, exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """The word alone is one as well."""
    return Command(word, rest=unpointed(text, after), exact=exact)


def _where(belongs: Callable[[str, Language], bool]) -> Reading:
    """What stands after the word, where it reads like what belongs there; the word alone asks how."""

    def read(
        word: Word, exact: bool, text: str, after: Sequence[Part], language: Language
    ) -> Command | None:
        rest = unpointed(text, after)
        if rest and not belongs(rest, language):
            return None
        return Command(word, rest=rest, exact=exact and bool(rest))

    return read


def _is_listing(rest: str, language: Language) -> bool:
    """Goods and their price, in this order: "add 2 rice" is a customer's."""
    return not rest[:1].isdigit() and listing_in(rest.splitlines()[0], language) is not None


def _is_own_words(rest: str, language: Language) -> bool:
    """Not what begins like a sentence: "show me the shoes"."""
    return fold(rest.split(maxsplit=1)[0]) not in language.function


def _is_coupon(rest: str, _: Language) -> bool:
    """A code and what it takes off: "coupon FRIDAY" alone is a customer's."""
    return read_making(rest) is not None


with_listing = _where(_is_listing)
with_own_words = _where(_is_own_words)
with_coupon = _where(_is_coupon)
