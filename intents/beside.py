"""What stands beside a number: the goods that it counts, or something else."""

from collections.abc import Collection, Sequence

from intents.folding import Token, is_word
from intents.language import Language
from intents.numbers import Number
from intents.terms import singular
from intents.tokens import word_at


def opens_goods(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether the token may begin the name of goods, or say what they are counted in."""
    if at >= len(tokens):
        return False
    word = tokens[at].word
    if word.isdigit():
        return word_at(tokens, at + 1) in language.measures
    if word in language.units or word in language.measures:
        return True
    return is_word(tokens[at]) and word not in language.carriers | language.separators


def stands_by_goods(tokens: Sequence[Token], number: Number, language: Language) -> bool:
    """Whether a word that may be no number has goods beside it, on the side where its language counts, or
    after a little word ("two of the breads").
    """
    if language.numbers.after_noun and number.first:
        if opens_goods(tokens, number.first - 1, language):
            return True
        little = word_at(tokens, number.last) in language.function
        return little and opens_goods(tokens, number.last + 1, language)
    return opens_goods(tokens, number.last, language)


def is_pronoun(tokens: Sequence[Token], at: int, number: Number, language: Language) -> bool:
    """ "the blue one", "this one": a word for 1 that stands for the goods."""
    if number.value != 1 or number.article or number.last - at > 1 or tokens[at].word.isdigit():
        return False
    before = [word_at(tokens, at - 1), word_at(tokens, at - 2)]
    opens = opens_goods(tokens, at + 1, language)
    return not opens and any(word in language.demonstratives for word in before if word)


def is_measure(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Single letters measure only when they are glued to their figure, litres excepted."""
    word = word_at(tokens, at)
    if word not in language.measures:
        return False
    return len(word) > 1 or word == "l" or tokens[at - 1].end == tokens[at].start


def names_goods(
    tokens: Sequence[Token], at: int, language: Language, names: Collection[str]
) -> bool:
    """Whether a word like "cup" is itself what is bought: it is a product and no goods follow it."""
    key = singular(tokens[at].word, language)
    following = word_at(tokens, at + 1)
    return (
        key in names
        and following not in language.partitives
        and not opens_goods(tokens, at + 1, language)
    )
