"""A message's tokens read as terms: words, counts, sizes, sums of money, and where one thing ends."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from intents.beside import is_measure, is_pronoun, names_goods, opens_goods, stands_by_goods
from intents.folding import Token, is_word
from intents.language import Language
from intents.numbers import Number, and_a_half, read_number
from intents.terms import Kind, Term, measure_key, number_key, singular
from intents.tokens import word_at

# From this on, a number after "for" or "at" is taken for money.
_MONEY_FROM = 100
_TIMES = frozenset({"x", "*", "\u00d7"})
_HYPHENS = frozenset({"-", "'"})


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
    number = read_number(tokens, at, language.numbers)
    if number is not None and not is_pronoun(tokens, at, number, language):
        return _counted(tokens, number, language, names)
    if (found := _unit_before(tokens, at, language, names)) is not None:
        return found
    if word in language.separators:
        return Term(Kind.BREAK, word, at, at + 1)
    if is_word(tokens[at]):
        unit = word in language.units and word_at(tokens, at + 1) in language.partitives
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
    number = read_number(tokens, at + 1, language.numbers)
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
    word = word_at(tokens, last)
    ending = word + word_at(tokens, last + 1)
    if number.suffixed or (word in language.currencies and len(word) > 1):
        return replace(plain, kind=Kind.AMOUNT, last=last + (word in language.currencies))
    if ending in {"/=", "/-"}:
        return replace(plain, kind=Kind.AMOUNT, last=last + 2)
    if word in language.numbers.articles and word_at(tokens, last + 1) in language.measures:
        last, word = last + 1, word_at(tokens, last + 1)
    if is_measure(tokens, last, language):
        return _with_half(tokens, _measured(plain, word, last + 1, language), language)
    if word in language.units and not names_goods(tokens, last, language, names):
        return _with_half(tokens, replace(plain, last=last + 1, unit=word), language)
    if word in _TIMES:
        return replace(plain, last=last + 1)
    if number.article and not opens_goods(tokens, last, language):
        return _plain(tokens, number.first, language)
    if number.weak and not stands_by_goods(tokens, number, language):
        return _plain(tokens, number.first, language)
    marked = word_at(tokens, number.first - 1) in language.price_marks
    return replace(plain, marked=marked and number.value >= _MONEY_FROM)


def _measured(term: Term, word: str, last: int, language: Language) -> Term:
    """A count as so much of a measure."""
    key = measure_key(term.value or Decimal(0), word, language)
    return replace(term, kind=Kind.MEASURE, key=key, last=last, unit=word)


def _with_half(tokens: Sequence[Token], term: Term, language: Language) -> Term:
    """ "2 kilos and a half"."""
    more = and_a_half(tokens, term.last, language.numbers)
    if more is None or term.value is None or opens_goods(tokens, more[1], language):
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
    number = read_number(tokens, at + 1, language.numbers)
    if number is None or number.article or number.suffixed:
        return None
    following = word_at(tokens, number.last)
    if not language.numbers.after_noun and opens_goods(tokens, number.last, language):
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


def _figure_at(tokens: Sequence[Token], at: int) -> bool:
    return word_at(tokens, at)[:1].isdigit()
