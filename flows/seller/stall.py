"""ADD, NAME, HIDE and SHOW: what is on sale, by the seller's word."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from flows.heard import Heard
from flows.machine import on
from flows.message import Message, verbatim
from flows.money import Money
from flows.place import Step
from flows.ports.refusals import NameTaken, Refusal, UnknownProduct
from flows.ports.stall import PutOnSale
from flows.ports.trade import Offered
from flows.reply import Option, Reply
from flows.seller.naming import meant
from flows.seller.refused import refused
from flows.seller.role import run, seller, stall, tell, trade
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word
from intents.intent import Intent
from intents.listing import LONGEST_NAME, Listing, read_listing
from intents.understanding import Asked
from intents.visible import visible

MOST_NEAR = 6
# Goods and their new name are split here by whoever writes it; else after a sku or a whole name.
BETWEEN = "="


@seller.anywhere(Word.ADD)
def add(visit: Visit, command: Command) -> Step:
    listing = read_listing(command.rest, visit.ports.shop.locales)
    return tell(visit, Message("how-to-add")) if listing is None else put(visit, listing)


def put(visit: Visit, listing: Listing, media: str = "") -> Step:
    """Put it on sale, with the picture that it came with; what is called so already may be changed to
    it."""
    done = stall(visit).add(listing)
    if isinstance(done, NameTaken):
        price, count = str(listing.price), -1 if listing.count is None else listing.count
        return visit.go(
            "same-name", name=done.name, sku=done.sku, price=price, count=count, media=media
        )
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, on_sale(done), *with_picture(visit, done.sku, media))


def with_picture(visit: Visit, sku: str, media: str) -> tuple[Message, ...]:
    """Have it fetched, where one came along, and say so."""
    if not media or isinstance(stall(visit).picture(sku, media), Refusal):
        return ()
    return (Message("picture-soon"),)


def on_sale(put: PutOnSale) -> Message:
    """That it is, by which word and number, and how many there are."""
    name, price, sku, code = put.name, put.price, put.sku, put.code
    if put.count is None:
        return Message("goods-added", name=name, price=price, sku=sku, number=code)
    left = put.count
    return Message("goods-added-counted", name=name, price=price, sku=sku, number=code, left=left)


@seller.state("same-name")
class SameName:
    """The shop sells something of this name: is that to be changed?"""

    def show(self, visit: Visit) -> Reply:
        price = Money.of(Decimal(visit.text("price")), visit.ports.shop.currency)
        return visit.say(
            Message("goods-same-name", name=visit.text("name"), price=price),
            options=(
                Option("change-it", Message("trade-yes")),
                Option("leave", Message("trade-no")),
            ),
            asks=Asked.YES_NO,
        )

    @on("change-it", Intent.AFFIRM)
    def change(self, visit: Visit, _: Heard) -> Step:
        sku, count = visit.text("sku"), visit.number("count", -1)
        shown = stall(visit).show(sku)
        if isinstance(shown, Refusal):
            return refused(visit, shown)
        priced = trade(visit).set_price(sku, Decimal(visit.text("price")))
        if isinstance(priced, Refusal):
            return refused(visit, priced)
        stocked = trade(visit).set_stock(sku, count) if count >= 0 else None
        if isinstance(stocked, Refusal):
            return refused(visit, stocked)
        before, after = priced.before, priced.after
        told = Message("price-set", name=priced.name, before=before, after=after)
        return tell(visit, told, *with_picture(visit, sku, visit.text("media")))

    @on("leave", Intent.DENY)
    def leave(self, visit: Visit, _: Heard) -> Step:
        return tell(visit, Message("goods-other-name"))

    @on(Word.OK, Word.NO)
    def say(self, visit: Visit, command: Command) -> Step:
        """ "ok" and "no" alone answer; with a number they are about that order."""
        if command.number is not None:
            return run(visit, command)
        return (
            self.change(visit, command) if command.word is Word.OK else self.leave(visit, command)
        )


@seller.anywhere(Word.NAME)
def name(visit: Visit, command: Command) -> Step:
    """ "NAME ankara-gown Ankara dress": goods as they are called, then the new name."""
    for goods, said in _splits(command.rest):
        called = visible(said)
        found = meant(goods, visit.ports.catalogue.names, kinds=False)
        if called and found.sure is not None and (found.exact or BETWEEN in command.rest):
            done = stall(visit).rename(found.sure.sku, called[:LONGEST_NAME])
            if isinstance(done, Refusal):
                return refused(visit, done)
            return tell(visit, Message("goods-renamed", before=found.sure.name, name=done.name))
    return tell(visit, Message("how-to-name"))


def _splits(rest: str) -> Iterator[tuple[str, str]]:
    """The ways to read a rest as goods and a name, those with the longest goods first."""
    if BETWEEN in rest:
        goods, _, called = rest.partition(BETWEEN)
        if goods.strip() and any(sign.isalpha() for sign in called):
            yield goods.strip(), " ".join(called.split())
        return
    parts = rest.split()
    for at in range(len(parts) - 1, 0, -1):
        called = " ".join(parts[at:])
        if any(sign.isalpha() for sign in called):
            yield " ".join(parts[:at]), called


@seller.anywhere(Word.HIDE)
def hide(visit: Visit, command: Command) -> Step:
    if not command.rest:
        return tell(visit, Message("how-to-hide"))
    found = meant(command.rest, visit.ports.catalogue.names, kinds=False)
    if found.sure is None and not found.entries:
        return refused(visit, UnknownProduct(command.rest))
    if found.sure is None:
        options = tuple(
            command_option(Command(Word.HIDE, rest=entry.sku), verbatim(entry.name))
            for entry in found.entries[:MOST_NEAR]
        )
        return tell(visit, Message("desk-which-goods", mention=command.rest), options=options)
    done = stall(visit).hide(found.sure.parent or found.sure.sku)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("goods-hidden", name=done.name, sku=done.sku))


@seller.anywhere(Word.SHOW)
def show(visit: Visit, command: Command) -> Step:
    """Bring back what was hidden; the word alone lists it."""
    hidden = stall(visit).hidden()
    found = _called(command.rest, hidden) if command.rest else hidden
    if len(found) == 1 and command.rest:
        done = stall(visit).show(found[0].sku)
        if isinstance(done, Refusal):
            return refused(visit, done)
        return tell(visit, Message("goods-shown", name=done.name))
    if not hidden:
        return tell(visit, Message("goods-none-hidden"))
    options = tuple(
        command_option(Command(Word.SHOW, rest=each.sku), verbatim(each.name))
        for each in (found or hidden)[:MOST_NEAR]
    )
    return tell(visit, Message("goods-hidden-list"), options=options)


def _called(words: str, hidden: Sequence[Offered]) -> Sequence[Offered]:
    """By sku or name, else by a part of the name."""
    said = words.strip().casefold()
    exact = [each for each in hidden if said in (each.sku.casefold(), each.name.casefold())]
    return exact or [each for each in hidden if said in each.name.casefold()]
