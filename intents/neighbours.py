"""Mentions beside each other that are of one thing: "charger, type C", "2 rice, the 5kg"."""

from collections.abc import Sequence
from dataclasses import replace

from intents.mention import Mention
from intents.names.index import Names
from intents.understanding import Item


def joined(found: Sequence[Mention], names: Names) -> list[Mention]:
    """Neighbours that mean the same thing are one mention: "cream of wheat", "charger, type C, one"."""
    kept: list[Mention] = []
    for mention in found:
        one = _one(kept[-1], mention, names) if kept else None
        if one is None:
            kept.append(mention)
        else:
            kept[-1] = one
    return kept


def kinds_apart(found: Sequence[Mention], names: Names) -> list[Mention]:
    """ "2 rice, the 5kg": a kind that is named a little later is that of the goods before it."""
    kept: list[Mention] = []
    for mention in found:
        had, more = (kept[-1].item if kept else None), mention.item
        if (
            had is None
            or had.sku is None
            or more.quantity is not None
            or not _only_kind(more, had.sku, names)
        ):
            kept.append(mention)
            continue
        item = replace(had, sku=more.sku, candidates=more.candidates)
        kept[-1] = replace(kept[-1], item=item)
    return kept


def _only_kind(item: Item, sku: str, names: Names) -> bool:
    """Whether an item is a kind of this product and says nothing but which."""
    skus = (item.sku,) if item.sku else item.candidates
    if not skus or any(names.family_of.get(each) != sku or each == sku for each in skus):
        return False
    name = {word for called in names.family(sku).names for word in called.words}
    return not name & set(item.mention.casefold().split())


def _one(first: Mention, second: Mention, names: Names) -> Mention | None:
    """Both as one, where they can be: the second says of the first how much of it, or of which kind."""
    if first.item.quantity is not None and second.item.quantity is not None:
        return None
    had, more = first.item, second.item
    kin = more.sku is not None and names.family_of.get(more.sku) == had.sku
    if had.sku is None or not (kin or more.sku == had.sku or had.sku in more.candidates):
        return None
    counted = had if had.quantity is not None else more
    item = replace(
        had,
        sku=more.sku if kin else had.sku,
        quantity=counted.quantity,
        unit=counted.unit or had.unit,
    )
    return replace(first, item=item, last=second.last, name_last=second.name_last)
