from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.customer.bids import Bid, NoBid, Said, figure_in, weigh_figure
from flows.money import Money
from intents.intent import Intent
from tests.fakes.conversation import item, said
from tests.fakes.ports import ugx

LISTED = ugx(24000)


@pytest.mark.parametrize(
    ("figure", "quantity", "bid"),
    [
        ("22500", 1, Bid(ugx(22500), True)),
        ("24000", 1, Bid(ugx(24000), True)),
        ("2400", 1, Bid(ugx(2400), True)),
        ("22.5", 1, Bid(ugx(22500), False)),
        ("45000", 2, Bid(ugx(22500), False)),
        ("50000", 3, Bid(ugx(16666), False)),
        ("45000", 1, NoBid(above=True)),
        ("25", 1, NoBid(above=False)),
        ("0", 1, NoBid(above=False)),
    ],
)
def test_a_figure_is_held_against_the_price_of_one(
    figure: str, quantity: int, bid: Bid | NoBid
) -> None:
    assert weigh_figure(Said(Decimal(figure)), LISTED, quantity) == bid


def test_cents_are_kept_and_what_is_finer_is_left_out() -> None:
    listed = Money(150_50, "KES")
    assert weigh_figure(Said(Decimal("140.509")), listed) == Bid(Money(140_50, "KES"), True)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12),
       st.integers(1, 999))  # fmt: skip
def test_no_bid_is_above_the_price_or_below_a_tenth_of_it(figure: Decimal, quantity: int) -> None:
    weighed = weigh_figure(Said(figure), LISTED, quantity)
    if isinstance(weighed, Bid):
        assert LISTED.minor <= weighed.price.minor * 10
        assert weighed.price <= LISTED


@pytest.mark.parametrize(
    ("heard", "figure"),
    [
        (said(Intent.NEGOTIATE, amount=Decimal(45000), text="45k"), Said(Decimal(45000))),
        (
            said(Intent.NEGOTIATE, amount=Decimal(20000), text="20000 for 2"),
            Said(Decimal(20000), clear=False),
        ),
        (
            said(Intent.NEGOTIATE, item("rice-5kg"), amount=Decimal(20000), text="rice 5kg 20000"),
            Said(Decimal(20000)),
        ),
        (
            said(Intent.ADD_TO_CART, item("rice-5kg", 4500, "4500"), text="4500"),
            Said(Decimal(4500)),
        ),
        (said(Intent.ADD_TO_CART, item("rice-5kg", 2, "2 bags", "bags"), text="2 bags"), None),
        (said(Intent.ADD_TO_CART, item("rice-5kg", 2, ""), text="i'll take 2"), None),
        (said(Intent.ADD_TO_CART, item("rice-5kg", 2, "two"), text="two"), None),
        (said(Intent.NEGOTIATE, text="last price"), None),
    ],
)
def test_what_counts_pieces_is_no_amount(heard, figure: Said | None) -> None:  # type: ignore[no-untyped-def]
    assert figure_in(heard) == figure
