"""The customer asks the shop to bring once more what could not be delivered."""

from flows.customer.certainty import sure
from flows.customer.machine import customer
from flows.customer.options import NO, YES
from flows.customer.tracking import under_way
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.money import Money
from flows.place import Step
from flows.ports.orders import DeliveryStatus
from flows.ports.refusals import AgainCosts, Refusal
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding
from intents.wish import Wish


@customer.anywhere("again")
def again(visit: Visit, heard: Choice) -> Step:
    """Where it costs more, a yes is asked first."""
    return _ask(visit, heard.number or 0, None)


@customer.anywhere(Wish.TRY_AGAIN)
def wished(visit: Visit, heard: Understanding) -> Step:
    """In their own words: the one that could not be delivered."""
    named = heard.wish.number if heard.wish else None
    failed = [o.number for o in under_way(visit) if o.delivery is DeliveryStatus.FAILED]
    if named is not None and named in failed:
        return _ask(visit, named, None)
    if failed:
        return _ask(visit, failed[0], None)
    return customer.everywhere[Intent.TRACK_ORDER](visit, heard)


def _ask(visit: Visit, number: int, agreed: Money | None) -> Step:
    asked = visit.ports.orders.try_again(number, agreed)
    if isinstance(asked, AgainCosts):
        return visit.go(
            "try-again", number=number, fee=asked.fee.minor, currency=asked.fee.currency
        )
    if isinstance(asked, Refusal):
        return visit.stay(explain(asked))
    visit.note(Message("again-asked", number=number, shop=visit.ports.shop.name))
    return visit.restart("order", number=number)


@customer.state("try-again")
class TryAgain:
    """Order `number` is brought once more for `fee`, after a yes."""

    def show(self, visit: Visit) -> Reply:
        return visit.say(
            Message("refused-again-costs", number=visit.number("number"), fee=_fee(visit)),
            options=(YES, NO),
            asks=Asked.YES_NO,
        )

    @on("yes", Intent.AFFIRM)
    def yes(self, visit: Visit, heard: Choice | Understanding) -> Step:
        if isinstance(heard, Understanding) and not sure(heard):
            return visit.stay(Message("choose-one"))
        return _ask(visit, visit.number("number"), _fee(visit))

    @on("no", Intent.DENY)
    def no(self, visit: Visit, _: Choice | Understanding) -> Step:
        return visit.restart("order", number=visit.number("number"))


def _fee(visit: Visit) -> Money:
    return Money(visit.number("fee"), visit.text("currency"))
