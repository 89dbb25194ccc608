""" "Last price?" What is meant: what was named, what is on the screen, what is in the cart."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from flows.customer.bargaining import told, weigh
from flows.customer.bids import Said, figure_in
from flows.customer.goods import find_goods
from flows.customer.machine import customer, elsewhere
from flows.customer.options import BROWSE, HUMAN
from flows.customer.ordering import changes_besides
from flows.heard import Choice
from flows.machine import on
from flows.message import Message, verbatim
from flows.place import Step
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

MOST_LISTED = 9


@customer.state("bargain-which")
class Which:
    """About which of `skus`; about what at all, where there are none. `figure` is the amount that came
    with the question, in major units."""

    def show(self, visit: Visit) -> Reply:
        options = [_option(visit, sku) for sku in _kept(visit)[:MOST_LISTED]]
        if not options:
            return visit.say(Message("bargain-what"), options=(BROWSE, HUMAN), asks=Asked.PRODUCT)
        return visit.say(Message("bargain-which"), options=options, asks=Asked.PRODUCT)

    @on("bargain")
    def choose(self, visit: Visit, heard: Choice) -> Step:
        return _begin(visit, heard.argument, _figure(visit), None)

    @on(Asked.PRODUCT)
    def name_it(self, visit: Visit, heard: Understanding) -> Step:
        named = _named(heard)
        kinds = _talked_about(visit, named)
        among = [sku for sku in kinds if sku in _kept(visit)] or kinds
        if not among:
            return elsewhere(visit, heard) or visit.stay(Message("choose-one"))
        return _about(visit, among, figure_in(heard) or _figure(visit), heard)


@customer.anywhere(Intent.NEGOTIATE)
def cheaper(visit: Visit, heard: Understanding) -> Step:
    """Somebody wants a better price, and may have named one."""
    if (first := changes_besides(visit, heard)) is not None:
        return first
    if not visit.ports.bargains.anything:
        return visit.go("info", topic="negotiate")
    skus = _meant(visit, heard)
    if skus is None:
        return visit.go("bargain-which", figure=_dumped(figure_in(heard)))
    return _about(visit, skus, figure_in(heard), heard)


@customer.anywhere("bargain")
def chosen(visit: Visit, heard: Choice) -> Step:
    return _begin(visit, heard.argument, None, None)


def _meant(visit: Visit, heard: Understanding) -> Sequence[str] | None:
    """What may be meant; None where nothing was spoken of."""
    named = _named(heard)
    if named:
        return named
    here = visit.text("sku")
    if here and visit.ports.catalogue.product(here) is not None:
        return [here]
    return [line.sku for line in visit.ports.cart.read().lines] or None


def _named(heard: Understanding) -> list[str]:
    every = (sku for item in heard.items for sku in (item.sku, *item.candidates) if sku)
    return list(dict.fromkeys(every))


def _about(visit: Visit, skus: Sequence[str], said: Said | None, heard: Understanding) -> Step:
    """One thing is haggled about at a time. An amount is not guessed to be for one of several."""
    talked = _talked_about(visit, skus)
    if not talked:
        return visit.go("info", topic="negotiate")
    if len(talked) == 1 and (said is None or len(skus) == 1):
        return _begin(visit, talked[0], said, heard)
    return visit.go("bargain-which", skus=tuple(talked), figure=_dumped(said))


def _talked_about(visit: Visit, skus: Sequence[str]) -> list[str]:
    """Those whose price is talked about, products as their kinds: of those in the cart where any is."""
    in_cart = {line.sku for line in visit.ports.cart.read().lines}
    found: list[str] = []
    for sku in skus:
        product = visit.ports.catalogue.product(sku)
        if product is None:
            continue
        kinds = [v.sku for v in product.variants if v.free is None or v.free > 0]
        wanted = kinds if product.variants and product.sku == sku else [sku]
        wanted = [each for each in wanted if each in in_cart] or wanted
        found += [each for each in wanted if visit.ports.bargains.about(each)]
    return list(dict.fromkeys(found))


def _begin(visit: Visit, sku: str, said: Said | None, heard: Understanding | None) -> Step:
    if said is None:
        return told(visit, visit.ports.bargains.haggle(sku, None))
    return weigh(visit, sku, said, heard)


def _kept(visit: Visit) -> Sequence[str]:
    kept = visit.data.get("skus")
    return kept if isinstance(kept, (list, tuple)) else ()


def _option(visit: Visit, sku: str) -> Option:
    found = find_goods(visit, sku)
    price = Message("price-only", price=found.price) if found else None
    return Option(f"bargain:{sku}", verbatim(found.title if found else sku), price)


def _dumped(said: Said | None) -> str:
    return "" if said is None else f"{said.figure:f}"


def _figure(visit: Visit) -> Said | None:
    try:
        return Said(Decimal(visit.text("figure")), clear=False)
    except InvalidOperation:
        return None
