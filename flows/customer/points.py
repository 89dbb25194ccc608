"""Points: how many there are, what they are worth, and whether the cart spends any."""

from collections.abc import Mapping

from flows.customer.asking import tell_of
from flows.customer.coupons import back_to_buying
from flows.customer.machine import customer
from flows.customer.options import BROWSE, CART
from flows.customer.ordering import changes_besides
from flows.customer.topics import no_points
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Count, Day, Message, verbatim
from flows.place import Step
from flows.ports.loyalty import Standing
from flows.ports.refusals import Refusal
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding
from intents.wish import Wish

USE = Option("use-points", Message("option-use-points"))
KEEP = Option("keep-points", Message("option-keep-points"))

# What the usual tiers are called; a shop's own go by their names.
TIERS: Mapping[str, Message] = {
    "bronze": Message("tier-bronze"),
    "silver": Message("tier-silver"),
    "gold": Message("tier-gold"),
    "platinum": Message("tier-platinum"),
    "diamond": Message("tier-diamond"),
}


@customer.state("points")
class Points:
    """The balance, the tier, and what is lost when."""

    def show(self, visit: Visit) -> Reply:
        standing = _standing(visit)
        if standing is None:
            return visit.say(no_points(visit), options=(BROWSE,))
        return visit.say(*_words(standing), options=_options(visit, standing))

    @on("use-points")
    def spend(self, visit: Visit, _: Choice) -> Step:
        return use(visit, None)

    @on("keep-points")
    def spare(self, visit: Visit, _: Choice) -> Step:
        return keep(visit)


def _standing(visit: Visit) -> Standing | None:
    return visit.ports.points.standing() if visit.ports.points is not None else None


def _words(standing: Standing) -> tuple[Message, ...]:
    tier = _tier(standing.tier)
    if not standing.balance:
        return (Message("points-nothing", per=standing.per), *_onward(standing))
    has = Message("points-have", count=standing.balance, worth=standing.worth, tier=tier)
    ending = standing.running_out
    lost = (Message("points-end", count=ending.points, date=Day(ending.at)),) if ending else ()
    least = (
        (Message("points-least", least=Count(standing.least)),)
        if standing.balance < standing.least
        else ()
    )
    return (has, *_onward(standing), *lost, *least)


def _onward(standing: Standing) -> tuple[Message, ...]:
    if standing.next_tier is None or standing.missing is None:
        return ()
    return (Message("points-next", count=standing.missing, tier=_tier(standing.next_tier)),)


def _tier(name: str) -> Message:
    return TIERS.get(name) or verbatim(name)


def _options(visit: Visit, standing: Standing) -> tuple[Option, ...]:
    cart = (CART,) if visit.ports.cart.read().lines else ()
    if standing.wanted:
        return (KEEP, *cart, BROWSE)
    return ((USE,) if standing.balance >= standing.least else ()) + (*cart, BROWSE)


@customer.anywhere(Intent.LOYALTY_BALANCE)
def asked(visit: Visit, heard: Understanding) -> Step:
    """A shop that counts none says so."""
    if (first := changes_besides(visit, heard)) is not None:
        return first
    return visit.go("points") if _standing(visit) is not None else tell_of(visit, heard, "loyalty")


@customer.anywhere(Wish.USE_POINTS)
def wished(visit: Visit, heard: Understanding) -> Step:
    return use(visit, heard.wish.number if heard.wish is not None else None)


@customer.anywhere(Wish.KEEP_POINTS)
def spared(visit: Visit, _: Understanding) -> Step:
    return keep(visit)


def use(visit: Visit, points: int | None) -> Step:
    """Have the cart spend so many, or all; how many it can is told with its total."""
    port = visit.ports.points
    if port is None or _standing(visit) is None:
        return visit.stay(no_points(visit))
    wanted = port.use(points)
    if isinstance(wanted, Refusal):
        return visit.stay(explain(wanted))
    return back_to_buying(visit, Message("points-on", count=wanted))


def keep(visit: Visit) -> Step:
    """Spend none."""
    port = visit.ports.points
    if port is None or not port.keep():
        return visit.stay(Message("points-not-there"))
    return back_to_buying(visit, Message("points-off"))
