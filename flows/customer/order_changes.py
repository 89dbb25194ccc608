"""What a customer may still do to a placed order: another address, cancelling, the same again."""

from flows.customer.certainty import sure
from flows.customer.checkout import proceed
from flows.customer.draft import Draft, Task
from flows.customer.machine import customer
from flows.customer.options import BROWSE, HUMAN, NO, YES
from flows.customer.ordering import conclude
from flows.customer.saved import refill
from flows.customer.tracking import BEFORE_PICK_UP, CANCELLABLE, address_open, under_way
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.ports.orders import Order
from flows.ports.refusals import Refusal, SellerCancels, TooLate, UnknownOrder
from flows.ports.wishes import Kept
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

LONGEST_REASON = 120


@customer.anywhere("address")
def change_address(visit: Visit, heard: Choice) -> Step:
    """The checkout's own questions are asked again, for an order that is placed."""
    order = _named(visit, heard)
    if order is None:
        return visit.stay(Message("no-orders"))
    if not address_open(order):
        return visit.stay(explain(TooLate(order.number)))
    return proceed(visit, Draft(Task.ADDRESS, order.number, kind=order.fulfilment))


def _named(visit: Visit, heard: Choice) -> Order | None:
    if heard.number is not None:
        return visit.ports.orders.find(heard.number)
    return next(iter(under_way(visit)), None)


@customer.anywhere("cancel", Intent.CANCEL_ORDER)
def cancel(visit: Visit, heard: Choice | Understanding) -> Step:
    """Which order is asked when several are open; a yes is always asked."""
    reason = heard.text[:LONGEST_REASON] if isinstance(heard, Understanding) else ""
    named = heard.number if isinstance(heard, Choice) else heard.order
    if named is not None:
        return _ask_to_cancel(visit, named, reason)
    orders = [order for order in under_way(visit) if order.status in CANCELLABLE]
    if len(orders) > 1:
        return visit.go("cancel-which", reason=reason)
    if orders:
        return _ask_to_cancel(visit, orders[0].number, reason)
    if visit.ports.cart.read().lines:
        return customer.everywhere[Intent.CLEAR_CART](visit, Choice("clear"))
    packed = [order for order in under_way(visit) if order.status in BEFORE_PICK_UP]
    if packed:
        return _ask_to_cancel(visit, packed[0].number, reason)
    nothing = Message("nothing-to-cancel") if visit.ports.orders.mine(1) else Message("no-orders")
    return visit.stay(nothing)


def _ask_to_cancel(visit: Visit, number: int, reason: str) -> Step:
    if visit.ports.orders.find(number) is None:
        return visit.stay(explain(UnknownOrder(number)))
    return visit.go("cancel-order", number=number, reason=reason)


@customer.state("cancel-which")
class CancelWhich:
    def show(self, visit: Visit) -> Reply:
        orders = [order for order in under_way(visit) if order.status in CANCELLABLE]
        if not orders:
            return visit.say(Message("nothing-to-cancel"), options=(BROWSE, HUMAN))
        options = [
            Option(f"cancel:{order.number}", Message("order-numbered", number=order.number))
            for order in orders
        ]
        return visit.say(Message("cancel-which"), options=options, asks=Asked.ORDER)

    @on(Asked.ORDER)
    def numbered(self, visit: Visit, heard: Understanding) -> Step:
        return _ask_to_cancel(visit, heard.order or 0, visit.text("reason"))


@customer.state("cancel-order")
class CancelOrder:
    """`number` is cancelled only after a yes."""

    def show(self, visit: Visit) -> Reply:
        return visit.say(
            Message("cancel-ask", number=visit.number("number")),
            options=(YES, NO),
            asks=Asked.YES_NO,
        )

    @on("yes", Intent.AFFIRM)
    def yes(self, visit: Visit, heard: Choice | Understanding) -> Step:
        number = visit.number("number")
        if isinstance(heard, Understanding) and not sure(heard):
            return visit.stay(Message("choose-one"))
        result = visit.ports.orders.cancel(number, visit.text("reason"))
        if isinstance(result, Refusal):
            asked = isinstance(result, SellerCancels)
            visit.note(explain(result), *(() if asked else (Message("cancel-ask-shop"),)))
        return visit.restart("order", number=number)

    @on("no", Intent.DENY)
    def no(self, visit: Visit, _: Choice | Understanding) -> Step:
        return visit.back(Message("order-kept", number=visit.number("number")))


@customer.anywhere("reorder", Intent.REORDER)
def reorder(visit: Visit, heard: Choice | Understanding) -> Step:
    """The lines of the last order into the cart, saying what is missing and what costs something else."""
    order = _last(visit, heard)
    if order is None:
        return visit.stay(Message("no-orders"))
    if isinstance(heard, Understanding) and not sure(heard):
        again = Option(f"reorder:{order.number}", Message("option-reorder"))
        sure_ask = Message("reorder-sure", number=order.number)
        return visit.answer(visit.say(sure_ask, options=(again, BROWSE), asks=Asked.CHOICE))
    wanted = [Kept(x.sku, x.name, x.quantity, x.unit_price) for x in order.lines]
    return conclude(visit, refill(visit, wanted))


def _last(visit: Visit, heard: Choice | Understanding) -> Order | None:
    named = heard.number if isinstance(heard, Choice) else heard.order
    if named is not None:
        return visit.ports.orders.find(named)
    return next(iter(visit.ports.orders.mine(1)), None)
