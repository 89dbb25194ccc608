"""PRICE, and which goods a word about the shelf means."""

from collections.abc import Sequence
from decimal import Decimal

from flows.figures import Shelving
from flows.figures import read_shelving as read
from flows.message import Message
from flows.money import Money, MoneyError
from flows.place import Step
from flows.ports.refusals import BadAmount, NeedsVariant, Refusal, UnknownProduct
from flows.ports.trade import PriceSet
from flows.seller.asking import confirm
from flows.seller.naming import meant, variants_of
from flows.seller.on_goods import ask_which
from flows.seller.refused import refused
from flows.seller.role import seller, tell, trade
from flows.visit import Visit
from intents.command import Command, Word
from intents.understanding import Entry


@seller.anywhere(Word.PRICE)
def price(visit: Visit, command: Command) -> Step:
    said = read(command)
    if not said.goods or said.figure is None:
        return tell(visit, Message("how-to-price"))
    if not _chargeable(said.figure, visit.ports.shop.currency):
        return refused(visit, BadAmount(said.written))
    goods = goods_of(visit, Word.PRICE, said)
    if isinstance(goods, Step):
        return goods
    if not command.exact:
        return confirm(visit, _completed(Word.PRICE, goods, said))
    done = trade(visit).set_price(goods.sku, said.figure)
    if isinstance(done, NeedsVariant):
        return which_goods(
            visit, Word.PRICE, said, variants_of(done.sku, visit.ports.catalogue.names)
        )
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


def goods_of(visit: Visit, word: Word, said: Shelving) -> Entry | Step:
    """What is meant, if that is sure; else it is asked with the whole command as the answer."""
    near = meant(said.goods, visit.ports.catalogue.names)
    if near.sure is not None:
        return near.sure
    if not near.entries:
        return refused(visit, UnknownProduct(said.goods))
    return which_goods(visit, word, said, near.entries)


def which_goods(visit: Visit, word: Word, said: Shelving, entries: Sequence[Entry]) -> Step:
    return ask_which(visit, Command(word, rest=_behind(said)), said.goods, entries)


def _completed(word: Word, entry: Entry, said: Shelving) -> Command:
    return Command(word, rest=f"{entry.sku} {_behind(said)}")


def _behind(said: Shelving) -> str:
    """What was said after the goods."""
    return f"{said.sign}{abs(said.figure or Decimal(0)):f} {said.why}".rstrip()
