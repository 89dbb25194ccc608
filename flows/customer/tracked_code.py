""" "code": the customer wants the code of what is on its way once more."""

from flows.customer.machine import customer
from flows.customer.tracking import under_way
from flows.place import Step
from flows.ports.orders import DeliveryStatus, Order
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding
from intents.wish import Wish


@customer.anywhere(Wish.CODE_AGAIN)
def code_again(visit: Visit, heard: Understanding) -> Step:
    """The order, which shows its code; the one on its way before others. Without an order somebody who says
    "code" has one for a better price."""
    orders = under_way(visit)
    on_the_way = [order for order in orders if _carried(order)]
    if len(on_the_way or orders) == 1:
        return visit.go("order", number=(on_the_way or orders)[0].number)
    if orders:
        return visit.go("orders")
    return customer.everywhere[Intent.APPLY_COUPON](visit, heard)


def _carried(order: Order) -> bool:
    return order.delivery is DeliveryStatus.PICKED_UP
