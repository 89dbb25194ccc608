"""Who hears of what: one row per thing that can happen."""

from collections.abc import Callable, Mapping

from flows import happenings as h
from flows.notices import deliveries, desk, orders, payments, payouts, prompts, reviews, topups
from flows.notices.notice import Notice
from flows.ports.shop import ShopInfo

NOTICES: Mapping[type[h.Happening], Callable[..., tuple[Notice, ...]]] = {
    h.OrderPlaced: orders.placed,
    h.OrderPaid: orders.paid,
    h.OrderConfirmed: orders.confirmed,
    h.OrderReady: orders.ready,
    h.OrderShipped: orders.shipped,
    h.OrderDelivered: orders.delivered,
    h.OrderCancelled: orders.cancelled,
    h.AddressChanged: orders.address_changed,
    h.BecamePickup: orders.became_pickup,
    h.SellerSilent: orders.silent,
    h.DeliveryOffered: deliveries.offered,
    h.OfferWithdrawn: deliveries.withdrawn,
    h.RiderAssigned: deliveries.assigned,
    h.NobodyAccepted: deliveries.nobody_accepted,
    h.DeliveryFailed: deliveries.failed,
    h.StepUndone: deliveries.undone,
    h.CodeLockedOut: deliveries.locked_out,
    h.CodeAsked: deliveries.code_asked,
    h.PaymentFailed: payments.failed,
    h.PaymentStillOpen: payments.still_open,
    h.PaymentInReview: payments.in_review,
    h.PaymentLink: prompts.link,
    h.CodeWanted: prompts.code_wanted,
    h.ToppedUp: topups.topped_up,
    h.TopUpFailed: topups.failed,
    h.TopUpStillOpen: topups.still_open,
    h.TopUpInReview: topups.in_review,
    h.TopUpReturned: topups.returned,
    h.MoneyGoesBack: reviews.goes_back,
    h.PaymentReversed: reviews.reversed_,
    h.PaymentMismatch: reviews.mismatch,
    h.LateMoney: payments.late,
    h.RefundDone: payments.refunded,
    h.RefundStuck: payments.refund_stuck,
    h.CodeIssued: payouts.code_issued,
    h.PayoutMoved: payouts.moved,
    h.CashReceived: payouts.cash_received,
    h.DayEnded: payouts.day_ended,
    h.HandedOver: desk.handed_over,
    h.SellerAnswered: desk.answered,
    h.SellerWrote: desk.wrote,
    h.StockLow: desk.stock_low,
    h.SmsDoubted: desk.sms_doubted,
    h.AskedInVain: desk.asked_in_vain,
}


def notices(happening: h.Happening, shop: ShopInfo) -> tuple[Notice, ...]:
    """The messages that must go out because of `happening`. Pure: the caller writes them down."""
    return NOTICES[type(happening)](happening, shop)
