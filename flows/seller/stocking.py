"""STOCK: how much is there, of one thing or of many in one message."""

from collections.abc import Sequence
from dataclasses import replace

from flows.explain import explain
from flows.figures import Shelving, read_shelving, whole
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import BadAmount, CountedBySupplier, NeedsVariant, Refusal
from flows.ports.trade import Loss, StockSet
from flows.seller.levels import level_in, level_line, say_level
from flows.seller.naming import meant, variants_of
from flows.seller.refused import refused
from flows.seller.role import seller, tell, trade
from flows.seller.shelf import goods_of, which_goods
from flows.visit import Visit
from intents.command import Command, Word

MOST_ON_SHELF = 10_000_000


@seller.anywhere(Word.STOCK)
def stock(visit: Visit, command: Command) -> Step:
    """A plain figure sets, "+5" adds, "-2" takes away, "-2 damaged" says why. Several lines are each done
    or not, and answered together."""
    lines = command.rest.split("\n")
    if len(lines) > 1:
        return _several(visit, lines)
    if (level := level_in(command.rest)) is not None:
        return say_level(visit, level)
    said = _read(command)
    if not said.goods or said.figure is None:
        return tell(visit, Message("how-to-stock"))
    if _count(said) is None:
        return refused(visit, BadAmount(said.written))
    goods = goods_of(visit, Word.STOCK, said)
    if isinstance(goods, Step):
        return goods
    done = _set(visit, goods.sku, said)
    if isinstance(done, NeedsVariant):
        kinds = variants_of(done.sku, visit.ports.catalogue.names)
        return which_goods(visit, Word.STOCK, said, kinds)
    if isinstance(done, Refusal):
        return refused(visit, done)
    key = "stock-kept" if done.kept else "stock-set-held" if done.held else "stock-set"
    return tell(visit, Message(key, name=done.name, on_hand=done.on_hand, held=done.held))


def _read(command: Command) -> Shelving:
    head, _, last = command.rest.rpartition(" ")
    if last in frozenset(Loss):
        return replace(read_shelving(replace(command, rest=head)), why=last)
    return read_shelving(command)


def _count(said: Shelving) -> int | None:
    """Pieces; None where nobody has so many, or half ones."""
    count = whole(said.figure) if said.figure is not None else None
    return None if count is None or abs(count) > MOST_ON_SHELF else count


def _set(visit: Visit, sku: str, said: Shelving) -> StockSet | Refusal:
    count, port = _count(said) or 0, trade(visit)
    if said.why:
        return port.lose_stock(sku, -count, Loss(said.why))
    return port.add_stock(sku, count) if said.sign else port.set_stock(sku, count)


def _several(visit: Visit, lines: Sequence[str]) -> Step:
    """What was done first, then what was not, by its words."""
    told = [_one(visit, line) for line in lines]
    done = [message for message, good in told if good]
    bad = [message for message, good in told if not good]
    return tell(visit, Message("stock-lines", lines=(*done, *bad)))


def _one(visit: Visit, line: str) -> tuple[Message, bool]:
    """What came of one line, and whether it was done."""
    if (level := level_in(line)) is not None:
        return level_line(visit, level)
    said = _read(Command(Word.STOCK, rest=line))
    if not said.goods or _count(said) is None:
        return Message("stock-line-unread", mention=line[:40]), False
    near = meant(said.goods, visit.ports.catalogue.names)
    if near.sure is None:
        key = "stock-line-which" if near.entries else "stock-line-unknown"
        return Message(key, mention=said.goods[:40]), False
    done = _set(visit, near.sure.sku, said)
    if isinstance(done, CountedBySupplier):
        return explain(done), False
    if isinstance(done, Refusal):
        return Message("stock-line-which", mention=said.goods[:40]), False
    if done.kept:
        return Message("stock-line-held", name=done.name, on_hand=done.on_hand), True
    return Message("stock-line", name=done.name, on_hand=done.on_hand), True
