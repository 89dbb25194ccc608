"""An order as others read it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows.money import Money
from flows.ports.delivery import Fulfilment
from flows.ports.orders import Order, OrderLine, OrderStatus, PaymentStatus, RiderRef
from store.export import amount, order_json


def order(currency: str = "UGX") -> Order:
    return Order(
        id="0190",
        number=1001,
        status=OrderStatus.CONFIRMED,
        payment_status=PaymentStatus.PAID,
        lines=(
            OrderLine("rice-5kg", "Rice 5kg", 2, Money(24000, currency), Money(48000, currency)),
        ),
        subtotal=Money(48000, currency),
        delivery_fee=Money(5000, currency),
        discount=Money(0, currency),
        total=Money(53000, currency),
        fulfilment=Fulfilment.STANDARD,
        rail="mtn-momo",
        channel="ussd",
        person="0191",
        customer_phone="+256772000001",
        customer_name=None,
        created_at=datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
        code="1234",
    )


def test_an_order_in_shillings():
    assert order_json(order()) == {
        "number": 1001,
        "status": "confirmed",
        "payment_status": "paid",
        "currency": "UGX",
        "subtotal": "48000",
        "delivery_fee": "5000",
        "discount": "0",
        "total": "53000",
        "customer": "+256772000001",
        "channel": "ussd",
        "items": [{"sku": "rice-5kg", "quantity": 2, "unit_price": "24000"}],
        "rider": None,
        "created_at": "2026-11-25T09:00:00+00:00",
    }


def test_the_code_is_nobody_elses_to_read():
    assert "1234" not in str(order_json(order()))


def test_a_rider_is_named_with_a_phone():
    with_rider = replace(order(), rider=RiderRef("1", "Okello", "+256700000111"))
    assert order_json(with_rider)["rider"] == {"name": "Okello", "phone": "+256700000111"}


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (48000, "UGX", "48000"),
        (12050, "NGN", "120.50"),
        (0, "NGN", "0.00"),
        (0, "UGX", "0"),
        (100_000_000_000_000, "UGX", "100000000000000"),
        (5, "KES", "0.05"),
    ],
)
def test_amounts_have_as_many_decimals_as_their_currency(minor: int, currency: str, written: str):
    assert amount(Money(minor, currency)) == written


def test_what_is_due_at_the_door_is_beyond_the_total():
    told = order_json(replace(order(), due_at_door=Money(4000, "UGX")))
    assert (told["total"], told["due_at_door"]) == ("53000", "4000")
