"""STOCK and PRICE: what stands on the shelf and what it costs."""

from collections.abc import Sequence
from decimal import Decimal

from flows.figures import Shelving, whole
from flows.figures import read_shelving as read
from flows.message import Message, verbatim
from flows.money import Money, MoneyError
from flows.place import Step
from flows.ports.refusals import BadAmount, NeedsVariant, Refusal, UnknownProduct
from flows.ports.trade import PriceSet, StockSet
from flows.seller.asking import confirm
from flows.seller.naming import meant, variants_of
from flows.seller.refused import refused
from flows.seller.role import seller, tell, trade
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word
from intents.understanding import Entry

MOST_NEAR = 6
MOST_ON_SHELF = 10_000_000


@seller.anywhere(Word.STOCK)
def stock(visit: Visit, command: Command) -> Step:
    """A plain figure sets, "+5" adds, "-2" takes away."""
    said = read(command)
    if not said.goods or said.figure is None:
        return tell(visit, Message("how-to-stock"))
    count = whole(said.figure)
    if count is None or abs(count) > MOST_ON_SHELF:
        return refused(visit, BadAmount(said.written))
    goods = _goods(visit, Word.STOCK, said)
    if isinstance(goods, Step):
        return goods
    port = trade(visit)
    done = port.add_stock(goods.sku, count) if said.sign else port.set_stock(goods.sku, count)
    if isinstance(done, NeedsVariant):
        return _which(visit, Word.STOCK, said, variants_of(done.sku, visit.ports.catalogue.names))
    return _stocked(visit, done)


def _stocked(visit: Visit, done: StockSet | Refusal) -> Step:
    if isinstance(done, Refusal):
        return refused(visit, done)
    key = "stock-kept" if done.kept else "stock-set-held" if done.held else "stock-set"
    return tell(visit, Message(key, name=done.name, on_hand=done.on_hand, held=done.held))


@seller.anywhere(Word.PRICE)
def price(visit: Visit, command: Command) -> Step:
    said = read(command)
    if not said.goods or said.figure is None:
        return tell(visit, Message("how-to-price"))
    if not _chargeable(said.figure, visit.ports.shop.currency):
        return refused(visit, BadAmount(said.written))
    goods = _goods(visit, Word.PRICE, said)
    if isinstance(goods, Step):
        return goods
    if not command.exact:
        return confirm(visit, _completed(Word.PRICE, goods, said))
    done = trade(visit).set_price(goods.sku, said.figure)
    if isinstance(done, NeedsVariant):
        return _which(visit, Word.PRICE, said, variants_of(done.sku, visit.ports.catalogue.names))
    return _priced(visit, done)


def _priced(visit: Visit, done: PriceSet | Refusal) -> Step:
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("price-set", name=done.name, before=done.before, after=done.after))


def _chargeable(amount: Decimal, currency: str) -> bool:
    """More than nothing, and nothing that the currency cannot pay."""
    try:
        return Money.of(amount, currency).minor > 0
    except MoneyError:
        return False


def _goods(visit: Visit, word: Word, said: Shelving) -> Entry | Step:
    """What is meant, if that is sure; else it is asked with the whole command as the answer."""
    near = meant(said.goods, visit.ports.catalogue.names)
    if near.sure is not None:
        return near.sure
    if not near.entries:
        return refused(visit, UnknownProduct(said.goods))
    return _which(visit, word, said, near.entries)


def _which(visit: Visit, word: Word, said: Shelving, entries: Sequence[Entry]) -> Step:
    options = tuple(
        command_option(_completed(word, entry, said), verbatim(entry.name))
        for entry in entries[:MOST_NEAR]
    )
    return tell(visit, Message("desk-which-goods", mention=said.goods), options=options)


def _completed(word: Word, entry: Entry, said: Shelving) -> Command:
    return Command(word, rest=f"{entry.sku} {said.sign}{abs(said.figure or Decimal(0)):f}")
