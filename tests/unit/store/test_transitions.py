"""Every pair of statuses, for every role and fulfilment, against the rules of trade."""

from itertools import product

import pytest

from flows.ports.delivery import Fulfilment
from flows.ports.orders import OrderStatus as Status
from flows.ports.orders import PaymentStatus, Role
from store.orders.transitions import (
    BACK,
    PAYMENT_TRANSITIONS,
    TRANSITIONS,
    may_move,
    may_undo,
)

# (before, after): who may do it to an order that is brought.
BROUGHT = {
    ("pending", "confirmed"): "seller system",
    ("pending", "cancelled"): "customer seller system",
    ("confirmed", "processing"): "seller rider",
    ("confirmed", "cancelled"): "customer seller",
    ("processing", "shipped"): "seller rider",
    ("processing", "cancelled"): "customer seller",
    ("shipped", "delivered"): "seller rider",
    ("shipped", "returned"): "seller",
    ("delivered", "returned"): "seller",
}
# What is fetched is handed over at the counter instead of being shipped.
FETCHED = {pair: roles for pair, roles in BROUGHT.items() if pair != ("processing", "shipped")} | {
    ("processing", "delivered"): "seller",
    ("processing", "cancelled"): "seller",
}


@pytest.mark.parametrize(
    ("before", "after", "role"), list(product(Status, Status, Role)), ids=lambda each: each.value
)
def test_every_pair_of_statuses_is_as_the_rules_say(before: Status, after: Status, role: Role):
    for fulfilment in Fulfilment:
        rules = FETCHED if fulfilment is Fulfilment.PICKUP else BROUGHT
        allowed = role.value in rules.get((before.value, after.value), "").split()
        assert may_move(before, after, role, fulfilment) is allowed


def test_every_status_has_its_row():
    assert set(TRANSITIONS) == set(Status)
    assert set(PAYMENT_TRANSITIONS) == set(PaymentStatus)


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.RETURNED])
def test_nothing_leaves_the_end(status: Status):
    assert TRANSITIONS[status] == {}


@pytest.mark.parametrize(
    ("before", "after", "role"), list(product(Status, Status, Role)), ids=lambda each: each.value
)
def test_only_who_sends_goods_out_takes_only_that_back(before: Status, after: Status, role: Role):
    pair, senders = (Status.SHIPPED, Status.PROCESSING), (Role.RIDER, Role.SELLER)
    allowed = (before, after) == pair and role in senders
    assert may_undo(before, after, role) is allowed
    assert not allowed or (before, after) in BACK


@pytest.mark.parametrize(
    ("before", "allowed"),
    [
        ("pending", {"paid", "failed"}),
        ("failed", {"paid", "pending"}),
        ("paid", {"refunded", "partial"}),
        ("partial", {"refunded"}),
        ("refunded", set()),
    ],
)
def test_payments_go_their_way(before: str, allowed: set[str]):
    assert {after.value for after in PAYMENT_TRANSITIONS[PaymentStatus(before)]} == allowed
