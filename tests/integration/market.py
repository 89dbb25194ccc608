"""A small market for tests: one shop out of a file, people who buy, sell and ride, a clock that is moved
by hand, and everything that was told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from flows.happenings import Happening
from flows.money import Money
from flows.ports.delivery import Area, Fulfilment
from flows.ports.orders import Checkout, Order
from store.bargaining import ShopBargains
from store.cart import ShopCart
from store.catalogue import ShopCatalogue
from store.coupons.carts import CartCoupons
from store.customers import ShopCustomer, get_or_create
from store.delivery import ShopDelivery
from store.ids import new_reference
from store.loyalty.carts import CartPoints
from store.models import AttemptRow, PersonRow, RiderRow, ShopRow, StaffRow
from store.orders.customer_orders import CustomerOrders
from store.people import upsert_person
from store.rides import ShopRides
from store.rules import Rules
from store.scope import Scope
from store.shopfile import load, read_text
from store.trade import ShopTrade
from store.transaction import Sessions, run

T = TypeVar("T")

NOON = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # A Wednesday, 12:00 in Kampala.

SHOP = """
[shop]
slug = "njeri"
name = "Mama Njeri"
country = "UG"
locales = ["en"]
owner = "+256700000101"
alerts = ["+256700000101"]

[[lines]]
channel = "sms"
provider = "africastalking"
address = "20880"
keyword = "NJERI"

[[products]]
sku = "rice"
name = "Rice"
category = "Grains"
aliases = ["mchele"]
[[products.variants]]
sku = "rice-5kg"
attributes = { size = "5kg" }
price = 24000
stock = 40
[[products.variants]]
sku = "rice-25kg"
attributes = { size = "25kg" }
price = 115000
stock = 12

[[products]]
sku = "oil"
name = "Cooking oil"
category = "Kitchen"
price = 9000
wholesale_price = 8000
stock = 20

[[products]]
sku = "salt"
name = "Salt"
category = "Kitchen"
price = 1500

[[products]]
sku = "matooke"
name = "Matooke"
category = "Fresh"
price = 28000
stock = 1

[delivery]
standard = { fee = 5000, eta = "60-90 min" }
express = { fee = 10000 }

[[zones]]
name = "Near"
areas = ["Kamwokya", "Bukoto"]
fee = 3000

[[zones]]
name = "Far"
areas = ["Ntinda", "Najjera", "Old Kampala"]
fee = 8000
eta = "2 hours"

[[riders]]
name = "Okello"
phone = "+256700000111"

[[riders]]
name = "Namata"
phone = "+256700000112"

[[riders]]
name = "Mugisha"
phone = "+256700000113"
zones = ["Far"]

[payments]
rails = ["mtn-momo", "cash"]
"""

AMINA = "+256772000001"
KAMWOKYA = Area("Kamwokya", "Near")


@dataclass
class Market:
    """`sessions` may be of either engine; `now` is the clock."""

    sessions: Sessions
    now: datetime = NOON
    rules: Rules = field(default_factory=Rules)
    told: list[Happening] = field(default_factory=list)
    chance: Random = field(default_factory=lambda: Random(7))
    slug: str = "njeri"

    def open(self, text: str = SHOP) -> "Market":
        run(self.sessions, lambda s: load(s, [read_text(text, "njeri.toml")], self.now))
        return self

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def do(self, work: Callable[[Scope], T]) -> T:
        """One committed transaction at the shop; what it tells is heard only when it commits."""
        told: list[Happening] = []

        def attempt(session) -> T:
            told.clear()
            shop = session.scalars(select(ShopRow).where(ShopRow.slug == self.slug)).one()
            return work(Scope(session, shop, self.now, told.append, self.rules, self.chance))

        result = run(self.sessions, attempt)
        self.told.extend(told)
        return result

    def heard(self, kind: type[Happening]) -> list:
        """What was told of one kind, oldest first."""
        return [happening for happening in self.told if isinstance(happening, kind)]

    @contextmanager
    def fresh(self) -> Iterator[None]:
        """Forget what was told before."""
        self.told.clear()
        yield

    def buy(
        self,
        *wanted: tuple[str, int],
        phone: str = AMINA,
        rail: str = "cash",
        fulfilment: Fulfilment = Fulfilment.STANDARD,
        area: Area | None = KAMWOKYA,
    ) -> Order:
        """Fill a cart and place it; fails where anything is refused."""
        placed = self.try_to_buy(*wanted, phone=phone, rail=rail, fulfilment=fulfilment, area=area)
        assert isinstance(placed, Order), placed
        return placed

    def try_to_buy(
        self, *wanted, phone=AMINA, rail="cash", fulfilment=Fulfilment.STANDARD, area=KAMWOKYA
    ):
        def work(scope: Scope):
            buyer = Buying(scope, phone)
            for sku, quantity in wanted:
                buyer.cart.add(sku, quantity)
            checkout = Checkout(fulfilment, rail, area, "near the mosque", phone)
            total = buyer.orders.quote(fulfilment, area).total
            return buyer.orders.place(checkout, expected=total)

        return self.do(work)

    def pay(self, order: Order, status: str = "succeeded") -> UUID:
        """An attempt that took the order's money, as the payments write it."""

        def work(scope: Scope) -> UUID:
            row = AttemptRow(
                id=new_reference(),
                shop_id=scope.shop.id,
                order_id=UUID(order.id),
                rail="mtn-momo",
                payer=AMINA,
                amount=order.total.minor,
                currency=order.total.currency,
                status=status,
                medium="sms",
                submit_after=scope.now,
                created_at=scope.now,
            )
            scope.session.add(row)
            return row.id

        return self.do(work)

    def order(self, number: int) -> Order:
        found = self.do(lambda scope: self.trade(scope).find(number))
        assert found is not None
        return found

    def trade(self, scope: Scope) -> ShopTrade:
        staff = scope.session.scalars(select(StaffRow).where(StaffRow.shop_id == scope.shop.id))
        return ShopTrade(scope, staff.first())

    def rides(self, scope: Scope, name: str) -> ShopRides:
        rider = scope.session.scalars(
            select(RiderRow).where(RiderRow.shop_id == scope.shop.id, RiderRow.name == name)
        ).one()
        return ShopRides(scope, rider)

    def sell(self, word: Callable[[ShopTrade], T]) -> T:
        return self.do(lambda scope: word(self.trade(scope)))

    def ride(self, name: str, word: Callable[[ShopRides], T]) -> T:
        return self.do(lambda scope: word(self.rides(scope, name)))

    def ask(self, word: Callable[["Buying"], T], phone: str = AMINA) -> T:
        return self.do(lambda scope: word(Buying(scope, phone)))


class Buying:
    """One customer's ports in one transaction."""

    def __init__(self, scope: Scope, phone: str, medium: str = "sms") -> None:
        self.scope = scope
        self.person: PersonRow = upsert_person(scope.session, phone, None, scope.now)
        self.customer = get_or_create(scope.session, scope.shop.id, self.person.id, scope.now)
        self.catalogue = ShopCatalogue(scope, self.customer.price_list)
        self.cart = ShopCart(scope, self.person.id, self.catalogue)
        self.bargains = ShopBargains(scope, self.person.id, self.catalogue, self.cart)
        self.delivery = ShopDelivery(scope, self.person.id)
        self.profile = ShopCustomer(scope, self.person, self.customer)
        self.orders = CustomerOrders(
            scope, self.person, self.customer, medium, self.cart, self.delivery
        )
        self.coupons = CartCoupons(scope, self.person, self.cart, self.orders.quoting)
        self.points = CartPoints(scope, self.person, self.customer, self.cart)

    def wishing(self) -> ShopCatalogue:
        """The catalogue as the person's own turn has it, so that what they ask for in vain counts."""
        return ShopCatalogue(self.scope, self.customer.price_list, asker=self.person.id)


def ugx(amount: int) -> Money:
    return Money(amount, "UGX")
