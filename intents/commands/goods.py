"""Words with goods behind them: "PRICE rice 5kg 20000", "STOCK rice +5", "FLOOR rice 10%", LINK."""

from collections.abc import Sequence

from intents.command import Command, Word
from intents.commands.after_figure import has_number, up_to_figure
from intents.commands.figures import is_figure
from intents.commands.parts import Part, unpointed
from intents.commands.stock_lines import read_stock
from intents.folding import fold
from intents.language import Language

# A name has no more words: what is longer is a sentence.
LONGEST_NAME = 6


def with_figure_of_goods(
    word: Word, exact: bool, text: str, after: Sequence[Part], language: Language
) -> Command | None:
    """Goods and a figure at the end."""
    rest = unpointed(text, after)
    if not rest:
        return Command(word, exact=False)
    rest = up_to_figure(rest, language)
    goods, _, figure = rest.replace("=", " ").rpartition(" ")
    if not is_figure(figure):
        return _asks_how(word, exact, rest, language)
    return None if _says_nothing(goods, language) else Command(word, rest=rest, exact=exact)


def with_stock(
    word: Word, exact: bool, text: str, after: Sequence[Part], language: Language
) -> Command | None:
    """Lines of stock, before each of which the word may stand again."""
    rest = unpointed(text, after)
    if not rest:
        return Command(word, exact=False)
    heads = [phrase for phrase, said in language.commands.items() if said == word]
    lines = read_stock(rest, language, heads)
    if not lines:
        return _asks_how(word, exact, rest, language)
    return Command(word, rest=lines, exact=exact)


def with_floor(
    word: Word, exact: bool, text: str, after: Sequence[Part], language: Language
) -> Command | None:
    """Goods, and an amount, a percentage, or the word by which riders go off duty."""
    rest = unpointed(text, after)
    if not rest:
        return Command(word, exact=False)
    goods, _, floor = rest.replace("=", " ").replace(" %", "%").rpartition(" ")
    if language.commands.get((fold(floor),)) == Word.OFF:
        floor = Word.OFF.value
    elif not is_figure(floor.removesuffix("%")):
        return None
    if _says_nothing(goods, language):
        return None
    return Command(word, rest=f"{goods.strip()} {floor}", exact=exact)


def perhaps_goods(
    word: Word, exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """`rest` is the name or sku of goods, "" where none are named."""
    rest = unpointed(text, after)
    return Command(word, rest=rest, exact=exact) if len(rest.split()) <= LONGEST_NAME else None


def _asks_how(word: Word, exact: bool, rest: str, language: Language) -> Command | None:
    """A figure that nobody can read is no purchase: the word alone, which asks how to write it."""
    return Command(word, exact=False) if exact and has_number(rest, language) else None


def _says_nothing(goods: str, language: Language) -> bool:
    """Nothing, or little words alone, which are nobody's goods."""
    return set(fold(goods).split()) <= language.function
