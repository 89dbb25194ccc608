"""One thing for another: "not the 5kg, the 1kg", "change rice to beans", "3 instead of 2"."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from intents.language import Phrase
from intents.mentions import Mention
from intents.reading import Reading
from intents.terms import Kind, Term
from intents.understanding import Item

_OLD, _NEW, _THING = "{old}", "{new}", "{}"

Thing: TypeAlias = Mention | Term


def find_swap(reading: Reading) -> tuple[Item, ...]:
    """The old item at quantity 0 and the new one; one item alone where only its quantity changes."""
    skeleton, things = _skeleton(reading)
    if len(things) < 2 or not any(_is_known(thing) for thing in things):
        return ()
    skipped = _skipped(reading)
    for swap in reading.language.swaps:
        said = [word for word in swap if word not in skipped]
        pattern = tuple(_THING if word in (_OLD, _NEW) else word for word in said)
        for at in range(len(skeleton) - len(pattern) + 1):
            if skeleton[at : at + len(pattern)] == pattern:
                before = skeleton[:at].count(_THING)
                return _swapped(reading, swap, things[before : before + 2])
    return ()


def _skeleton(reading: Reading) -> tuple[Phrase, list[Thing]]:
    """The message's words with every thing in it as one sign, and the things."""
    things: dict[int, Thing] = {m.first: m for m in reading.mentions}
    things.update({t.first: t for t in reading.loose if t.kind in (Kind.NUMBER, Kind.MEASURE)})
    skipped = _skipped(reading)
    words: list[str] = []
    at = 0
    while at < len(reading.tokens):
        if at in things:
            words.append(_THING)
            at = things[at].last
            continue
        if reading.tokens[at].word[0].isalnum() and reading.tokens[at].word not in skipped:
            words.append(reading.tokens[at].word)
        at += 1
    return tuple(words), [things[first] for first in sorted(things)]


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
    said = reading.text[reading.tokens[thing.first].start : reading.tokens[thing.last - 1].end]
    for sku in (about, reading.context.last_sku, *reading.context.in_cart):
        found = reading.sized(sku, frozenset({thing.key}))
        if found.sku and thing.key in found.claimed:
            return Item(said, found.sku)
        if found.candidates:
            return Item(said, None, candidates=found.candidates)
    return Item(said)
