"""Walks through the customer's whole conversation, breadth first, for tests that look at every reply."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from flows.heard import Choice, Dialled, Heard
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, OrderStatus, PaymentStatus, RiderRef
from flows.ports.payments import AttemptStatus, RailOption, Way
from flows.ports.records import BackStatus, Claim, Claimed, MoneyBack
from flows.ports.shop import Profile
from flows.ports.wallet import Move, WalletMove
from flows.reply import Reply
from intents.intent import Intent
from intents.understanding import Asked
from tests.fakes.conversation import Conversation, item, said
from tests.fakes.ports import CODE_SENT, NOW, PHONE, FakeShop, an_order, ugx

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
MOSES = RiderRef("rider-1", "Moses Ssekandi", "+256772200001")
# An order on its way.
STEPS: tuple[Mapping[str, object], ...] = (
    {"status": OrderStatus.CONFIRMED, "payment_status": PaymentStatus.PAID},
    {"status": OrderStatus.PROCESSING, "rider": MOSES, "delivery": DeliveryStatus.ACCEPTED},
    {"status": OrderStatus.PROCESSING, "fulfilment": Fulfilment.PICKUP},
    {"status": OrderStatus.SHIPPED, "rider": MOSES, "delivery": DeliveryStatus.PICKED_UP},
    {"status": OrderStatus.SHIPPED, "rider": MOSES, "delivery": DeliveryStatus.FAILED},
    {"status": OrderStatus.RETURNED},
    {"status": OrderStatus.CANCELLED},
)


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
    done = shop()
    done.orders.placed[1001] = an_order(1001, status=OrderStatus.DELIVERED)
    yield Conversation(done, medium), dial
    yield from _of_money(medium, shop)
    failed = shop()
    failed.orders.placed[1001] = an_order(1001, rail="mtn-momo", payer="+256772123456")
    failed.payments.open(1001, "mtn-momo", "+256772123456")
    failed.payments.end(1001, AttemptStatus.FAILED)
    yield Conversation(failed, medium), said(Intent.PAID_ALREADY)


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
