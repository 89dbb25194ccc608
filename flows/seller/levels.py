"""STOCK rice LOW 20, STOCK rice CRITICAL 8: at how many pieces left of it the seller is told."""

from dataclasses import dataclass

from flows.message import Message
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.ports.trade import Level, LevelsSet
from flows.seller.naming import meant
from flows.seller.on_goods import on_goods
from flows.seller.role import trade
from flows.visit import Visit
from intents.command import Command, Word

# In the place of pieces: the shop's own number counts again.
OFF = "OFF"


@dataclass(frozen=True, slots=True)
class LevelSaid:
    """`at` is None for the shop's own number. `goods` as they were written."""

    goods: str
    level: Level
    at: int | None

    @property
    def written(self) -> str:
        return f"{self.level} {OFF if self.at is None else self.at}"


def level_in(line: str) -> LevelSaid | None:
    """What a line says of a level, as the reading of words hands it on."""
    goods, _, rest = line.rpartition(" ")[0].rpartition(" ")
    last = line.rpartition(" ")[2]
    if not goods or rest not in frozenset(Level) or not (last == OFF or last.isdigit()):
        return None
    return LevelSaid(goods, Level(rest), None if last == OFF else int(last))


def say_level(visit: Visit, said: LevelSaid) -> Step:
    """Of one product; where several are meant, one is chosen."""
    asked = Command(Word.STOCK, rest=said.written)

    def act(sku: str) -> LevelsSet | Refusal:
        return trade(visit).set_level(sku, said.level, said.at)

    return on_goods(visit, asked, said.goods, act, _done)


def level_line(visit: Visit, said: LevelSaid) -> tuple[Message, bool]:
    """What came of one line among several, and whether it was done."""
    near = meant(said.goods, visit.ports.catalogue.names)
    if near.sure is None:
        key = "stock-line-which" if near.entries else "stock-line-unknown"
        return Message(key, mention=said.goods[:40]), False
    done = trade(visit).set_level(near.sure.sku, said.level, said.at)
    if isinstance(done, Refusal):
        return Message("stock-line-unknown", mention=said.goods[:40]), False
    return _done(done), True


def _done(done: LevelsSet) -> Message:
    return Message("stock-low-set", name=done.name, low=done.low, critical=done.critical)
