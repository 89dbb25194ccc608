"""What other shops have sold of this shop's goods: OK S12, READY S12, NO S12, and SUPPLY for all of them."""

from collections.abc import Callable, Mapping

from flows.heard import Choice
from flows.message import Message
from flows.notices.wording import pieces
from flows.place import Step
from flows.ports.refusals import Refusal, UnknownSupply
from flows.ports.supply import Supply, SupplyPort, SupplyStatus
from flows.reply import Option
from flows.seller.asking import confirm
from flows.seller.refused import refused
from flows.seller.role import number_of, seller, supply, tell
from flows.seller.standing import SUPPLY_STANDINGS
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word

REFUSE = "refuse-supply"

Answer = Callable[[SupplyPort, int, str], Supply | Refusal]

ANSWERS: Mapping[str, Answer] = {
    Word.OK: lambda port, number, _: port.accept(number),
    Word.READY: lambda port, number, _: port.ready(number),
    Word.NO: lambda port, number, why: port.refuse(number, why),
}
# What is answered, by how the request then stands.
DONE: Mapping[SupplyStatus, str] = {
    SupplyStatus.PACKING: "supply-packing",
    SupplyStatus.READY: "supply-ready",
    SupplyStatus.REFUSED: "supply-refused",
}


@seller.anywhere(Word.SUPPLY)
def answer(visit: Visit, command: Command) -> Step:
    """All of them, one of them, or what is said to one."""
    if command.number is None:
        return _all(visit)
    said, _, why = command.rest.partition(" ")
    act = ANSWERS.get(said.upper())
    if act is None:
        return _one(visit, command.number)
    if not command.exact:
        return confirm(visit, command)
    done = act(supply(visit), command.number, why)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message(DONE[done.status], number=done.number, shop=done.shop))


@seller.anywhere(REFUSE)
def refuse_chosen(visit: Visit, choice: Choice) -> Step:
    """Asked again: a slip of the thumb would let another shop down."""
    return confirm(visit, Command(Word.SUPPLY, number_of(choice), Word.NO.value))


def _all(visit: Visit) -> Step:
    waiting = supply(visit).waiting()
    if not waiting:
        return tell(visit, Message("supply-none"))
    options = tuple(
        command_option(Command(Word.SUPPLY, each.number), _said(each, "supply-line"))
        for each in waiting
    )
    return tell(visit, Message("supply-waits", count=len(waiting)), options=options)


def _one(visit: Visit, number: int) -> Step:
    found = supply(visit).find(number)
    if found is None:
        return refused(visit, UnknownSupply(number))
    return tell(visit, _said(found, "supply-one"), options=_acts(found))


def _said(each: Supply, key: str) -> Message:
    return Message(
        key,
        number=each.number,
        shop=each.shop,
        standing=SUPPLY_STANDINGS[each.status],
        items=", ".join(pieces(each.goods).parts),
    )


def _acts(each: Supply) -> tuple[Option, ...]:
    """What can be said to it now."""
    number = each.number
    if each.status in (SupplyStatus.REFUSED, SupplyStatus.OFF):
        return ()
    steps = (
        (Word.OK, "act-ok", (SupplyStatus.ASKED,)),
        (Word.READY, "act-ready", (SupplyStatus.ASKED, SupplyStatus.PACKING)),
    )
    acts = tuple(
        command_option(Command(Word.SUPPLY, number, word.value), Message(key))
        for word, key, possible in steps
        if each.status in possible
    )
    return (*acts, Option(f"{REFUSE}:{number}", Message("act-refuse")))
