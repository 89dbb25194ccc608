"""Terms: words, counts, sizes and sums of money, and the keys by which they compare with a catalogue's."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from intents.folding import Token, is_word
from intents.language import Language
from intents.numbers import read_number
from intents.tokens import word_at


class Kind(Enum):
    """What a term is."""

    WORD = auto()
    NUMBER = auto()
    MEASURE = auto()
    UNIT = auto()
    AMOUNT = auto()
    BREAK = auto()


@dataclass(frozen=True, slots=True)
class Term:
    """What stands at tokens[first:last].

    `key` compares with a catalogue's: a singular word, a number's digits, or a size in its base unit.
    `unit` is as said. `article`: the number was "a". `marked`: "for" or "at" stood before the number.
    `unit_first`: "kilo mbili", which is how much and no pack's size.
    """

    kind: Kind
    key: str
    first: int
    last: int
    value: Decimal | None = None
    unit: str | None = None
    article: bool = False
    marked: bool = False
    unit_first: bool = False


def is_figure(key: str) -> bool:
    """Whether a key is a number or a size, which compare exactly."""
    return ":" in key or key[:1].isdigit()


def singular(word: str, language: Language) -> str:
    """A word without its plural ending. Short words stay."""
    if len(word) > 3:
        for ending, instead in language.endings:
            if word.endswith(ending):
                return word[: len(word) - len(ending)] + instead
    return word


def number_key(value: Decimal) -> str:
    """A number as catalogues compare it: "2", "1.5"."""
    return f"{value.normalize():f}"


def measure_key(value: Decimal, word: str, language: Language) -> str:
    """A size as catalogues compare it: "5kg" and "5000 g" are both "weight:5000"."""
    measure = language.measures[word]
    return f"{measure.dimension}:{number_key(value * measure.factor)}"


def name_keys(tokens: Sequence[Token], language: Language) -> tuple[str, ...]:
    """The keys of a product's name: every word, number and size in it, but no little words."""
    keys: list[str] = []
    little: list[str] = []
    at = 0
    while at < len(tokens):
        number = (
            None
            if tokens[at].word in language.numbers.articles
            else read_number(tokens, at, language.numbers)
        )
        if number is not None:
            word = word_at(tokens, number.last)
            sized = word in language.measures
            value = number.value
            keys.append(measure_key(value, word, language) if sized else number_key(value))
            at = number.last + sized
            continue
        word = tokens[at].word
        if is_word(tokens[at]):
            silent = word in language.separators or word in language.linkers
            (little if silent else keys).append(singular(word, language))
        at += 1
    # "Thé" is a name, though "the" is not one.
    return tuple(keys or little)
