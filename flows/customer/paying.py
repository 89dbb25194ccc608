"""Paying an order that was placed: the prompt, another try, another number, cash instead."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from flows.customer.certainty import sure
from flows.customer.draft import Draft, Task
from flows.customer.machine import customer
from flows.customer.options import HUMAN, USSD
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Clock, Message
from flows.notices.payments import NEXT
from flows.place import Place, Spot, Step
from flows.ports.orders import Order, PaymentStatus
from flows.ports.payments import Attempt, AttemptStatus, NextStep
from flows.ports.refusals import PromptOpen, Refusal, UnknownOrder
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

CASH = "cash"

# While an attempt is here its prompt may still take the money.
OPEN = frozenset(
    {AttemptStatus.CREATED, AttemptStatus.SUBMITTED, AttemptStatus.PENDING, AttemptStatus.UNKNOWN}
)


def payable(order: Order) -> bool:
    """Whether money for it can still be asked for by prompt."""
    waiting = order.payment_status in (PaymentStatus.PENDING, PaymentStatus.FAILED)
    return waiting and not order.closed and order.rail != CASH


@customer.state("paying")
class Paying:
    """How the payment of order `number` stands."""

    def show(self, visit: Visit) -> Reply:
        order = visit.ports.orders.find(visit.number("number"))
        if order is None:
            return visit.say(explain(UnknownOrder(visit.number("number"))), options=(HUMAN,))
        attempt = visit.ports.payments.latest(order.number)
        kept = kept_until(order) if _may_still_be_paid(attempt) else ()
        return visit.say(_standing(order, attempt), *kept, options=_ways(visit, order, attempt))

    @on(Asked.PHONE)
    def from_this_number(self, visit: Visit, heard: Understanding) -> Step:
        """A number written where the payment is spoken of is the one that shall pay."""
        order = visit.ports.orders.find(visit.number("number"))
        if order is None or not payable(order):
            return visit.stay()
        if not visit.ports.payments.payer_ok(order.rail, heard.phone or ""):
            return _ask_number(visit, order)
        return open_prompt(visit, order.number, order.rail, heard.phone or "")


def kept_until(order: Order) -> tuple[Message, ...]:
    """Until when the goods of an unpaid order are kept."""
    if order.held_until is None or not payable(order):
        return ()
    return (Message("goods-kept", until=Clock(order.held_until)),)


def _may_still_be_paid(attempt: Attempt | None) -> bool:
    return attempt is None or attempt.status not in (AttemptStatus.REVIEW, AttemptStatus.SUCCEEDED)


def _standing(order: Order, attempt: Attempt | None) -> Message:
    if not payable(order):
        return _settled(order)
    if attempt is None:
        return Message("paying-not-yet", number=order.number, amount=order.total)
    if attempt.status in OPEN:
        return Message(
            "paying-prompt", payer=attempt.payer, amount=attempt.amount, number=order.number
        )
    if attempt.status is AttemptStatus.REVIEW:
        return Message("paying-review", number=order.number)
    if attempt.status is AttemptStatus.SUCCEEDED:
        return Message("paying-settling", number=order.number)
    return Message(
        "paying-failed", number=order.number, next=NEXT[attempt.next or NextStep.TRY_AGAIN]
    )


def _settled(order: Order) -> Message:
    if order.rail == CASH and not order.closed and order.payment_status is PaymentStatus.PENDING:
        return Message("paying-in-cash", number=order.number, amount=order.total)
    if order.payment_status is PaymentStatus.REFUNDED:
        return Message("paying-refunded", number=order.number, amount=order.total)
    if order.payment_status is PaymentStatus.PAID:
        return Message("paying-paid", number=order.number)
    return Message("paying-not-needed", number=order.number)


def _ways(visit: Visit, order: Order, attempt: Attempt | None) -> Sequence[Option]:
    track = Option(f"track:{order.number}", Message("option-track"))
    if not payable(order):
        return (track,)
    if attempt is not None and attempt.status in OPEN:
        return (Option(f"paid:{order.number}", Message("option-paid")), track)
    if attempt is not None and attempt.status in (AttemptStatus.REVIEW, AttemptStatus.SUCCEEDED):
        return (track, HUMAN)
    return (*ways_to_pay(visit, order), track)


def ways_to_pay(visit: Visit, order: Order) -> tuple[Option, ...]:
    """What can be tried when no prompt is open."""
    takes_cash = any(option.name == CASH for option in visit.ports.payments.options())
    cash = (Option(f"cash:{order.number}", Message("option-cash")),) if takes_cash else ()
    return (
        Option(f"pay:{order.number}", Message("option-pay")),
        Option(f"other-number:{order.number}", Message("option-other-number")),
        *cash,
    )


def open_prompt(visit: Visit, number: int, rail: str, payer: str, *, placed: bool = False) -> Step:
    """Ask `payer` for the money, once. On USSD the session ends here, since the prompt displaces it."""
    result = visit.ports.payments.open(number, rail, payer)
    if isinstance(result, Refusal):
        if isinstance(result, PromptOpen) and not placed:
            return _only(visit.restart("paying", number=number), explain(result))
        placed_words = (Message("order-placed-unpaid", number=number),) if placed else ()
        return visit.note(*placed_words, explain(result)).restart("paying", number=number)
    if visit.ports.medium == USSD:
        said = Message("prompt-after-end", number=number, payer=payer, amount=result.amount)
        return Step(Place(Spot(visit.home_state)), Reply((*visit.heading, said), ends=True))
    if placed:
        visit.note(Message("order-placed-to-pay"))
    return visit.restart("paying", number=number)


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
    """Pay again, by the number of last time. Without an order, the cart is what wants paying."""
    order = _order_meant(visit, heard, payable)
    if order is None:
        return _nothing_to_pay(visit, heard)
    attempt = visit.ports.payments.latest(order.number)
    payer = attempt.payer if attempt else order.payer
    confident = isinstance(heard, Choice) or sure(heard)
    if not payable(order) or not confident:
        return visit.go("paying", number=order.number)
    if payer is None:
        return _ask_number(visit, order)
    return open_prompt(visit, order.number, attempt.rail if attempt else order.rail, payer)


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
    return _ask_number(visit, order)


def _ask_number(visit: Visit, order: Order) -> Step:
    draft = Draft(Task.PAY, order.number, rail=order.rail)
    return visit.go("payer", **draft.data())


@customer.anywhere("cash")
def cash_instead(visit: Visit, heard: Choice) -> Step:
    order = _order_meant(visit, heard, payable)
    if order is None:
        return visit.stay(Message("no-payment-due"))
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
    if attempt is None or not _may_still_be_paid(attempt):
        return step
    # How it stood before they paid would only contradict them.
    return _only(step, Message("paying-asked", number=order.number))


def _only(step: Step, message: Message) -> Step:
    """The step with this said alone, above the same options."""
    return Step(step.place, replace(step.reply, messages=(message,)))
