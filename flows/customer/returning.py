"""Giving goods back: what, how many, and why."""

from collections.abc import Mapping

from flows.customer.human import hand_over
from flows.customer.machine import customer
from flows.customer.options import HUMAN
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Message, verbatim
from flows.notices.returns import REASONS
from flows.place import Step
from flows.ports.orders import Order, OrderStatus
from flows.ports.refusals import Refusal, UnknownOrder
from flows.ports.returns import Reason, Returnable, ReturnLine
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding
from intents.wish import Wish

# So many are counted by choosing; of more, all or one at a time come back.
MOST_COUNTED = 9


@customer.anywhere("return", Wish.RETURN_GOODS)
def give_back(visit: Visit, heard: Choice | Understanding) -> Step:
    """Of the order that was named, else the last one that arrived."""
    order = _meant(visit, heard)
    if order is None:
        return visit.stay(Message("return-nothing"))
    return begin(visit, order.number)


def begin(visit: Visit, number: int) -> Step:
    returns = visit.ports.returns
    found = returns.returnable(number) if returns is not None else UnknownOrder(number)
    if isinstance(found, Refusal):
        return visit.stay(explain(found))
    if len(found.lines) == 1:
        return _count(visit, number, found.lines[0])
    return visit.go("return-what", number=number)


def delivered(visit: Visit, number: int | None) -> Order | None:
    """Order `number`, else the last one, if it has arrived and may still come back."""
    returns, orders = visit.ports.returns, visit.ports.orders
    named = [found] if number is not None and (found := orders.find(number)) else []
    mine = named if number is not None else orders.mine()
    if returns is None:
        return None
    return next((order for order in mine if returns.possible(order)), None)


def _meant(visit: Visit, heard: Choice | Understanding) -> Order | None:
    if isinstance(heard, Choice):
        return visit.ports.orders.find(heard.number or 0)
    number = heard.order or (heard.wish.number if heard.wish else None)
    if number is not None:
        return visit.ports.orders.find(number)
    arrived = [o for o in visit.ports.orders.mine() if o.status is OrderStatus.DELIVERED]
    return arrived[0] if arrived else None


def _found(visit: Visit) -> Returnable | None:
    """What can come back, as it is now."""
    returns = visit.ports.returns
    found = returns.returnable(visit.number("number")) if returns is not None else None
    return None if isinstance(found, Refusal) else found


@customer.state("return-what")
class ReturnWhat:
    """Which goods of order `number`."""

    def show(self, visit: Visit) -> Reply:
        found = _found(visit)
        lines = found.lines if found is not None else ()
        options = [Option(f"return-line:{line.position}", verbatim(line.name)) for line in lines]
        everything = Option("return-all", Message("option-return-all"))
        return visit.say(
            Message("return-what", number=visit.number("number")),
            options=(*options, everything, HUMAN),
            asks=Asked.CHOICE,
        )

    @on("return-all")
    def all_of_it(self, visit: Visit, _: Choice) -> Step:
        return visit.go("return-why", number=visit.number("number"), position=0, count=0)

    @on("return-line")
    def one(self, visit: Visit, heard: Choice) -> Step:
        found = _found(visit)
        lines = found.lines if found is not None else ()
        line = next((line for line in lines if str(line.position) == heard.argument), None)
        if line is None:
            return visit.stay()
        return _count(visit, visit.number("number"), line)


def _count(visit: Visit, number: int, line: ReturnLine) -> Step:
    """Of one piece nothing needs to be asked."""
    if line.quantity == 1:
        return visit.go("return-why", number=number, position=line.position, count=1)
    return visit.go("return-count", number=number, position=line.position, most=line.quantity)


@customer.state("return-count")
class ReturnCount:
    """How many of the pieces at `position`, `most` at the most."""

    def show(self, visit: Visit) -> Reply:
        most = visit.number("most")
        counts = range(1, min(most, MOST_COUNTED) + 1)
        options = [Option(f"return-count:{n}", verbatim(str(n))) for n in counts]
        if most > MOST_COUNTED:
            options.append(Option(f"return-count:{most}", Message("option-return-all")))
        return visit.say(Message("return-count", most=most), options=options, asks=Asked.QUANTITY)

    @on("return-count")
    def chosen(self, visit: Visit, heard: Choice) -> Step:
        return self._so_many(visit, heard.number or 0)

    @on(Asked.QUANTITY)
    def said(self, visit: Visit, heard: Understanding) -> Step:
        counts = [item.quantity for item in heard.items if item.quantity is not None]
        whole = counts and counts[0] == int(counts[0])
        return self._so_many(visit, int(counts[0]) if whole else 0)

    def _so_many(self, visit: Visit, count: int) -> Step:
        if not 1 <= count <= visit.number("most"):
            return visit.stay(Message("choose-one"))
        number, position = visit.number("number"), visit.number("position")
        return visit.go("return-why", number=number, position=position, count=count)


@customer.state("return-why")
class ReturnWhy:
    """The reason decides who bears the way back; words are welcome instead. `position` 0: everything."""

    def show(self, visit: Visit) -> Reply:
        offered = [reason for reason in Reason if reason is not Reason.OTHER]
        options = [Option(f"return-why:{reason}", REASONS[reason]) for reason in offered]
        return visit.say(Message("return-why"), options=options, asks=Asked.REASON)

    @on("return-why")
    def chosen(self, visit: Visit, heard: Choice) -> Step:
        known = heard.argument in {reason.value for reason in Reason}
        return _ask(visit, Reason(heard.argument), "") if known else visit.stay()

    @on(Asked.REASON, Intent.COMPLAIN, Intent.REFUND)
    def written(self, visit: Visit, heard: Understanding) -> Step:
        return _ask(visit, Reason.OTHER, " ".join(heard.text.split()))


def _ask(visit: Visit, reason: Reason, words: str) -> Step:
    number, returns = visit.number("number"), visit.ports.returns
    if returns is None:
        return visit.home()
    asked = returns.ask(number, _goods(visit), reason, words)
    if isinstance(asked, Refusal):
        visit.note(explain(asked))
    else:
        visit.note(Message("return-asked", number=number, shop=visit.ports.shop.name))
        visit.ports.facts.record("return-asked", number=number, reason=reason.value)
    return visit.restart("order", number=number)


def _goods(visit: Visit) -> Mapping[int, int]:
    position = visit.number("position")
    if position:
        return {position: visit.number("count")}
    found = _found(visit)
    return {line.position: line.quantity for line in found.lines} if found is not None else {}


def refund_wished(visit: Visit, heard: Choice | Understanding) -> Step:
    """Money back for what arrived means giving it back; the rest is the seller's to grant."""
    number = heard.number if isinstance(heard, Choice) else heard.order
    if (order := delivered(visit, number)) is not None:
        return begin(visit, order.number)
    return hand_over(visit, heard)
