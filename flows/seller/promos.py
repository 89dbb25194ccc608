"""PROMO: which promotions the shop has, and stopping one or letting it run again."""

from flows.message import Message
from flows.place import Step
from flows.ports.promotions import DealsPort, Promotion
from flows.ports.refusals import NotAllowed, Refusal
from flows.promotion_words import described
from flows.seller.refused import refused
from flows.seller.role import seller, tell
from flows.visit import Visit
from intents.command import Command, Word
from intents.commands.reading import read_command

MOST_TOLD = 6
PAUSING = {Word.OFF: True, Word.ON: False, Word.CLOSE: True, Word.OPEN: False}


@seller.anywhere(Word.PROMO)
def promo(visit: Visit, command: Command) -> Step:
    port = visit.ports.deals
    if port is None:
        return refused(visit, NotAllowed("owner"))
    name, _, last = command.rest.strip().rpartition(" ")
    wanted = _pausing(visit, last)
    if not name or wanted is None:
        return _listed(visit, port)
    done = port.pause(name, paused=wanted)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("promo-paused" if done.paused else "promo-resumed", name=done.name))


def _pausing(visit: Visit, word: str) -> bool | None:
    """By the words with which riders go off duty, or sellers close."""
    locales = visit.ports.shop.locales
    for role in ("rider", "seller"):
        command = read_command(word, role, locales)
        if command is not None and command.word in PAUSING:
            return PAUSING[command.word]
    return None


def _listed(visit: Visit, port: DealsPort) -> Step:
    found = port.promotions()[:MOST_TOLD]
    if not found:
        return tell(visit, Message("promos-none"))
    return tell(visit, *map(_line, found), Message("how-to-promo"))


def _line(promotion: Promotion) -> Message:
    key = "promo-stopped" if promotion.paused else "promo-line"
    return Message(key, name=promotion.name, what=described(promotion), used=promotion.used)
