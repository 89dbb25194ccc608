"""A seller says by phone what else goods are called. A shop's file leaves such names as they are, but
where it gives the same words itself: then the file counts."""

import re

from rapidfuzz.distance import OSA
from sqlalchemy import select

from flows.ports.refusals import AliasTaken, BadAlias, NearAlias, Refusal, UnknownProduct
from flows.ports.trade import AliasSet
from intents.folding import fold, tidy
from intents.language_files import speech
from store.facts import note
from store.ids import new_id
from store.lookup.upkeep import renamed
from store.misses.counting import ALIASED, settle
from store.misses.hearing import spelt
from store.models import AliasRow
from store.scope import Scope
from store.snapshot import Snapshot, changed

SHORTEST, LONGEST, MOST_WORDS = 2, 40, 5
# Words that differ by so little are taken for one another by the engine as well.
NEARLY = 0.8
FACT = "alias-set"

_WORD = re.compile(r"[^\W_]+")


def add_alias(
    scope: Scope, snapshot: Snapshot, words: str, sku: str, *, sure: bool
) -> AliasSet | Refusal:
    """From now on the words find the goods. Saying it again changes nothing; what the words meant
    before, by phone, they mean no more."""
    found = snapshot.by_sku.get(sku)
    if found is None:
        return UnknownProduct(sku)
    goods, kind = found
    alias = " ".join(words.split())
    said = _plain(alias)
    if not _names_something(scope, said):
        return BadAlias(alias[:LONGEST])
    for other in snapshot.goods:
        if other is goods:
            continue
        called = _plain(other.name)
        if called == said:
            return AliasTaken(alias, other.name)
        if not sure and OSA.normalized_similarity(said, called) >= NEARLY:
            return NearAlias(alias, other.name)
    taken = _write(scope, alias, sku)
    if taken is not None:
        return AliasTaken(alias, snapshot.names.get(taken, taken))
    settle(scope, spelt(scope, alias), ALIASED)
    return AliasSet(alias, goods.label_of(kind))


def names_goods(snapshot: Snapshot, words: str) -> bool:
    """Whether these words are a name or an alias here by now."""
    said = _plain(words)
    return any(said == _plain(name) for e in snapshot.entries for name in (e.name, *e.aliases))


def _write(scope: Scope, alias: str, sku: str) -> str | None:
    """The sku whose alias it is by the shop's file, which is not to be changed by phone."""
    rows = scope.session.scalars(select(AliasRow).where(AliasRow.shop_id == scope.shop.id))
    same = next((row for row in rows if row.alias.casefold() == alias.casefold()), None)
    if same is not None and same.sku == sku:
        return None
    if same is not None and not same.by_phone:
        return same.sku
    if same is None:
        same = AliasRow(id=new_id(), shop_id=scope.shop.id, alias=alias, by_phone=True)
        scope.session.add(same)
    same.sku = sku
    note(scope.session, FACT, {"alias": alias, "sku": sku}, scope.now, scope.shop.id)
    changed(scope.session, scope.shop)
    renamed(scope.session, scope.shop, sku)
    return None


def _plain(text: str) -> str:
    """Without case, marks and signs."""
    return " ".join(fold(word) for word in _WORD.findall(tidy(text)))


def _names_something(scope: Scope, said: str) -> bool:
    """Whether the engine would ever look for goods by these words."""
    words = said.split()
    language = speech(tuple(str(locale) for locale in scope.shop.locales))
    telling = [word for word in words if word[0].isalpha() and word not in language.carriers]
    short_enough = SHORTEST <= len(said) <= LONGEST and len(words) <= MOST_WORDS
    return bool(telling) and short_enough
