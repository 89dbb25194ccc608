"""What whoever writes to the platform finds: open a shop, and how it works."""

from flows.customer.consent import start, stop
from flows.explain import explain
from flows.founder.role import Told, founder, founding
from flows.heard import Dialled, Heard, Stale
from flows.message import Message
from flows.place import Step
from flows.ports.founding import Doorway, Founded
from flows.ports.refusals import NoPhone, NotTaking
from flows.ports.shop import Standing
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.wish import Wish

OPEN = Option("open-shop", Message("founder-option-open"))
HOW = Option("how", Message("founder-option-how"))

DOORS = {"sms": "shop-door-sms", "whatsapp": "shop-door-whatsapp", "ussd": "shop-door-ussd"}


@founder.state("door")
class Door:
    """The person's own shops, if there are any, and the way to another."""

    def show(self, visit: Visit) -> Reply:
        own = tuple(own_shop(shop) for shop in founding(visit).mine())
        if not own:
            message = Message("founder-welcome", shop=visit.ports.shop.name)
        else:
            message = Message("founder-own-shops", lines=own)
        return visit.say(message, options=(OPEN, HOW))


def own_shop(shop: Founded) -> Message:
    """A shop by name, whether it is live, and how people reach it."""
    name, doors = shop.name, door_lines(shop.doors)
    if shop.standing is Standing.LIVE:
        return Message("founder-shop-live", name=name, lines=doors)
    why = explain(NotTaking(shop.standing.value))
    return Message("founder-shop-resting", name=name, said=why, lines=doors)


def door_lines(doors: tuple[Doorway, ...]) -> tuple[Message, ...]:
    return tuple(Message(DOORS[d.channel], word=d.word, address=d.number) for d in doors)


@founder.anywhere("open-shop", Wish.OPEN_SHOP)
def open_shop(visit: Visit, _: Heard) -> Step:
    if visit.ports.customer.profile().phone is None:
        return visit.home(explain(NoPhone()))
    return visit.go("found-name", **Told().data())


@founder.anywhere("how", Intent.HELP)
def how_it_works(visit: Visit, _: Heard) -> Step:
    return visit.answer(visit.say(Message("founder-how-it-works"), options=(OPEN,)))


@founder.anywhere(Intent.GREET, Dialled)
def greet(visit: Visit, heard: Heard) -> Step:
    """Who was in the middle of it goes on where they were."""
    resumable = not isinstance(heard, Dialled) or heard.resumable
    if visit.place.spot.state != founder.home and resumable:
        return visit.stay()
    return visit.home()


founder.anywhere("stop", Intent.OPT_OUT)(stop)
founder.anywhere("start", Intent.OPT_IN)(start)


@founder.anywhere(Stale)
def older(visit: Visit, heard: Stale) -> Step:
    return visit.stay(Message("trade-older-list", label=heard.label))


@founder.missed
def missed(visit: Visit, _: Heard) -> Step:
    visit.ports.facts.record("not-understood", role=founder.role)
    return visit.stay(Message("founder-not-understood"))
