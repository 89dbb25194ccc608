"""The changes of a cart that the flows make without asking back, mirrored from flows/customer.

A wrong change that nobody confirmed is the worst fault there is, so it is counted by itself. Where the
flows would ask (several kinds, half a piece, another measure than it is sold by), nothing is changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from intents.evaluation.answering import locales_of
from intents.evaluation.rows import Row
from intents.evaluation.shop_names import ShopNames
from intents.intent import Intent
from intents.sizes import converted, is_measure, packs
from intents.understanding import Action, Asked, Item


class Change(NamedTuple):
    """One change of one line. Taking 0 takes all of it."""

    act: str
    sku: str
    pieces: int


ADD, SET, TAKE = "add", "set", "take"
ACTS: Mapping[Intent, str] = {
    Intent.ADD_TO_CART: ADD,
    Intent.REMOVE_FROM_CART: TAKE,
    Intent.UPDATE_CART: SET,
}

# The intents whose handlers also make the changes that stand beside them in a message.
CARRYING = frozenset(
    {
        *ACTS, Intent.GREET, Intent.BROWSE, Intent.SEARCH, Intent.ASK_PRICE, Intent.ASK_AVAILABILITY,
        Intent.VIEW_CART, Intent.CHECKOUT, Intent.THANKS, Intent.AFFIRM, Intent.DENY,
        Intent.ASK_HOURS, Intent.ASK_LOCATION, Intent.ASK_DELIVERY, Intent.ASK_PAYMENT,
        Intent.NEGOTIATE, Intent.APPLY_COUPON, Intent.LOYALTY_BALANCE, Intent.WISHLIST_ADD,
        Intent.REVIEW, Intent.BALANCE, Intent.TOP_UP, Intent.WITHDRAW, Intent.RECEIPT, Intent.HELP,
    }
)  # fmt: skip
MOST_PIECES = 999
MAYBE_MONEY = 100


def carried_out(
    actions: Sequence[Action], confidence: float, row: Row, shop: ShopNames, sure: float
) -> frozenset[Change]:
    """What would be changed unasked. The cart has one of each thing in it, as sets say no more."""
    if row.asked is Asked.QUANTITY and any(i.quantity is not None for i in actions[0].items):
        answer = _answer(actions[0], row)
        if confidence >= sure or all(item.sku == row.last_sku for item in answer.items):
            return frozenset(_changes(answer, row, shop))
        return frozenset()
    if confidence < sure or actions[0].intent not in CARRYING:
        return frozenset()
    wanted = [action for action in actions if action.intent in ACTS and action.items]
    if actions[0].intent in ACTS and _uncounted(wanted):
        return frozenset()
    return frozenset(change for action in wanted for change in _changes(action, row, shop))


def _uncounted(wanted: Sequence[Action]) -> bool:
    """ "Change the rice": it is asked how many."""
    if len(wanted) != 1 or wanted[0].intent is not Intent.UPDATE_CART:
        return False
    items = wanted[0].items
    return len(items) == 1 and items[0].sku is not None and items[0].quantity is None


def _answer(action: Action, row: Row) -> Action:
    """To "how many?" only a wish to take away says which act; a bare number means what was asked
    about."""
    items = tuple(
        item if item.sku or item.candidates else replace(item, sku=row.last_sku)
        for item in action.items
    )
    if action.intent is Intent.REMOVE_FROM_CART:
        return Action(action.intent, items)
    had = row.last_sku in row.in_cart
    return Action(Intent.UPDATE_CART if had else Intent.ADD_TO_CART, items)


def _changes(action: Action, row: Row, shop: ShopNames) -> list[Change]:
    gone = [item for item in action.items if item.quantity == 0 and item.sku]
    swaps = action.intent is Intent.UPDATE_CART and len(gone) == 1 and len(action.items) == 2
    old = _lines(gone[0].sku, row, shop) if swaps else []
    if len(old) == 1:
        new = next(item for item in action.items if item is not gone[0])
        new = new if new.quantity is not None else replace(new, quantity=Decimal(1))
        comes = _change(ADD, new, row, shop)
        return [*comes, Change(TAKE, old[0], 0)] if comes else []
    act = ACTS[action.intent]
    counted = {item.quantity for item in action.items}
    if act == SET and None in counted and 0 not in counted:
        # It is asked how many there shall be.
        return []
    return [change for item in action.items for change in _change(act, item, row, shop)]


def _change(act: str, item: Item, row: Row, shop: ShopNames) -> list[Change]:
    """One change, or none where the flows ask or refuse."""
    item = _as_sold(item, row, shop)
    pieces = _pieces(act, item.quantity)
    if item.sku is None or pieces is None or item.sku not in shop.units:
        return []
    lines, kinds = _lines(item.sku, row, shop), shop.kinds.get(item.sku, ())
    if act == TAKE and not lines:
        return []
    if kinds:
        ways = (lines if act != ADD else []) or kinds
        if len(ways) != 1:
            return []
        return [_made(act, ways[0], _of_kind(item, ways[0], pieces, row, shop), row)]
    if act != TAKE and (_other_measure(item, row, shop) or _may_be_money(item)):
        return []
    if act == SET and pieces == 0 and not lines:
        return []
    return [_made(act, item.sku, pieces, row)]


def _may_be_money(item: Item) -> bool:
    return item.unit is None and item.quantity is not None and item.quantity >= MAYBE_MONEY


def _made(act: str, sku: str, pieces: int, row: Row) -> Change:
    """Changes with one effect are one: to set what is not there is to add it."""
    if act == SET and pieces == 0:
        return Change(TAKE, sku, 0)
    if act == SET and sku not in row.in_cart:
        return Change(ADD, sku, pieces)
    return Change(act, sku, pieces)


def _lines(sku: str | None, row: Row, shop: ShopNames) -> list[str]:
    """The cart's lines of this sku, or of this product's variants."""
    if sku in row.in_cart:
        return [sku]
    kinds = shop.kinds.get(sku or "", ())
    return [line for line in row.in_cart if line in kinds]


def _pieces(act: str, quantity: Decimal | None) -> int | None:
    """Whole pieces; None where a number of pieces is odd, and is asked about."""
    if quantity is None:
        return 0 if act == TAKE else 1
    odd = not quantity.is_finite() or not 0 <= quantity <= MOST_PIECES or quantity % 1 != 0
    if odd or (quantity == 0 and act != SET):
        return None
    return int(quantity)


def _as_sold(item: Item, row: Row, shop: ShopNames) -> Item:
    """ "500 g" of what is sold by the kilo is half of one."""
    sold_by = shop.units.get(item.sku or "")
    if item.quantity is None:
        return item
    amount = converted(item.quantity, item.unit, sold_by, locales_of(row, shop))
    return item if amount is None else replace(item, quantity=amount, unit=sold_by)


def _of_kind(item: Item, sku: str, pieces: int, row: Row, shop: ShopNames) -> int:
    """ "2 kilo" are two of the bags with 1 kg."""
    spoken = locales_of(row, shop)
    if item.quantity is None or not is_measure(item.unit, spoken):
        return pieces
    return packs(item.quantity, item.unit, shop.labels[sku], spoken) or 1


def _other_measure(item: Item, row: Row, shop: ShopNames) -> bool:
    """Whether a weight or volume was said by which this is not sold."""
    spoken = locales_of(row, shop)
    if not is_measure(item.unit, spoken):
        return False
    return converted(Decimal(1), item.unit, shop.units[item.sku or ""], spoken) is None
