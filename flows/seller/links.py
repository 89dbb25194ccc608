"""LINK and SHARES: how people come in, and whose links bring them."""

from collections.abc import Iterator

from flows.heard import Heard
from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.refusals import Refusal, UnknownProduct
from flows.ports.sharing import Brought, Shared
from flows.seller.naming import meant
from flows.seller.on_goods import ask_which
from flows.seller.refused import refused
from flows.seller.role import seller, sharing, tell
from flows.visit import Visit
from flows.ways import By, dial_code, opening_text
from intents.command import Command, Word

# More sharers than these nobody reads by SMS.
MOST_TOLD = 5


@seller.anywhere(Word.LINK)
def link(visit: Visit, command: Command) -> Step:
    """ "LINK" of the shop, "LINK rice" of goods."""
    if not command.rest:
        return _told(visit, sharing(visit).link())
    near = meant(command.rest, visit.ports.catalogue.names, kinds=False)
    if near.sure is not None:
        return _told(visit, sharing(visit).link(near.sure.sku))
    if not near.entries:
        return refused(visit, UnknownProduct(command.rest))
    return ask_which(visit, Command(Word.LINK), command.rest, near.entries)


def _told(visit: Visit, shared: Shared | Refusal) -> Step:
    if isinstance(shared, Refusal):
        return refused(visit, shared)
    name = shared.name or visit.ports.shop.name
    return tell(
        visit,
        Message("link-told", name=name, link=shared.link),
        *_by_hand(visit, shared),
    )


def _by_hand(visit: Visit, shared: Shared) -> Iterator[Message]:
    """What can be dialled or written without the link."""
    for way in shared.ways:
        if way.by is By.USSD:
            yield Message("link-dial", code=dial_code(way, shared.code))
        elif way.by is By.SMS:
            words = opening_text(way, visit.ports.shop.name, shared.code)
            yield Message("link-sms", words=words, number=way.address)


@seller.anywhere(Word.SHARES)
def shares(visit: Visit, _: Heard) -> Step:
    """Whose links brought whom in the shop's whole time."""
    found = sharing(visit).sharers(MOST_TOLD)
    if not found:
        return tell(visit, Message("shares-nobody"))
    return tell(visit, Message("shares-told", lines=tuple(map(_line, found))))


def _line(one: Brought) -> Message:
    who = verbatim(one.name) if one.name else Message("shares-somebody")
    return Message("shares-line", who=who, people=one.people, orders=one.orders, worth=one.worth)
