"""Reads the words of sellers and riders: "OK 1001", "stock rice +5", "1001 ok", "deliverd 1001 4321"."""

from collections.abc import Mapping, Sequence

from intents.command import Command, Word
from intents.commands.forms import FORMS
from intents.commands.further_words import further_words
from intents.commands.keyword import keyword, words_of
from intents.commands.parts import Part, as_written, is_order_number, parts_of
from intents.commands.rules import RULES, Form
from intents.commands.supplied import read_supplied
from intents.folding import tidy
from intents.language import Phrase
from intents.language_files import speech

_WITHOUT_TEXT = (Form.NUMBER, Form.PERSON)
_WITH_TEXT = (Form.NUMBER_AND_TEXT, Form.PERSON_AND_TEXT)


def read_command(text: str, role: str, locales: Sequence[str]) -> Command | None:
    """The command in a message of a seller or rider, or None where it has no command's form.

    A word without its order number is given with number None. "DELIVERED 4321" may name the code
    alone: then the number is whatever stood there, and who knows the open orders decides.
    """
    text = tidy(text).strip()
    language = speech(tuple(locales))
    words = words_of(role, tuple(locales))
    parts = parts_of(text)
    if not parts:
        return None
    if is_order_number(parts[0]) or parts[0].word == "#":
        return _reversed(text, parts, words)
    found = keyword(parts, words)
    supplied = read_supplied(text, parts, found, words)
    if supplied is not None:
        return supplied
    if found is None:
        return None
    word, length, exact = found
    after = parts[length:]
    command = FORMS[RULES[word].form](word, exact, text, after, language)
    said = tuple(part.word for part in parts[:length])
    other = further_words(tuple(locales)).get(said)
    if command is None and other is not None and role in RULES[other].roles:
        # "REJECT 1001" is an order's; "REJECT zawadi no such stall" is none, and means something else.
        return FORMS[RULES[other].form](other, exact, text, after, language)
    return command


def _reversed(text: str, parts: Sequence[Part], words: Mapping[Phrase, Word]) -> Command | None:
    """ "1001 ok": the number before the word, and nothing but a reason or code after it."""
    parts = [part for part in parts if part.word != "#"]
    found = keyword(parts[1:], words) if len(parts) > 1 else None
    if found is None or not is_order_number(parts[0]):
        return None
    word, length, exact = found
    form = RULES[word].form
    after = parts[1 + length :]
    if form not in (*_WITHOUT_TEXT, *_WITH_TEXT) or (form in _WITHOUT_TEXT and after):
        return None
    return Command(word, int(parts[0].word), as_written(text, after), exact)
