"""What an order comes to without some of its goods: sums that add up, and no piece that costs more."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from store.models import OrderLineRow, OrderRow
from store.orders.lessening import Lessened, lessened
from store.splits import commissions, spread


def _order(
    goods: list[tuple[int, int]], parts: list[int], fee: int, rate: int, *, placed: bool = True
) -> OrderRow:
    """`goods` are (pieces, unit price); each of `parts` is off them all, in hundredths of what is left."""
    left = [quantity * price for quantity, price in goods]
    savings = []
    for n, part in enumerate(parts):
        cuts = spread(sum(left) * part // 10_000, left)
        left = [each - cut for each, cut in zip(left, cuts, strict=True)]
        kind = ("promotion", "coupon", "points")[n]
        saving = {"kind": kind, "name": "", "amount": sum(cuts), "by": kind, "reference": str(n)}
        if placed:
            saving["cuts"] = [[at, cut] for at, cut in enumerate(cuts, 1) if cut]
        if saving["amount"]:
            savings.append(saving)
    tax = sum(left) * 18 // 100
    savings.append({"kind": "delivery", "name": "", "amount": 7, "by": "coupon", "reference": "1"})
    order = OrderRow(
        currency="NGN",
        subtotal=sum(quantity * price for quantity, price in goods),
        discount=sum(quantity * price for quantity, price in goods) - sum(left),
        delivery_fee=fee,
        tax=tax,
        total=sum(left) + fee + tax,
        savings=savings,
    )
    order.lines = [
        OrderLineRow(
            position=position,
            sku=str(position),
            quantity=quantity,
            unit_price=price,
            total=quantity * price,
            discount=quantity * price - paid,
            commission=commission,
        )
        for position, ((quantity, price), paid, commission) in enumerate(
            zip(goods, left, commissions(left, rate, "NGN"), strict=True), 1
        )
    ]
    return order


def _apply(order: OrderRow, less: Lessened) -> None:
    order.subtotal, order.discount, order.tax = less.subtotal, less.discount, less.tax
    order.total, order.savings = less.total, less.savings
    line = next(line for line in order.lines if line.position == less.position)
    line.quantity, line.total = less.line.quantity, less.line.total
    line.discount, line.commission = less.line.discount, less.line.commission


ORDERS = st.builds(
    _order,
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 99_999)), min_size=1, max_size=4),
    st.lists(st.integers(0, 10_000), max_size=3),
    st.integers(0, 9_000),
    st.integers(0, 2_500),
    placed=st.booleans(),
)


@given(ORDERS, st.data())
def test_the_sums_add_up_line_by_line_and_no_piece_costs_more(
    order: OrderRow, data: st.DataObject
) -> None:
    first = {line.position: (line.total - line.discount, line.quantity) for line in order.lines}
    fee, rated = order.delivery_fee, {line.position: line.commission for line in order.lines}
    for _ in range(3):
        lines = [line for line in order.lines if line.quantity]
        if not lines:
            break
        line = data.draw(st.sampled_from(lines))
        less = lessened(order, line, data.draw(st.integers(1, line.quantity)))
        assert less.total <= order.total
        _apply(order, less)
        _adds_up(order)
        for each in order.lines:
            paid, pieces = first[each.position]
            assert Fraction(each.total - each.discount) <= Fraction(paid * each.quantity, pieces)
            assert 0 <= each.commission <= rated[each.position]
    assert order.delivery_fee == fee


def _adds_up(order: OrderRow) -> None:
    assert order.total == order.subtotal - order.discount + order.delivery_fee + order.tax
    assert order.subtotal == sum(line.total for line in order.lines)
    assert order.discount == sum(line.discount for line in order.lines)
    assert all(0 <= line.discount <= line.total for line in order.lines)
    assert all(line.commission <= line.total - line.discount for line in order.lines)
    goods = [saving for saving in order.savings if saving["kind"] != "delivery"]
    assert sum(saving["amount"] for saving in goods) == order.discount
    for saving in goods:
        assert saving["amount"] == sum(
            cut for _, cut in saving.get("cuts", [[0, saving["amount"]]])
        )
    assert [s["amount"] for s in order.savings if s["kind"] == "delivery"] == [7]


def test_what_a_saving_was_on_decides_what_goes_with_the_goods() -> None:
    order = _order([(2, 1000), (1, 500)], [], 0, 0)
    order.discount, order.total, order.lines[0].discount = 600, 1900, 600
    coupon = {"kind": "coupon", "name": "A", "amount": 600, "by": "coupon", "reference": "x"}
    order.savings = [{**coupon, "cuts": [[1, 600]]}]
    assert lessened(order, order.lines[1], 1).savings == order.savings
    assert lessened(order, order.lines[0], 1).savings == [
        {**coupon, "amount": 300, "cuts": [[1, 300]]}
    ]
    assert lessened(order, order.lines[0], 2).savings == []


def test_a_piece_of_three_is_rounded_for_the_customer() -> None:
    order = _order([(3, 333)], [1], 0, 0)
    order.lines[0].discount = order.discount = 1
    order.savings = [
        {
            "kind": "coupon",
            "name": "",
            "amount": 1,
            "by": "coupon",
            "reference": "",
            "cuts": [[1, 1]],
        }
    ]
    less = lessened(order, order.lines[0], 1)
    assert (less.line.total, less.line.discount) == (666, 1)
