"""A basket that was put together in WhatsApp's own catalogue."""

from decimal import Decimal

from flows.customer.machine import customer
from flows.customer.ordering import conclude, execute
from flows.customer.planning import plan
from flows.heard import Basket
from flows.place import Step
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Action, Item


@customer.anywhere(Basket)
def basket_sent(visit: Visit, heard: Basket) -> Step:
    """It goes into the cart at the shop's own prices, with all that is refused or asked as if it had
    been written. It says how many of each are wanted, so the same basket sent again adds nothing."""
    items = tuple(Item(i.sku, i.sku, Decimal(i.quantity)) for i in heard.items)
    outcome = execute(visit, plan(visit, (Action(Intent.UPDATE_CART, items),)))
    if outcome.questions:
        return conclude(visit, outcome)
    return visit.note(*outcome.messages()).go("cart")
