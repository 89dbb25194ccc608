"""What one segment of a message asks for: its intent, how sure that is, and the items that go with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from intents.intent import Intent
from intents.matching import SURE
from intents.mention import Mention
from intents.phrases import length_at, words
from intents.reading import Reading
from intents.segments import Segment, trimmed, without_greeting
from intents.terms import Kind, Term
from intents.understanding import Item

Classify = Callable[[str], Mapping[str, float]]

CART = frozenset({Intent.ADD_TO_CART, Intent.REMOVE_FROM_CART, Intent.UPDATE_CART})
ABOUT_GOODS = CART | {
    Intent.SEARCH, Intent.ASK_PRICE, Intent.ASK_AVAILABILITY, Intent.NEGOTIATE, Intent.WISHLIST_ADD,
}  # fmt: skip
# These speak of what is in the cart or was just shown: strange words beside that are no goods.
_CHANGES = frozenset({Intent.REMOVE_FROM_CART, Intent.UPDATE_CART})
_OF_KNOWN = _CHANGES | {Intent.NEGOTIATE}
# These may speak of goods; what no product fits is not one then.
MAY_NAME_GOODS = frozenset(
    {
        Intent.COMPLAIN, Intent.REVIEW, Intent.REFUND, Intent.ASK_DELIVERY, Intent.REORDER,
        Intent.TRACK_ORDER, Intent.OUT_OF_SCOPE,
    }
)  # fmt: skip

# Said beside a wish, these are manners.
MANNERS = frozenset(
    {Intent.GREET, Intent.THANKS, Intent.GOODBYE, Intent.AFFIRM, Intent.DENY, Intent.HELP}
)

BY_RULE = 0.95
_NAMED_ALONE = 0.9
_BY_VERB = 0.85
A_GUESS = 0.55
_UNSURE = 0.5
# A guess this weak gives way to the verb.
_DOUBTFUL = 0.6
_MANY = 500


@dataclass(frozen=True, slots=True)
class Act:
    """One action of a message."""

    intent: Intent
    confidence: float
    items: tuple[Item, ...] = ()


def decide(reading: Reading, segment: Segment, about: str | None, classify: Classify) -> Act | None:
    """What the segment asks for; None where it says nothing. `about` is the product spoken of before."""
    full = trimmed(reading.tokens, segment, reading.language)
    if full[0] >= full[1]:
        return None
    mentions = [m for m in reading.mentions if full[0] <= m.first < full[1]]
    said = words(reading.tokens[full[0] : full[1]])
    if said in reading.language.whole:
        return Act(reading.language.whole[said], BY_RULE)
    segment = without_greeting(reading.tokens, full, reading.language)
    if segment != full and not mentions:
        intent, confidence = classified(reading, full, classify)
        lone = segment[1] - segment[0] == 1
        if intent in MANNERS and (lone or confidence >= classified(reading, segment, classify)[1]):
            return Act(intent, confidence)
    if act := _named_alone(reading, segment, mentions):
        return act
    intent, confidence = classified(reading, segment, classify)
    intent, confidence = _by_verb(reading, segment, mentions, intent, confidence)
    if intent is Intent.ADD_TO_CART and _denies(reading, segment):
        confidence = min(confidence, A_GUESS)
    if intent in ABOUT_GOODS:
        items = _items(reading, segment, intent, about, [m.item for m in mentions])
        if intent is Intent.UPDATE_CART and (swapped := _exchanged(reading, items)):
            return Act(intent, confidence if _in_cart(reading, items) else A_GUESS, swapped)
        if intent is Intent.ADD_TO_CART and about and (more := _spoken_of(reading, segment, about)):
            # "Two, and one soap": of what was just shown, and it is asked whether that is meant.
            return Act(intent, min(confidence, _DOUBTFUL), (more, *items))
        if intent in CART and _leaves_number(reading, segment, items):
            confidence = min(confidence, _DOUBTFUL)
        return Act(intent, confidence, items)
    known = tuple(m.item for m in mentions if m.item.sku or m.item.candidates)
    surely = any(m.score >= SURE for m in mentions)
    if surely and confidence < _UNSURE and all(item.quantity is None for item in known):
        return Act(Intent.SEARCH, A_GUESS, known)
    return Act(intent, confidence, known if intent in MAY_NAME_GOODS else ())


def talks_of_goods(reading: Reading, classify: Classify) -> bool:
    """Whether the whole message is about what to buy, as far as anybody can tell."""
    intent, confidence = classified(reading, (0, len(reading.tokens)), classify)
    return intent in ABOUT_GOODS or confidence < _BY_VERB


def _items(
    reading: Reading, segment: Segment, intent: Intent, about: str | None, named: Sequence[Item]
) -> tuple[Item, ...]:
    """The goods of an action, with the figures that stand apart from them; else what was spoken of."""
    items = _with_loose(reading, segment, intent, _of_that_kind(reading, segment, named))
    if intent in _OF_KNOWN and any(item.sku for item in items):
        items = tuple(i for i in items if i.sku or i.quantity is not None)
    elif intent in _OF_KNOWN and (about or any(item.candidates for item in items)):
        items = tuple(i for i in items if i.candidates or i.quantity is not None)
    if intent is Intent.NEGOTIATE:
        items = tuple(i for i in items if i.sku or i.candidates or _is_more(i.quantity))
    if intent in _CHANGES and about and items and not any(i.sku or i.candidates for i in items):
        # "Make THEM four": a word that fits nothing stands for what was spoken of.
        items = tuple(replace(item, sku=about) for item in items[:1])
    return items or _pointed_at(reading, segment, intent, about)


def _named_alone(reading: Reading, segment: Segment, mentions: list[Mention]) -> Act | None:
    """Goods and nothing else: with a quantity they are ordered, without one they are looked for."""
    if not any(m.score >= SURE for m in mentions) or reading.amount(segment) is not None:
        return None
    if _denies(reading, segment):
        return None
    goods = [m for m in mentions if m.item.sku or m.item.candidates or m.item.quantity is not None]
    covered = {at for m in goods for at in range(m.first, m.last)}
    language = reading.language
    silent = language.polite | language.separators | language.linkers
    for at in range(*segment):
        token = reading.tokens[at]
        if at not in covered and token.word not in silent and token.word[0].isalnum():
            return None
    items = tuple(m.item for m in mentions)
    parted = any(
        reading.tokens[at].word in language.partitives
        and reading.tokens[at - 1].word in language.units
        for at in covered
    )
    if parted or any(item.quantity is not None for item in items):
        return Act(Intent.ADD_TO_CART, BY_RULE, items)
    return Act(Intent.SEARCH, _NAMED_ALONE, items)


def classified(reading: Reading, segment: Segment, classify: Classify) -> tuple[Intent, float]:
    """The likeliest intent of a segment, and how likely it is."""
    cats = classify(reading.masked(segment))
    best = max(cats, key=lambda label: cats[label])
    return Intent(best), cats[best]


def _by_verb(
    reading: Reading, segment: Segment, mentions: list[Mention], intent: Intent, confidence: float
) -> tuple[Intent, float]:
    """A verb at the head settles what happens to goods or to a count of them."""
    known = any(m.item.sku or m.item.candidates for m in mentions)
    counted = any(_counts(t, segment) and _is_few(t) for t in reading.loose)
    if reading.amount(segment) is not None or not (known or (counted and not mentions)):
        return intent, confidence
    # "I want to add ...", "please can you remove ...": the verb may follow words of courtesy.
    for at in range(segment[0], min(segment[0] + 5, segment[1])):
        if length := length_at(reading.tokens, at, reading.language.verbs.keys()):
            meant = reading.language.verbs[words(reading.tokens[at : at + length])]
            if meant is intent or confidence < _DOUBTFUL:
                return meant, max(_BY_VERB, confidence if meant is intent else 0.0)
        if reading.tokens[at].word not in reading.language.function | reading.language.polite:
            break
    return intent, confidence


def _denies(reading: Reading, segment: Segment) -> bool:
    """ "2 milk BUT NO sugar": not all that is named is wanted."""
    negations = reading.language.negations
    return any(length_at(reading.tokens, at, negations) for at in range(*segment))


def _counts(term: Term, segment: Segment) -> bool:
    return segment[0] <= term.first < segment[1] and not term.marked


def _is_few(term: Term) -> bool:
    """ "Make it 5" counts; "make it 5000" bargains."""
    return term.value is not None and term.value < _MANY


def _of_that_kind(reading: Reading, segment: Segment, items: Sequence[Item]) -> Sequence[Item]:
    """ "2 rice, the 5kg one": a size that is said later tells which kind."""
    sizes = [t for t in reading.loose if _counts(t, segment) and t.kind is Kind.MEASURE]
    if len(items) != 1 or items[0].sku is None or len(sizes) != 1:
        return items
    found = reading.sized(items[0].sku, frozenset({sizes[0].key}))
    if found.sku is None or sizes[0].key not in found.claimed:
        return items
    return [replace(items[0], sku=found.sku)]


def _with_loose(
    reading: Reading, segment: Segment, intent: Intent, items: Sequence[Item]
) -> tuple[Item, ...]:
    """ "Reduce the rice to 1": a figure apart from the goods counts them, where it can mean nothing else."""
    figures = [t for t in reading.loose if _counts(t, segment)]
    if intent in CART and len(items) == len(figures) == 1 and items[0].quantity is None:
        figure, item = figures[0], items[0]
        if figure.kind is Kind.NUMBER:
            return (replace(item, quantity=figure.value, unit=figure.unit),)
        return _of_size(reading, figure, item.mention, item.sku, intent, None)
    return _distinct(items)


def _spoken_of(reading: Reading, segment: Segment, about: str) -> Item | None:
    """A number before all goods of the segment, as so many of what was spoken of before."""
    goods = [m.first for m in reading.mentions if segment[0] <= m.first < segment[1]]
    spare = _spare_numbers(reading, segment)
    if len(spare) != 1 or not goods or spare[0].first > min(goods) or not _is_few(spare[0]):
        return None
    return Item(reading.said(spare[0]), about, spare[0].value, spare[0].unit)


def _leaves_number(reading: Reading, segment: Segment, items: Sequence[Item]) -> bool:
    """Whether goods go without a number while a number goes without goods."""
    counted = {item.quantity for item in items}
    spare = _spare_numbers(reading, segment)
    return None in counted and any(term.value not in counted for term in spare)


def _spare_numbers(reading: Reading, segment: Segment) -> list[Term]:
    """Numbers that stand with no goods."""
    return [t for t in reading.loose if _counts(t, segment) and t.kind is Kind.NUMBER]


def _is_more(quantity: Decimal | None) -> bool:
    """More than "an effort" or "one word"."""
    return quantity is not None and quantity > 1


def _exchanged(reading: Reading, items: Sequence[Item]) -> tuple[Item, ...]:
    """Two things to be changed and no numbers: what is in the cart goes, else what was named first."""
    if len(items) != 2 or not all(item.sku for item in items):
        return ()
    if any(item.quantity is not None for item in items) or items[0].sku == items[1].sku:
        return ()
    had = _in_cart(reading, items)
    old = had[0] if had else items[0]
    new = items[1] if old is items[0] else items[0]
    return replace(old, quantity=Decimal(0), unit=None), new


def _in_cart(reading: Reading, items: Sequence[Item]) -> list[Item]:
    """The one of these things that is in the cart; none where several are."""
    had = [item for item in items if item.sku in reading.context.in_cart]
    return had if len(had) == 1 else []


def _distinct(items: Sequence[Item]) -> tuple[Item, ...]:
    """What is named a second time without a number is the same thing."""
    kept: list[Item] = []
    for item in items:
        again = item.sku is not None and item.quantity is None
        if not (again and any(item.sku == other.sku for other in kept)):
            kept.append(item)
    return tuple(kept)


def _pointed_at(
    reading: Reading, segment: Segment, intent: Intent, about: str | None
) -> tuple[Item, ...]:
    """ "Make it 5", "minus two", "how much is it": the product that was spoken of before."""
    figures = [t for t in reading.loose if _counts(t, segment)]
    numbers = [t for t in figures if t.kind is Kind.NUMBER and intent in CART]
    sizes = [t for t in figures if t.kind is Kind.MEASURE]
    pronoun = next(
        (t for t in reading.tokens[slice(*segment)] if t.word in reading.language.pronouns), None
    )
    mention = reading.text[pronoun.start : pronoun.end] if pronoun else ""
    if sizes:
        count = numbers[0].value if len(numbers) == 1 else None
        return _of_size(reading, sizes[0], mention, about, intent, count)
    if numbers:
        return (Item(mention, about, numbers[0].value, numbers[0].unit),)
    return (Item(mention, about),) if pronoun and about else ()


def _of_size(
    reading: Reading,
    size: Term,
    mention: str,
    about: str | None,
    intent: Intent,
    count: Decimal | None,
) -> tuple[Item, ...]:
    """A size alone, or "2 of the 5kg": the kin of that size, or so much of what is sold loose."""
    said = reading.said(size)
    found = reading.sized(about, frozenset({size.key}))
    if found.sku and size.key in found.claimed:
        item = Item(said, found.sku, count)
        if intent is Intent.UPDATE_CART and about in reading.context.in_cart and about != found.sku:
            return Item("", about, Decimal(0)), item
        return (item,)
    if found.candidates:
        return (Item(said, None, count, candidates=found.candidates),)
    return (replace(Item(mention or said, about), quantity=size.value, unit=size.unit),)
