"""A whole shop in memory, as a customer's flow meets it. Every port is here, and keeps its promises:
stock is checked, prices are fresh, an order is placed only at the total that was seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from flows.haggling import Agreed, Counter, Final, haggle
from flows.money import Money
from flows.operator_sms import OperatorSms
from flows.ports import Ports
from flows.ports.bargains import Bargain, Countered, Struck
from flows.ports.cart import Cart, CartChange, CartLine, Gone, Reduced, Repriced
from flows.ports.catalogue import Category, Product, Variant
from flows.ports.delivery import Area, DeliveryOption, Fulfilment, Point
from flows.ports.orders import (
    Checkout,
    DeliveryStatus,
    Order,
    OrderLine,
    OrderStatus,
    PaymentStatus,
)
from flows.ports.payments import Attempt, AttemptStatus, Fit, RailOption, Way
from flows.ports.promotions import Promotion
from flows.ports.quote import FeeReason, Quote, Saving, SavingKind
from flows.ports.records import Claim, Claimed, MoneyBack, Receipt, Standing
from flows.ports.refusals import (
    AddressCosts,
    AgainCosts,
    AlreadyPaid,
    BadCode,
    BelowMinimum,
    CartChanged,
    CodeOver,
    DealDone,
    DoorCosts,
    EmptyCart,
    NeedsVariant,
    NoCodeWanted,
    NoPhone,
    NotBargained,
    NotEnough,
    NothingPaid,
    OnlyLeft,
    PromptOpen,
    RailUnavailable,
    Refusal,
    SoldOut,
    TooLate,
    TooMany,
    UnknownOrder,
    UnknownProduct,
    WrongStep,
)
from flows.ports.shop import Profile, ShopInfo
from flows.ports.slots import Slot
from flows.ports.wallet import (
    CodeSent,
    OrderPaidByWallet,
    Payout,
    PayoutStatus,
    WalletDone,
    WalletMove,
)
from flows.ports.wishes import Kept, SavedList
from intents.understanding import Catalogue, Entry
from tests.fakes.forgetting import FakeForgetting
from tests.fakes.loyalty import FakeCoupons, FakePoints, cheaper
from tests.fakes.places_named import FakeAddressBook
from tests.fakes.ratings import FakeRatings
from tests.fakes.returns import FakeReturns
from tests.fakes.sharing import FakeSharing
from tests.fakes.slots import FakeSlots
from tests.fakes.team import FakeJoining
from tests.fakes.wholesale import FakeWholesale

NOW = datetime(2026, 11, 21, 11, 5, tzinfo=UTC)
PHONE = "+256772123456"
CODE = "4321"
CODE_SENT = "482913"
GOODS_SAVINGS = (SavingKind.PROMOTION, SavingKind.COUPON, SavingKind.POINTS)
OPEN = (AttemptStatus.CREATED, AttemptStatus.SUBMITTED, AttemptStatus.PENDING)


def ugx(amount: int) -> Money:
    return Money(amount, "UGX")


SHOP = ShopInfo(
    slug="mama-njeri",
    name="Mama Njeri Foods",
    country="UG",
    currency="UGX",
    locales=("en", "sw"),
    timezone="Africa/Kampala",
    location="Nakasero Market, stall 14",
    hours=("08:00-20:00",) * 5 + ("09:00-18:00", ""),
)


def goods(
    sku: str,
    name: str,
    price: int,
    *,
    free: int | None = 20,
    category: str = "food",
    code: int = 0,
    unit: str | None = None,
    picture: str | None = None,
    variants: tuple[Variant, ...] = (),
) -> Product:
    return Product(sku, name, category, unit, ugx(price), free, code, picture, None, variants)


SHELF = (
    goods(
        "rice",
        "Rice",
        6000,
        code=12,
        variants=(
            Variant("rice-1kg", "1kg", ugx(6000), 20),
            Variant("rice-5kg", "5kg", ugx(24000), 9),
        ),
    ),
    goods(
        "milk", "Fresh milk", 3500, unit="packet", code=13, picture="https://pictures.example/m.jpg"
    ),
    goods("beans", "Beans", 5000, free=2, unit="kg", code=14),
    goods("soap", "Bar soap", 4000, category="home", code=15),
    goods("salt", "Salt", 1000, free=0, code=16),
)


@dataclass(frozen=True)
class Names:
    key: str
    entries: Sequence[Entry]


@dataclass
class FakeCatalogue:
    products_by_sku: dict[str, Product]
    category_names: dict[str, str]
    misses: list[str] = field(default_factory=list)

    @property
    def names(self) -> Catalogue:
        entries: list[Entry] = []
        for product in self.products_by_sku.values():
            entries.append(Entry(product.sku, product.name, category=product.category))
            entries += [
                Entry(v.sku, product.name, parent=product.sku, words=(v.label,))
                for v in product.variants
            ]
        return Names("fake", entries)

    def categories(self) -> Sequence[Category]:
        return [
            Category(key, name, len(self.in_category(key)))
            for key, name in self.category_names.items()
        ]

    def in_category(self, category: str, most: int | None = None) -> Sequence[Product]:
        return [p for p in self.products_by_sku.values() if p.category == category][:most]

    def beside(self, sku: str, most: int) -> Sequence[Product]:
        wanted = self.product(sku)
        if wanted is None or wanted.category is None:
            return []
        return [p for p in self.in_category(wanted.category) if p.sku != wanted.sku][:most]

    def product(self, sku: str) -> Product | None:
        if sku in self.products_by_sku:
            return self.products_by_sku[sku]
        return next((p for p in self.products_by_sku.values() if p.variant(sku)), None)

    def products(self, skus: Sequence[str]) -> Sequence[Product]:
        found = (self.product(sku) for sku in skus)
        return list({product.sku: product for product in found if product}.values())

    def by_code(self, code: int) -> Product | None:
        return next((p for p in self.products_by_sku.values() if p.code == code), None)

    def missed(self, mention: str) -> None:
        self.misses.append(mention)

    def price_and_stock(self, sku: str) -> tuple[str, Money, int | None] | None:
        product = self.product(sku)
        if product is None:
            return None
        variant = product.variant(sku)
        if variant is None:
            return product.name, product.price, product.free
        return f"{product.name} {variant.label}", variant.price, variant.free

    def change(self, sku: str, *, price: Money | None = None, free: int | None = None) -> None:
        """A seller's hand on the shelf. `free` left out keeps the stock."""
        product = self.product(sku)
        assert product is not None
        kind = product.variant(sku)
        if kind is None:
            product = replace(
                product,
                price=price or product.price,
                free=product.free if free is None else free,
            )
        else:
            new = replace(kind, price=price or kind.price, free=kind.free if free is None else free)
            kinds = tuple(new if v.sku == sku else v for v in product.variants)
            product = replace(product, variants=kinds)
        self.products_by_sku[product.sku] = product


@dataclass
class FakeCart:
    catalogue: FakeCatalogue
    most: int | None = None
    quantities: dict[str, int] = field(default_factory=dict)
    agreed: dict[str, Money] = field(default_factory=dict)
    seen_prices: dict[str, Money] = field(default_factory=dict)

    def read(self, *, refresh: bool = False) -> Cart:
        changes = self._refresh() if refresh else ()
        lines = tuple(line for sku in self.quantities if (line := self._line(sku)))
        subtotal = sum((line.total for line in lines), ugx(0))
        return Cart(lines, subtotal, tuple(changes))

    def add(self, sku: str, quantity: int) -> CartLine | Refusal:
        return self._put(sku, self.quantities.get(sku, 0) + quantity)

    def set(self, sku: str, quantity: int) -> CartLine | Refusal | None:
        if quantity == 0:
            self.quantities.pop(sku, None)
            return None
        return self._put(sku, quantity)

    def take(self, sku: str, quantity: int | None = None) -> CartLine | Refusal | None:
        left = self.quantities.get(sku, 0) - (quantity or self.quantities.get(sku, 0))
        return self.set(sku, max(left, 0))

    def clear(self) -> None:
        self.quantities.clear()

    def checking_out(self) -> None:
        pass

    def agreed_price(self, sku: str) -> Money | None:
        return self.agreed.get(sku)

    def _put(self, sku: str, quantity: int) -> CartLine | Refusal:
        found = self.catalogue.price_and_stock(sku)
        product = self.catalogue.product(sku)
        if found is None or product is None:
            return UnknownProduct(sku)
        name, price, free = found
        if product.variants and product.sku == sku:
            return NeedsVariant(sku, name)
        if free == 0:
            return SoldOut(name)
        if self.most is not None and quantity > self.most:
            return TooMany(name, self.most)
        if free is not None and quantity > free:
            return OnlyLeft(name, free, sku)
        price = self._price(sku, price)
        self.quantities[sku] = quantity
        self.seen_prices[sku] = price
        return CartLine(sku, name, quantity, price, price * quantity)

    def _line(self, sku: str) -> CartLine | None:
        found = self.catalogue.price_and_stock(sku)
        if found is None:
            return None
        quantity, price = self.quantities[sku], self._price(sku, found[1])
        return CartLine(sku, found[0], quantity, price, price * quantity)

    def _price(self, sku: str, listed: Money) -> Money:
        return min(listed, self.agreed.get(sku, listed))

    def _refresh(self) -> list[CartChange]:
        changes: list[CartChange] = []
        for sku, quantity in list(self.quantities.items()):
            found = self.catalogue.price_and_stock(sku)
            if found is None or found[2] == 0:
                changes.append(Gone(found[0] if found else sku, sku, quantity))
                del self.quantities[sku]
                continue
            name, price, free = found[0], self._price(sku, found[1]), found[2]
            if free is not None and free < quantity:
                changes.append(Reduced(name, free, sku, quantity - free))
                self.quantities[sku] = free
            if price != self.seen_prices.get(sku, price):
                changes.append(Repriced(name, self.seen_prices[sku], price))
            self.seen_prices[sku] = price
        return changes


@dataclass
class FakeBargains:
    """Haggles by the real rule over what has a floor in `floors`, and remembers what was said."""

    catalogue: FakeCatalogue
    cart: FakeCart
    floors: dict[str, int] = field(default_factory=dict)
    counters: dict[str, list[int]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    @property
    def anything(self) -> bool:
        return bool(self.floors)

    def about(self, sku: str) -> bool:
        product = self.catalogue.product(sku)
        kinds = {v.sku for v in product.variants} if product and product.sku == sku else set()
        return bool(({sku} | kinds) & self.floors.keys())

    def haggle(self, sku: str, offer: Money | None) -> Bargain | Refusal:
        found = self.standing(sku)
        if isinstance(found, Struck | Refusal):
            return found
        name, listed, _ = self._ware(sku)
        made = self.counters.setdefault(sku, [])
        bid = offer.minor if offer else None
        said = haggle(listed.minor, self.floors[sku], made, bid, listed.currency)
        if isinstance(said, Agreed):
            return self._strike(sku, said.price)
        opened, last = not made, isinstance(said, Final) or said.last
        if isinstance(said, Counter):
            made.append(said.price)
        return Countered(sku, name, listed, ugx(said.price), last, opened)

    def standing(self, sku: str) -> Bargain | Refusal | None:
        product = self.catalogue.product(sku)
        if product is None:
            return UnknownProduct(sku)
        if product.variants and product.sku == sku:
            return NeedsVariant(sku, product.name)
        name, listed, free = self._ware(sku)
        if sku not in self.floors:
            return NotBargained(name, listed)
        if free == 0:
            return SoldOut(name)
        if sku in self.cart.agreed:
            return self._struck(sku, anew=False)
        if sku in self.done:
            return DealDone(name, listed)
        made = self.counters.get(sku)
        if not made or made[-1] >= listed.minor:
            return None
        again = haggle(listed.minor, self.floors[sku], made, None, listed.currency)
        return Countered(sku, name, listed, ugx(made[-1]), isinstance(again, Final))

    def take(self, sku: str) -> Bargain | Refusal:
        found = self.standing(sku)
        if isinstance(found, Countered):
            return self._strike(sku, found.price.minor)
        return self.haggle(sku, None) if found is None else found

    def _ware(self, sku: str) -> tuple[str, Money, int | None]:
        found = self.catalogue.price_and_stock(sku)
        assert found is not None
        return found

    def _strike(self, sku: str, price: int) -> Struck:
        self.cart.agreed[sku] = ugx(price)
        self.done.add(sku)
        return self._struck(sku, anew=True)

    def _struck(self, sku: str, *, anew: bool) -> Struck:
        name, listed, _ = self._ware(sku)
        in_cart = self.cart.quantities.get(sku, 0)
        until = NOW + timedelta(hours=24)
        return Struck(sku, name, listed, self.cart.agreed[sku], until, in_cart, anew)


@dataclass
class FakeDelivery:
    ways: tuple[DeliveryOption, ...] = (
        DeliveryOption(Fulfilment.PICKUP, ugx(0), "ready in 30 min"),
        DeliveryOption(Fulfilment.STANDARD, ugx(5000), "60-90 min", varies=True),
        DeliveryOption(Fulfilment.EXPRESS, ugx(10000), "30-45 min"),
    )
    covered: tuple[str, ...] = ("Kamwokya", "Ntinda", "Ntinda Village", "Wandegeya")
    dear: dict[str, Money] = field(default_factory=dict)
    map: dict[Point, str] = field(default_factory=dict)
    off_the_map: set[Point] = field(default_factory=set)
    misses: list[str] = field(default_factory=list)

    def options(self, goods: Money | None = None) -> Sequence[DeliveryOption]:
        return self.ways

    def find(self, text: str) -> Sequence[Area]:
        if not self.covered:
            return (Area(text),)
        said = text.casefold()
        exact = [name for name in self.covered if name.casefold() == said]
        near = [name for name in self.covered if name.casefold() in said or said in name.casefold()]
        return [Area(name, "central") for name in exact or near]

    def around(self, point: Point) -> Area | None:
        name = self.map.get(point)
        return Area(name, "central", point) if name else None

    def beyond(self, point: Point) -> bool:
        return point in self.off_the_map

    def missed(self, text: str) -> None:
        self.misses.append(text)

    def areas(self) -> Sequence[str]:
        return self.covered

    def fee(self, kind: Fulfilment, area: Area | None, goods: Money | None = None) -> Money:
        return next(way.fee for way in self.ways if way.kind is kind)

    def dearer(self, kind: Fulfilment, before: Area, after: Area, goods: Money) -> Money | None:
        return self.dear.get(after.name)


@dataclass
class FakeOrders:
    """`again_fee` is what another try costs; `again` are the orders for which one was asked."""

    cart: FakeCart
    delivery: FakeDelivery
    customer: "FakeCustomer"
    minimum: Money | None = None
    placed: dict[int, Order] = field(default_factory=dict)
    savings: tuple[Saving, ...] = ()
    coupons: FakeCoupons = field(default_factory=FakeCoupons)
    points: FakePoints = field(default_factory=FakePoints)
    tax: Money = field(default_factory=lambda: ugx(0))
    waives_minimum: bool = False
    fee_reasons: tuple[FeeReason, ...] = ()
    again_fee: Money | None = None
    again: list[int] = field(default_factory=list)

    def try_again(self, number: int, agreed: Money | None = None) -> Order | Refusal:
        order = self.placed.get(number)
        if order is None:
            return UnknownOrder(number)
        if order.delivery is not DeliveryStatus.FAILED:
            return WrongStep(number, str(order.delivery))
        if self.again_fee and self.again_fee != agreed:
            return AgainCosts(number, self.again_fee)
        self.again.append(number)
        return order

    def fetch(self, number: int) -> Order | Refusal:
        order = self.placed.get(number)
        if order is None:
            return UnknownOrder(number)
        if not order.nobody_brings:
            return WrongStep(number, str(order.delivery))
        return self.update(
            number,
            fulfilment=Fulfilment.PICKUP,
            delivery_fee=ugx(0),
            total=order.total - order.delivery_fee,
            delivery=DeliveryStatus.CANCELLED,
            nobody_brings=False,
        )

    def mine(self, limit: int = 5) -> Sequence[Order]:
        return sorted(self.placed.values(), key=lambda order: -order.number)[:limit]

    def find(self, number: int) -> Order | None:
        return self.placed.get(number)

    def quote(self, kind: Fulfilment | None = None, area: Area | None = None) -> Quote:
        subtotal = self.cart.read().subtotal
        fee = self.delivery.fee(kind, area) if kind is not None else ugx(0)
        kinds = (SavingKind.DELIVERY,) if kind is not None else ()
        savings = tuple(s for s in self.savings if s.kind in (*GOODS_SAVINGS, *kinds))
        sent = sum((s.amount for s in savings if s.kind is SavingKind.DELIVERY), ugx(0))
        off = sum((s.amount for s in savings if s.kind is not SavingKind.DELIVERY), ugx(0))
        fee -= sent
        total = subtotal - off + fee + self.tax
        waived, reasons = self.waives_minimum, self.fee_reasons
        quote = Quote(subtotal, savings, fee, self.tax, total, waived, reasons)
        return cheaper(quote, self.coupons, self.points)

    def place(self, checkout: Checkout, *, expected: Money) -> Order | Refusal:
        cart = self.cart.read(refresh=True)
        if not cart.lines:
            return EmptyCart()
        if self.minimum is not None and cart.subtotal < self.minimum:
            return BelowMinimum(self.minimum, self.minimum - cart.subtotal)
        quote = self.quote(checkout.fulfilment, checkout.area)
        if cart.changes or quote.total != expected:
            return CartChanged()
        number = 1001 + len(self.placed)
        order = an_order(
            number,
            lines=tuple(
                OrderLine(x.sku, x.name, x.quantity, x.unit_price, x.total) for x in cart.lines
            ),
            subtotal=cart.subtotal,
            delivery_fee=quote.fee,
            discount=quote.discount,
            savings=quote.savings,
            total=quote.total,
            tax=quote.tax or None,
            fulfilment=checkout.fulfilment,
            rail=checkout.rail,
            area=checkout.area.name if checkout.area else None,
            landmark=checkout.landmark,
            at=checkout.area.at if checkout.area else None,
            payer=checkout.payer,
            slot=Slot(checkout.slot, checkout.slot) if checkout.slot else None,
        )
        self.placed[number] = order
        self.cart.clear()
        self.cart.agreed.clear()
        self.coupons.kept = self.points.wanted = None
        profile = self.customer.kept
        self.customer.kept = replace(
            profile,
            area=order.area or profile.area,
            landmark=order.landmark or profile.landmark,
            at=order.at,
            payer=order.payer or profile.payer,
            rail=order.rail,
        )
        return order

    def cancel(self, number: int, reason: str) -> Order | Refusal:
        order = self.placed.get(number)
        if order is None:
            return UnknownOrder(number)
        if order.status not in (OrderStatus.PENDING, OrderStatus.CONFIRMED):
            return TooLate(number)
        return self.update(number, status=OrderStatus.CANCELLED)

    def change_address(
        self,
        number: int,
        area: Area,
        landmark: str | None,
        agreed: Money | None = None,
        *,
        at_door: bool = False,
    ) -> Order | Refusal:
        before = self.placed[number]
        if before.status is OrderStatus.SHIPPED:
            return TooLate(number)
        fee = self.delivery.dear.get(area.name, before.delivery_fee)
        if before.payment_status is PaymentStatus.PAID:
            now = before.due_at_door or Money.zero(fee.currency)
            due = fee - before.delivery_fee
            if due > now and (agreed, at_door) != (due - now, True):
                return DoorCosts(number, area.name, due - now, due)
            return self.update(number, area=area.name, landmark=landmark, due_at_door=due or None)
        more, total = fee - before.delivery_fee, before.total + fee - before.delivery_fee
        if more.minor > 0 and more != agreed:
            return AddressCosts(number, area.name, more, total)
        where = {"area": area.name, "landmark": landmark}
        return self.update(number, **where, delivery_fee=fee, total=total)

    def choose_cash(self, number: int) -> Order | Refusal:
        if self.placed[number].payment_status is PaymentStatus.PAID:
            return AlreadyPaid(number)
        return self.update(number, rail="cash", payer=None)

    def update(self, number: int, **changes: object) -> Order:
        """What the shop, a rider or the money does to an order."""
        self.placed[number] = replace(self.placed[number], **changes)  # type: ignore[arg-type]
        return self.placed[number]


def an_order(number: int = 1001, **changes: object) -> Order:
    """A cash order of two sacks of rice to Kamwokya, as just placed."""
    order = Order(
        id=f"order-{number}",
        number=number,
        status=OrderStatus.PENDING,
        payment_status=PaymentStatus.PENDING,
        lines=(OrderLine("rice-5kg", "Rice 5kg", 2, ugx(24000), ugx(48000)),),
        subtotal=ugx(48000),
        delivery_fee=ugx(5000),
        discount=ugx(0),
        total=ugx(53000),
        fulfilment=Fulfilment.STANDARD,
        rail="cash",
        channel="whatsapp",
        person="person-1",
        customer_phone=PHONE,
        customer_name="Amina",
        created_at=NOW,
        code=CODE,
        area="Kamwokya",
        eta="60-90 min",
    )
    return replace(order, **changes)  # type: ignore[arg-type]


@dataclass
class FakePayments:
    orders: FakeOrders
    rails: tuple[RailOption, ...] = (
        RailOption("mtn-momo", Way.PROMPT),
        RailOption("cash", Way.CASH),
    )
    prefixes: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "mtn-momo": ("+25677", "+25678", "+25676"),
            "airtel": ("+25670", "+25675"),
        }
    )
    attempts: list[Attempt] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    codes: list[tuple[int | None, str]] = field(default_factory=list)

    def options(
        self, amount: Money | None = None, payer: str | None = None
    ) -> Sequence[RailOption]:
        phone = payer or self.orders.customer.kept.phone or ""
        fitting = [replace(rail, fit=self._fit(rail, phone)) for rail in self.rails]
        if any(rail.prompts and rail.fit is not Fit.NO for rail in fitting):
            fitting = [rail for rail in fitting if not rail.prompts or rail.fit is not Fit.NO]
        last = self.orders.customer.kept.rail
        return sorted(fitting, key=lambda rail: (rail.troubled, rail.name != last))

    def _fit(self, rail: RailOption, phone: str) -> Fit:
        if not rail.prompts:
            return Fit.MAYBE
        return Fit.OWN if self.payer_ok(rail.name, phone) else Fit.NO

    def way(self, rail: str, amount: Money | None = None) -> Way | None:
        return next((option.way for option in self.rails if option.name == rail), None)

    def payer_ok(self, rail: str, phone: str) -> bool:
        return phone.startswith(self.prefixes.get(rail, ()))

    def open(self, number: int, rail: str, payer: str) -> Attempt | Refusal:
        order = self.orders.placed.get(number)
        if order is None:
            return UnknownOrder(number)
        if order.payment_status is PaymentStatus.PAID:
            return AlreadyPaid(number)
        way = next((option.way for option in self.rails if option.name == rail), None)
        if way is None or (way is Way.PROMPT and not self.payer_ok(rail, payer)):
            return RailUnavailable(rail)
        latest = self.latest(number)
        if latest is not None and latest.status in OPEN:
            return PromptOpen(latest.payer, NOW + timedelta(minutes=5))
        attempt = Attempt(
            f"attempt-{len(self.attempts)}",
            number,
            rail,
            payer,
            order.total,
            AttemptStatus.CREATED,
            expires_at=NOW + timedelta(minutes=5),
        )
        self.attempts.append(attempt)
        return attempt

    def ask(self, number: int) -> Attempt | None:
        self.asked.append(number)
        return self.latest(number)

    def hand_on(self, number: int | None, code: str) -> Attempt | Refusal:
        latest = self.latest(number)
        if latest is None or not latest.wants_code:
            return NoCodeWanted()
        self.codes.append((number, code))
        return self.change(latest, wants_code=False)

    def change(self, attempt: Attempt, **changes: object) -> Attempt:
        """What the provider says of an attempt."""
        changed = replace(attempt, **changes)  # type: ignore[arg-type]
        self.attempts[self.attempts.index(attempt)] = changed
        return changed

    def latest(self, number: int | None) -> Attempt | None:
        tried = [attempt for attempt in self.attempts if attempt.order_number == number]
        return tried[-1] if tried else None

    def end(self, number: int, status: AttemptStatus) -> None:
        """The provider has spoken."""
        latest = self.latest(number)
        assert latest is not None
        self.attempts[self.attempts.index(latest)] = replace(latest, status=status)
        if status is AttemptStatus.SUCCEEDED:
            self.orders.update(
                number, payment_status=PaymentStatus.PAID, status=OrderStatus.CONFIRMED
            )


@dataclass
class FakeWallet:
    """Keeps one wallet. The code that it "sends" is always CODE_SENT."""

    payments: FakePayments
    orders: FakeOrders
    kept: bool = True
    money: Money = field(default_factory=lambda: ugx(0))
    moved: list[WalletMove] = field(default_factory=list)
    waits: tuple[CodeSent, int | None] | None = None
    tries: int = 3
    fee: Money = field(default_factory=lambda: ugx(0))
    paid_out: list[Payout] = field(default_factory=list)
    late_money: dict[int, Money] = field(default_factory=dict)

    def open(self) -> bool:
        return self.kept

    def balance(self) -> Money:
        return self.money

    def moves(self, most: int = 5) -> Sequence[WalletMove]:
        return self.moved[:most]

    def top_up(self, amount: Money, rail: str, payer: str) -> Attempt | Refusal:
        attempt = Attempt("top-up", None, rail, payer, amount, AttemptStatus.CREATED)
        self.payments.attempts.append(attempt)
        return attempt

    def latest_top_up(self) -> Attempt | None:
        return self.payments.latest(None)

    def pay(self, number: int) -> CodeSent | Refusal:
        order = self.orders.placed.get(number)
        if order is None:
            return UnknownOrder(number)
        if order.payment_status is PaymentStatus.PAID:
            return AlreadyPaid(number)
        return self._send(order.total, ugx(0), number)

    def withdraw(self, amount: Money, rail: str | None = None) -> CodeSent | Refusal:
        return self._send(amount, self.fee, None)

    def _send(self, amount: Money, fee: Money, number: int | None) -> CodeSent | Refusal:
        phone = self.orders.customer.kept.phone
        if phone is None:
            return NoPhone()
        if self.money < amount + fee:
            return NotEnough(self.money, amount + fee)
        sent = CodeSent(phone, amount, fee, NOW + timedelta(minutes=5))
        self.waits, self.tries = (sent, number), 3
        return sent

    def confirm(self, code: str) -> WalletDone | Refusal:
        if self.waits is None:
            return NoCodeWanted()
        sent, number = self.waits
        if code != CODE_SENT:
            self.tries -= 1
            if self.tries:
                return BadCode(self.tries)
            self.waits = None
            return CodeOver()
        self.waits = None
        self.money = self.money - sent.amount - sent.fee
        if number is None:
            done = Payout(
                "p", sent.amount, sent.fee, sent.phone, "mtn-momo", PayoutStatus.CREATED, NOW
            )
            self.paid_out.append(done)
            return done
        self.orders.update(number, payment_status=PaymentStatus.PAID, status=OrderStatus.CONFIRMED)
        return OrderPaidByWallet(number, sent.amount, self.money)

    def waiting(self) -> CodeSent | None:
        return self.waits[0] if self.waits else None

    def late(self, number: int, *, keep: bool) -> Money | Refusal:
        came = self.late_money.pop(number, None)
        if came is None:
            return NothingPaid()
        self.money += came if keep else came - came
        return came

    def withdrawal(self) -> Payout | None:
        return self.paid_out[-1] if self.paid_out else None


@dataclass
class FakeRecords:
    """Receipts of the orders that are paid; `given` goes back; what an SMS `claims` is decided before."""

    orders: FakeOrders
    given: list[MoneyBack] = field(default_factory=list)
    claims: Claimed = field(default_factory=lambda: Claimed(Claim.NONE))
    held: list[OperatorSms] = field(default_factory=list)

    def receipt(self, number: int | None = None) -> Receipt | Refusal:
        paid = [o for o in self.orders.mine() if o.payment_status is PaymentStatus.PAID]
        if number is not None and self.orders.find(number) is None:
            return UnknownOrder(number)
        order = next((o for o in paid if number in (None, o.number)), None)
        if order is None:
            return NothingPaid()
        return Receipt(
            order.number,
            SHOP.name,
            order.lines,
            order.delivery_fee,
            order.discount,
            order.total,
            ugx(0),
            order.rail,
            NOW,
            Standing.PAID,
            reference="4471",
            link="https://sokoni.example/r/2b7k4m9x0q3w8e5r1t6y0z",
        )

    def backs(self, number: int | None = None) -> Sequence[MoneyBack]:
        return [back for back in self.given if number in (None, back.number)]

    def claimed(self, sms: OperatorSms) -> Claimed:
        self.held.append(sms)
        return self.claims


@dataclass
class FakeCustomer:
    kept: Profile = field(default_factory=lambda: Profile(PHONE, "Amina", None))

    def profile(self) -> Profile:
        return self.kept

    def choose_locale(self, locale: str) -> None:
        self.kept = replace(self.kept, locale=locale)

    def keep_contact(self, phone: str) -> None:
        self.kept = replace(self.kept, contact=phone)

    def opt_out(self) -> None:
        self.kept = replace(self.kept, opted_out=True)

    def opt_in(self) -> None:
        self.kept = replace(self.kept, opted_out=False)


@dataclass
class FakeOffers:
    """What runs, and what has a sale price."""

    catalogue: FakeCatalogue
    running: tuple[Promotion, ...] = ()
    sale: tuple[str, ...] = ()

    def promotions(self) -> Sequence[Promotion]:
        return self.running

    def on_sale(self) -> Sequence[Product]:
        return self.catalogue.products(self.sale)


@dataclass
class FakeDesk:
    """`said` is what reached the seller."""

    holding: bool = False
    said: list[str] = field(default_factory=list)

    def hand_over(self, words: str) -> None:
        self.holding = True
        self.said.append(words)

    def take_back(self) -> None:
        self.holding = False

    def pass_on(self, words: str) -> None:
        self.said.append(words)


@dataclass
class FakeFacts:
    recorded: list[tuple[str, dict[str, str | int | None]]] = field(default_factory=list)

    def record(self, name: str, **values: str | int | None) -> None:
        self.recorded.append((name, values))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.recorded]


LANGUAGES = {"en": "English", "sw": "Kiswahili", "fr": "Français"}


@dataclass
class FakeLanguages:
    known: tuple[str, ...] = tuple(LANGUAGES)

    def name(self, locale: str) -> str:
        return LANGUAGES.get(locale, locale)

    def names(self, locales: Sequence[str]) -> Sequence[tuple[str, str]]:
        return [(locale, self.name(locale)) for locale in locales if locale in self.known]


@dataclass
class FakeWishes:
    wishes: list[str] = field(default_factory=list)
    saved: dict[str, SavedList] = field(default_factory=dict)

    def keep(self, sku: str) -> None:
        self.drop(sku)
        self.wishes.insert(0, sku)

    def drop(self, sku: str) -> None:
        if sku in self.wishes:
            self.wishes.remove(sku)

    def wished(self) -> Sequence[str]:
        return tuple(self.wishes)

    def save_list(self, name: str, lines: Sequence[Kept]) -> SavedList:
        self.saved[name.casefold()] = SavedList(name, tuple(lines), NOW)
        return self.saved[name.casefold()]

    def lists(self) -> Sequence[SavedList]:
        return tuple(reversed(self.saved.values()))

    def drop_list(self, name: str) -> None:
        self.saved.pop(name.casefold(), None)


class FakeShop:
    """All ports of one customer at one shop, and a hand on everything behind them."""

    def __init__(self, shelf: Iterable[Product] = SHELF, info: ShopInfo = SHOP) -> None:
        self.info = info
        self.catalogue = FakeCatalogue(
            {product.sku: product for product in shelf}, {"food": "Food", "home": "Household"}
        )
        self.cart = FakeCart(self.catalogue)
        self.bargains = FakeBargains(self.catalogue, self.cart)
        self.delivery = FakeDelivery()
        self.customer = FakeCustomer()
        self.orders = FakeOrders(self.cart, self.delivery, self.customer)
        self.coupons, self.points = self.orders.coupons, self.orders.points
        self.payments = FakePayments(self.orders)
        self.wallet = FakeWallet(self.payments, self.orders, kept=False)
        self.records = FakeRecords(self.orders)
        self.sharing = FakeSharing()
        self.joining = FakeJoining()
        self.wholesale = FakeWholesale()
        self.offers = FakeOffers(self.catalogue)
        self.returns = FakeReturns(self.orders)
        self.slots = FakeSlots()
        self.ratings = FakeRatings(self.orders)
        self.desk = FakeDesk()
        self.facts = FakeFacts()
        self.wishes = FakeWishes()
        self.address_book = FakeAddressBook()
        self.forgetting = FakeForgetting()
        self.languages = FakeLanguages()

    def ports(self, medium: str = "whatsapp") -> Ports:
        return Ports(
            now=NOW,
            medium=medium,
            shop=self.info,
            customer=self.customer,
            catalogue=self.catalogue,
            cart=self.cart,
            bargains=self.bargains,
            delivery=self.delivery,
            orders=self.orders,
            payments=self.payments,
            desk=self.desk,
            facts=self.facts,
            languages=self.languages,
            wallet=self.wallet,
            coupons=self.coupons,
            points=self.points,
            records=self.records,
            sharing=self.sharing,
            joining=self.joining,
            wholesale=self.wholesale,
            wishes=self.wishes,
            forgetting=self.forgetting,
            address_book=self.address_book,
            returns=self.returns,
            ratings=self.ratings,
            slots=self.slots,
            offers=self.offers,
        )
