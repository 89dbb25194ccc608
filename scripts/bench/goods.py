"""Catalogues of any size with names as shops write them: brand, thing, kind and size."""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intents.understanding import Entry

_SEED = 7
_ALIASED = 0.2
_BRANDS = (
    "", "Mukwano", "Azam", "Dangote", "Bidco", "Peak", "Golden Penny", "Kakira", "Brookside", "Jesa",
    "Pembe", "Ajab", "Honeywell", "Mama Gold", "Royal", "Sunlight", "Dettol", "Nivea", "Familia", "Cowbell",
    "Devon King's", "Power", "Tropical Heat", "Kwality", "Supa", "Nakumatt", "Riham", "Mount Elgon",
    "Ruparelia", "Star", "Golden Fry", "Fresha",
)  # fmt: skip
_THINGS: Sequence[tuple[str, tuple[str, ...], tuple[str, ...], str]] = (
    ("rice", ("basmati", "pishori", "broken", "brown"), ("1kg", "2kg", "5kg", "10kg", "25kg"), "bag"),
    ("maize flour", ("sifted", "fortified", ""), ("1kg", "2kg", "5kg", "10kg"), "packet"),
    ("wheat flour", ("baking", "chapati", "atta"), ("1kg", "2kg", "10kg"), "packet"),
    ("sugar", ("white", "brown", "cube"), ("500g", "1kg", "2kg", "50kg"), "packet"),
    ("cooking oil", ("sunflower", "palm", "vegetable", "corn"), ("500ml", "1L", "3L", "5L", "20L"), "bottle"),
    ("milk", ("fresh", "long life", "powdered", "lactose free"), ("250ml", "500ml", "1L", "400g"), "packet"),
    ("yoghurt", ("strawberry", "vanilla", "plain", "mango"), ("150ml", "250ml", "500ml"), "cup"),
    ("tea leaves", ("loose", "tangawizi", "green", "masala"), ("50g", "100g", "250g", "500g"), "packet"),
    ("coffee", ("instant", "ground", "decaf"), ("50g", "100g", "200g"), "tin"),
    ("beans", ("yellow", "red", "black", "rosecoco"), ("500g", "1kg", "2kg"), "kg"),
    ("spaghetti", ("", "wholemeal"), ("400g", "500g"), "packet"),
    ("bar soap", ("blue", "white", "lemon", "carbolic"), ("175g", "400g", "800g", "1kg"), "bar"),
    ("bathing soap", ("original", "cool", "herbal", "aloe"), ("90g", "150g", "225g"), "piece"),
    ("washing powder", ("lavender", "lemon", "hand wash"), ("100g", "500g", "1kg", "3kg"), "packet"),
    ("toothpaste", ("herbal", "mint", "whitening", "kids"), ("35g", "70g", "140g"), "tube"),
    ("body lotion", ("cocoa", "aloe", "glycerine", "shea"), ("100ml", "200ml", "400ml"), "bottle"),
    ("petroleum jelly", ("scented", "pure", "baby"), ("50g", "100g", "250g"), "jar"),
    ("diapers", ("newborn", "midi", "maxi", "junior"), ("10s", "24s", "48s"), "pack"),
    ("tomato paste", ("", "hot"), ("70g", "210g", "400g"), "sachet"),
    ("biscuits", ("glucose", "ginger", "cream", "shortcake"), ("40g", "100g", "200g"), "packet"),
    ("juice", ("mango", "passion", "orange", "pineapple"), ("250ml", "500ml", "1L"), "bottle"),
    ("soda", ("cola", "orange", "lemon", "ginger"), ("300ml", "500ml", "2L"), "bottle"),
    ("noodles", ("chicken", "beef", "vegetable", "onion"), ("70g", "120g", "350g"), "packet"),
    ("margarine", ("", "salted", "low fat"), ("100g", "250g", "500g", "1kg"), "tub"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Goods:
    """A catalogue that was made up."""

    key: str
    entries: Sequence[Entry]


def goods(number: int) -> Goods:
    """`number` products, always the same, one in five with an alias. Raises ValueError when there are
    not so many different names."""
    chance = random.Random(_SEED)
    every = [*_names()]
    chance.shuffle(every)
    if number > len(every):
        raise ValueError(f"there are {len(every)} names, not {number}")
    entries = []
    for place, (name, short, unit) in enumerate(every[:number]):
        aliases = (f"{short} {place}",) if chance.random() < _ALIASED else ()
        entries.append(Entry(f"sku-{place}", name, aliases, unit=unit))
    return Goods(f"goods-{number}", tuple(entries))


def _names() -> Iterator[tuple[str, str, str]]:
    """Name, what it is called for short, and unit."""
    for thing, kinds, sizes, unit in _THINGS:
        for brand, kind, size, pack in itertools.product(_BRANDS, kinds, sizes, _PACKS):
            words = (brand, kind, thing, size, pack)
            yield " ".join(word for word in words if word).capitalize(), thing, unit


# A shop with twenty thousand products sells most of them by the piece and by the lot.
_PACKS = ("", "carton of 6", "carton of 12", "carton of 24")
