"""Somebody asks for what the shop does not know."""

from hashlib import blake2b
from uuid import UUID

from intents.folding import is_word, tidy, tokenise
from intents.language_files import speech
from store.late import put_down
from store.models import MissHeardRow
from store.scope import Scope

# Longer things are sentences and no names of goods.
MOST_WORDS, MOST_LETTERS = 4, 40
# So many figures may be a phone number, a code or a sum.
MOST_FIGURES = 4


def spelt(scope: Scope, mention: str) -> str:
    """The words of `mention` as they are counted and kept, without amounts and little words; "" where
    they can be no name of goods."""
    language = speech(tuple(str(locale) for locale in scope.shop.locales))
    little = language.function | language.measures.keys()
    said = [token.word for token in tokenise(tidy(mention), language) if is_word(token)]
    while said and said[0] in little:
        said.pop(0)
    while said and said[-1] in little:
        said.pop()
    words = " ".join(said)
    fits = 0 < len(said) <= MOST_WORDS and 2 < len(words) <= MOST_LETTERS
    return words if fits and not _looks_private(mention) else ""


def hear(scope: Scope, mention: str, person: UUID) -> None:
    """Have it counted. Written with the turn's end, as a new row that waits for nobody."""
    words = spelt(scope, mention)
    if not words:
        return
    row = {
        "shop_id": scope.shop.id,
        "words": words,
        "asker": asker(scope.shop.id, words, person),
        "at": scope.now,
        "counted": False,
    }
    put_down(scope.session, MissHeardRow, row)


def _looks_private(mention: str) -> bool:
    figures = sum(character.isdigit() for character in mention)
    return figures > MOST_FIGURES or "@" in mention or "/" in mention


def asker(shop: UUID, words: str, person: UUID) -> str:
    """Who asked, as it is kept: another one for every word, so that nobody's wishes can be put together."""
    mark = blake2b(words.encode(), digest_size=8, key=shop.bytes, salt=person.bytes)
    return mark.hexdigest()
