"""The open cart becomes an order."""

from dataclasses import dataclass
from datetime import datetime

from flows.happenings import OrderPlaced
from flows.money import Money
from flows.ports.cart import Cart
from flows.ports.delivery import Fulfilment
from flows.ports.orders import Checkout, Order, OrderStatus, PaymentStatus
from flows.ports.refusals import (
    BelowMinimum,
    CartChanged,
    EmptyCart,
    NotCovered,
    RailUnavailable,
    Refusal,
)
from store.actor import Actor
from store.cart import ShopCart
from store.delivery import ShopDelivery
from store.models import CustomerRow, OrderLineRow, OrderRow, PersonRow
from store.orders.booking import book, new_code
from store.orders.fixing import fix_shares
from store.orders.reminders import first_reminder
from store.orders.views import view
from store.scope import Scope
from store.terms import terms_of

CASH = "cash"


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who orders, and on what medium."""

    person: PersonRow
    customer: CustomerRow
    medium: str
    actor: Actor


def place(
    scope: Scope,
    buyer: Buyer,
    cart: ShopCart,
    delivery: ShopDelivery,
    checkout: Checkout,
    expected: Money,
) -> Order | Refusal:
    """Make the cart an order if it still is what the customer saw. Tells OrderPlaced."""
    refusal = _check_terms(scope, delivery, checkout)
    if refusal is not None:
        return refusal
    read = cart.read(refresh=True)
    fee = delivery.fee(checkout.fulfilment, checkout.area)
    refusal = _check_cart(scope, read, read.subtotal + fee, expected)
    if refusal is not None:
        return refusal
    order = _row(scope, buyer, read, checkout, fee)
    fix_shares(scope, order, cart, buyer.customer.price_list)
    order.eta = delivery.eta(checkout.fulfilment, checkout.area)
    until = _held_until(scope, order)
    refused = book(scope, order, until, buyer.actor)
    if refused is not None:
        cart.outrun()
        return refused
    cart.ordered()
    _remember(buyer.customer, checkout)
    placed = view(order)
    scope.tell(OrderPlaced(placed, awaits_payment=until is not None))
    return placed


def _check_terms(scope: Scope, delivery: ShopDelivery, checkout: Checkout) -> Refusal | None:
    area = checkout.area
    if not delivery.offers(checkout.fulfilment):
        return NotCovered(area.name if area else checkout.fulfilment.value)
    if checkout.fulfilment is not Fulfilment.PICKUP and (area is None or not delivery.covers(area)):
        return NotCovered(area.name if area else "")
    if checkout.rail not in terms_of(scope.shop).rails:
        return RailUnavailable(checkout.rail)
    return None


def _check_cart(scope: Scope, cart: Cart, total: Money, expected: Money) -> Refusal | None:
    if cart.changes:
        return CartChanged()
    if not cart.lines:
        return EmptyCart()
    least = scope.shop.minimum_order
    if least is not None and cart.subtotal.minor < least:
        minimum = Money(least, scope.shop.currency)
        return BelowMinimum(minimum, minimum - cart.subtotal)
    return None if total == expected else CartChanged()


def _held_until(scope: Scope, order: OrderRow) -> datetime | None:
    """A cash order stands until it ends, and waits for the seller; an unpaid one lapses."""
    if order.rail == CASH:
        order.remind_at = first_reminder(scope.shop, scope.rules, scope.now)
        return None
    order.held_until = scope.now + scope.rules.hold
    return order.held_until


def _row(scope: Scope, buyer: Buyer, cart: Cart, checkout: Checkout, fee: Money) -> OrderRow:
    area = checkout.area if checkout.fulfilment is not Fulfilment.PICKUP else None
    return OrderRow(
        shop_id=scope.shop.id,
        person_id=buyer.person.id,
        status=OrderStatus.PENDING.value,
        payment_status=PaymentStatus.PENDING.value,
        currency=scope.shop.currency,
        subtotal=cart.subtotal.minor,
        delivery_fee=fee.minor,
        discount=0,
        total=cart.subtotal.minor + fee.minor,
        fulfilment=checkout.fulfilment.value,
        rail=checkout.rail,
        payer=checkout.payer,
        channel=buyer.medium,
        phone=buyer.person.phone or buyer.customer.contact,
        name=buyer.customer.name,
        area=area.name if area else None,
        zone=area.zone if area else None,
        landmark=checkout.landmark if area else None,
        code=new_code(scope),
        code_tries=0,
        reminders=0,
        created_at=scope.now,
        updated_at=scope.now,
        delivery=None,
        lines=[
            OrderLineRow(
                position=position,
                sku=line.sku,
                name=line.name,
                quantity=line.quantity,
                unit_price=line.unit_price.minor,
                total=line.total.minor,
            )
            for position, line in enumerate(cart.lines, 1)
        ],
    )


def _remember(customer: CustomerRow, checkout: Checkout) -> None:
    """What the next checkout may offer at once."""
    customer.rail = checkout.rail
    if checkout.payer:
        customer.payer = checkout.payer
    if checkout.area and checkout.fulfilment is not Fulfilment.PICKUP:
        customer.area, customer.landmark = checkout.area.name, checkout.landmark
