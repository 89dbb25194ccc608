"""Paying an order that was placed: another try, another number, another way, cash instead."""

from collections.abc import Callable
from dataclasses import replace

from flows.customer.certainty import sure
from flows.customer.collecting import alone, collect, is_open, still_asked
from flows.customer.draft import Draft, Task
from flows.customer.machine import customer
from flows.customer.options import HUMAN
from flows.customer.paying_by import By, choose
from flows.customer.payment_standing import (
    kept_until,
    may_still_be_paid,
    options_for,
    payable,
    standing,
)
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.ports.orders import Order
from flows.ports.payments import Way
from flows.ports.refusals import Refusal, UnknownOrder
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding


@customer.state("paying")
class Paying:
    """How the payment of order `number` stands."""

    def show(self, visit: Visit) -> Reply:
        order = visit.ports.orders.find(visit.number("number"))
        if order is None:
            return visit.say(explain(UnknownOrder(visit.number("number"))), options=(HUMAN,))
        attempt = visit.ports.payments.latest(order.number)
        kept = kept_until(order) if may_still_be_paid(attempt) else ()
        wants_code = attempt is not None and is_open(attempt) and attempt.wants_code
        return visit.say(
            standing(visit, order, attempt),
            *kept,
            options=options_for(visit, order, attempt),
            asks=Asked.CODE if wants_code else None,
        )

    @on(Asked.PHONE)
    def from_this_number(self, visit: Visit, heard: Understanding) -> Step:
        """A number written where the payment is spoken of is the one that shall pay."""
        order = visit.ports.orders.find(visit.number("number"))
        if order is None or not payable(order):
            return visit.stay()
        return ask_for_money(visit, order, heard)


def ask_for_money(visit: Visit, order: Order, heard: Choice | Understanding) -> Step:
    """By the way and the number that were named, else those of last time. Nothing leaves while
    something may still take the money."""
    attempt = visit.ports.payments.latest(order.number)
    if attempt is not None and is_open(attempt):
        return alone(visit.go("paying", number=order.number), still_asked(visit, attempt))
    by = choose(visit, order, attempt, heard)
    if by.refused is not None:
        visit.note(by.refused)
    if by.rail is None:
        draft = Draft(Task.PAY, order.number, payer=by.payer)
        return visit.go("rail", **draft.data())
    if by.way is Way.CASH:
        return _cash(visit, order)
    if by.payer is None:
        return _ask_number(visit, order, by)
    return collect(visit, order.number, by.rail, by.payer)


def _ask_number(visit: Visit, order: Order, by: By) -> Step:
    return visit.go("payer", **Draft(Task.PAY, order.number, rail=by.rail).data())


def _order_meant(
    visit: Visit, heard: Choice | Understanding, fits: Callable[[Order], bool]
) -> Order | None:
    """The order that was named, else the newest that fits."""
    named = heard.number if isinstance(heard, Choice) else heard.order
    if named is not None:
        return visit.ports.orders.find(named)
    here = visit.number("number")
    orders = [order for order in visit.ports.orders.mine() if fits(order)]
    return next((o for o in orders if o.number == here), orders[0] if orders else None)


@customer.anywhere("pay", Intent.PAY)
def pay(visit: Visit, heard: Choice | Understanding) -> Step:
    """Pay, or pay again. Without an order, the cart is what wants paying."""
    order = _order_meant(visit, heard, payable)
    if order is None:
        return _nothing_to_pay(visit, heard)
    confident = isinstance(heard, Choice) or sure(heard)
    if not payable(order) or not confident:
        return visit.go("paying", number=order.number)
    return ask_for_money(visit, order, heard)


def _nothing_to_pay(visit: Visit, heard: Choice | Understanding) -> Step:
    if visit.ports.cart.read().lines:
        return customer.everywhere[Intent.CHECKOUT](visit, Choice("checkout"))
    if isinstance(heard, Understanding) and heard.order is not None:
        return visit.stay(explain(UnknownOrder(heard.order)))
    return visit.stay(Message("no-payment-due"))


@customer.anywhere("other-number")
def other_number(visit: Visit, heard: Choice) -> Step:
    order = _order_meant(visit, heard, payable)
    if order is None or not payable(order):
        return visit.stay(Message("no-payment-due"))
    by = choose(visit, order, visit.ports.payments.latest(order.number), heard)
    return _ask_number(visit, order, by if by.way is Way.PROMPT else by.prompting(visit))


@customer.anywhere("other-way")
def other_way(visit: Visit, heard: Choice) -> Step:
    order = _order_meant(visit, heard, payable)
    if order is None or not payable(order):
        return visit.stay(Message("no-payment-due"))
    attempt = visit.ports.payments.latest(order.number)
    if attempt is not None and is_open(attempt):
        return alone(visit.go("paying", number=order.number), still_asked(visit, attempt))
    return visit.go("rail", **Draft(Task.PAY, order.number).data())


@customer.anywhere("cash")
def cash_instead(visit: Visit, heard: Choice) -> Step:
    order = _order_meant(visit, heard, payable)
    if order is None:
        return visit.stay(Message("no-payment-due"))
    return _cash(visit, order)


def _cash(visit: Visit, order: Order) -> Step:
    result = visit.ports.orders.choose_cash(order.number)
    if isinstance(result, Refusal):
        return visit.note(explain(result)).go("paying", number=order.number)
    said = Message("cash-chosen", number=order.number, amount=result.total)
    return visit.note(said).restart("order", number=order.number)


@customer.anywhere("paid", Intent.PAID_ALREADY)
def paid_already(visit: Visit, heard: Choice | Understanding) -> Step:
    """The provider is asked at once; its answer follows as a message."""
    order = _order_meant(visit, heard, payable) or _order_meant(visit, heard, lambda _: True)
    if order is None:
        return visit.stay(Message("no-orders"))
    attempt = visit.ports.payments.ask(order.number) if payable(order) else None
    step = visit.go("paying", number=order.number)
    if attempt is None or not may_still_be_paid(attempt):
        return step
    # How it stood before they paid would only contradict them.
    said = replace(step.reply, messages=(Message("paying-asked", number=order.number),))
    return Step(step.place, said)
