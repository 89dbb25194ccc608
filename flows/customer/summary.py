"""Everything once more before it counts, and the yes that places the order."""

from collections.abc import Mapping
from dataclasses import replace

from flows.customer.cart import differences, likes, short_of
from flows.customer.certainty import sure
from flows.customer.checkout import proceed
from flows.customer.collecting import CASH, collect, way_of
from flows.customer.draft import Draft, Task, draft_of
from flows.customer.fee_reasons import fee_reasons
from flows.customer.machine import customer
from flows.customer.opening import closed_notice, next_word
from flows.customer.options import BROWSE, CART, USSD
from flows.customer.savings import fee_of, off_goods, taxed
from flows.customer.slots import slot_at
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Elastic, Message
from flows.money import Money
from flows.notices.wording import slot_words
from flows.place import Step
from flows.ports.cart import Cart
from flows.ports.delivery import Fulfilment
from flows.ports.orders import Checkout, Order
from flows.ports.payments import Way
from flows.ports.quote import Quote
from flows.ports.refusals import (
    BelowMinimum,
    CartChanged,
    EmptyCart,
    OnlyLeft,
    Refusal,
    SlotGone,
    SoldOut,
)
from flows.rails import rail_name
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

CONFIRM = Option("confirm", Message("option-confirm"))
CHANGE = Option("change", Message("option-change"))
CANCEL = Option("cancel", Message("option-not-now"))

# After these the cart must be looked at again.
CART_REFUSALS = (CartChanged, EmptyCart, OnlyLeft, SoldOut, BelowMinimum)

CHANGES: Mapping[str, Option] = {
    "kind": Option("change:kind", Message("option-change-kind")),
    "area": Option("change:area", Message("option-change-area")),
    "contact": Option("change:contact", Message("option-change-contact")),
    "slot": Option("change:slot", Message("option-change-slot")),
    "rail": Option("change:rail", Message("option-change-rail")),
}


@customer.state("summary")
class Summary:
    """What was shown is remembered: an order is only placed at the total that the customer saw."""

    def show(self, visit: Visit) -> Reply:
        draft, cart = draft_of(visit), visit.ports.cart.read(refresh=True)
        if not cart.lines or draft.kind is None or draft.rail is None:
            empty = (*differences(cart), Message("cart-empty"))
            return visit.say(*empty, options=(*likes(visit, cart), BROWSE))
        quote = visit.ports.orders.quote(draft.kind, draft.place)
        options = (CONFIRM, *likes(visit, cart), CHANGE, CANCEL)
        visit.remember(total=quote.total.minor, like="")
        less = (*off_goods(quote.savings), *taxed(quote.tax))
        return visit.say(
            *differences(cart),
            *map(explain, quote.unmet),
            *(() if visit.ports.medium == USSD else closed_notice(visit)),
            *less,
            _words(draft, cart, quote),
            *fee_reasons(quote.fee_reasons),
            *_when(visit, draft),
            options=options,
            asks=Asked.YES_NO,
            asides=less,
        )

    @on("confirm", Intent.AFFIRM)
    def confirm(self, visit: Visit, heard: Choice | Understanding) -> Step:
        if isinstance(heard, Understanding) and not sure(heard):
            return visit.stay(Message("confirm-first"))
        return place(visit)

    @on("pay", Intent.PAY, Intent.CHECKOUT)
    def eager(self, visit: Visit, _: Choice | Understanding) -> Step:
        """Wanting to pay is not yet a yes to this order."""
        return visit.stay(Message("confirm-first"))

    @on("change")
    def change(self, visit: Visit, heard: Choice) -> Step:
        return ask_again(visit, heard.argument)

    @on("address")
    def change_address(self, visit: Visit, _: Choice) -> Step:
        return ask_again(visit, "kind" if draft_of(visit).kind is Fulfilment.PICKUP else "area")

    @on("cancel", Intent.CANCEL_ORDER, Intent.DENY)
    def not_now(self, visit: Visit, _: Choice | Understanding) -> Step:
        return visit.home(Message("checkout-left"))


@customer.state("change")
class Change:
    """What of the order is to be different."""

    def show(self, visit: Visit) -> Reply:
        draft = draft_of(visit)
        offered = [
            CHANGES["kind"] if len(visit.ports.delivery.options()) > 1 else None,
            CHANGES["area"] if draft.kind is not Fulfilment.PICKUP else None,
            CHANGES["contact"] if visit.ports.customer.profile().phone is None else None,
            CHANGES["slot"] if draft.slot is not None else None,
            CHANGES["rail"],
        ]
        options = [option for option in offered if option is not None]
        return visit.say(Message("change-ask"), options=(*options, CART))

    @on("change")
    def choose(self, visit: Visit, heard: Choice) -> Step:
        return ask_again(visit, heard.argument)


def ask_again(visit: Visit, part: str) -> Step:
    """Back to one of the checkout's questions, forgetting what its answer decided."""
    draft = draft_of(visit)
    if part == "kind":
        blank = replace(draft, kind=None, area=None, zone=None, landmark=None, at_point=None)
        return visit.go("fulfilment", **blank.data())
    if part == "area":
        blank = replace(draft, area=None, zone=None, landmark=None, at_point=None)
        return visit.go("area", **blank.data())
    if part == "contact":
        return visit.go("contact", **draft.data())
    if part == "slot":
        return visit.go("slot", **replace(draft, slot=None).data())
    if part == "rail":
        return visit.go("rail", **replace(draft, rail=None, payer=None).data())
    return visit.go("change", **draft.data())


def _words(draft: Draft, cart: Cart, quote: Quote) -> Message:
    fee, total = fee_of(quote.fee, quote.savings), quote.total
    items = Elastic(tuple(f"{line.quantity} x {line.name}" for line in cart.lines))
    rail = rail_name(draft.rail or "")
    pay = Message("pay-from", rail=rail, payer=draft.payer) if draft.payer else rail
    if draft.place is None:
        return Message("summary-pickup", items=items, total=total, pay=pay)
    place = Message("place-named", area=draft.area or "", landmark=draft.landmark or "")
    where = place if draft.landmark else Message("verbatim", text=draft.area or "")
    return Message("summary-delivery", items=items, where=where, fee=fee, total=total, pay=pay)


def _when(visit: Visit, draft: Draft) -> tuple[Message, ...]:
    """The window that was chosen."""
    slots = visit.ports.slots
    if not draft.slot or slots is None:
        return ()
    at = slot_at(draft.slot)
    found = next((slot for slot in slots.offered() if slot.starts == at), None)
    return (Message("summary-slot", slot=slot_words(found)),) if found else ()


def place(visit: Visit) -> Step:
    """Make the cart an order, and ask for the money where the rail asks by prompt."""
    draft = draft_of(visit)
    if draft.kind is None or draft.rail is None or draft.task is not Task.ORDER:
        return proceed(visit, draft)
    cart = visit.ports.cart.read(refresh=True)
    if cart.changes:
        visit.note(explain(CartChanged()), *differences(cart))
        like = short_of(cart)
        return visit.stay(like=like) if cart.lines else visit.go("cart", like=like)
    slot = slot_at(draft.slot) if draft.slot else None
    checkout = Checkout(
        draft.kind, draft.rail, draft.place, draft.landmark or None, draft.payer, slot
    )
    expected = Money(visit.number("total"), visit.ports.shop.currency)
    result = visit.ports.orders.place(checkout, expected=expected)
    if isinstance(result, Refusal):
        return _refused(visit, result)
    visit.ports.facts.record("order-placed", number=result.number, rail=result.rail)
    if way_of(visit, result.rail) not in (Way.CASH, None):
        return collect(visit, result.number, result.rail, draft.payer or "", placed=True)
    step = visit.restart("order", number=result.number)
    return Step(step.place, replace(step.reply, messages=_placed(visit, result)))


def _refused(visit: Visit, refusal: Refusal) -> Step:
    if not isinstance(refusal, BelowMinimum):
        # The cart says so itself.
        visit.note(explain(refusal))
    if isinstance(refusal, CartChanged):
        return visit.stay()
    if isinstance(refusal, SlotGone):
        return ask_again(visit, "slot")
    return visit.go("cart") if isinstance(refusal, CART_REFUSALS) else visit.stay()


def _placed(visit: Visit, order: Order) -> tuple[Message, ...]:
    """That it is placed, and who does what next. The code is told when it is of use."""
    placed = (
        Message("order-placed-cash", number=order.number, total=order.total)
        if order.rail == CASH
        else Message("order-placed", number=order.number, total=order.total)
    )
    return (placed, next_word(visit))
