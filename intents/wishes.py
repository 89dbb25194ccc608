"""Reads wishes: whole messages that are one of a language's set phrases (`wishes.toml`).

A phrase is a few words. "#" in it stands for a whole number, "..." at its end for words of the writer's own.
Long words are known with a slip, and polite words around a phrase do no harm.
"""

from collections.abc import Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.folding import Token, tidy, tokenise
from intents.language import Language, Phrase
from intents.language_files import speech
from intents.wish import Wished
from intents.wish_phrases import LONG, NUMBER, REST, WishPhrases, phrases

# No chat spelling is put right.
AS_WRITTEN = Language("und")


def read_wish(text: str, locales: Sequence[str]) -> Wished | None:
    """The wish that a whole message is, in any of these languages or English; None for other messages."""
    language = speech(tuple(locales))
    tidied = tidy(text)
    known = phrases(tuple(dict.fromkeys((*locales, "en"))))
    readings = _readings(tidied, language)
    # A word as it is written counts before a slip of it.
    for fitting in (_as_written, _with_slips):
        for said in readings:
            for phrase in fitting(known, said):
                return _wished(known, phrase, said, tidied)
    return None


def _readings(tidied: str, language: Language) -> Sequence[list[Token]]:
    """With chat spellings ("dem") as they are and as what they stand for, and with polite words and
    without: either may belong to a phrase."""
    every: list[list[Token]] = []
    for spoken in (AS_WRITTEN, language):
        tokens = [t for t in tokenise(tidied, spoken) if t.word[0].isalnum()]
        for said in (tokens, _without_manners(tokens, language)):
            if said and said not in every:
                every.append(said)
    return every


def _without_manners(tokens: list[Token], language: Language) -> list[Token]:
    first, last = 0, len(tokens)
    while first < last and tokens[first].word in language.polite:
        first += 1
    while last > first and tokens[last - 1].word in language.polite:
        last -= 1
    return tokens[first:last]


def _as_written(known: WishPhrases, tokens: Sequence[Token]) -> Iterator[Phrase]:
    """The phrases that it is, the one with most words first and those with an open end last."""
    words = tuple(NUMBER if _whole(token.word) is not None else token.word for token in tokens)
    if words in known.wishes:
        yield words
    for length in range(len(words) - 1, 0, -1):
        begun = (*words[:length], REST)
        if begun in known.wishes:
            yield begun


def _with_slips(known: WishPhrases, tokens: Sequence[Token]) -> Iterator[Phrase]:
    if any(_is_slip(token.word, known.long) for token in tokens):
        for phrase in (*known.whole.get(len(tokens), ()), *known.open):
            if _fits(phrase, tokens):
                yield phrase


def _is_slip(word: str, long: Sequence[str]) -> bool:
    """Whether it may stand for another word of some phrase. Most messages have no such word, and then no
    phrase has to be looked at."""
    if len(word) < LONG - 1:
        return False
    near = process.extract(word, long, scorer=OSA.distance, score_cutoff=1, limit=2)
    return any(distance for _, distance, _ in near)


def _fits(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    fixed = phrase[:-1] if phrase[-1] == REST else phrase
    if len(tokens) < len(phrase):
        return False
    return all(
        _whole(token.word) is not None
        if part == NUMBER
        else part == token.word or _near(part, token.word)
        for part, token in zip(fixed, tokens, strict=False)
    )


def _near(part: str, word: str) -> bool:
    return len(part) >= LONG and OSA.distance(part, word, score_cutoff=1) <= 1


def _wished(known: WishPhrases, phrase: Phrase, said: Sequence[Token], tidied: str) -> Wished:
    """With the number said, and the words of the writer's own."""
    number = None
    for part, token in zip(phrase, said, strict=False):
        if part == NUMBER:
            number = _whole(token.word)
    rest = tidied[said[len(phrase) - 1].start :].strip() if phrase[-1] == REST else ""
    return Wished(known.wishes[phrase], number, rest)


def _whole(word: str) -> int | None:
    digits = word.replace(",", "")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None
