"""Which product answers to which code (1-999) on USSD and posters."""

from collections.abc import Mapping, Sequence

from store.codes import CODES
from store.shopfile.values import ProductEntry


def allot(entries: Sequence[ProductEntry], kept: Mapping[str, int | None]) -> dict[str, int | None]:
    """A code for every sku: the file's own first, then the one it had (`kept`, also of products that
    are no longer sold), then the lowest that is free; None when there are no more."""
    codes: dict[str, int | None] = {e.sku: e.code for e in entries if e.code is not None}
    taken = {code for code in codes.values() if code is not None}
    listed = [entry.sku for entry in entries if entry.sku not in codes]
    gone = [sku for sku in kept if sku not in codes and sku not in listed]
    for sku in (*listed, *gone):
        old = kept.get(sku)
        if old is not None and old not in taken:
            codes[sku] = old
            taken.add(old)
    free = iter([code for code in CODES if code not in taken])
    for sku in listed:
        if sku not in codes:
            codes[sku] = next(free, None)
    return {**dict.fromkeys(gone), **codes}
