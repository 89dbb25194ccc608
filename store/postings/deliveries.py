"""The goods arrived: what waited for it is given out, or cash was taken."""

from collections.abc import Mapping
from uuid import UUID

from flows.money import Money
from flows.ports.orders import DeliveryStatus
from store.ledger import Account, Amounts, Kind, post, post_by
from store.models import OrderRow
from store.postings.owing import AVAILABLE, OWES, taken
from store.postings.pending import DELIVERY, credited, pending, shares_of
from store.scope import Scope

SELLER_CASH = Account(Kind.SELLER_CASH)
COMMISSION = Account(Kind.COMMISSION)
DOOR = "door-cash"


def release_key(order_id: UUID) -> str:
    return f"release:{order_id}"


def cash_key(order_id: UUID) -> str:
    return f"cash:{order_id}"


def door_key(order_id: UUID) -> str:
    """Of what was taken at the door for a paid order that went farther."""
    return f"door:{order_id}"


def release(scope: Scope, order: OrderRow, there: Mapping[Account, int]) -> bool:
    """A paid order was delivered: of what `there` stands for it, everybody can now have their share."""
    waiting = pending(there)
    others, seller = given_out(order, waiting)
    key = release_key(order.id)
    amounts = {**waiting, **credited(others)}
    if seller >= 0:
        amounts[AVAILABLE] = -seller
        return post(scope, key, "release", amounts, order.currency, order_id=order.id)

    def bear(there: Amounts) -> Amounts:
        return {**amounts, **taken(there, -seller)}

    accounts = (AVAILABLE, OWES)
    return post_by(scope, key, "release", accounts, bear, order.currency, order_id=order.id)


def cash_collected(scope: Scope, order: OrderRow) -> bool:
    """An order was paid in cash at delivery. A rider owes all of it until it is handed over; a seller who
    took it owes what is not theirs."""
    others, seller = given_out(order, shares_of(order))
    rider = carrier(order)
    amounts = credited(others)
    if rider is None:
        amounts[OWES] = sum(others.values())
    else:
        amounts[SELLER_CASH] = -seller
        amounts[Account(Kind.RIDER_CASH, rider)] = order.total
    key = cash_key(order.id)
    return post(scope, key, "cash", amounts, order.currency, order_id=order.id)


def door_cash_collected(scope: Scope, order: OrderRow) -> bool:
    """What was due at the door of a paid order was taken at delivery. It is for bringing it farther, so it is
    what the rider has earned, and holds until it is handed over; a seller who brought it has it already and
    owes nobody."""
    rider = carrier(order)
    amounts = dict[Account, int]()
    if rider is not None:
        amounts[Account(Kind.RIDER_CASH, rider)] = order.due_at_door
        amounts[Account(Kind.RIDER_EARNINGS, rider)] = -order.due_at_door
    key = door_key(order.id)
    return post(scope, key, DOOR, amounts, order.currency, order_id=order.id)


def handed_over(scope: Scope, rider_id: UUID, amount: Money, key: str) -> bool:
    """A rider gave cash to the seller, who owes what of it is not theirs. Raises OverdrawnError where the
    rider does not hold so much."""
    rider = Account(Kind.RIDER_CASH, str(rider_id))

    def share(there: Amounts) -> Amounts:
        own = min(amount.minor, max(there.get(SELLER_CASH, 0), 0))
        return {rider: -amount.minor, SELLER_CASH: own, OWES: amount.minor - own}

    return post_by(scope, key, "hand-over", (rider, SELLER_CASH), share, amount.currency)


def carrier(order: OrderRow) -> str | None:
    """The id of the shop's rider who brought it."""
    delivery = order.delivery
    if delivery is None or delivery.by_seller or delivery.rider_id is None:
        return None
    return str(delivery.rider_id) if delivery.status == DeliveryStatus.DELIVERED else None


def given_out(order: OrderRow, waiting: Mapping[Account, int]) -> tuple[dict[Account, int], int]:
    """Who gets what of the shares that waited, and what is the seller's. The fee for bringing it goes to
    the shop's rider, else to the seller."""
    seller, others = 0, dict[Account, int]()
    rider = carrier(order)
    for account, share in waiting.items():
        if account.kind is Kind.COMMISSION_PENDING:
            others[COMMISSION] = share
        elif account.kind is Kind.SUPPLIER_PENDING:
            others[Account(Kind.SUPPLIER_AVAILABLE, account.owner)] = share
        elif account == DELIVERY and rider is not None:
            others[Account(Kind.RIDER_EARNINGS, rider)] = share
        else:
            seller += share
    return others, seller
