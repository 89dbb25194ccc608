"""Walks through the customer's whole conversation, breadth first, for tests that look at every reply."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from flows.customer.draft import Draft, Task
from flows.heard import Choice, Dialled, Entered, Heard
from flows.place import Place, Spot
from flows.ports.address_book import NamedPlace
from flows.ports.delivery import Fulfilment
from flows.ports.loyalty import Why
from flows.ports.orders import DeliveryStatus, OrderLine, OrderStatus, PaymentStatus, RiderRef
from flows.ports.payments import AttemptStatus, RailOption, Way
from flows.ports.promotions import Promotion, PromotionKind
from flows.ports.quote import FeeCause, FeeReason, Saving, SavingKind
from flows.ports.ratings import Average, Rating
from flows.ports.records import BackStatus, Claim, Claimed, MoneyBack
from flows.ports.refusals import CouponRefused, MoneyLeft, OrderOpen
from flows.ports.shop import Profile
from flows.ports.wallet import Move, WalletMove
from flows.ports.wholesale import Buying
from flows.ports.wishes import Kept
from flows.reply import Reply
from intents.intent import Intent
from intents.understanding import Asked, Understanding
from intents.wish import Wish, Wished
from tests.fakes.conversation import Conversation, item, said
from tests.fakes.ports import CODE_SENT, NOW, PHONE, FakeShop, an_order, ugx
from tests.fakes.sharing import NOBODY
from tests.fakes.slots import a_slot

# What a person might answer where an answer in words is expected.
ANSWERS: dict[Asked, tuple[Heard, ...]] = {
    Asked.QUANTITY: (
        said(Intent.UPDATE_CART, item(None, 2, "2"), text="two"),
        said(Intent.UPDATE_CART, item(None, "2.5", "2.5"), text="2.5"),
        said(Intent.NEGOTIATE, amount=Decimal(15000), text="15000"),
    ),
    Asked.PRODUCT: (
        said(Intent.SEARCH, item("milk")),
        said(Intent.SEARCH, item(None, mention="rice", candidates=("rice", "milk"))),
        said(Intent.SEARCH, item(None, mention="caviar")),
    ),
    Asked.AREA: (
        said(Intent.ASK_DELIVERY, area="Kamwokya", text="kamwokya"),
        said(Intent.ASK_DELIVERY, area="Ntin", text="ntin"),
        said(Intent.ASK_DELIVERY, area="Paris", text="paris"),
    ),
    Asked.LANDMARK: (said(Intent.OUT_OF_SCOPE, text="blue gate"),),
    Asked.PHONE: (said(Intent.OUT_OF_SCOPE, phone="+256772000001"),),
    Asked.YES_NO: (said(Intent.AFFIRM), said(Intent.DENY)),
    Asked.ORDER: (said(Intent.TRACK_ORDER, order=1001),),
    Asked.LANGUAGE: (said(Intent.CHANGE_LANGUAGE, locale_change="sw"),),
    Asked.AMOUNT: (
        said(Intent.OUT_OF_SCOPE, amount=Decimal(5000), text="5000"),
        said(Intent.OUT_OF_SCOPE, amount=Decimal("0.5"), text="0.5"),
    ),
    Asked.CODE: (
        said(Intent.OUT_OF_SCOPE, text="111111"),
        said(Intent.OUT_OF_SCOPE, text=CODE_SENT),
    ),
    Asked.REASON: (),
    Asked.CHOICE: (),
}


FORWARDED = (
    "You have paid UGX 53,000 to MAMA NJERI FOODS. Transaction ID: 12345678901. Fee UGX 0. "
    "New balance: UGX 12,500."
)
SAVINGS = (
    Saving(SavingKind.PROMOTION, "FRIDAY", ugx(4_800)),
    Saving(SavingKind.COUPON, "EID10", ugx(2_000)),
    Saving(SavingKind.POINTS, "", ugx(500)),
    Saving(SavingKind.DELIVERY, "SENT", ugx(5_000)),
)
PROMOTIONS = (
    Promotion("FRIDAY", PromotionKind.PERCENTAGE, percent=Decimal(10), on=("Rice",), until=NOW),
    Promotion("SENT", PromotionKind.FREE_DELIVERY, least=ugx(100_000)),
)
MOSES = RiderRef("rider-1", "Moses Ssekandi", "+256772200001")
# More of one thing than is counted by choosing.
THREE_LINES = tuple(
    OrderLine(sku, name, count, ugx(6000), ugx(6000) * count)
    for sku, name, count in (
        ("rice-1kg", "Rice 1kg", 12),
        ("soap", "Bar soap", 1),
        ("milk", "Milk", 3),
    )
)
AGAIN = said(Intent.OUT_OF_SCOPE, confidence=0.2, wish=Wished(Wish.TRY_AGAIN))
LATER = said(Intent.OUT_OF_SCOPE, confidence=0.2, wish=Wished(Wish.SCHEDULE))
REVIEWS = said(Intent.OUT_OF_SCOPE, confidence=0.2, wish=Wished(Wish.REVIEWS))
CARRIED = {"delivery": DeliveryStatus.PICKED_UP, "delivery_since": NOW}
# An order on its way.
STEPS: tuple[Mapping[str, object], ...] = (
    {"status": OrderStatus.CONFIRMED, "payment_status": PaymentStatus.PAID},
    {"status": OrderStatus.PROCESSING, "rider": MOSES, "delivery": DeliveryStatus.ACCEPTED},
    {"status": OrderStatus.PROCESSING, "fulfilment": Fulfilment.PICKUP},
    {"status": OrderStatus.SHIPPED, "rider": MOSES, **CARRIED},
    {"status": OrderStatus.SHIPPED, **CARRIED},
    {"status": OrderStatus.SHIPPED, "rider": MOSES, "delivery": DeliveryStatus.FAILED},
    {"status": OrderStatus.RETURNED},
    {"status": OrderStatus.CANCELLED},
    {"status": OrderStatus.CONFIRMED, "slot": a_slot(1)},
)


def wished(wish: Wish) -> Understanding:
    return replace(said(Intent.OUT_OF_SCOPE, text=wish.value), wish=Wished(wish))


@dataclass
class Walked:
    """What a walk met: replies by state, and what was heard to get there."""

    replies: list[tuple[str, Heard, Reply]] = field(default_factory=list)
    states: set[str] = field(default_factory=set)
    talks: dict[str, Conversation] = field(default_factory=dict)


def starts(
    medium: str, shop: Callable[[], FakeShop] = FakeShop
) -> Iterator[tuple[Conversation, Heard]]:
    """Fresh, in the middle of things, and with orders at several steps."""
    dial: Heard = Dialled() if medium == "ussd" else said(Intent.GREET)
    yield Conversation(shop(), medium), dial
    busy = shop()
    busy.cart.add("rice-5kg", 2)
    busy.cart.add("milk", 1)
    busy.orders.placed[1001] = an_order(1001, rail="mtn-momo", payer="+256772123456")
    busy.orders.placed[1002] = an_order(1002)
    yield Conversation(busy, medium), dial
    yield (
        Conversation(deepcopy(busy), medium),
        said(
            Intent.ADD_TO_CART, item(None, 2, "ri", candidates=("rice", "milk")), item("beans", 9)
        ),
    )
    yield Conversation(deepcopy(busy), medium), said(Intent.CANCEL_ORDER)
    for number, step in enumerate(STEPS, 1001):
        under_way = shop()
        under_way.orders.placed[number] = an_order(number, **step)
        yield Conversation(under_way, medium), said(Intent.TRACK_ORDER, order=number)
    rainy = shop()
    rainy.cart.add("milk", 1)
    rainy.orders.fee_reasons = tuple(FeeReason(c, ugx(100_000)) for c in FeeCause)
    yield Conversation(rainy, medium), said(Intent.CHECKOUT)
    hidden = shop()
    hidden.cart.add("milk", 1)
    hidden.customer.kept = Profile(None, "Zuri", None)
    yield Conversation(hidden, medium), said(Intent.CHECKOUT)
    haggling = shop()
    haggling.cart.add("rice-5kg", 2)
    haggling.bargains.floors = {"rice-1kg": 5000, "rice-5kg": 20000, "milk": 3000}
    yield Conversation(haggling, medium), said(Intent.NEGOTIATE, item("rice"))
    yield Conversation(deepcopy(haggling), medium), said(Intent.NEGOTIATE, amount=Decimal(44000))
    thrifty = shop()
    thrifty.bargains.floors = {"rice-1kg": 5000, "rice-5kg": 20000, "milk": 3000}
    yield Conversation(thrifty, medium), said(Intent.NEGOTIATE)
    yield from _of_savings(medium, shop)
    yield from _of_offers(medium, shop)
    done = shop()
    done.orders.placed[1001] = an_order(1001, status=OrderStatus.DELIVERED)
    yield Conversation(done, medium), dial
    yield from _of_wishes(medium, shop)
    yield Conversation(deepcopy(done), medium), said(Intent.REFUND)
    yield Conversation(deepcopy(done), medium), said(Intent.REVIEW)
    yield Conversation(deepcopy(done), medium), said(Intent.REVIEW, text="4/5 a bit late")
    rated = shop()
    rated.info = replace(rated.info, rating=Average(46, 12))
    rated.ratings.given[1001] = Rating(1001, 5, "Fresh and on time")
    yield Conversation(rated, medium), REVIEWS
    yield Conversation(shop(), medium), REVIEWS
    timed = shop()
    timed.cart.add("milk", 1)
    timed.cart.add("rice-5kg", 2)
    timed.slots.open = (a_slot(0), a_slot(1), a_slot(2))
    yield Conversation(timed, medium), said(Intent.CHECKOUT)
    asked = Draft(kind=Fulfilment.STANDARD, area="Kamwokya", landmark="").data()
    yield Conversation(deepcopy(timed), medium, Place(Spot("rail", asked))), LATER
    yield Conversation(shop(), medium), LATER
    dear = shop()
    dear.orders.again_fee = ugx(5000)
    failed_step = {"rider": MOSES, "delivery": DeliveryStatus.FAILED}
    dear.orders.placed[1001] = an_order(1001, status=OrderStatus.SHIPPED, **failed_step)
    yield Conversation(dear, medium), AGAIN
    several = shop()
    several.orders.placed[1001] = an_order(1001, status=OrderStatus.DELIVERED, lines=THREE_LINES)
    yield Conversation(several, medium), said(Intent.REFUND, order=1001)
    yield from _of_money(medium, shop)
    failed = shop()
    failed.orders.placed[1001] = an_order(1001, rail="mtn-momo", payer="+256772123456")
    failed.payments.open(1001, "mtn-momo", "+256772123456")
    failed.payments.end(1001, AttemptStatus.FAILED)
    yield Conversation(failed, medium), said(Intent.PAID_ALREADY)


def _of_savings(medium: str, shop: Callable[[], FakeShop]) -> Iterator[tuple[Conversation, Heard]]:
    """Coupons that count and that do not, and points."""
    couponed = shop()
    couponed.cart.add("rice-5kg", 2)
    couponed.cart.add("milk", 1)
    couponed.coupons.codes = {"FRIDAY": 5000, "FREE": 0}
    yield Conversation(couponed, medium), said(Intent.APPLY_COUPON)
    yield Conversation(deepcopy(couponed), medium), said(Intent.APPLY_COUPON, coupon="FRIDAY")
    yield Conversation(deepcopy(couponed), medium), said(Intent.APPLY_COUPON, coupon="MONDAY")
    for why in Why:
        refused = deepcopy(couponed)
        refused.coupons.kept = "FRIDAY"
        refused.coupons.refusals["FRIDAY"] = CouponRefused("FRIDAY", why, ugx(2000), NOW)
        yield Conversation(refused, medium), said(Intent.VIEW_CART)
    for points in (0, 60, 400):
        loyal = shop()
        loyal.cart.add("milk", 3)
        loyal.points.there = points
        yield Conversation(loyal, medium), said(Intent.LOYALTY_BALANCE)


def _of_wishes(medium: str, shop: Callable[[], FakeShop]) -> Iterator[tuple[Conversation, Heard]]:
    """Things wished for, lists that were saved, and goods that ran out of a cart."""
    wishing = shop()
    for sku in ("milk", "salt", "rice"):
        wishing.wishes.keep(sku)
    wishing.wishes.save_list("monthly", [Kept("milk", "Fresh milk", 2, ugx(3000))])
    wishing.wishes.save_list("", [Kept("gone", "Old thing", 1, ugx(3000))])
    yield Conversation(wishing, medium), said(Intent.GREET, wish=Wished(Wish.WISHLIST))
    yield Conversation(deepcopy(wishing), medium), said(Intent.GREET, wish=Wished(Wish.LISTS))
    yield Conversation(shop(), medium), said(Intent.GREET, wish=Wished(Wish.LISTS))
    yield Conversation(shop(), medium), said(Intent.WISHLIST_ADD)
    saving = shop()
    saving.cart.add("milk", 2)
    yield (
        Conversation(saving, medium),
        said(Intent.GREET, wish=Wished(Wish.SAVE_LIST, rest="monthly list")),
    )
    short = shop()
    short.cart.add("milk", 3)
    short.catalogue.change("milk", free=1)
    yield Conversation(short, medium), said(Intent.VIEW_CART)
    out = deepcopy(short)
    out.catalogue.change("milk", free=0)
    yield Conversation(out, medium), said(Intent.VIEW_CART)
    yield Conversation(shop(), medium), said(Intent.ADD_TO_CART, item("salt", 2))


def _of_offers(medium: str, shop: Callable[[], FakeShop]) -> Iterator[tuple[Conversation, Heard]]:
    """Carts that something makes cheaper, and offers."""
    saving = shop()
    saving.cart.add("rice-5kg", 2)
    saving.cart.add("milk", 1)
    saving.orders.savings = SAVINGS[:1]
    yield Conversation(saving, medium), said(Intent.VIEW_CART)
    ordered = shop()
    ordered.orders.placed[1001] = an_order(1001, savings=SAVINGS, delivery_fee=ugx(0))
    yield Conversation(ordered, medium), said(Intent.TRACK_ORDER, order=1001)
    offering = shop()
    offering.offers.running = PROMOTIONS
    offering.offers.sale = ("milk",)
    yield Conversation(offering, medium), said(Intent.BROWSE, wish=Wished(Wish.OFFERS))
    yield Conversation(shop(), medium), said(Intent.BROWSE, wish=Wished(Wish.OFFERS))


def _of_money(medium: str, shop: Callable[[], FakeShop]) -> Iterator[tuple[Conversation, Heard]]:
    """Wallets full and empty, receipts, links, codes, and money that goes back."""
    rich = shop()
    rich.wallet.kept, rich.wallet.money = True, ugx(90_000)
    rich.wallet.fee = ugx(50)
    rich.wallet.moved = [
        WalletMove(Move.TOP_UP, ugx(100_000), NOW),
        WalletMove(Move.PAID, ugx(-10_000), NOW, 1001),
    ]
    rich.payments.rails = (*rich.payments.rails, RailOption("wallet", Way.WALLET))
    rich.orders.placed[1001] = an_order(1001, rail="wallet")
    yield Conversation(rich, medium), said(Intent.BALANCE)
    poor = shop()
    poor.wallet.kept = True
    yield Conversation(poor, medium), said(Intent.WITHDRAW, amount=Decimal(3000))
    paid = shop()
    paid.orders.placed[1001] = an_order(1001, payment_status=PaymentStatus.PAID)
    yield Conversation(paid, medium), said(Intent.RECEIPT)
    for status in BackStatus:
        for rail in ("mtn-momo", "wallet"):
            back = shop()
            back.orders.placed[1001] = an_order(1001, payment_status=PaymentStatus.REFUNDED)
            back.records.given = [MoneyBack(1001, ugx(53_000), status, rail, PHONE, NOW)]
            yield Conversation(back, medium), said(Intent.REFUND)
    for claim in Claim:
        claiming = shop()
        claiming.orders.placed[1001] = an_order(1001, rail="mtn-momo", payer=PHONE)
        claiming.records.claims = Claimed(claim, None if claim is Claim.NONE else 1001)
        yield Conversation(claiming, medium), said(Intent.PAID_ALREADY, text=FORWARDED)
    for wish in (Wish.SHARE, Wish.MY_SHARES):
        for counts in (NOBODY, replace(NOBODY, opened=9, people=4, carts=3, orders=2)):
            sharing = shop()
            sharing.sharing.counts = counts
            yield Conversation(sharing, medium), wished(wish)
    far = shop()
    far.orders.placed[1001] = an_order(1001)
    far.delivery.dear[area := far.delivery.covered[1]] = ugx(9_000)
    going = Draft(Task.ADDRESS, 1001, Fulfilment.STANDARD, area, "central").data()
    gate = said(Intent.OUT_OF_SCOPE, text="blue gate")
    yield Conversation(far, medium, Place(Spot("landmark", going))), gate
    stranded = shop()
    stranded.orders.placed[1001] = an_order(
        1001, status=OrderStatus.CONFIRMED, delivery=DeliveryStatus.WAITING, nobody_brings=True
    )
    yield Conversation(stranded, medium), said(Intent.TRACK_ORDER)
    for places in (0, 5):
        named = shop()
        named.cart.add("milk", 1)
        for number in range(places):
            area = named.delivery.covered[number % len(named.delivery.covered)]
            named.address_book.save(NamedPlace(f"my sister's place {number}", area, "blue gate"))
        yield Conversation(named, medium), wished(Wish.PLACES)
        yield Conversation(deepcopy(named), medium), said(Intent.CHECKOUT)
        yield Conversation(deepcopy(named), medium), wished(Wish.DROP_PLACE)
        yield Conversation(named, medium), wished(Wish.SAVE_PLACE)
    leaving = shop()
    leaving.forgetting.lost = 1_250
    yield Conversation(leaving, medium), wished(Wish.FORGET_ME)
    for why in (OrderOpen(1001, leaving.info.name), MoneyLeft(ugx(53_000), leaving.info.name)):
        staying = shop()
        staying.forgetting.why = why
        yield Conversation(staying, medium), wished(Wish.FORGET_ME)
    for standing in Buying:
        asking = shop()
        asking.wholesale.stands = standing
        yield Conversation(asking, medium), wished(Wish.WHOLESALE)
    named = Conversation(shop(), medium)
    named.hear(wished(Wish.WHOLESALE))
    yield named, said(Intent.OUT_OF_SCOPE, text="Kintu Stores")
    yield deepcopy(named), Entered("", "k7f2q9")
    linked = shop()
    linked.payments.rails = (RailOption("paystack", Way.LINK), RailOption("cash", Way.CASH))
    linked.orders.placed[1001] = an_order(1001, rail="paystack")
    linked.payments.open(1001, "paystack", "")
    yield Conversation(deepcopy(linked), medium), said(Intent.PAY)
    attempt = linked.payments.attempts[0]
    attempt = linked.payments.change(attempt, link="https://pay.example/0123456789abcdef")
    yield Conversation(deepcopy(linked), medium), said(Intent.PAID_ALREADY)
    linked.payments.change(attempt, link=None, wants_code=True)
    yield Conversation(linked, medium), said(Intent.TRACK_ORDER)


@cache
def walk(medium: str, shop: Callable[[], FakeShop] = FakeShop) -> Walked:
    """Breadth first. Two situations are one when the same state offers the same options."""
    walked = Walked()
    seen: set[object] = set()
    waiting = list(starts(medium, shop))
    while waiting and len(seen) < 2000:
        talk, heard = waiting.pop(0)
        reply = talk.hear(heard)
        walked.replies.append((talk.state, heard, reply))
        walked.states.add(talk.state)
        walked.talks.setdefault(talk.state, talk)
        profile = talk.shop.customer.kept
        reachable = bool(profile.phone or profile.contact)
        goods = bool(talk.shop.cart.quantities)
        situation = (talk.state, talk.options, reply.asks, goods, reachable)
        if situation in seen:
            continue
        seen.add(situation)
        answers = ANSWERS[reply.asks] if reply.asks else ()
        ways = [*(Choice(option) for option in talk.options), *answers]
        if medium == "ussd":
            ways += [Choice("back"), Choice("home"), Dialled(resumable=True)]
        for way in ways:
            waiting.append((deepcopy(talk), way))
    assert len(seen) < 2000, "the walk does not end"
    return walked
