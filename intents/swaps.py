"""One thing for another: "not the 5kg, the 1kg", "change rice to beans", "3 instead of 2"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from intents.language import Phrase
from intents.mention import Mention
from intents.reading import Reading
from intents.terms import Kind, Term
from intents.understanding import Item

_OLD, _NEW, _THING = "{old}", "{new}", "{}"

Thing: TypeAlias = Mention | Term


@dataclass(frozen=True, slots=True)
class Swap:
    """What a swap comes to, and the tokens[first:last] that say it."""

    items: tuple[Item, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Sign:
    """A word of the message, or the sign for a thing, at tokens[first:last]."""

    word: str
    first: int
    last: int


def find_swap(reading: Reading) -> Swap | None:
    """The old item at quantity 0 and the new one; one item alone where only its quantity changes."""
    things = _things(reading)
    if len(things) < 2 or not any(_is_known(thing) for thing in things.values()):
        return None
    skipped = _skipped(reading)
    said = _skeleton(reading, things, skipped)
    spoken = {sign.word for sign in said} | {_OLD, _NEW}
    for swap in reading.language.swaps:
        words = [word for word in swap if word not in skipped]
        if not spoken.issuperset(words):
            continue
        pattern = [_THING if word in (_OLD, _NEW) else word for word in words]
        silent = reading.language.polite - set(swap)
        skeleton = [sign for sign in said if sign.word not in silent]
        for at in range(len(skeleton) - len(pattern) + 1):
            part = skeleton[at : at + len(pattern)]
            if [sign.word for sign in part] == pattern:
                two = [things[sign.first] for sign in part if sign.word == _THING]
                return Swap(_swapped(reading, swap, two), part[0].first, part[-1].last)
    return None


def _things(reading: Reading) -> Mapping[int, Thing]:
    """Goods and lone figures, by their first token."""
    things: dict[int, Thing] = {m.first: m for m in reading.mentions}
    things.update({t.first: t for t in reading.loose if t.kind in (Kind.NUMBER, Kind.MEASURE)})
    return things


def _skeleton(
    reading: Reading, things: Mapping[int, Thing], skipped: frozenset[str]
) -> Sequence[_Sign]:
    """The message's words, with every thing in it as one sign."""
    signs: list[_Sign] = []
    at = 0
    while at < len(reading.tokens):
        word = reading.tokens[at].word
        if at in things:
            signs.append(_Sign(_THING, at, things[at].last))
            at = things[at].last
            continue
        if word[0].isalnum() and word not in skipped:
            signs.append(_Sign(word, at, at + 1))
        at += 1
    return signs


def _skipped(reading: Reading) -> frozenset[str]:
    """Little words that make no difference between one pattern and another."""
    language = reading.language
    paired = {word for swap in language.swaps for word in swap[-2:-1]}
    return language.linkers | (language.separators - paired)


def _is_known(thing: Thing) -> bool:
    return isinstance(thing, Term) or bool(thing.item.sku or thing.item.candidates)


def _swapped(reading: Reading, swap: Phrase, things: Sequence[Thing]) -> tuple[Item, ...]:
    old_first = swap.index(_OLD) < swap.index(_NEW)
    old, new = things if old_first else reversed(things)
    about = next((m.item.sku for m in reading.mentions if m.item.sku), None)
    about = about or reading.context.last_sku
    if isinstance(new, Term) and new.kind is Kind.NUMBER:
        # Only how many there are changes.
        kept = old.item if isinstance(old, Mention) else Item("", about)
        return (replace(kept, quantity=new.value, unit=new.unit),)
    if isinstance(old, Term) and old.kind is Kind.NUMBER:
        return (_item(reading, new, about),)
    was = _item(reading, old, about)
    now = _item(reading, new, was.sku or about)
    if was.sku is not None and was.sku == now.sku:
        return (now,)
    return replace(was, quantity=Decimal(0), unit=None), now


def _item(reading: Reading, thing: Thing, about: str | None) -> Item:
    """A lone size means the kin, of that size, of what is talked about or in the basket."""
    if isinstance(thing, Mention):
        return thing.item
    said = reading.said(thing)
    for sku in (about, reading.context.last_sku, *reading.context.in_cart):
        found = reading.sized(sku, frozenset({thing.key}))
        if found.sku and thing.key in found.claimed:
            return Item(said, found.sku)
        if found.candidates:
            return Item(said, None, candidates=found.candidates)
    return Item(said)
