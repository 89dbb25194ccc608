"""Reads the words of sellers and riders: "OK 1001", "stock rice +5", "1001 ok", "deliverd 1001 4321"."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import dropwhile
from typing import Literal, NamedTuple, TypeAlias

from rapidfuzz.distance import OSA

from intents.after_figure import has_number, up_to_figure
from intents.command import Command, Word
from intents.command_goods import perhaps_goods
from intents.command_people import leaving, newcoming, numbering
from intents.command_rules import RULES, Form
from intents.command_words import further_words
from intents.folding import fold, tidy
from intents.language import Language, Phrase
from intents.language_files import speech
from intents.shop_words import with_coupon, with_listing, with_own_words
from intents.stock_lines import read_stock

__all__ = ["Command", "Word", "read_command"]

Role = Literal["seller", "rider"]

_PART = re.compile(r"[+-]?\d+(?:[.,]\d+)*|[^\W\d_]+|#")
_FIGURE = re.compile(r"[+-]?\d[\d.,]*k?$", re.IGNORECASE)
_ORDER_NUMBER = re.compile(r"\d{1,9}$")
_CODE = re.compile(r"[0-9]{6}$")
_PHONE = re.compile(r"(?:\+\d{7,15}|\d{10,15})\b")
_WITHOUT_TEXT = (Form.NUMBER, Form.PERSON)
_WITH_TEXT = (Form.NUMBER_AND_TEXT, Form.PERSON_AND_TEXT)
# "I don carry am 1003": so many parts may say one word.
_LONGEST_WORD = 4
# A rider's name and an amount have no more words: "Okello Moses Junior UGX 50000".
_LONGEST_NAME = 5
# Words between a keyword and its number that say nothing: "OK order 1001".
_FILLERS = frozenset({"#", "no", "number", "order", "oda", "for"})
# What stands before the number of another shop's order, and what may be said to it.
SUPPLY_MARK = "s"
SUPPLY_ANSWERS = frozenset({Word.OK, Word.NO, Word.READY})
_TRAILING = " \t\r\n.!?,;"


class _Part(NamedTuple):
    word: str
    start: int
    end: int


Reading: TypeAlias = Callable[[Word, bool, str, Sequence[_Part], Language], Command | None]


def read_command(text: str, role: str, locales: Sequence[str]) -> Command | None:
    """The command in a message of a seller or rider, or None where it has no command's form.

    A word without its order number is given with number None. "DELIVERED 4321" may name the code
    alone: then the number is whatever stood there, and who knows the open orders decides.
    """
    text = tidy(text).strip()
    language = speech(tuple(locales))
    words = _words_of(role, tuple(locales))
    parts = [_Part(fold(m.group()), m.start(), m.end()) for m in _PART.finditer(text)]
    if not parts:
        return None
    if _ORDER_NUMBER.match(parts[0].word) or parts[0].word == "#":
        return _reversed(text, parts, words, language)
    found = _keyword(parts, words)
    supplied = _supplied(text, parts, found, words)
    if supplied is not None:
        return supplied
    if found is None:
        return None
    word, length, exact = found
    after = parts[length:]
    command = _FORMS[RULES[word].form](word, exact, text, after, language)
    said = tuple(part.word for part in parts[:length])
    other = further_words(tuple(locales)).get(said)
    if command is None and other is not None and role in RULES[other].roles:
        # "REJECT 1001" is an order's; "REJECT zawadi no such stall" is none, and means something else.
        return _FORMS[RULES[other].form](other, exact, text, after, language)
    return command


def _reversed(
    text: str, parts: Sequence[_Part], words: Mapping[Phrase, Word], language: Language
) -> Command | None:
    """ "1001 ok": the number before the word, and nothing but a reason or code after it."""
    parts = [part for part in parts if part.word != "#"]
    found = _keyword(parts[1:], words) if len(parts) > 1 else None
    if found is None or not _ORDER_NUMBER.match(parts[0].word):
        return None
    word, length, exact = found
    form = RULES[word].form
    after = parts[1 + length :]
    if form not in (*_WITHOUT_TEXT, *_WITH_TEXT) or (form in _WITHOUT_TEXT and after):
        return None
    return Command(word, int(parts[0].word), _rest(text, after), exact)


def _supplied(
    text: str,
    parts: Sequence[_Part],
    found: tuple[Word, int, bool] | None,
    words: Mapping[Phrase, Word],
) -> Command | None:
    """ "OK S12", "s12 no, sold out", "S12" alone: an order of another shop, by its name here. The answer
    becomes the rest of the one word for all of them; another word is not about such an order."""
    if Word.SUPPLY not in words.values():
        return None
    place = found[1] if found is not None and found[0] in SUPPLY_ANSWERS else 0
    head = list(dropwhile(lambda part: place and part.word in _FILLERS, parts[place:]))
    if len(head) < 2 or head[0].word != SUPPLY_MARK or not _ORDER_NUMBER.match(head[1].word):
        return None
    number, after = int(head[1].word), head[2:]
    if place == 0 and after:
        found = _keyword(after, words)
        if found is None or found[0] not in SUPPLY_ANSWERS:
            return None
        after = after[found[1] :]
    if found is None:
        return Command(Word.SUPPLY, number)
    word, _, exact = found
    return Command(Word.SUPPLY, number, f"{word} {_rest(text, after)}".strip(), exact)


@lru_cache(maxsize=128)
def _words_of(role: str, locales: tuple[str, ...]) -> Mapping[Phrase, Word]:
    """What a role may say."""
    known = {p: Word(w) for p, w in speech(locales).commands.items()}
    every = {**further_words(locales), **known}
    return {phrase: word for phrase, word in every.items() if role in RULES[word].roles}


def _keyword(parts: Sequence[_Part], own: Mapping[Phrase, Word]) -> tuple[Word, int, bool] | None:
    """The word at the head: which, how many parts it takes, and whether it is spelt right."""
    for length in range(min(_LONGEST_WORD, len(parts)), 0, -1):
        said = tuple(part.word for part in parts[:length])
        if said in own:
            return own[said], length, True
    return _near(parts[0].word, own)


def _near(said: str, own: Mapping[Phrase, Word]) -> tuple[Word, int, bool] | None:
    """A misspelt word: one slip in four letters or more, two in seven. Shorter ones only as written."""
    best: tuple[int, Word] | None = None
    for phrase, word in own.items():
        if len(phrase) > 1 or len(phrase[0]) < 4 or len(said) < 3 or not RULES[word].slips:
            continue
        slips = OSA.distance(said, phrase[0])
        allowed = 2 if len(phrase[0]) >= 7 else 1
        if slips <= allowed and (best is None or slips < best[0]):
            best = (slips, word)
    return (best[1], 1, False) if best else None


def _alone(
    word: Word, exact: bool, text: str, after: Sequence[_Part], _language: Language
) -> Command | None:
    if after:
        return None
    return Command(word, exact=exact and not RULES[word].spoken and text[-1:] != "?")


def _with_number(
    word: Word, exact: bool, _text: str, after: Sequence[_Part], language: Language
) -> Command | None:
    number, rest = _order_number(after)
    if rest:
        # "OK 1001 and 1002": the first, which the answer names. A bare word could mean a third order.
        between = _FILLERS | language.separators | language.linkers
        if number is None or not all(
            _ORDER_NUMBER.match(part.word) or part.word in between for part in rest
        ):
            return None
    return Command(word, number, exact=exact and (number is not None or not RULES[word].spoken))


def _with_text(
    word: Word, exact: bool, text: str, after: Sequence[_Part], _language: Language
) -> Command | None:
    number, rest = _order_number(after)
    if number is None and rest and RULES[word].spoken:
        return None
    sure = number is not None or not RULES[word].spoken
    return Command(word, number, _rest(text, rest), exact and sure)


def _by_phone(otherwise: Reading) -> Reading:
    """A phone stays in `rest`, as written; where there is none, the form is that of an order."""

    def read(
        word: Word, exact: bool, text: str, after: Sequence[_Part], language: Language
    ) -> Command | None:
        if after and _PHONE.match(text, after[0].start):
            return Command(word, rest=_rest(text, after), exact=exact)
        return otherwise(word, exact, text, after, language)

    return read


def _with_goods(
    word: Word, exact: bool, text: str, after: Sequence[_Part], language: Language
) -> Command | None:
    rest = _rest(text, after).rstrip(_TRAILING)
    if not rest:
        return Command(word, exact=False)
    rest = up_to_figure(rest, language)
    goods, _, figure = rest.replace("=", " ").rpartition(" ")
    if not _FIGURE.match(figure):
        return _asks_how(word, exact, rest, language)
    return (
        None
        if set(fold(goods).split()) <= language.function
        else Command(word, rest=rest, exact=exact)
    )


def _with_stock(
    word: Word, exact: bool, text: str, after: Sequence[_Part], language: Language
) -> Command | None:
    rest = _rest(text, after).rstrip(_TRAILING)
    if not rest:
        return Command(word, exact=False)
    heads = [phrase for phrase, said in language.commands.items() if said == word]
    lines = read_stock(rest, language, heads)
    if not lines:
        return _asks_how(word, exact, rest, language)
    return Command(word, rest=lines, exact=exact)


def _asks_how(word: Word, exact: bool, rest: str, language: Language) -> Command | None:
    """A figure that nobody can read is no purchase: the word alone, which asks how to write it."""
    return Command(word, exact=False) if exact and has_number(rest, language) else None


def _with_words(
    word: Word, exact: bool, text: str, after: Sequence[_Part], _language: Language
) -> Command | None:
    rest = _rest(text, after).rstrip(_TRAILING)
    return Command(word, rest=rest, exact=exact and bool(rest))


def _with_floor(
    word: Word, exact: bool, text: str, after: Sequence[_Part], language: Language
) -> Command | None:
    """Goods, and an amount, a percentage, or the word by which riders go off duty."""
    rest = _rest(text, after).rstrip(_TRAILING)
    if not rest:
        return Command(word, exact=False)
    goods, _, floor = rest.replace("=", " ").replace(" %", "%").rpartition(" ")
    if language.commands.get((fold(floor),)) == Word.OFF:
        floor = Word.OFF.value
    elif not _FIGURE.match(floor.removesuffix("%")):
        return None
    if set(fold(goods).split()) <= language.function:
        return None
    return Command(word, rest=f"{goods.strip()} {floor}", exact=exact)


def _with_figure(
    word: Word, exact: bool, text: str, after: Sequence[_Part], _language: Language
) -> Command | None:
    rest = _rest(text, after).rstrip(_TRAILING)
    if rest and not _FIGURE.match(rest.split()[-1]):
        return None
    return Command(word, rest=rest, exact=exact)


def _with_rider(
    word: Word, exact: bool, text: str, after: Sequence[_Part], _language: Language
) -> Command | None:
    """Whoever brought it, by name or phone, and how much. Nobody: who holds how much. A sentence is no
    rider's name."""
    rest = _rest(text, after).rstrip(_TRAILING)
    if len(rest.split()) > _LONGEST_NAME:
        return None
    return Command(word, rest=rest, exact=exact and bool(rest) and text[-1:] != "?")


def _with_code(
    word: Word, exact: bool, text: str, after: Sequence[_Part], _language: Language
) -> Command | None:
    """Six digits, perhaps in groups: four would be a delivery's."""
    digits = re.sub(r"[ -]", "", _rest(text, after).rstrip(_TRAILING))
    return Command(word, rest=digits, exact=exact) if _CODE.match(digits) else None


def _shop_word(reads: Callable[[str, Language], bool]) -> Reading:
    """What stands after the word, where it reads like what belongs there; the word alone asks how."""

    def read(
        word: Word, exact: bool, text: str, after: Sequence[_Part], language: Language
    ) -> Command | None:
        rest = _rest(text, after).rstrip(_TRAILING)
        if rest and not reads(rest, language):
            return None
        return Command(word, rest=rest, exact=exact and bool(rest))

    return read


def _with_words_or_none(
    word: Word, exact: bool, text: str, after: Sequence[_Part], _language: Language
) -> Command | None:
    """The word alone is one as well."""
    return Command(word, rest=_rest(text, after).rstrip(_TRAILING), exact=exact)


def _order_number(after: Sequence[_Part]) -> tuple[int | None, Sequence[_Part]]:
    """The order number at the head, fillers left out; without one, everything is the rest."""
    for index, part in enumerate(after):
        if _ORDER_NUMBER.match(part.word):
            return int(part.word), after[index + 1 :]
        if part.word not in _FILLERS:
            break
    return None, after


def _rest(text: str, after: Sequence[_Part]) -> str:
    """What stands from here on, as written."""
    return text[after[0].start :].strip() if after else ""


_FORMS = {
    Form.ALONE: _alone,
    Form.NUMBER: _with_number,
    Form.NUMBER_AND_TEXT: _with_text,
    Form.PERSON: _by_phone(_with_number),
    Form.PERSON_AND_TEXT: _by_phone(_with_text),
    Form.GOODS_AND_FIGURE: _with_goods,
    Form.STOCK_LINES: _with_stock,
    Form.WORDS_AND_GOODS: _with_words,
    Form.GOODS_AND_FLOOR: _with_floor,
    Form.FIGURE: _with_figure,
    Form.RIDER_AND_FIGURE: _with_rider,
    Form.CODE: _with_code,
    Form.LISTING: _shop_word(with_listing),
    Form.OWN_WORDS: _shop_word(with_own_words),
    Form.COUPON: _shop_word(with_coupon),
    Form.TIMES: _with_words_or_none,
    Form.PERHAPS_GOODS: perhaps_goods,
    Form.NEWCOMER: newcoming,
    Form.LEAVER: leaving,
    Form.OWN_NUMBER: numbering,
}
