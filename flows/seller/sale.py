"""SALE: something costs less for some days, as an amount or a percentage off, or no longer."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from flows.figures import read_shelving
from flows.message import Message
from flows.place import Step
from flows.ports.promotions import DealsPort, SaleSet
from flows.ports.refusals import BadAmount, NotAllowed, Refusal
from flows.seller.on_goods import on_goods
from flows.seller.refused import refused
from flows.seller.role import seller, tell
from flows.until import until_of
from flows.visit import Visit
from intents.command import Command, Word

MOST_TOLD = 5
MOST_DAYS = 90
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Said:
    """`price` as written: "20,000", "10%", "OFF"; `days` None: until it is ended."""

    goods: str
    price: str
    days: int | None = None

    @property
    def rest(self) -> str:
        return self.price if self.days is None else f"{self.price} {self.days}"


@seller.anywhere(Word.SALE)
def sale(visit: Visit, command: Command) -> Step:
    port = visit.ports.deals
    if port is None:
        return refused(visit, NotAllowed("owner"))
    if not command.rest and command.number is None:
        return _listed(visit, port)
    said = _read(command)
    if said is None:
        return tell(visit, Message("how-to-sale"))
    asked = Command(Word.SALE, rest=said.rest)
    return on_goods(
        visit,
        asked,
        said.goods,
        lambda sku: _set(port, sku, said),
        lambda done: _words(visit, done),
    )


def _listed(visit: Visit, port: DealsPort) -> Step:
    found = port.on_sale()[:MOST_TOLD]
    return tell(visit, *(_words(visit, each) for each in found), Message("how-to-sale"))


def _read(command: Command) -> Said | None:
    """ "rice 5kg 20000 3": a small number after the price is how many days."""
    number = "" if command.number is None else str(command.number)
    words = " ".join(filter(None, (number, command.rest))).strip()
    head, _, last = words.rpartition(" ")
    if last == Word.OFF:
        return Said(head.strip(), last) if head.strip() else None
    if last.isdigit() and int(last) <= MOST_DAYS and (priced := _priced(head)) is not None:
        return Said(*priced, int(last))
    priced = _priced(words)
    return Said(*priced) if priced is not None else None


def _priced(words: str) -> tuple[str, str] | None:
    """Goods, and what they are to cost or how much is off."""
    goods, _, price = words.rpartition(" ")
    if price.endswith(PERCENT):
        return (goods.strip(), price) if goods.strip() else None
    read = read_shelving(Command(Word.SALE, rest=words))
    if not read.goods or read.figure is None or read.sign:
        return None
    return read.goods, f"{read.figure:f}"


def _set(port: DealsPort, sku: str, said: Said) -> SaleSet | Refusal:
    if said.price == Word.OFF:
        return port.end_sale(sku)
    try:
        number = Decimal(said.price.removesuffix(PERCENT).replace(",", ""))
    except InvalidOperation:
        return BadAmount(said.price)
    if said.price.endswith(PERCENT):
        return port.take_off(sku, number, said.days)
    return port.put_on_sale(sku, number, said.days)


def _words(visit: Visit, done: SaleSet) -> Message:
    if done.price is None:
        return Message("sale-off", name=done.name, usual=done.usual)
    if done.until is None:
        return Message("sale-set", name=done.name, price=done.price, usual=done.usual)
    until = until_of(visit, done.until)
    return Message(
        "sale-set-until", name=done.name, price=done.price, usual=done.usual, until=until
    )
