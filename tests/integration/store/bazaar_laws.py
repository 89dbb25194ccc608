"""What holds at the bazaar after whatever was done: reckoned here once more, from what is written in the
books alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from bazaar import (
    CATEGORY,
    COUNTED,
    COUPONS,
    PARENT,
    PEOPLE,
    POINTS,
    PROMOTIONS,
    Bazaar,
)
from ledger_books import engine_of
from market import KAMWOKYA, Buying
from sqlalchemy import func, select

from flows.ports.delivery import Fulfilment
from flows.ports.quote import SavingKind
from store.ledger import Account, Kind
from store.models import (
    CouponRow,
    CouponUseRow,
    EntryRow,
    HoldRow,
    OrderRow,
    PointsEntryRow,
    PointsLotRow,
    PointsRow,
    PostingRow,
    PromotionRow,
    PromotionUseRow,
    ReturnRow,
    StockMovementRow,
    StockRow,
)
from store.proof import prove
from store.quoting.basket import Basket, BasketLine
from store.quoting.deduction import Deduction
from store.scope import Scope

KINDS = list(SavingKind)
# More is not taken out of an order in these walks.
MOST_LACKING = 12
ENDED = ("cancelled", "returned")
SOLD = ("confirmed", "processing", "shipped", "delivered")


def hold(bazaar: Bazaar) -> None:
    """Every law, against one state of the books."""
    finding = prove(engine_of(bazaar.market)).finding
    assert finding is None, finding
    bazaar.market.do(_books)
    bazaar.market.do(_carts)


def _books(scope: Scope) -> None:
    orders = scope.session.scalars(select(OrderRow).order_by(OrderRow.number)).unique().all()
    for order in orders:
        _figures(order)
    _shelf(scope, orders)
    _limits(scope, orders)
    _points(scope, orders)
    _returns(scope, orders)


def _figures(order: OrderRow) -> None:
    assert order.total == order.subtotal - order.discount + order.delivery_fee + order.tax >= 0
    assert min(order.subtotal, order.discount, order.delivery_fee, order.tax) >= 0
    tax = _percent(order.subtotal - order.discount, Decimal("7.5"))
    # Rounded down each time that something was not there, of this order or of the one it succeeds.
    spare = MOST_LACKING if order.lacking or order.successor_of else 0
    assert tax - spare <= order.tax <= tax + (1 if spare else 0)
    for line in order.lines:
        assert line.total == line.unit_price * line.quantity
        assert 0 <= line.discount <= line.total
        assert 0 <= line.commission <= line.total - line.discount
    assert order.subtotal == sum(line.total for line in order.lines)
    off = Counter[str]()
    for saving in order.savings or ():
        assert saving["amount"] > 0
        off[saving["kind"]] += saving["amount"]
    off.pop("delivery", None)
    assert order.discount == off.total() == sum(line.discount for line in order.lines)


def _shelf(scope: Scope, orders: Sequence[OrderRow]) -> None:
    """Nothing is promised or sold that was not there, and every piece is accounted for."""
    shelf = {row.sku: row for row in scope.session.scalars(select(StockRow))}
    holds: dict[tuple[str, str], Counter] = {}
    for hold in scope.session.scalars(select(HoldRow)):
        holds.setdefault((hold.sku, hold.state), Counter())[hold.order_id] += hold.quantity
    moved = Counter[tuple[str, str]]()
    for move in scope.session.scalars(select(StockMovementRow)):
        assert move.before + move.quantity == move.after >= 0
        moved[move.sku, "all"] += move.quantity
        if move.kind in ("in", "out") and (move.reference or "").isdigit():
            moved[move.sku, "traded"] += move.quantity
    back = _brought_back(scope, orders)
    for sku, row in shelf.items():
        open_, taken = (holds.get((sku, state), Counter()) for state in ("open", "taken"))
        assert 0 <= row.held <= row.on_hand, sku
        assert row.held == open_.total(), sku
        assert row.on_hand == moved[sku, "all"], sku
        assert -moved[sku, "traded"] == taken.total() - back[sku], sku
        for order in orders if sku in COUNTED else ():
            wanted = sum(line.quantity for line in order.lines if line.sku == sku)
            promised, sold = open_[order.id], taken[order.id]
            if order.status == "pending":
                assert (promised, sold) == (wanted, 0), (sku, order.number)
            elif order.status in SOLD:
                assert (promised, sold) == (0, wanted), (sku, order.number)
            else:
                assert promised == 0, (sku, order.number)


def _brought_back(scope: Scope, orders: Sequence[OrderRow]) -> Counter[str]:
    """Pieces of delivered orders that came back, by sku."""
    places = {(order.id, line.position): line.sku for order in orders for line in order.lines}
    back = Counter[str]()
    for row in _booked(scope):
        for each in row.goods:
            back[places[row.order_id, each["position"]]] += each["quantity"]
    return back


def _booked(scope: Scope) -> Sequence[ReturnRow]:
    return scope.session.scalars(select(ReturnRow).where(ReturnRow.status == "booked")).all()


def _limits(scope: Scope, orders: Sequence[OrderRow]) -> None:
    """What is limited is used so often at most, but for late money, which was promised its price."""
    by_id = {order.id: order for order in orders}
    promotions = {row.id: row for row in scope.session.scalars(select(PromotionRow))}
    coupons = {row.id: row for row in scope.session.scalars(select(CouponRow))}
    used = Counter[object]()
    within = Counter[object]()
    for use in (
        *scope.session.scalars(select(PromotionUseRow)),
        *scope.session.scalars(select(CouponUseRow)),
    ):
        what = use.promotion_id if isinstance(use, PromotionUseRow) else use.coupon_id
        order = by_id[use.order_id]
        kind = "promotion" if isinstance(use, PromotionUseRow) else "coupon"
        in_vain = order.lacking and all(saving["by"] != kind for saving in order.savings)
        over = order.status in ENDED or bool(in_vain)
        assert (use.given_back_at is None) == (not over), order.number
        if use.given_back_at is None:
            used[what] += 1
            if order.successor_of is None:
                within[what] += 1
                within[what, use.person_id] += 1
    for row in (*promotions.values(), *coupons.values()):
        each = row.limit_each if isinstance(row, PromotionRow) else row.limit_person
        wanted = row.name if isinstance(row, PromotionRow) else row.code
        assert row.used == used[row.id] >= 0, wanted
        most = {**PROMOTIONS, **COUPONS}.get(wanted, {}).get("limit")
        assert most is None or within[row.id] <= most, wanted
        own = [
            count for key, count in within.items() if isinstance(key, tuple) and key[0] == row.id
        ]
        assert each is None or max(own, default=0) <= each, wanted
    for order in orders:
        names = [s["name"] for s in order.savings or () if s["by"] == "coupon"]
        if COUPONS.get(names[0] if names else "", {}).get("first_order"):
            before = [
                o for o in orders if o.person_id == order.person_id and o.number < order.number
            ]
            since = [o for o in before if o.status != "cancelled" and o.id != order.successor_of]
            assert not since or order.successor_of is not None, order.number


def _points(scope: Scope, orders: Sequence[OrderRow]) -> None:
    """They are the sum of their entries and of their lots; what an order that ended had spent is back."""
    balances = {row.person_id: row for row in scope.session.scalars(select(PointsRow))}
    stood, lots = Counter[object](), Counter[object]()
    spent, earned = Counter[object](), Counter[object]()
    for entry in scope.session.scalars(select(PointsEntryRow).order_by(PointsEntryRow.id)):
        assert stood[entry.person_id] == entry.before
        stood[entry.person_id] += entry.points
        assert stood[entry.person_id] == entry.after >= 0
        if entry.kind in ("spend", "back"):
            spent[entry.order_id] -= entry.points
        if entry.kind == "earn":
            earned[entry.order_id] += 1
    for lot in scope.session.scalars(select(PointsLotRow)):
        assert 0 <= lot.left <= lot.points
        lots[lot.person_id] += lot.left
    for person, row in balances.items():
        assert row.balance == stood[person] == lots[person]
        assert row.lifetime >= 0
    for order in orders:
        assert earned[order.id] <= (1 if order.status in ("delivered", "returned") else 0)
        assert spent[order.id] >= 0
        if order.status in ENDED:
            assert spent[order.id] == 0, order.number


def _returns(scope: Scope, orders: Sequence[OrderRow]) -> None:
    """All that comes back is worth all that was paid, and takes its part of the commission along."""
    sums = Counter[object]()
    back: dict[object, Counter[int]] = {}
    for row in _booked(scope):
        sums[row.order_id] += row.refund or 0
        pieces = back.setdefault(row.order_id, Counter())
        pieces.update({each["position"]: each["quantity"] for each in row.goods})
    for order in orders:
        if order.status != "delivered" and order.id not in back:
            continue
        gone = back.get(order.id, Counter())
        assert all(gone[line.position] <= line.quantity for line in order.lines)
        assert 0 <= sums[order.id] <= order.total
        whole = all(gone[line.position] == line.quantity for line in order.lines)
        assert (order.status == "returned") == whole
        if whole:
            assert sums[order.id] >= order.total - order.delivery_fee
        kept = sum(
            x.commission - x.commission * gone[x.position] // x.quantity for x in order.lines
        )
        assert _commission(scope, order) == kept, order.number


def _commission(scope: Scope, order: OrderRow) -> int:
    """What stands in the platform's books of it."""
    total = scope.session.scalar(
        select(func.coalesce(func.sum(EntryRow.amount), 0))
        .join(PostingRow, PostingRow.id == EntryRow.posting_id)
        .where(PostingRow.order_id == order.id, EntryRow.account == Account(Kind.COMMISSION).name)
    )
    return Account(Kind.COMMISSION).normal * int(total or 0)


def _carts(scope: Scope) -> None:
    """Whatever lies in a cart: what comes off it is what the shop's file says."""
    for phone in PEOPLE:
        buyer = Buying(scope, phone)
        if not buyer.cart.read().lines:
            continue
        area = KAMWOKYA
        basket, _ = buyer.orders.quoting.basket(Fulfilment.STANDARD, area)
        reckoned = buyer.orders.quoting.reckon(Fulfilment.STANDARD, area)
        alone, last = 0, 0
        for deduction in reckoned.deductions:
            place = KINDS.index(deduction.kind)
            assert place >= last
            last = place
            alone += deduction.kind is SavingKind.PROMOTION and not _stacks(deduction.name)
            _check(scope, basket, deduction)
            basket = basket.less(deduction.cuts, deduction.fee)
        assert alone <= 1
        quote = reckoned.quote
        assert quote.subtotal.minor - quote.discount.minor == basket.left >= 0
        assert quote.fee.minor == basket.fee >= 0
        assert quote.tax.minor == _percent(basket.left, Decimal("7.5"))
        assert quote.total.minor == basket.left + basket.fee + quote.tax.minor


def _stacks(name: str) -> bool:
    terms = PROMOTIONS[name]
    return bool(terms.get("stackable", "free_delivery" in terms))


def _check(scope: Scope, basket: Basket, deduction: Deduction) -> None:
    for line, cut in zip(basket.lines, deduction.cuts, strict=True):
        assert 0 <= cut <= line.left, deduction
    assert 0 <= deduction.fee <= basket.fee, deduction
    if deduction.kind is SavingKind.POINTS:
        spent = int(deduction.reference)
        account = scope.session.get(PointsRow, (scope.shop.id, basket.person.id))
        assert account is not None
        assert POINTS["least"] <= spent <= account.balance
        assert deduction.amount == spent * POINTS["worth"] <= basket.left * POINTS["share"] // 100
        assert basket.customer.price_list == "retail"
        return
    terms = {SavingKind.PROMOTION: PROMOTIONS, SavingKind.COUPON: COUPONS}[deduction.kind].get(
        deduction.name
    )
    if terms is None:
        return  # One that the seller made by phone.
    reached = [_reaches(terms, line) for line in basket.lines]
    assert not any(c for c, on in zip(deduction.cuts, reached, strict=True) if not on), deduction
    assert any(reached), deduction
    over = sum(line.left for line, on in zip(basket.lines, reached, strict=True) if on)
    assert terms.get("minimum_order", 0) <= basket.subtotal <= terms.get("maximum_order", 10**12)
    assert terms.get("audience", basket.customer.price_list) == basket.customer.price_list
    assert deduction.amount <= terms.get("cap", 10**12)
    if "percent" in terms:
        percent = _percent(over, Decimal(str(terms["percent"])))
        assert deduction.amount == min(percent, terms.get("cap", percent)), deduction
    elif "amount" in terms:
        assert deduction.amount == min(terms["amount"], over), deduction
    elif "free_delivery" in terms:
        assert deduction.amount == min(basket.fee, terms.get("cap", basket.fee)), deduction


def _reaches(terms: Mapping[str, object], line: BasketLine) -> bool:
    names = {line.sku, PARENT.get(line.sku, line.sku)}
    if names & set(terms.get("except_products", ())):
        return False
    if "bundle" in terms:
        return line.sku in terms["bundle"]
    products, categories = terms.get("products", ()), terms.get("categories", ())
    if not products and not categories:
        return True
    return bool(names & set(products)) or CATEGORY[line.sku] in categories


def _percent(amount: int, rate: Decimal) -> int:
    return int((amount * rate / 100).quantize(Decimal(1), ROUND_HALF_UP))
