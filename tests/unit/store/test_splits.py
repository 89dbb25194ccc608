"""The parts of an order's money add up to the whole, in every currency."""

from hypothesis import given
from hypothesis import strategies as st

from flows.money import Money
from store.models import OrderLineRow, OrderRow
from store.splits import commissions, split_of, spread

# Without decimals, with two, with three.
CURRENCIES = ("UGX", "XAF", "NGN", "KES", "TND")
AMOUNTS = st.integers(0, 10**12)


@st.composite
def lines(draw: st.DrawFn) -> OrderLineRow:
    price = draw(st.integers(1, 10**9))
    supplier = draw(st.sampled_from([None, "kilimo", "refinery"]))
    return OrderLineRow(
        quantity=(quantity := draw(st.integers(1, 999))),
        unit_price=price,
        total=price * quantity,
        base=draw(st.integers(0, price)) if supplier else None,
        supplier=supplier,
        commission=0,
    )


@given(
    st.lists(lines(), min_size=1, max_size=8),
    AMOUNTS,
    st.integers(0, 100),
    st.integers(0, 10_000),
    st.sampled_from(CURRENCIES),
)
def test_parts_add_up_to_what_was_paid(
    bought: list[OrderLineRow], fee: int, off: int, rate: int, currency: str
) -> None:
    subtotal = sum(line.total for line in bought)
    discount = subtotal * off // 100
    cuts = spread(discount, [line.total for line in bought])
    paid = [line.total - cut for line, cut in zip(bought, cuts, strict=True)]
    cut = commissions(paid, rate, currency)
    for line, commission in zip(bought, cut, strict=True):
        line.commission = commission
    order = OrderRow(
        lines=bought, delivery_fee=fee, discount=discount, total=subtotal + fee - discount
    )
    split = split_of(order)
    assert split.whole == order.total
    assert split.delivery == fee
    assert 0 <= split.commission <= subtotal - discount
    supplied = [line for line in bought if line.supplier]
    assert sum(split.suppliers.values()) == sum(
        (line.base or 0) * line.quantity for line in supplied
    )


def test_the_seller_bears_a_fee_that_was_waived() -> None:
    waived = {
        "kind": "delivery",
        "name": "SENT",
        "amount": 3000,
        "by": "promotion",
        "reference": "",
    }
    order = OrderRow(
        lines=[OrderLineRow(quantity=2, unit_price=9000, total=18000, commission=1800)],
        fulfilment="standard",
        delivery_fee=0,
        total=18000,
        savings=[waived],
    )
    assert (split_of(order).delivery, split_of(order).seller) == (3000, 13200)
    order.fulfilment = "pickup"
    assert (split_of(order).delivery, split_of(order).seller) == (0, 16200)


@given(st.integers(0, 10**12), st.lists(AMOUNTS, min_size=1, max_size=12))
def test_a_discount_is_spread_without_rest_and_nobody_gets_more_than_their_own(
    amount: int, over: list[int]
) -> None:
    amount = min(amount, sum(over))
    parts = spread(amount, over)
    assert sum(parts) == amount
    assert all(0 <= part <= own for part, own in zip(parts, over, strict=True))


def test_what_cannot_be_shared_alike_goes_to_the_largest_remainder() -> None:
    assert spread(100, [1, 1, 1]) == [34, 33, 33]
    assert spread(10, [99, 1]) == [10, 0]
    assert spread(5, [0, 0]) == [0, 0]


def test_a_commission_is_rounded_half_up_once_per_line() -> None:
    # 7.5 % of 1,010 is 75.75; of 1,000 exactly 75; of 20 it is 1.5.
    assert commissions([1_010, 1_000, 20], 750, "UGX") == [76, 75, 2]
    assert commissions([505, 500], 750, "UGX") == [38, 38]


@given(AMOUNTS, st.sampled_from(CURRENCIES))
def test_a_part_never_exceeds_its_whole(minor: int, currency: str) -> None:
    (part,) = commissions([minor], 10_000, currency)
    assert Money(part, currency) == Money(minor, currency)
