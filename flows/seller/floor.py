"""FLOOR: how low the price of something may be talked, as an amount, a percentage off, or not at all."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from flows.figures import read_shelving
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import BadAmount, Refusal
from flows.ports.trade import FloorSet
from flows.seller.on_goods import on_goods
from flows.seller.role import seller, tell, trade
from flows.visit import Visit
from intents.command import Command, Word

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
    asked = Command(Word.FLOOR, rest=said.floor)
    return on_goods(visit, asked, said.goods, lambda sku: _set(visit, sku, said), _words)


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
