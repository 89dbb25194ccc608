"""A supermarket's catalogue and what people write to it, made up from lists of words by a seed."""

from collections.abc import Iterator, Sequence
from random import Random

from intents.understanding import Entry

KINDS = (
    *(
        "Rice",
        "Sugar",
        "Maize flour",
        "Cooking oil",
        "Bar soap",
        "Toothpaste",
        "Tea leaves",
        "Milk",
    ),
    *("Bread", "Biscuits", "Spaghetti", "Tomato paste", "Salt", "Washing powder", "Toilet paper"),
    *("Shampoo", "Body lotion", "Diapers", "Candles", "Matches", "Battery", "Notebook", "Pencil"),
    *("Juice", "Soda", "Water", "Yoghurt", "Butter", "Margarine", "Beans", "Groundnuts", "Coffee"),
    *("Cocoa", "Honey", "Jam", "Vinegar", "Curry powder", "Noodles", "Sardines", "Corned beef"),
    *("Insecticide", "Bleach", "Floor polish", "Shoe polish", "Sponge", "Bucket", "Basin", "Plate"),
    *("Kettle", "Flask", "Umbrella", "Slippers", "Razor", "Deodorant", "Perfume", "Hair food"),
)
SORTS = (
    *("Super", "Premium", "Classic", "Fresh", "Golden", "Royal", "Family", "Extra", "Natural"),
    *("Brown", "White", "Red", "Blue", "Green", "Lemon", "Strawberry", "Vanilla", "Ginger", "Mint"),
    *("Herbal", "Baby", "Long grain", "Sweet", "Light", "Rich", "Pure", "Soft", "Strong", "Spicy"),
)
SIZES = ("250g", "500g", "1kg", "2kg", "5kg", "250ml", "500ml", "1l", "5l", "10kg")
UNITS = ("packet", "bottle", "piece", "tin", None)
FIRST = ("ka", "mu", "zi", "lo", "be", "ta", "ri", "so", "na", "pe", "di", "ga", "fu", "ha", "jo")
LAST = ("wa", "ra", "mbo", "la", "ki", "to", "ni", "ssa", "nde", "vu", "lex", "max", "rin", "mia")

FRAMES = (
    *("i want {n} {goods}", "do you have {goods}?", "how much is {goods}", "{n} {goods} please"),
    *("add {goods}", "send me {n} {goods} and {m} {other}", "{goods}", "remove {goods}"),
    *("price of {goods} and {other}", "is {goods} available", "i need {goods}, {other}"),
    *("give me {goods} {size}", "not {goods}, {other}", "nataka {goods} {n}", "abeg {goods}"),
)
OTHERWISE = (
    *("hello", "where is my order", "checkout", "how do i pay", "do you deliver to ntinda", "2"),
    *("thank you", "cancel my order 1001", "what do you sell", "i want to talk to a person"),
)


def brands(chance: Random, count: int) -> Sequence[str]:
    """Names that nobody has."""
    made: dict[str, None] = {}
    while len(made) < count:
        parts = [chance.choice(FIRST), *chance.choices(FIRST, k=chance.randint(0, 1))]
        made["".join((*parts, chance.choice(LAST))).capitalize()] = None
    return tuple(made)


def entries(products: int, seed: int = 5) -> Sequence[Entry]:
    """So many products: some in sizes, some with aliases, most with a brand."""
    chance = Random(seed)
    names = brands(chance, max(20, products // 20))
    made: dict[str, None] = {}
    while len(made) < products:
        parts = [chance.choice(names)] if chance.random() < 0.9 else []
        parts += [chance.choice(SORTS)] * (chance.random() < 0.7) + [chance.choice(KINDS)]
        made[" ".join(parts)] = None
        if chance.random() < 0.15:
            made[f"{' '.join(parts)} {chance.choice(SIZES)}"] = None
    return tuple(
        entry
        for at, name in enumerate(list(made)[:products])
        for entry in _family(chance, at, name)
    )


def _family(chance: Random, number: int, name: str) -> Iterator[Entry]:
    sku, unit = f"P{number:05d}", chance.choice(UNITS)
    aliases = (f"{name.split(maxsplit=1)[0]}ito {number}",) if chance.random() < 0.05 else ()
    yield Entry(sku, name, aliases, unit=unit, category="All")
    if (
        chance.random() < 0.2
        and not name[-1].isdigit()
        and name.rsplit(maxsplit=1)[-1] not in SIZES
    ):
        for size in chance.sample(SIZES, 2):
            yield Entry(f"{sku}-{size}", name, (), sku, (size,), unit, "All")


def messages(catalogue: Sequence[Entry], count: int, seed: int = 7) -> Iterator[str]:
    """What people write: names whole, in part, misspelt, run together; and what is about no goods."""
    chance = Random(seed)
    products = [entry for entry in catalogue if entry.parent is None]
    for _ in range(count):
        if chance.random() < 0.08:
            yield chance.choice(OTHERWISE)
            continue
        yield chance.choice(FRAMES).format(
            n=chance.randint(2, 9),
            m=chance.randint(2, 9),
            size=chance.choice(SIZES),
            goods=_said(chance, chance.choice(products).name),
            other=_said(chance, chance.choice(products).name),
        )


def _said(chance: Random, name: str) -> str:
    words = name.lower().split()
    way = chance.random()
    if way < 0.35:
        return " ".join(words)
    if way < 0.6:
        return " ".join(chance.sample(words, max(1, len(words) - 1)))
    if way < 0.9:
        return " ".join(_misspelt(chance, word) if len(word) > 3 else word for word in words)
    return "".join(words)


def _misspelt(chance: Random, word: str) -> str:
    """One slip in two of three words: a letter left out, doubled, replaced, or two exchanged."""
    at = chance.randrange(len(word) - 1)
    ways = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + chance.choice("aeioumst") + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word,
        word,
    )
    return chance.choice(ways)
