"""A message's tokens read as terms: words, counts, sizes, sums of money, and where one thing ends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto

from intents.folding import Token, is_word
from intents.language import Language
from intents.numbers import Number, and_a_half, read_number

# From this on, a number after "for" or "at" is taken for money.
_MONEY_FROM = 100
_TIMES = frozenset({"x", "*", "\u00d7"})
_HYPHENS = frozenset({"-", "'"})


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
            None if tokens[at].word in language.numbers.articles else _number(tokens, at, language)
        )
        if number is not None:
            word = _word(tokens, number.last)
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


def read_terms(
    tokens: Sequence[Token],
    language: Language,
    taken: Collection[int],
    names: Collection[str],
    known: Collection[str] = (),
) -> list[Term]:
    """All terms in order. `taken` tokens are something else already; `names` are whole product names and
    `known` the words in longer ones.
    """
    terms: list[Term] = []
    at = 0
    while at < len(tokens):
        term = _term(tokens, at, language, taken, names)
        if term is not None and term.kind is Kind.UNIT and term.key in known:
            # "Big bag of rice" may be a name.
            term = replace(term, kind=Kind.WORD)
        if term is not None:
            terms.append(term)
        at = term.last if term is not None else at + 1
    return terms


def _term(
    tokens: Sequence[Token],
    at: int,
    language: Language,
    taken: Collection[int],
    names: Collection[str],
) -> Term | None:
    word = tokens[at].word
    if at in taken:
        return Term(Kind.BREAK, "", at, at + 1)
    if word in _TIMES and _figure_at(tokens, at + 1):
        return None
    if (found := _money_before(tokens, at, language)) is not None:
        return found
    number = _number(tokens, at, language)
    if number is not None and not _is_pronoun(tokens, at, number, language):
        return _counted(tokens, number, language, names)
    if (found := _unit_before(tokens, at, language, names)) is not None:
        return found
    if word in language.separators:
        return Term(Kind.BREAK, word, at, at + 1)
    if is_word(tokens[at]):
        unit = word in language.units and _word(tokens, at + 1) in language.partitives
        term = _plain(tokens, at, language)
        return replace(term, kind=Kind.UNIT) if unit else term
    return None if word in _HYPHENS else Term(Kind.BREAK, word, at, at + 1)


def _plain(tokens: Sequence[Token], at: int, language: Language) -> Term:
    word = tokens[at].word
    return Term(Kind.WORD, singular(word, language), at, at + 1, unit=word)


def _money_before(tokens: Sequence[Token], at: int, language: Language) -> Term | None:
    """ "UGX 5000", "N4500", "naira dari biyar". A lone letter must be glued to its figures."""
    if tokens[at].word not in language.currencies or at + 1 >= len(tokens):
        return None
    lone = len(tokens[at].word) == 1
    if lone and not (_figure_at(tokens, at + 1) and tokens[at].end == tokens[at + 1].start):
        return None
    number = _number(tokens, at + 1, language)
    if number is None or number.article:
        return None
    return Term(Kind.AMOUNT, "", at, number.last, number.value)


def _counted(
    tokens: Sequence[Token], number: Number, language: Language, names: Collection[str]
) -> Term | None:
    """A number with what follows it: a currency, a measure, or what goods are counted in."""
    plain = Term(
        Kind.NUMBER, number_key(number.value), number.first, number.last, number.value,
        article=number.article,
    )  # fmt: skip
    last = number.last
    word = _word(tokens, last)
    ending = word + _word(tokens, last + 1)
    if number.suffixed or (word in language.currencies and len(word) > 1):
        return replace(plain, kind=Kind.AMOUNT, last=last + (word in language.currencies))
    if ending in {"/=", "/-"}:
        return replace(plain, kind=Kind.AMOUNT, last=last + 2)
    if word in language.numbers.articles and _word(tokens, last + 1) in language.measures:
        last, word = last + 1, _word(tokens, last + 1)
    if _is_measure(tokens, last, language):
        return _with_half(tokens, _measured(plain, word, last + 1, language), language)
    if word in language.units and not _names_goods(tokens, last, language, names):
        return _with_half(tokens, replace(plain, last=last + 1, unit=word), language)
    if word in _TIMES:
        return replace(plain, last=last + 1)
    if number.article and not _opens_goods(tokens, last, language):
        return _plain(tokens, number.first, language)
    if number.weak and not _stands_by_goods(tokens, number, language):
        return _plain(tokens, number.first, language)
    marked = _word(tokens, number.first - 1) in language.price_marks
    return replace(plain, marked=marked and number.value >= _MONEY_FROM)


def _measured(term: Term, word: str, last: int, language: Language) -> Term:
    """A count as so much of a measure."""
    key = measure_key(term.value or Decimal(0), word, language)
    return replace(term, kind=Kind.MEASURE, key=key, last=last, unit=word)


def _with_half(tokens: Sequence[Token], term: Term, language: Language) -> Term:
    """ "2 kilos and a half"."""
    more = and_a_half(tokens, term.last, language.numbers)
    if more is None or term.value is None or _opens_goods(tokens, more[1], language):
        # "2 kilos of sugar and half a kilo of salt" is something else.
        return term
    whole = replace(term, value=term.value + more[0], last=more[1])
    if whole.kind is Kind.MEASURE:
        return _measured(whole, whole.unit or "", more[1], language)
    return replace(whole, key=number_key(whole.value or Decimal(0)))


def _unit_before(
    tokens: Sequence[Token], at: int, language: Language, names: Collection[str]
) -> Term | None:
    """ "Kilo mbili", "buhu biyu", "packet 2": what is counted in, and then how many."""
    word = tokens[at].word
    measured = word in language.measures and len(word) > 1
    if not measured and (word not in language.units or singular(word, language) in names):
        return None
    number = _number(tokens, at + 1, language)
    if number is None or number.article or number.suffixed:
        return None
    following = _word(tokens, number.last)
    if not language.numbers.after_noun and _opens_goods(tokens, number.last, language):
        # "Bread packet 2 sodas": the number may be that of what follows.
        return None
    if (
        following in language.measures
        or following in language.units
        or following in language.currencies
    ):
        return None
    term = Term(
        Kind.NUMBER, number_key(number.value), at, number.last, number.value,
        unit=word, unit_first=True,
    )  # fmt: skip
    term = _measured(term, word, number.last, language) if measured else term
    return _with_half(tokens, term, language)


def _stands_by_goods(tokens: Sequence[Token], number: Number, language: Language) -> bool:
    """Whether a word that may be no number has goods beside it, on the side where its language counts, or
    after a little word ("two of the breads").
    """
    if language.numbers.after_noun and number.first:
        if _opens_goods(tokens, number.first - 1, language):
            return True
        little = _word(tokens, number.last) in language.function
        return little and _opens_goods(tokens, number.last + 1, language)
    return _opens_goods(tokens, number.last, language)


def _is_pronoun(tokens: Sequence[Token], at: int, number: Number, language: Language) -> bool:
    """ "the blue one", "this one": a word for 1 that stands for the goods."""
    if number.value != 1 or number.article or number.last - at > 1 or tokens[at].word.isdigit():
        return False
    before = [_word(tokens, at - 1), _word(tokens, at - 2)]
    opens = _opens_goods(tokens, at + 1, language)
    return not opens and any(word in language.demonstratives for word in before if word)


def _is_measure(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Single letters measure only when they are glued to their figure, litres excepted."""
    word = _word(tokens, at)
    if word not in language.measures:
        return False
    return len(word) > 1 or word == "l" or tokens[at - 1].end == tokens[at].start


def _names_goods(
    tokens: Sequence[Token], at: int, language: Language, names: Collection[str]
) -> bool:
    """Whether a word like "cup" is itself what is bought: it is a product and no goods follow it."""
    key = singular(tokens[at].word, language)
    following = _word(tokens, at + 1)
    return (
        key in names
        and following not in language.partitives
        and not _opens_goods(tokens, at + 1, language)
    )


def _opens_goods(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether the token may begin the name of goods, or say what they are counted in."""
    if at >= len(tokens):
        return False
    word = tokens[at].word
    if word.isdigit():
        return _word(tokens, at + 1) in language.measures
    if word in language.units or word in language.measures:
        return True
    return is_word(tokens[at]) and word not in language.carriers | language.separators


def _figure_at(tokens: Sequence[Token], at: int) -> bool:
    return _word(tokens, at)[:1].isdigit()


def _number(tokens: Sequence[Token], at: int, language: Language) -> Number | None:
    return read_number(tokens, at, language.numbers) if at < len(tokens) else None


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""
