"""Reads the words of sellers and riders: "OK 1001", "stock rice +5", "1001 ok", "deliverd 1001 4321"."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from rapidfuzz.distance import OSA

from intents.command import Command, Word
from intents.command_words import further_words
from intents.folding import fold, tidy
from intents.language import Language, Phrase
from intents.language_files import speech

__all__ = ["Command", "Word", "read_command"]

Role = Literal["seller", "rider"]


class Form(Enum):
    """What may stand with a word. NUMBER is an order's; a bare word is possible with all of them.

    A PERSON is named by their order, or by phone when they have none.
    """

    ALONE = auto()
    NUMBER = auto()
    NUMBER_AND_TEXT = auto()
    PERSON = auto()
    PERSON_AND_TEXT = auto()
    GOODS_AND_FIGURE = auto()
    WORDS_AND_GOODS = auto()
    GOODS_AND_FLOOR = auto()
    FIGURE = auto()
    RIDER_AND_FIGURE = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """Who says a word and with what. `spoken`: customers and talkers say it too when it stands alone.
    `slips`: it is known with a slip too, which is not so where another word lies that near ("flour")."""

    roles: frozenset[str]
    form: Form
    spoken: bool = False
    slips: bool = True


_BOTH = frozenset({"seller", "rider"})
_SELLER = frozenset({"seller"})
_RIDER = frozenset({"rider"})

RULES: Mapping[Word, Rule] = {
    Word.OK: Rule(_SELLER, Form.NUMBER, spoken=True),
    Word.NO: Rule(_BOTH, Form.NUMBER_AND_TEXT, spoken=True),
    Word.READY: Rule(_SELLER, Form.NUMBER, spoken=True),
    Word.STOCK: Rule(_SELLER, Form.GOODS_AND_FIGURE, spoken=True),
    Word.PRICE: Rule(_SELLER, Form.GOODS_AND_FIGURE, spoken=True),
    Word.ALIAS: Rule(_SELLER, Form.WORDS_AND_GOODS),
    Word.MISSES: Rule(_SELLER, Form.ALONE),
    Word.FLOOR: Rule(_SELLER, Form.GOODS_AND_FLOOR, spoken=True, slips=False),
    Word.ORDERS: Rule(_SELLER, Form.ALONE),
    Word.SALES: Rule(_SELLER, Form.ALONE),
    Word.OPEN: Rule(_SELLER, Form.ALONE),
    Word.CLOSE: Rule(_SELLER, Form.ALONE),
    Word.REPLY: Rule(_SELLER, Form.PERSON_AND_TEXT, spoken=True),
    Word.BOT: Rule(_SELLER, Form.PERSON, spoken=True),
    Word.BALANCE: Rule(_BOTH, Form.ALONE),
    Word.PAYOUT: Rule(_BOTH, Form.FIGURE),
    Word.CASH: Rule(_SELLER, Form.RIDER_AND_FIGURE, spoken=True, slips=False),
    Word.CODE: Rule(_SELLER, Form.CODE, slips=False),
    Word.HELP: Rule(_BOTH, Form.ALONE, spoken=True),
    Word.PICKED: Rule(_BOTH, Form.NUMBER, spoken=True),
    Word.DELIVERED: Rule(_BOTH, Form.NUMBER_AND_TEXT, spoken=True),
    Word.ON: Rule(_RIDER, Form.ALONE),
    Word.OFF: Rule(_RIDER, Form.ALONE),
    Word.YES: Rule(_RIDER, Form.NUMBER, spoken=True),
    Word.FAIL: Rule(_RIDER, Form.NUMBER_AND_TEXT),
    Word.JOBS: Rule(_RIDER, Form.ALONE),
    Word.UNDO: Rule(_RIDER, Form.NUMBER),
}

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
    if found is None:
        return None
    word, length, exact = found
    return _FORMS[RULES[word].form](word, exact, text, parts[length:], language)


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
    word: Word, exact: bool, _text: str, after: Sequence[_Part], _language: Language
) -> Command | None:
    number, rest = _order_number(after)
    if rest:
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
    goods, _, figure = rest.replace("=", " ").rpartition(" ")
    if not _FIGURE.match(figure) or set(fold(goods).split()) <= language.function:
        return None
    return Command(word, rest=rest, exact=exact)


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
    Form.WORDS_AND_GOODS: _with_words,
    Form.GOODS_AND_FLOOR: _with_floor,
    Form.FIGURE: _with_figure,
    Form.RIDER_AND_FIGURE: _with_rider,
    Form.CODE: _with_code,
}
