"""The open cart becomes an order."""

from dataclasses import dataclass
from datetime import datetime

from flows.happenings import OrderPlaced
from flows.money import Money
from flows.ports.cart import Cart
from flows.ports.delivery import Fulfilment
from flows.ports.orders import Checkout, Order, OrderStatus, PaymentStatus
from flows.ports.quote import Quote
from flows.ports.refusals import (
    BelowMinimum,
    CartChanged,
    EmptyCart,
    NotCovered,
    NotTaking,
    RailUnavailable,
    Refusal,
    SlotGone,
)
from store import slots
from store.actor import Actor
from store.delivery import ShopDelivery
from store.models import CustomerRow, OrderLineRow, OrderRow, PersonRow
from store.orders.booking import book, new_code
from store.orders.fixing import fix_shares
from store.orders.reminders import first_reminder
from store.orders.views import view
from store.quoting.deduction import saved
from store.quoting.quoting import Quoting, Reckoned
from store.scope import Scope
from store.spots import degrees
from store.standing import standing_of, takes_orders
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
    quoting: Quoting,
    checkout: Checkout,
    expected: Money,
) -> Order | Refusal:
    """Make the cart an order if it still is what the customer saw. Tells OrderPlaced."""
    cart, delivery = quoting.cart, quoting.delivery
    refusal = _check_terms(scope, delivery, checkout)
    if refusal is not None:
        return refusal
    read = cart.read(refresh=True)
    reckoned = quoting.reckon(checkout.fulfilment, checkout.area)
    refusal = _check_cart(scope, read, reckoned.quote, expected)
    if refusal is not None:
        return refusal
    slot = slots.find(scope, checkout.slot) if checkout.slot else None
    if checkout.slot is not None and slot is None:
        return SlotGone()
    order = _row(scope, buyer, read, checkout, reckoned)
    if slot is not None:
        order.slot_from, order.slot_until = slot.starts, slot.ends
    if not order.total:
        # No rail brings nothing: it stands like one that is paid at the door.
        order.rail, order.payer = CASH, None
    fix_shares(scope, order, cart, buyer.customer.price_list)
    order.eta = delivery.eta(checkout.fulfilment, checkout.area)
    until = _held_until(scope, order)
    refused = book(scope, order, until, buyer.actor, reckoned.deductions)
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
    if not takes_orders(scope.shop, scope.now):
        return NotTaking(standing_of(scope.shop, scope.now).value, scope.shop.paused_until)
    if not delivery.offers(checkout.fulfilment):
        return NotCovered(area.name if area else checkout.fulfilment.value)
    if checkout.fulfilment is not Fulfilment.PICKUP and (area is None or not delivery.covers(area)):
        return NotCovered(area.name if area else "")
    if checkout.rail not in terms_of(scope.shop).rails:
        return RailUnavailable(checkout.rail)
    return None


def _check_cart(scope: Scope, cart: Cart, quote: Quote, expected: Money) -> Refusal | None:
    if cart.changes:
        return CartChanged()
    if not cart.lines:
        return EmptyCart()
    least = scope.shop.minimum_order
    if least is not None and cart.subtotal.minor < least and not quote.waives_minimum:
        minimum = Money(least, scope.shop.currency)
        return BelowMinimum(minimum, minimum - cart.subtotal)
    return None if quote.total == expected else CartChanged()


def _held_until(scope: Scope, order: OrderRow) -> datetime | None:
    """A cash order stands until it ends, and waits for the seller; an unpaid one lapses."""
    if order.rail == CASH:
        order.remind_at = first_reminder(scope.shop, scope.rules, scope.now)
        return None
    order.held_until = scope.now + scope.rules.hold
    return order.held_until


def _row(
    scope: Scope, buyer: Buyer, cart: Cart, checkout: Checkout, reckoned: Reckoned
) -> OrderRow:
    quote = reckoned.quote
    area = checkout.area if checkout.fulfilment is not Fulfilment.PICKUP else None
    latitude, longitude = degrees(area.at if area else None)
    return OrderRow(
        shop_id=scope.shop.id,
        person_id=buyer.person.id,
        status=OrderStatus.PENDING.value,
        payment_status=PaymentStatus.PENDING.value,
        currency=scope.shop.currency,
        subtotal=quote.subtotal.minor,
        delivery_fee=quote.fee.minor,
        discount=quote.discount.minor,
        tax=quote.tax.minor,
        total=quote.total.minor,
        savings=saved(reckoned.deductions),
        fulfilment=checkout.fulfilment.value,
        rail=checkout.rail,
        payer=checkout.payer,
        channel=buyer.medium,
        phone=buyer.person.phone or buyer.customer.contact,
        name=buyer.customer.name,
        area=area.name if area else None,
        zone=area.zone if area else None,
        landmark=checkout.landmark if area else None,
        latitude=latitude,
        longitude=longitude,
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
                discount=cut,
            )
            for position, (line, cut) in enumerate(zip(cart.lines, reckoned.cuts, strict=True), 1)
        ],
    )


def _remember(customer: CustomerRow, checkout: Checkout) -> None:
    """What the next checkout may offer at once."""
    customer.rail = checkout.rail
    if checkout.payer:
        customer.payer = checkout.payer
    if checkout.area and checkout.fulfilment is not Fulfilment.PICKUP:
        customer.area, customer.landmark = checkout.area.name, checkout.landmark
        customer.latitude, customer.longitude = degrees(checkout.area.at)
