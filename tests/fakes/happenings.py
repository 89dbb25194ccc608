"""One of everything that can happen, in its variations, and who must hear of it."""

from dataclasses import replace
from datetime import UTC, datetime

from flows import happenings as h
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, Role
from flows.ports.payments import Attempt, AttemptStatus, NextStep
from flows.ports.payout_number import Naming, ProposedNumber
from flows.ports.places import AskedArea
from flows.ports.ratings import Average, Rating
from flows.ports.refusals import OrderOpen
from flows.ports.returns import Reason
from flows.ports.scores import Grade, Score
from flows.ports.scores import Part as ScorePart
from flows.ports.supply import SupplyStatus
from flows.ports.team import Part
from flows.ports.till import Day
from flows.ports.trade import Offered, RiderDay
from flows.ports.wallet import Payout, PayoutStatus
from flows.ports.wholesale import Application
from tests.fakes.lacking import a_lack
from tests.fakes.returns import NOTHING, a_return
from tests.fakes.slots import a_slot
from tests.fakes.supply import a_supply
from tests.fakes.trade import BODA, PAID, a_job, an_order, ugx

CASH = an_order()
PROMPTED = an_order(rail="mtn-momo")
MONEY_IN = an_order(status=OrderStatus.CONFIRMED, **PAID)
CARRIED = an_order(
    status=OrderStatus.SHIPPED, rider=BODA, delivery=DeliveryStatus.PICKED_UP, **PAID
)
PICKUP = an_order(fulfilment=Fulfilment.PICKUP, area=None, landmark=None)
ARRIVED = an_order(status=OrderStatus.DELIVERED, **PAID)
WAITS = an_order(status=OrderStatus.CONFIRMED, nobody_brings=True)
FAILED = an_order(status=OrderStatus.PROCESSING, delivery=DeliveryStatus.FAILED)
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


def said(status: SupplyStatus, order: Order = MONEY_IN) -> h.SupplyAnswered:
    """A supplier of Ankara, near the gate."""
    goods = ((2, "Ankara wax"),)
    place = "Balogun Wax, Gate 4"
    return h.SupplyAnswered(order, "Balogun Wax", "+256772123456", goods, status, "", place)


FETCHED = an_order(
    status=OrderStatus.CONFIRMED, rider=BODA, delivery=DeliveryStatus.ACCEPTED, **PAID
)
TAKEN = an_order(status=OrderStatus.CONFIRMED, rider=BODA, delivery=DeliveryStatus.ACCEPTED)
FROM_WALLET = replace(MONEY_IN, rail="wallet")
TWO_LINES = replace(MONEY_IN, lines=MONEY_IN.lines * 2)
PROPOSED = tuple(
    ProposedNumber("n-1", "+256772444555", "mtn-momo", naming, holder)
    for naming, holder in (
        (Naming.NAMED, "NAMUSOKE S"),
        (Naming.UNNAMED, None),
        (Naming.NOBODY, None),
    )
)
KINTU = Application(3, "person-1", "Kintu Stores", "grocery in Nakasero", "+256772123456")
FARTHER = replace(FETCHED, due_at_door=ugx(4000))
C, S, R, P, N = "customer", "sellers", "rider", "own phone", "a number"

# What happened, and who must hear of it.
HAPPENINGS: list[tuple[h.Happening, list[str]]] = [
    (h.WholesaleAsked(KINTU), [S]),
    (h.WholesaleGranted(KINTU), [C]),
    (h.NotForgotten("person-1", OrderOpen(1001, "Mama Njeri")), [C]),
    (h.WholesaleRefused(KINTU, "", ended=False), [C]),
    (h.WholesaleRefused(KINTU, "no licence", ended=True), [C]),
    (h.SmsDoubted("Amina", "+256772123456", "UGX 53,000", 1001), [S]),
    (h.SmsDoubted(None, None, "UGX 53,000", None), [S]),
    (h.OrderPlaced(CASH, awaits_payment=False), [S]),
    (h.OrderPlaced(PROMPTED, awaits_payment=True), []),
    (h.OrderPaid(MONEY_IN, confirmed=True), [S, C]),
    (h.OrderPaid(an_order(**PAID), confirmed=False), [S, C]),
    (h.OrderPaid(an_order(**{**PAID, "rail": "wallet"}), confirmed=True), [S]),
    (h.OrderPaid(an_order(channel="ussd", **{**PAID, "rail": "wallet"}), confirmed=True), [S, C]),
    (h.OrderConfirmed(CASH), [C]),
    (h.CancelAsked(CASH, "", None), [S]),
    (h.CancelAsked(MONEY_IN, "too slow", ugx(5300)), [S]),
    (h.ReturnAsked(a_return(ARRIVED)), [S]),
    (h.ReturnAsked(a_return(ARRIVED, reason=Reason.OTHER, words="the bag was open")), [S]),
    (h.ReturnAccepted(a_return(ARRIVED)), [C]),
    (h.ReturnRefused(a_return(ARRIVED), ""), [C]),
    (h.ReturnRefused(a_return(ARRIVED), "you have opened it"), [C]),
    (h.GoodsReturned(a_return(ARRIVED)), [C]),
    (h.GoodsReturned(a_return(ARRIVED, in_hand=True)), [C]),
    (h.GoodsReturned(a_return(ARRIVED, refund=NOTHING)), [C]),
    (h.RepairComing(ARRIVED, an_order(1002, repair=True, total=NOTHING)), [C]),
    (h.RatingAsked(ARRIVED), [C]),
    (h.BadlyRated(ARRIVED, Rating(1001, 1, "")), [S]),
    (h.BadlyRated(ARRIVED, Rating(1001, 2, "the bag was open")), [S]),
    (h.RatedLow(Average(38, 12)), [S]),
    *(
        (h.ScoreFell(Score(UNTIL.date(), Grade.PROBATION, 287, {part: 150}, 12, 30, 5, 300)), [S])
        for part in ScorePart
    ),
    (h.OrderPlaced(an_order(slot=a_slot(1)), awaits_payment=False), [S]),
    (h.OrderReady(MONEY_IN), [C]),
    (h.OrderReady(PICKUP), [C]),
    (h.OrderReady(an_order(rider=BODA, delivery=DeliveryStatus.ACCEPTED)), [C, R]),
    (h.OrderShipped(CARRIED), [C]),
    (h.OrderShipped(an_order(status=OrderStatus.SHIPPED)), [C]),
    (h.OrderDelivered(CARRIED), [C, S]),
    (h.OrderDelivered(CASH), [C]),
    (h.OrderDelivered(CASH, 1, 46), [C]),
    (h.OrderDelivered(CARRIED, 1_250, 10_234), [C, S]),
    (h.OrderCancelled(GONE, Role.SELLER, "no rice", None), [C]),
    (h.OrderCancelled(GONE, Role.SELLER, "", ugx(53000)), [C]),
    (h.OrderCancelled(GONE, Role.CUSTOMER, "", None), [S]),
    (h.OrderCancelled(PROMPTED, Role.SYSTEM, "", None), [C]),
    (h.OrderCancelled(PROMPTED, Role.CUSTOMER, "", None), []),
    (h.AddressChanged(CARRIED), [S, R]),
    (h.AddressChanged(CASH), [S]),
    (h.AddressChanged(CASH, ugx(2000)), [S]),
    (h.AddressChanged(PROMPTED), []),
    (h.AddressChanged(FARTHER, due=ugx(4000)), [S, R]),
    (h.AddressChanged(MONEY_IN, due=NOTHING), [S]),
    (h.OrderShipped(FARTHER), [C]),
    (h.SellerSilent(an_order(due_at_door=ugx(4000), **PAID), 1), [S]),
    (h.BecamePickup(CASH, None), [C]),
    (h.BecamePickup(MONEY_IN, ugx(5000)), [C]),
    (h.BecamePickup(MONEY_IN, ugx(5000), Role.CUSTOMER), [S]),
    (h.GoodsLacking(a_lack(CASH), may_cancel=True), [C]),
    (h.GoodsLacking(a_lack(CASH, less=ugx(0)), may_cancel=False), [C]),
    (h.GoodsLacking(a_lack(MONEY_IN, refund=ugx(24000)), may_cancel=True), [C]),
    (h.GoodsLacking(a_lack(FROM_WALLET, refund=ugx(24000)), may_cancel=False), [C]),
    (h.GoodsLacking(a_lack(TAKEN), may_cancel=False), [C, R]),
    (h.DeliveryOffered(CASH, "rider-1", a_job()), [R]),
    (h.DeliveryOffered(CASH, "rider-1", a_job(offered_until=None, landmark=None)), [R]),
    (h.DeliveryOffered(CASH, "rider-1", a_job(along=("Ntinda",))), [R]),
    (h.OfferWithdrawn(CASH, "rider-1"), [R]),
    (h.OfferWithdrawn(GONE, "rider-1"), [R]),
    (h.RiderAssigned(CARRIED), [C, S]),
    (h.RiderAssigned(CASH), []),
    (h.RiderAssigned(CARRIED, Role.SELLER), [C, R]),
    (h.RiderDayEnded("rider-1", RiderDay(7, 1, ugx(21000), ugx(0))), [R]),
    (h.RiderDayEnded("rider-1", RiderDay(0, 0, ugx(0), ugx(53000))), [R]),
    (h.RiderOff(CASH, "rider-1", "Okello", Role.RIDER), [C, S]),
    (h.RiderOff(CASH, "rider-1", "Okello", Role.SYSTEM), [R, C, S]),
    (h.RiderOff(CASH, "rider-1", "Okello", Role.SELLER), [R]),
    (h.PickUpLate(CARRIED, UNTIL), [R]),
    (h.NobodyAccepted(CASH), [S]),
    (h.StillNobody(WAITS, fetched=True), [S, C]),
    (h.StillNobody(WAITS, fetched=False), [S, C]),
    (h.StillNobody(CASH, fetched=True), [S]),
    (h.ShopBrings(CASH), [C]),
    (h.DeliveryFailed(CARRIED, "nobody-there"), [S, C]),
    (h.DeliveryFailed(CARRIED, ""), [S, C]),
    (h.DeliveryFailed(CARRIED, "", Role.SELLER), [C]),
    (h.BringBack(CARRIED, "rider-1"), [R]),
    (h.GoodsBack(FAILED, "rider-1", "Okello", Role.RIDER), [S]),
    (h.GoodsBack(GONE, "rider-1", "Okello", Role.RIDER), [S]),
    (h.GoodsBack(FAILED, "rider-1", "Okello", Role.SELLER), [R]),
    (h.AgainWanted(FAILED, ugx(0)), [S]),
    (h.AgainWanted(FAILED, ugx(3000)), [S]),
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
    (h.Warned(None, "sent stones for yams", 1, 3), [S]),
    (h.Warned("r", "was rude", 2, 3), [R]),
    (h.Suspended(None, "too many warnings", UNTIL), [S]),
    (h.Suspended(None, "sells what is forbidden", None), [S]),
    (h.Suspended("r", "kept cash", UNTIL), [R]),
    (h.Suspended("r", "kept cash", None), [R]),
    (h.SuspensionOver(None), [S]),
    (h.SuspensionOver("r"), [R]),
    (h.SupplierWanted("+256772123456", 1001, ((2, "Ankara wax"), (1, "Lace"))), [N]),
    (h.SupplierNotWanted("+256772123456", 1001), [N]),
    (h.SupplierWantsLess("+256772123456", 1001, ((1, "Lace"),)), [N]),
    (h.SupplyAsked(a_supply()), [S]),
    (h.SupplyUnanswered(a_supply(), 1), [S]),
    (h.SupplyUnanswered(a_supply(), 2), [S]),
    (h.SupplyOff(a_supply()), [S]),
    (h.SupplyLess(a_supply()), [S]),
    (said(SupplyStatus.ASKED), [S]),
    (said(SupplyStatus.PACKING), [S]),
    (said(SupplyStatus.READY), [S]),
    (said(SupplyStatus.READY, FETCHED), [S, R]),
    (said(SupplyStatus.REFUSED), [S]),
    (said(SupplyStatus.REFUSED, TWO_LINES), [S]),
    (h.PaymentHeld("p", PROMPTED, ugx(53000)), [S]),
    (h.PaymentHeld("p", None, ugx(53000)), []),
    (h.RiskDecided("p", PROMPTED, ugx(53000), allowed=True), [C]),
    (h.RiskDecided("p", PROMPTED, ugx(53000), allowed=False), [C]),
    (h.RiskDecided("p", None, ugx(53000), allowed=True), [C]),
    (h.RiskDecided("p", None, ugx(53000), allowed=False), [C]),
    (h.MoneyGoesBack("p", PROMPTED, ugx(5000)), [C]),
    (h.MoneyGoesBack("p", None, ugx(5000)), [C]),
    (h.PaymentReversed("p", MONEY_IN, ATTEMPT), [C, S]),
    (h.PaymentReversed("p", None, ATTEMPT), [C, S]),
    (h.PaymentMismatch(MONEY_IN, ATTEMPT), [S]),
    (h.PaymentMismatch(None, ATTEMPT), [S]),
    (h.LateMoney(GONE, an_order(1002, status=OrderStatus.CONFIRMED, **PAID), None), [C]),
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
    (h.HandOverSaid("rider-1", "Okello", ugx(53000), "claim-1"), [S]),
    (h.HandOverDiffers("rider-1", ugx(53000), ugx(50000), ugx(3000)), [R]),
    (h.HandOverDenied("rider-1", ugx(53000), ugx(53000)), [R]),
    (h.DayEnded(Day(UNTIL.date(), 7, ugx(371000), ugx(53000), 0)), [S]),
    (h.DayEnded(Day(UNTIL.date(), 1, ugx(371000), ugx(0), 1)), [S]),
    (h.PointsRunningOut("person-1", 1, ugx(10), UNTIL), [C]),
    (h.PointsRunningOut("person-1", 1200, ugx(12000), UNTIL), [C]),
    (h.StockLow("rice-5kg", "Rice 5kg", 4, critical=True), [S]),
    (h.StockLow("rice-5kg", "Rice 5kg", 9, critical=False), [S]),
    (h.AskedInVain("omo", 3, (Offered("sugar", "Kakira sugar"),)), [S]),
    (h.AskedInVain("white gold", 4, ()), [S]),
    (h.AreasAsked((AskedArea("Mukono", 12), AskedArea("Jinja", 3))), [S]),
    (h.HandedOver("p", "Amina", "+256772123456", "is it fresh?", 1001, first=True), [S]),
    (h.HandedOver("p", "Amina", "+256772123456", "hello?", None, first=False), [S]),
    (h.HandedOver("p", None, None, "hello?", None, first=True), [S]),
    (h.TeamInvited("person-1", "i-1", Part.SELLER), [P]),
    (h.TeamInvited("person-1", "i-1", Part.RIDER), [P]),
    (h.TeamAnswered("Okello", "+256772123456", Part.SELLER, True), [S]),
    (h.TeamAnswered("Okello", "+256772123456", Part.RIDER, True), [S]),
    (h.TeamAnswered("Okello", "+256772123456", Part.RIDER, False), [S]),
    (h.CodeIssued("person-1", "seller", "482190", ugx(0), UNTIL, for_=h.CodeFor.TEAM), [P]),
    (h.CodeIssued("person-1", "seller", "482190", ugx(0), UNTIL, for_=h.CodeFor.NUMBER), [P]),
    (h.CodeIssued("p", "seller", "482190", ugx(53000), UNTIL, payee="+256772444555"), [P]),
    *((h.PayoutNumberNamed("person-1", proposed), [P]) for proposed in PROPOSED),
    (h.PayoutNumberChanged(("person-1",), None, "+256****555", UNTIL), [P]),
    (h.PayoutNumberChanged(("person-1",), "+256772444555", "+256****666", UNTIL), [P, N]),
    (h.ShopFounded("Zawadi", "zawadi", "beads", "Gulu", "Akello Grace", "+256772123456"), [S]),
    (
        h.ShopFounded(
            "Zawadi", "zawadi-2", "beads", "Gulu", "Grace", "+256772123456", ("zawadi",), ("ojok",)
        ),
        [S],
    ),
    (h.ShopVerified(), [S]),
    (h.ShopRejected("the stall is not there"), [S]),
    (h.SellerAnswered(CASH, "yes"), [C]),
    (h.SellerWrote("person-1", "yes"), [C]),
    (h.BackInStock("person-1", "rice-5kg", "Rice 5kg", ugx(24000)), [C]),
    (h.CartWaiting("person-1", ("2 x Rice 5kg", "1 x Bar soap"), ugx(53000)), [C]),
    (h.PictureFailed("Ankara gown"), [S]),
]
