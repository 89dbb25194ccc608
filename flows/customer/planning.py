"""From what was understood to what would be done to the cart. Nothing is changed here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from flows.customer.changes import Act, Ask, Change, Question, id_of, read_changes, swap_id
from flows.customer.goods import fewest, find_goods, title_of
from flows.customer.instead import instead_of
from flows.customer.quantities import MAYBE_MONEY, MOST_PIECES, Odd, judge, nearest, written
from flows.customer.second_thoughts import counted_twice, which_number
from flows.explain import explain
from flows.message import Message
from flows.ports.cart import CartLine
from flows.ports.catalogue import Product
from flows.ports.refusals import NotInCart, SoldOut, TooMany
from flows.visit import Visit
from intents.intent import Intent
from intents.sizes import converted, is_measure, packs
from intents.understanding import Action, Item, Understanding

_SIZE = re.compile(r"\d{3,4}(?![\d.,])")
_FIGURE = re.compile(r"\d{1,4}(?:\.\d{1,2})?")

ACTS: Mapping[Intent, Act] = {
    Intent.ADD_TO_CART: Act.ADD,
    Intent.REMOVE_FROM_CART: Act.TAKE,
    Intent.UPDATE_CART: Act.SET,
}


@dataclass(slots=True)
class Plan:
    """`swaps` are pairs (what comes, what goes): the second is done only when the first was."""

    changes: list[Change] = field(default_factory=list)
    swaps: list[tuple[Change, Change]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def actions_of(heard: Understanding) -> tuple[Action, ...]:
    """Everything in the message that would change the cart."""
    every = (Action(heard.intent, heard.items), *heard.also)
    named = (Action(action.intent, tuple(filter(_named, action.items))) for action in every)
    return tuple(action for action in named if action.intent in ACTS and action.items)


def _named(item: Item) -> bool:
    """Not a mere number with nothing that it could count."""
    return bool(item.mention or item.sku or item.candidates)


def plan(visit: Visit, actions: Sequence[Action]) -> Plan:
    """What the actions come to, item by item, in the order in which they were said."""
    doubted = counted_twice(actions)
    made = Plan(questions=[which_number(visit, *doubt) for doubt in doubted.items()])
    for action in actions:
        old = _swapped_away(visit, action)
        if old is not None:
            _swap(visit, made, old, [item for item in action.items if item.quantity != 0])
            continue
        act = ACTS[action.intent]
        for item in action.items:
            if act is not Act.ADD or item.sku not in doubted:
                _item(visit, made, act, item)
    return made


def _swapped_away(visit: Visit, action: Action) -> CartLine | None:
    """The line that a swap ("not the 5kg, the 1kg") replaces."""
    gone = [item for item in action.items if item.quantity == 0 and item.sku]
    if action.intent is not Intent.UPDATE_CART or len(gone) != 1 or len(action.items) != 2:
        return None
    lines = _lines_of(visit, gone[0].sku or "")
    return lines[0] if len(lines) == 1 else None


def _swap(visit: Visit, made: Plan, old: CartLine, new: Sequence[Item]) -> None:
    """What comes takes the place and, when not said otherwise, the quantity of what goes."""
    away = Change(Act.TAKE, old.sku, 0)
    for item in new:
        part = Plan()
        wanted = item.quantity if item.quantity is not None else Decimal(old.quantity)
        _item(visit, part, Act.ADD, _with_quantity(item, wanted))
        made.swaps.extend((change, away) for change in part.changes)
        made.questions.extend(
            Question(q.ask, q.about, tuple(swap_id(*read_changes(way), away) for way in q.ids))
            for q in part.questions
        )
        made.problems.extend(part.problems)
        made.missing.extend(part.missing)


def _with_quantity(item: Item, quantity: Decimal) -> Item:
    return Item(item.mention, item.sku, quantity, item.unit, item.candidates)


def _item(visit: Visit, made: Plan, act: Act, item: Item) -> None:
    if item.sku is None and not item.candidates:
        if act is not Act.TAKE:
            visit.ports.catalogue.missed(item.mention)
        made.missing.append(item.mention)
        return
    item = _as_sold(visit, item)
    quantity = _quantity(visit, made, act, item)
    if quantity is None:
        return
    if item.sku is None and len(item.candidates) == 1 and (many := _measured(item)):
        ids = tuple(Change(act, item.candidates[0], number).id for number in many)
        title = title_of(visit, item.candidates[0])
        made.questions.append(Question(Ask.MANY, title, ids))
        return
    if item.sku is None:
        ids = tuple(Change(act, sku, quantity).id for sku in item.candidates)
        made.questions.append(Question(Ask.WHICH, item.mention, ids))
        return
    _known(visit, made, Change(act, item.sku, quantity), item)


def _as_sold(visit: Visit, item: Item) -> Item:
    """ "500 g" of what is sold by the kilo is half of one."""
    product = visit.ports.catalogue.product(item.sku) if item.sku else None
    if product is None or item.quantity is None:
        return item
    locales = _spoken(visit)
    amount = converted(item.quantity, item.unit, product.unit, locales)
    return item if amount is None else replace(item, quantity=amount, unit=product.unit)


def _spoken(visit: Visit) -> tuple[str, ...]:
    return (visit.locale, *visit.ports.shop.locales)


def _measured(item: Item) -> tuple[int, ...]:
    """The pieces that "2 kilos of onions" may mean where onions are sold by the kilo; the fewest last."""
    figure = _FIGURE.search(item.mention) if item.quantity is None else None
    asked = Decimal(figure[0]) if figure else Decimal(0)
    if not 1 < asked <= MOST_PIECES:
        return ()
    return tuple(dict.fromkeys((*reversed(nearest(asked)), 1)))


def _known(visit: Visit, made: Plan, change: Change, item: Item) -> None:
    """A product is named. Taking and setting mean the line that is there, whatever its variant."""
    product = visit.ports.catalogue.product(change.sku)
    if product is None:
        made.missing.append(item.mention)
    elif product.variants and product.variant(change.sku) is None:
        _kinds(visit, made, change, product, item)
    elif change.act is Act.TAKE and not _lines_of(visit, change.sku):
        made.problems.append(explain(NotInCart(product.name)))
    elif change.act is not Act.TAKE and _is_doubtful(visit, item, product):
        made.questions.append(Question(Ask.SURE, item.mention, (change.id,)))
    else:
        made.changes.append(change)


def _is_doubtful(visit: Visit, item: Item, product: Product) -> bool:
    """Whether the figure may mean something else: "500" a price, "2 kg" two bags."""
    if item.unit is None:
        return item.quantity is not None and item.quantity >= MAYBE_MONEY
    return _other_measure(visit, item.unit, product.unit)


def _other_measure(visit: Visit, said: str | None, sold_by: str | None) -> bool:
    """Whether a weight or volume was said by which this is not sold: "2 kg" may be two bags of it."""
    if not is_measure(said, _spoken(visit)):
        return False
    return converted(Decimal(1), said, sold_by, _spoken(visit)) is None


def _kinds(visit: Visit, made: Plan, change: Change, product: Product, item: Item) -> None:
    """One kind of `product` must be meant: of those in the cart, or of those that can be had."""
    lines = _lines_of(visit, product.sku)
    if change.act is Act.TAKE and not lines:
        made.problems.append(explain(NotInCart(product.name)))
        return
    skus = [line.sku for line in lines] if change.act is not Act.ADD else []
    skus = skus or [v.sku for v in product.variants if v.free is None or v.free > 0]
    ways = tuple(
        Change(change.act, sku, _of_kind(visit, change, product, sku, item)) for sku in skus
    )
    if not ways and (asked := instead_of(visit, product.sku, product.name, change.quantity)):
        made.questions.append(asked)
    elif not ways:
        made.problems.append(explain(SoldOut(product.name)))
    elif len(ways) == 1:
        made.changes.append(ways[0])
    else:
        made.questions.append(Question(Ask.VARIANT, product.name, tuple(w.id for w in ways)))


def _of_kind(visit: Visit, change: Change, product: Product, sku: str, item: Item) -> int:
    """How many of one kind: "2 kilo" are two bags of 1 kg, and one sack of 50 if that is what is meant."""
    variant = product.variant(sku)
    if item.unit is None and _names_a_size(product, change.quantity):
        return 1
    if item.quantity is None or variant is None or not is_measure(item.unit, _spoken(visit)):
        return change.quantity
    return packs(item.quantity, item.unit, variant.label, _spoken(visit)) or 1


def _names_a_size(product: Product, figure: int) -> bool:
    """ "Shea 500" of what comes in 250g and 500g: nobody wants five hundred of either."""
    sizes = (_SIZE.match(kind.label) for kind in product.variants)
    return figure >= MAYBE_MONEY and any(size and int(size[0]) == figure for size in sizes)


def _lines_of(visit: Visit, sku: str) -> list[CartLine]:
    """The cart's lines of this sku, or of this product's variants."""
    lines = visit.ports.cart.read().lines
    exact = [line for line in lines if line.sku == sku]
    product = visit.ports.catalogue.product(sku)
    kinds = {variant.sku for variant in product.variants} if product else set()
    if exact or product is None or product.sku != sku:
        return exact
    return [line for line in lines if line.sku in kinds]


def _quantity(visit: Visit, made: Plan, act: Act, item: Item) -> int | None:
    """Pieces, or None after adding to `made` what is odd about them."""
    if item.quantity is None:
        return 0 if act is Act.TAKE else _fewest(visit, item)
    judged = judge(item.quantity)
    if judged == 0 and act is not Act.SET:
        made.problems.append(Message("quantity-zero", name=_title(visit, item)))
        return None
    if isinstance(judged, int):
        return judged
    _odd(visit, made, act, item, judged)
    return None


def _fewest(visit: Visit, item: Item) -> int:
    found = find_goods(visit, item.sku) if item.sku else None
    return fewest(visit, found) if found else 1


def _odd(visit: Visit, made: Plan, act: Act, item: Item, odd: Odd) -> None:
    asked = item.quantity or Decimal(0)
    title = _title(visit, item)
    if odd is Odd.FRACTION and item.sku:
        ids = tuple(Change(act, item.sku, number).id for number in nearest(asked))
        made.questions.append(Question(Ask.WHOLE, title, ids))
    elif odd is Odd.ABSURD:
        found = find_goods(visit, item.sku) if item.sku else None
        free = found.free if found and found.free else MOST_PIECES
        made.problems.append(explain(TooMany(title, min(free, MOST_PIECES))))
    elif odd is Odd.NEGATIVE:
        made.problems.append(Message("quantity-negative", name=title, asked=written(asked)))
    else:
        made.problems.append(Message("quantity-whole", name=title, asked=written(asked)))


def _title(visit: Visit, item: Item) -> str:
    found = find_goods(visit, item.sku) if item.sku else None
    return found.title if found else item.mention


def as_questions(made: Plan, about: str) -> list[Question]:
    """ "Did you mean ...?" for all that would be done."""
    together = [Question(Ask.SURE, about, (id_of(made.changes),))] if made.changes else []
    return together + [Question(Ask.SURE, about, (swap_id(*swap),)) for swap in made.swaps]
