"""One of everything that can happen, in its variations, and who must hear of it."""

from dataclasses import replace
from datetime import UTC, datetime

from flows import happenings as h
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, OrderStatus, Role
from flows.ports.payments import Attempt, AttemptStatus, NextStep
from flows.ports.till import Day
from flows.ports.trade import Offered
from flows.ports.wallet import Payout, PayoutStatus
from tests.fakes.trade import BODA, PAID, a_job, an_order, ugx

CASH = an_order()
PROMPTED = an_order(rail="mtn-momo")
MONEY_IN = an_order(status=OrderStatus.CONFIRMED, **PAID)
CARRIED = an_order(
    status=OrderStatus.SHIPPED, rider=BODA, delivery=DeliveryStatus.PICKED_UP, **PAID
)
PICKUP = an_order(fulfilment=Fulfilment.PICKUP, area=None, landmark=None)
GONE = an_order(status=OrderStatus.CANCELLED)
ATTEMPT = Attempt(
    "a-1",
    1001,
    "mtn-momo",
    "+256772123456",
    ugx(53000),
    AttemptStatus.FAILED,
    None,
    NextStep.TOP_UP,
)
LINKED = replace(ATTEMPT, link="https://pay.example/x1y2z3")

UNTIL = datetime(2026, 11, 2, 9, 5, tzinfo=UTC)


def payout(status: PayoutStatus) -> Payout:
    return Payout("p-1", ugx(50000), ugx(1000), "+256772123456", "mtn-momo", status, UNTIL)


C, S, R, P = "customer", "sellers", "rider", "own phone"

# What happened, and who must hear of it.
HAPPENINGS: list[tuple[h.Happening, list[str]]] = [
    (h.SmsDoubted("Amina", "+256772123456", "UGX 53,000", 1001), [S]),
    (h.SmsDoubted(None, None, "UGX 53,000", None), [S]),
    (h.OrderPlaced(CASH, awaits_payment=False), [S]),
    (h.OrderPlaced(PROMPTED, awaits_payment=True), []),
    (h.OrderPaid(MONEY_IN, confirmed=True), [S, C]),
    (h.OrderPaid(an_order(**PAID), confirmed=False), [S, C]),
    (h.OrderPaid(an_order(**{**PAID, "rail": "wallet"}), confirmed=True), [S]),
    (h.OrderPaid(an_order(channel="ussd", **{**PAID, "rail": "wallet"}), confirmed=True), [S, C]),
    (h.OrderConfirmed(CASH), [C]),
    (h.OrderReady(MONEY_IN), [C]),
    (h.OrderReady(PICKUP), [C]),
    (h.OrderReady(an_order(rider=BODA, delivery=DeliveryStatus.ACCEPTED)), [C, R]),
    (h.OrderShipped(CARRIED), [C]),
    (h.OrderShipped(an_order(status=OrderStatus.SHIPPED)), [C]),
    (h.OrderDelivered(CARRIED), [C, S]),
    (h.OrderDelivered(CASH), [C]),
    (h.OrderCancelled(GONE, Role.SELLER, "no rice", None), [C]),
    (h.OrderCancelled(GONE, Role.SELLER, "", ugx(53000)), [C]),
    (h.OrderCancelled(GONE, Role.CUSTOMER, "", None), [S]),
    (h.OrderCancelled(PROMPTED, Role.SYSTEM, "", None), [C]),
    (h.OrderCancelled(PROMPTED, Role.CUSTOMER, "", None), []),
    (h.AddressChanged(CARRIED), [S, R]),
    (h.AddressChanged(CASH), [S]),
    (h.AddressChanged(PROMPTED), []),
    (h.BecamePickup(CASH, None), [C]),
    (h.BecamePickup(MONEY_IN, ugx(5000)), [C]),
    (h.DeliveryOffered(CASH, "rider-1", a_job()), [R]),
    (h.DeliveryOffered(CASH, "rider-1", a_job(offered_until=None, landmark=None)), [R]),
    (h.OfferWithdrawn(CASH, "rider-1"), [R]),
    (h.OfferWithdrawn(GONE, "rider-1"), [R]),
    (h.RiderAssigned(CARRIED), [C, S]),
    (h.RiderAssigned(CASH), []),
    (h.NobodyAccepted(CASH), [S]),
    (h.DeliveryFailed(CARRIED, "nobody-there"), [S, C]),
    (h.DeliveryFailed(CARRIED, ""), [S, C]),
    (h.StepUndone(CARRIED), [C, S]),
    (h.StepUndone(CASH), [C, S]),
    (h.CodeLockedOut(CARRIED), [S]),
    (h.CodeAsked(CARRIED), [C]),
    (h.SellerSilent(CASH, 1), [S]),
    (h.SellerSilent(CASH, 2), [S]),
    (h.SellerSilent(CASH, 3), [C]),
    (h.PaymentFailed(PROMPTED, ATTEMPT), [C]),
    (h.PaymentStillOpen(PROMPTED, ATTEMPT), [C]),
    (h.PaymentInReview(PROMPTED, ATTEMPT, "UGX 5,000"), [C, S]),
    (h.PaymentLink("p", PROMPTED, LINKED), [C]),
    (h.PaymentLink("p", None, LINKED), [C]),
    (h.CodeWanted("p", PROMPTED, ATTEMPT), [C]),
    (h.CodeWanted("p", None, ATTEMPT), [C]),
    (h.ToppedUp("p", ATTEMPT, ugx(53000), ugx(60000)), [C]),
    (h.TopUpFailed("p", ATTEMPT), [C]),
    (h.TopUpStillOpen("p", ATTEMPT), [C]),
    (h.TopUpInReview("p", ATTEMPT, "UGX 5,000"), [C, S]),
    (h.TopUpReturned("p", ugx(53000), "+256772123456", done=True), [C]),
    (h.TopUpReturned("p", ugx(53000), "+256772123456", done=False), [C, S]),
    (h.MoneyGoesBack("p", PROMPTED, ugx(5000)), [C]),
    (h.MoneyGoesBack("p", None, ugx(5000)), [C]),
    (h.PaymentReversed("p", MONEY_IN, ATTEMPT), [C, S]),
    (h.PaymentReversed("p", None, ATTEMPT), [C, S]),
    (h.PaymentMismatch(MONEY_IN, ATTEMPT), [S]),
    (h.PaymentMismatch(None, ATTEMPT), [S]),
    (h.LateMoney(GONE, an_order(1002, status=OrderStatus.CONFIRMED, **PAID), None), [C, S]),
    (h.LateMoney(GONE, None, ugx(53000)), [C]),
    (h.LateMoney(GONE, None, ugx(53000), choice=True), [C]),
    (h.LateMoney(GONE, None, None), [C]),
    (h.RefundDone(GONE, ugx(53000)), [C]),
    (h.RefundDone(an_order(rail="wallet"), ugx(53000)), [C]),
    (h.RefundStuck(GONE, ugx(53000)), [C, S]),
    (h.CodeIssued("p", "seller", "482190", ugx(53000), UNTIL), [P]),
    (h.CodeIssued("p", "customer", "482190", ugx(53000), UNTIL, 1001), [P]),
    (h.PayoutMoved("p", "seller", payout(PayoutStatus.CREATED), ugx(900)), []),
    (h.PayoutMoved("p", "seller", payout(PayoutStatus.APPROVAL), ugx(900)), [P]),
    (h.PayoutMoved("p", "seller", payout(PayoutStatus.PAID), ugx(900)), [P]),
    (h.PayoutMoved("p", "rider", payout(PayoutStatus.FAILED), ugx(900)), [P]),
    (h.PayoutMoved("p", "customer", payout(PayoutStatus.DROPPED), ugx(900), "wrong name"), [P]),
    (h.PayoutMoved("p", "customer", payout(PayoutStatus.DROPPED), ugx(900)), [P]),
    (h.PayoutMoved("p", "customer", payout(PayoutStatus.STUCK), ugx(900)), [P]),
    (h.CashReceived("rider-1", ugx(53000), ugx(0)), [R]),
    (h.DayEnded(Day(UNTIL.date(), 7, ugx(371000), ugx(53000), 0)), [S]),
    (h.DayEnded(Day(UNTIL.date(), 1, ugx(371000), ugx(0), 1)), [S]),
    (h.StockLow("rice-5kg", "Rice 5kg", 4, critical=True), [S]),
    (h.StockLow("rice-5kg", "Rice 5kg", 9, critical=False), [S]),
    (h.AskedInVain("omo", 3, (Offered("sugar", "Kakira sugar"),)), [S]),
    (h.AskedInVain("white gold", 4, ()), [S]),
    (h.HandedOver("p", "Amina", "+256772123456", "is it fresh?", 1001, first=True), [S]),
    (h.HandedOver("p", "Amina", "+256772123456", "hello?", None, first=False), [S]),
    (h.HandedOver("p", None, None, "hello?", None, first=True), [S]),
    (h.SellerAnswered(CASH, "yes"), [C]),
    (h.SellerWrote("person-1", "yes"), [C]),
]
