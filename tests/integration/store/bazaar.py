"""A shop in any currency where everything that changes a price is on at once, and what people do in it."""

import shutil
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from ledger_books import engine_of
from market import KAMWOKYA, Buying, Market
from sqlalchemy import select

from flows.money import Money
from flows.ports.delivery import Fulfilment
from flows.ports.orders import Checkout, Order
from flows.ports.returns import Reason
from intents.coupon_making import Making
from store.coupons.desk import ShopCoupons
from store.due import DUTIES
from store.lacking import LackingDesk
from store.models import OrderRow, RefundRow, StaffRow
from store.orders.refunds import refund_settled
from store.orders.settlement import receive_payment
from store.promotions.deals import ShopDeals
from store.returns import ReturnsDesk, ShopReturns
from store.rules import Rules
from store.scope import Scope
from store.transaction import open_engine, open_sessions
from store.wholesale import ShopApprovals, ShopWholesale

T = TypeVar("T")

# With no decimals, with two and with three.
CURRENCIES = ("UGX", "KES", "TZS", "RWF", "NGN", "GHS", "XAF", "XOF", "ZMW", "ZAR", "TND")
PEOPLE = tuple(f"+25677200000{n}" for n in range(4))
# In minor units, so that nothing divides evenly in any currency.
PRICES = {
    "rice-5kg": 24_013,
    "rice-25kg": 115_001,
    "oil": 9_007,
    "salt": 1_499,
    "yam": 28_001,
    "lamp": 333,
}
COUNTED = ("rice-5kg", "rice-25kg", "oil", "yam")
CATEGORY = {"rice-5kg": "Grains", "rice-25kg": "Grains", "oil": "Kitchen", "salt": "Kitchen",
            "yam": "Fresh", "lamp": "Home"}  # fmt: skip
PARENT = {"rice-5kg": "rice", "rice-25kg": "rice"}
POINTS = {"per": 7, "worth": 3, "least": 2, "share": 80, "days": 10, "warned": 2}

PROMOTIONS: Mapping[str, Mapping[str, object]] = {
    "TENTH": {"percent": 10, "products": ["oil", "rice"], "cap": 5_003},
    "OFF": {"amount": 2_001, "minimum_order": 30_000, "limit": 3},
    "THREE": {"buy": 2, "free": 1, "categories": ["Kitchen"], "limit_each": 1},
    "COMBO": {"bundle": {"oil": 1, "salt": 2}, "price": 9_501, "stackable": True},
    "SENT": {"free_delivery": True, "minimum_order": 20_000},
    "GROSS": {"percent": 3, "audience": "wholesale", "stackable": True},
    "HOUR": {"percent": 25, "hours": "14:00-18:00", "days": ["wed", "thu"]},
    "GIFT": {"percent": 100, "products": ["salt"], "stackable": True, "limit": 2},
    "SOON": {"percent": 15, "from": "2026-11-26 09:00", "until": "2026-11-27 09:00", "priority": 3},
}
COUPONS: Mapping[str, Mapping[str, object]] = {
    "TEN": {"percent": 12.5, "cap": 7_001},
    "FIX": {"amount": 3_001, "limit": 2, "minimum_order": 5_000},
    "FIRST": {"percent": 50, "first_order": True, "except_products": ["lamp"]},
    "SEND": {"free_delivery": True, "limit_each": 1, "cap": 1_999},
    "BIG": {"amount": 500_000, "products": ["oil", "rice"], "except_products": ["rice-25kg"]},
    "LAST": {"percent": 100, "limit": 1, "categories": ["Kitchen"], "maximum_order": 60_000},
}
AMOUNTS = frozenset(
    {"amount", "cap", "minimum_order", "maximum_order", "price", "per", "worth", "fee"}
)


def _value(key: str, value: object, currency: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and key in AMOUNTS:
        return f'"{Money(value, currency).major}"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{k} = {v}" for k, v in value.items()) + " }"
    return repr(value).replace("'", '"')


def _table(head: str, terms: Mapping[str, object], currency: str) -> str:
    lines = (f"{key} = {_value(key, value, currency)}" for key, value in terms.items())
    return "\n".join((head, *lines, ""))


def shop(currency: str) -> str:
    """Its file."""

    def goods(head: str, sku: str, **more: object) -> str:
        return _table(head, {"sku": sku, "price": PRICES[sku], **more}, currency)

    return "\n".join(
        (
            '[shop]\nslug = "njeri"\nname = "Mama Njeri"\ncountry = "UG"\nlocales = ["en"]',
            f'currency = "{currency}"\nowner = "+256700000101"\nalerts = ["+256700000101"]',
            "commission = 7.5\nwholesale_commission = 3\ntax = 7.5\nminimum_order = 0\n",
            '[[lines]]\nchannel = "sms"\nprovider = "africastalking"\naddress = "20880"\n',
            '[[products]]\nsku = "rice"\nname = "Rice"\ncategory = "Grains"',
            goods("[[products.variants]]", "rice-5kg", attributes={"size": '"5kg"'}, stock=9),
            goods("[[products.variants]]", "rice-25kg", attributes={"size": '"25kg"'}, stock=4),
            _named(goods, "oil", stock=12, breaks={3: f'"{Money(8_501, currency).major}"'})
            + f'wholesale_price = "{Money(7_999, currency).major}"\n',
            _named(goods, "salt"),
            _named(goods, "yam", stock=1),
            _named(goods, "lamp", stock=2, backorder=True),
            "[delivery]",
            f'standard = {{ fee = "{Money(5_003, currency).major}" }}',
            f'half_from = "{Money(60_001, currency).major}"\n',
            '[[zones]]\nname = "Near"\nareas = ["Kamwokya"]',
            f'fee = "{Money(2_999, currency).major}"\n',
            '[payments]\nrails = ["mtn-momo", "cash"]\n',
            _table("[points]", POINTS, currency),
            *(_table("[[promotions]]", {"name": n, **p}, currency) for n, p in PROMOTIONS.items()),
            *(_table("[[coupons]]", {"code": c, **p}, currency) for c, p in COUPONS.items()),
        )
    )


def _named(goods: Callable[..., str], sku: str, **more: object) -> str:
    name = '"' + sku.capitalize() + '"'
    written = goods("[[products]]", sku, category=CATEGORY[sku], **more)
    return written + f"name = {name}\n"


class Bazaar:
    """`market` is the shop; `orders` are its numbers in the order in which they were placed."""

    def __init__(self, template: Path, path: Path, currency: str) -> None:
        shutil.copy(template, path)
        self.currency = currency
        sessions = open_sessions(open_engine(f"sqlite:///{path}"))
        self.market = Market(sessions).open(shop(currency))

    def close(self) -> None:
        engine_of(self.market).dispose()

    def numbers(self, status: Collection[str] = ()) -> list[int]:
        """Of all orders, or of those in one of these, the newest first."""
        query = select(OrderRow.number).order_by(OrderRow.number.desc())
        if status:
            query = query.where(OrderRow.status.in_(status))
        return self.market.do(lambda s: list(s.session.scalars(query)))

    def money(self, minor: int) -> Decimal:
        """In major units, as a seller writes it."""
        return Money(minor, self.currency).major

    # Customers.

    def order(self, phone: str, rail: str, way: Fulfilment) -> object:
        """What they saw is what they get, or a refusal."""
        area = None if way is Fulfilment.PICKUP else KAMWOKYA

        def work(scope: Scope) -> object:
            buyer = Buying(scope, phone)
            buyer.cart.read(refresh=True)
            seen = buyer.orders.quote(way, area)
            placed = buyer.orders.place(Checkout(way, rail, area, None, phone), expected=seen.total)
            if isinstance(placed, Order):
                assert (placed.subtotal, placed.total) == (seen.subtotal, seen.total)
                assert (placed.savings, placed.delivery_fee) == (seen.savings, seen.fee)
            return placed

        return self.market.do(work)

    def pay(self, number: int) -> None:
        """By phone money; it may come late, and more than once."""
        order = self.market.order(number)
        if not order.total:
            return
        attempt = self.market.pay(order)
        self.market.do(lambda s: receive_payment(s, UUID(order.id), attempt))

    def ask_back(self, number: int, phone: str, goods: Mapping[int, int], why: Reason) -> object:
        return self.market.ask(
            lambda b: ShopReturns(b.scope, b.person).ask(number, goods, why, ""), phone=phone
        )

    def apply(self, phone: str) -> None:
        self.market.ask(
            lambda b: ShopWholesale(b.scope, b.person, b.customer).apply("Kiosk", "near"), phone
        )

    # The seller.

    def _staff(self, port: Callable[[Scope, StaffRow], T], word: Callable[[T], object]) -> object:
        def work(scope: Scope) -> object:
            query = select(StaffRow).where(StaffRow.shop_id == scope.shop.id)
            return word(port(scope, scope.session.scalars(query).first()))

        return self.market.do(work)

    def approvals(self, word: Callable[[ShopApprovals], object]) -> object:
        return self._staff(ShopApprovals, word)

    def desk(self, word: Callable[[ReturnsDesk], object]) -> object:
        return self._staff(ReturnsDesk, word)

    def lacking(self, word: Callable[[LackingDesk], object]) -> object:
        return self._staff(LackingDesk, word)

    def deal(self, word: Callable[[ShopDeals], object]) -> object:
        return self._staff(ShopDeals, word)

    def coupon(self, making: Making | str) -> None:
        """Made, or ended by its code."""

        def work(scope: Scope) -> object:
            desk = ShopCoupons(scope)
            return desk.end(making) if isinstance(making, str) else desk.make(making)

        self.market.do(work)

    def bring(self, number: int) -> None:
        """The whole way, as far as it goes."""
        code = self.market.order(number).code
        for step in ("accept", "ready", "picked"):
            self.market.sell(lambda t, word=step: getattr(t, word)(number))
        self.market.sell(lambda t: t.delivered(number, code))

    # What happens by itself.

    def wait(self, hours: int) -> None:
        self.market.now += timedelta(hours=hours)
        for duty in DUTIES:
            found = self.market.do(lambda s, d=duty: d.find(s.session, Rules(), s.now, 50))
            for _, subject in found:
                self.market.do(lambda s, d=duty, i=subject: d.act(s, i))

    def refunds_arrive(self) -> None:
        def work(scope: Scope) -> None:
            query = select(RefundRow).where(RefundRow.status == "created")
            for refund in scope.session.scalars(query).all():
                refund.status = "succeeded"
                scope.session.flush()
                refund_settled(scope, refund.id, done=True)

        self.market.do(work)
