""" "13 x 2": so many of the product with that code, as people copy it from a poster."""

import re
from decimal import Decimal

from flows.customer.draft import STATES as CHECKOUT_STATES
from flows.customer.machine import customer
from flows.customer.ordering import make_sure
from flows.customer.planning import plan
from flows.place import Step
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Action, Item, Understanding

_TIMES = re.compile(r"\s*#?(\d{1,3})\s*[x*\u00d7]\s*(\d{1,3})\s*$", re.I)
# A person reads along, or something else is being counted.
ELSEWHERE = frozenset({"human", "rating-words", "return-why", "return-count"}) | CHECKOUT_STATES


@customer.first
def code_times(visit: Visit, heard: Understanding) -> Step | None:
    """Asked before anything is put into the cart: two figures may have been meant the other way round."""
    said = _TIMES.match(heard.text)
    if said is None or visit.place.spot.state in ELSEWHERE:
        return None
    product, count = visit.ports.catalogue.by_code(int(said[1])), int(said[2])
    if product is None or not count:
        return None
    item = Item(product.name, product.sku, Decimal(count))
    made = plan(visit, (Action(Intent.ADD_TO_CART, (item,)),))
    return make_sure(visit, made, heard.text)
