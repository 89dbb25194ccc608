""" "Share this": a link to give on, and what became of those that were."""

from dataclasses import replace

from flows.customer.machine import customer, elsewhere
from flows.customer.options import BROWSE
from flows.explain import explain
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.visit import Visit
from intents.understanding import Understanding
from intents.wish import Wish


@customer.anywhere(Wish.SHARE)
def share(visit: Visit, heard: Understanding) -> Step:
    """Of the goods that were named, else of what is on the screen, else of the shop."""
    named = _named(visit, heard)
    if named is None and heard.wish is not None and heard.wish.rest:
        # "Share my location" gives nothing on.
        return elsewhere(visit, replace(heard, wish=None)) or visit.stay()
    if visit.ports.sharing is None:
        return visit.stay()
    sku = named or visit.text("sku") or None
    shared = visit.ports.sharing.link(sku)
    if isinstance(shared, Refusal):
        return visit.stay(explain(shared))
    visit.ports.facts.record("shared", sku=sku)
    if shared.name is not None:
        said = Message("share-product", name=shared.name, link=shared.link)
    else:
        said = Message("share-shop", shop=visit.ports.shop.name, link=shared.link)
    return visit.answer(visit.say(said, options=(BROWSE,)))


def _named(visit: Visit, heard: Understanding) -> str | None:
    """What stands behind "share": nothing of it is taken out of the cart, however it was understood."""
    skus = (sku for item in heard.items for sku in (item.sku, *item.candidates) if sku)
    return next((sku for sku in skus if visit.ports.catalogue.product(sku) is not None), None)


@customer.anywhere(Wish.MY_SHARES)
def my_shares(visit: Visit, _: Understanding) -> Step:
    if visit.ports.sharing is None:
        return visit.stay()
    found = visit.ports.sharing.brought()
    if not found.people and not found.opened:
        return visit.answer(visit.say(Message("shares-none"), options=(BROWSE,)))
    said = Message(
        "shares-brought",
        people=found.people,
        carts=found.carts,
        orders=found.orders,
        worth=found.worth,
    )
    return visit.answer(visit.say(said, options=(BROWSE,)))
