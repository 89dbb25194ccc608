"""Asking for money: by a prompt, by a link, or out of the wallet; once, and never two ways at a time."""

from flows.customer.options import USSD
from flows.explain import explain
from flows.message import Clock, Message
from flows.money import Money
from flows.place import Place, Spot, Step
from flows.ports.payments import Attempt, AttemptStatus, Way
from flows.ports.refusals import NotEnough, PromptOpen, Refusal
from flows.ports.wallet import CodeSent
from flows.rails import rail_name
from flows.reply import Reply
from flows.visit import Visit

CASH = "cash"
WALLET = "wallet"

# While an attempt is here it may still take the money.
OPEN = frozenset(
    {AttemptStatus.CREATED, AttemptStatus.SUBMITTED, AttemptStatus.PENDING, AttemptStatus.UNKNOWN}
)


def way_of(visit: Visit, rail: str) -> Way | None:
    """What the customer does to pay by `rail`; None where this shop does not take it."""
    return visit.ports.payments.way(rail)


def is_open(attempt: Attempt | None) -> bool:
    return attempt is not None and attempt.status in OPEN


def collect(visit: Visit, number: int, rail: str, payer: str, *, placed: bool = False) -> Step:
    """Ask for the money of order `number`, which has just been `placed` or stood there. On USSD the
    session ends here, since the prompt displaces it."""
    if way_of(visit, rail) is Way.WALLET:
        return _from_wallet(visit, number, placed=placed)
    result = visit.ports.payments.open(number, rail, payer)
    if isinstance(result, Refusal):
        return _refused(visit, number, result, placed=placed)
    if visit.ports.medium == USSD:
        return _end(visit, _after_end(visit, result, number))
    if placed:
        visit.note(Message("order-placed-to-pay"))
    return visit.restart("paying", number=number)


def _refused(visit: Visit, number: int, refusal: Refusal, *, placed: bool) -> Step:
    if isinstance(refusal, PromptOpen) and not placed:
        return alone(visit.restart("paying", number=number), explain(refusal))
    placed_words = (Message("order-placed-unpaid", number=number),) if placed else ()
    return visit.note(*placed_words, explain(refusal)).restart("paying", number=number)


def _after_end(visit: Visit, attempt: Attempt, number: int) -> Message:
    if way_of(visit, attempt.rail) is Way.LINK:
        return Message("link-after-end", number=number, amount=attempt.amount)
    return Message("prompt-after-end", number=number, payer=attempt.payer, amount=attempt.amount)


def _end(visit: Visit, said: Message) -> Step:
    return Step(Place(Spot(visit.home_state)), Reply((*visit.heading, said), ends=True))


def _from_wallet(visit: Visit, number: int, *, placed: bool) -> Step:
    wallet = visit.ports.wallet
    if wallet is None:
        return visit.restart("paying", number=number)
    result = wallet.pay(number)
    if isinstance(result, CodeSent):
        placed_words = (Message("order-placed-to-pay"),) if placed else ()
        return visit.note(*placed_words).restart("wallet-code", task="pay", number=number)
    if isinstance(result, NotEnough) and not placed:
        return visit.note(explain(result)).restart("paying", number=number)
    return _refused(visit, number, result, placed=placed)


def top_up(visit: Visit, amount: Money, rail: str, payer: str) -> Step:
    """Ask for money to put into the wallet."""
    wallet = visit.ports.wallet
    if wallet is None:
        return visit.home()
    result = wallet.top_up(amount, rail, payer)
    if isinstance(result, Refusal):
        return visit.note(explain(result)).restart("wallet")
    said = top_up_standing(visit, result)
    if visit.ports.medium == USSD:
        return _end(visit, said)
    return alone(visit.restart("wallet"), said)


def top_up_standing(visit: Visit, attempt: Attempt) -> Message:
    """What there is to do for a top-up that is under way."""
    if way_of(visit, attempt.rail) is not Way.LINK:
        return Message("top-up-prompt", amount=attempt.amount, payer=attempt.payer)
    if attempt.link:
        return Message("top-up-link", amount=attempt.amount, link=attempt.link)
    return Message("top-up-link-coming", amount=attempt.amount)


def still_asked(visit: Visit, attempt: Attempt) -> Message:
    """That the money is asked for already, and what to do about it."""
    if way_of(visit, attempt.rail) is not Way.LINK:
        return explain(PromptOpen(attempt.payer, attempt.expires_at))
    rail = rail_name(attempt.rail)
    if attempt.link is None:
        return Message("paying-link-coming", rail=rail)
    if attempt.expires_at is None:
        return Message("paying-link-open", rail=rail, link=attempt.link)
    until = Clock(attempt.expires_at)
    return Message("paying-link-until", rail=rail, link=attempt.link, until=until)


def alone(step: Step, message: Message) -> Step:
    """The step with this said alone, above the same options."""
    reply = step.reply
    return Step(step.place, Reply((message,), reply.menu, reply.pictures, reply.ends, reply.asks))
