"""An order in JSON, as the command line and the API give it."""

from typing import NotRequired, TypedDict

from flows.money import Money
from flows.ports.orders import Order


class ItemJson(TypedDict):
    sku: str
    quantity: int
    unit_price: str


class RiderJson(TypedDict):
    name: str
    phone: str


class OrderJson(TypedDict):
    """Amounts are decimal strings in major units, `customer` is E.164, `created_at` ISO 8601 in UTC.
    `due_at_door`, where there is something, is beyond `total`: in cash, for bringing a paid order farther."""

    number: int
    status: str
    payment_status: str
    currency: str
    subtotal: str
    delivery_fee: str
    discount: str
    total: str
    due_at_door: NotRequired[str]
    customer: str | None
    channel: str
    items: list[ItemJson]
    rider: RiderJson | None
    created_at: str


def amount(money: Money) -> str:
    """ "48000" for UGX, "120.50" for NGN: with as many decimals as the currency has."""
    return f"{money.major:f}"


def order_json(order: Order) -> OrderJson:
    """One order as others read it."""
    rider = order.rider
    told: OrderJson = {
        "number": order.number,
        "status": order.status.value,
        "payment_status": order.payment_status.value,
        "currency": order.total.currency,
        "subtotal": amount(order.subtotal),
        "delivery_fee": amount(order.delivery_fee),
        "discount": amount(order.discount),
        "total": amount(order.total),
        "customer": order.customer_phone,
        "channel": order.channel,
        "items": [
            {"sku": line.sku, "quantity": line.quantity, "unit_price": amount(line.unit_price)}
            for line in order.lines
        ],
        "rider": {"name": rider.name, "phone": rider.phone} if rider else None,
        "created_at": order.created_at.isoformat(),
    }
    if order.due_at_door:
        told["due_at_door"] = amount(order.due_at_door)
    return told
