"""WITHOUT: something of an order is not there, and the rest goes. "WITHOUT 1001 soap", or "2 soap"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.heard import Choice, Heard, order_number
from flows.machine import on
from flows.message import Message, verbatim
from flows.notices.lacking import missing
from flows.place import Step
from flows.ports.lacking import Lack
from flows.ports.orders import Order, OrderLine
from flows.ports.refusals import NotInOrder, Refusal, UnknownOrder
from flows.reply import Option, Reply
from flows.seller.naming import meant, spoken_of
from flows.seller.refused import refused, why
from flows.seller.role import lacking, run, seller, tell, trade
from flows.seller.standing import to_lessen
from flows.seller.which import which
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Asked, Catalogue, Entry

TAKE_OUT = "take-out"
MOST_SHOWN = 9

_LEADING = re.compile(r"(\d{1,6}) ?x? +(.+)", re.IGNORECASE)
_TRAILING = re.compile(r"(.+?) +x? ?(\d{1,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class InOrder:
    """The names of what is in one order."""

    entries: Sequence[Entry]
    key: str = ""


@seller.anywhere(Word.WITHOUT)
def without(visit: Visit, command: Command) -> Step:
    """What it comes to is said before anything is done."""
    found = which(visit, command, to_lessen)
    if isinstance(found, Step):
        return found
    number = found.number or 0
    order = trade(visit).find(number)
    if order is None:
        return refused(visit, UnknownOrder(number))
    if not found.rest and sum(line.quantity for line in order.lines) > 1:
        return _ask(visit, order, _what(order))
    names = in_order(order, visit.ports.catalogue.names)
    near: tuple[Sequence[Entry], int | None] = (), None
    for quantity, goods in _readings(found.rest or order.lines[0].sku):
        there = meant(goods, names)
        if there.sure is not None:
            return _propose(visit, number, there.sure.sku, quantity)
        near = near if near[0] else (there.entries, quantity)
    if near[0]:
        return _ask(visit, order, _what(order), *near)
    mention = verbatim(found.rest[:40])
    return _ask(visit, order, Message("desk-without-unread", number=number, mention=mention))


def in_order(order: Order, names: Catalogue) -> InOrder:
    """By what the order calls them, and by what else the shop does."""
    return InOrder([_entry(line, names) for line in order.lines])


def _entry(line: OrderLine, names: Catalogue) -> Entry:
    """A kind is called as its product is, too."""
    there = {each.sku: each for each in spoken_of(line.name, names)}
    own = there.get(line.sku)
    product = there.get(own.parent) if own is not None and own.parent is not None else None
    aliases = (alias for each in (own, product) if each is not None for alias in each.aliases)
    return Entry(line.sku, line.name, tuple(aliases))


def _readings(rest: str) -> Iterator[tuple[int | None, str]]:
    """How many of what, best first: a name may have figures too."""
    yield None, rest
    if found := _LEADING.fullmatch(rest):
        yield int(found[1]), found[2]
    if found := _TRAILING.fullmatch(rest):
        yield int(found[2]), found[1]


def _ask(
    visit: Visit,
    order: Order,
    message: Message,
    among: Sequence[Entry] = (),
    quantity: int | None = None,
) -> Step:
    """Of several that may be meant, in the quantity that was said; none: of all that is in it."""
    near = {entry.sku for entry in among}
    lines = [line for line in order.lines if line.sku in near or not near][:MOST_SHOWN]
    count = "" if quantity is None else str(quantity)
    options = tuple(
        command_option(
            Command(Word.WITHOUT, order.number, " ".join(filter(None, (count, line.sku)))),
            Message("desk-order-item", name=line.name, quantity=line.quantity),
        )
        for line in lines
        if len(order.lines) > 1
    )
    return tell(visit, message, options=options)


def _what(order: Order) -> Message:
    example = verbatim(order.lines[0].name)
    return Message("desk-without-what", number=order.number, example=example)


def _propose(visit: Visit, number: int, sku: str, quantity: int | None) -> Step:
    lack = lacking(visit).without(number, sku, quantity)
    if isinstance(lack, NotInOrder) and quantity is not None:
        lack = lacking(visit).without(number, sku, None)
    if isinstance(lack, Refusal):
        return refused(visit, lack)
    return visit.go("lacking", number=number, sku=sku, quantity=lack.quantity)


@seller.state("lacking")
class Lacking:
    """What becomes of the order and of its money, and whether that is meant."""

    def show(self, visit: Visit) -> Reply:
        lack = _look(visit)
        if isinstance(lack, Refusal):
            return visit.say(why(lack))
        visit.remember(step=lack.step)
        yes = Option(_yes(lack), Message("trade-yes"))
        no = Option("leave", Message("trade-no"))
        return visit.say(_sure(lack), options=(yes, no), asks=Asked.YES_NO)

    @on(Intent.AFFIRM)
    def agree(self, visit: Visit, _: Heard) -> Step:
        return _take_out(
            visit,
            visit.number("number"),
            visit.number("step"),
            visit.number("quantity"),
            visit.text("sku"),
        )

    @on("leave", Intent.DENY)
    def leave(self, visit: Visit, _: Heard) -> Step:
        return tell(visit, Message("desk-nothing-done"))

    @on(Word.OK)
    def say_ok(self, visit: Visit, command: Command) -> Step:
        """ "ok" alone agrees; with a number it is about that order."""
        return self.agree(visit, command) if command.number is None else run(visit, command)

    @on(Word.NO)
    def say_no(self, visit: Visit, command: Command) -> Step:
        return self.leave(visit, command) if command.number is None else run(visit, command)


def _look(visit: Visit) -> Lack | Refusal:
    number, sku = visit.number("number"), visit.text("sku")
    return lacking(visit).without(number, sku, visit.number("quantity"))


def _sure(lack: Lack) -> Message:
    """What a yes would do, with its sums."""
    items, number = missing(lack), lack.order.number
    if not lack.less:
        return Message("desk-without-free", number=number, items=items, total=lack.total)
    if lack.refund is None:
        less = lack.less
        return Message("desk-without-less", number=number, items=items, less=less, total=lack.total)
    refund = lack.refund
    return Message("desk-without-back", number=number, items=items, refund=refund, total=lack.total)


def _yes(lack: Lack) -> str:
    """All that it takes, so that the answer can only ever be to this question."""
    return f"{TAKE_OUT}:{lack.order.number}:{lack.step}:{lack.quantity}:{lack.sku}"


@seller.anywhere(TAKE_OUT)
def taken_out(visit: Visit, choice: Choice) -> Step:
    *figures, sku = choice.argument.split(":", 3)
    number, step, quantity = (order_number(figure) or 0 for figure in (*figures, "", "", "")[:3])
    return _take_out(visit, number, step, quantity, sku)


def _take_out(visit: Visit, number: int, step: int, quantity: int, sku: str) -> Step:
    done = lacking(visit).take_out(number, sku, quantity, step)
    if isinstance(done, Refusal):
        return refused(visit, done)
    items, total = missing(done), done.order.total
    return tell(visit, Message("done-without", number=number, items=items, total=total))
