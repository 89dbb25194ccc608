"""FLOOR: how low the price of something may be talked, as an amount, a percentage off, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from flows.figures import read_shelving
from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.refusals import BadAmount, NeedsVariant, Refusal, UnknownProduct
from flows.ports.trade import FloorSet
from flows.seller.naming import meant, variants_of
from flows.seller.refused import refused
from flows.seller.role import seller, tell, trade
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word
from intents.understanding import Entry

MOST_NEAR = 6
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Said:
    """`floor` as written: "20,000", "10%", "OFF"."""

    goods: str
    floor: str


@seller.anywhere(Word.FLOOR)
def floor(visit: Visit, command: Command) -> Step:
    said = _read(command)
    if said is None:
        return tell(visit, Message("how-to-floor"))
    near = meant(said.goods, visit.ports.catalogue.names)
    if near.sure is None:
        if not near.entries:
            return refused(visit, UnknownProduct(said.goods))
        return _which(visit, said, near.entries)
    done = _set(visit, near.sure.sku, said)
    if isinstance(done, NeedsVariant):
        return _which(visit, said, variants_of(done.sku, visit.ports.catalogue.names))
    return refused(visit, done) if isinstance(done, Refusal) else tell(visit, _words(done))


def _read(command: Command) -> Said | None:
    number = "" if command.number is None else str(command.number)
    words = " ".join(filter(None, (number, command.rest)))
    goods, _, floor = words.strip().rpartition(" ")
    if floor == Word.OFF or floor.endswith(PERCENT):
        return Said(goods.strip(), floor) if goods.strip() else None
    read = read_shelving(command)
    if not read.goods or read.figure is None:
        return None
    return Said(read.goods, f"{read.figure:f}")


def _set(visit: Visit, sku: str, said: Said) -> FloorSet | Refusal:
    port = trade(visit)
    if said.floor == Word.OFF:
        return port.set_floor_off(sku, Decimal(0))
    try:
        number = Decimal(said.floor.removesuffix(PERCENT).replace(",", ""))
    except InvalidOperation:
        return BadAmount(said.floor)
    if number < 0:
        return BadAmount(said.floor)
    if said.floor.endswith(PERCENT):
        return port.set_floor_off(sku, number)
    return port.set_floor(sku, number)


def _words(done: FloorSet) -> Message:
    if done.floor is None:
        return Message("floor-off", name=done.name, price=done.price)
    return Message("floor-set", name=done.name, price=done.price, floor=done.floor)


def _which(visit: Visit, said: Said, entries: Sequence[Entry]) -> Step:
    options = tuple(
        command_option(Command(Word.FLOOR, rest=f"{entry.sku} {said.floor}"), verbatim(entry.name))
        for entry in entries[:MOST_NEAR]
    )
    return tell(visit, Message("desk-which-goods", mention=said.goods), options=options)
