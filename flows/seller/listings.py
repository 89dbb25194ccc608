"""CATALOGUE, LIST and UNLIST: a reseller's choice of their suppliers' goods."""

from flows.figures import read_shelving
from flows.message import Message
from flows.place import Step
from flows.ports.listings import SupplierGoods
from flows.ports.refusals import BadAmount, Refusal
from flows.seller.asking import confirm
from flows.seller.refused import refused
from flows.seller.role import listings, seller, tell
from flows.visit import Visit
from intents.command import Command, Word

# So many a reader takes in at once, and an SMS or two hold.
MOST_TOLD = 6


@seller.anywhere(Word.CATALOGUE)
def catalogue(visit: Visit, command: Command) -> Step:
    """Of one supplier; of the only one where none is named."""
    port = listings(visit)
    known = port.suppliers()
    if not known:
        return tell(visit, Message("listings-no-supplier"))
    if not command.rest and len(known) > 1:
        return tell(visit, Message("listings-which", suppliers=", ".join(known)))
    found = port.offered(command.rest or known[0], MOST_TOLD)
    if isinstance(found, Refusal):
        return refused(visit, found)
    if not found:
        return tell(visit, Message("listings-empty"))
    return tell(visit, Message("listings-offered", lines=tuple(map(_line, found))))


def _line(goods: SupplierGoods) -> Message:
    if goods.listed:
        return Message("listings-line-listed", sku=goods.sku, name=goods.name, base=goods.base)
    return Message("listings-line", sku=goods.sku, name=goods.name, base=goods.base)


@seller.anywhere(Word.LIST)
def put(visit: Visit, command: Command) -> Step:
    """ "LIST rice 26000": on sale for that."""
    port = listings(visit)
    if not port.suppliers():
        return tell(visit, Message("listings-no-supplier"))
    said = read_shelving(command)
    if not said.goods or said.figure is None:
        return tell(visit, Message("how-to-list"))
    if said.sign:
        return refused(visit, BadAmount(said.written))
    if not command.exact:
        return confirm(visit, command)
    done = port.put(said.goods, said.figure)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("listed", name=done.name, price=done.price, base=done.base))


@seller.anywhere(Word.UNLIST)
def take_off(visit: Visit, command: Command) -> Step:
    if not command.rest:
        return tell(visit, Message("how-to-list"))
    done = listings(visit).take_off(command.rest)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("unlisted", name=done))
