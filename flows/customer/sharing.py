""" "Share this": a link to give on, and what became of those that were."""

from flows.customer.machine import customer
from flows.customer.options import BROWSE
from flows.explain import explain
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.visit import Visit
from intents.understanding import Understanding
from intents.wish import Wish


@customer.anywhere(Wish.SHARE)
def share(visit: Visit, _: Understanding) -> Step:
    """Of what is on the screen, else of the shop."""
    if visit.ports.sharing is None:
        return visit.stay()
    shared = visit.ports.sharing.link(visit.text("sku") or None)
    if isinstance(shared, Refusal):
        return visit.stay(explain(shared))
    visit.ports.facts.record("shared", sku=visit.text("sku") or None)
    if shared.name is not None:
        said = Message("share-product", name=shared.name, link=shared.link)
    else:
        said = Message("share-shop", shop=visit.ports.shop.name, link=shared.link)
    return visit.answer(visit.say(said, options=(BROWSE,)))


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
