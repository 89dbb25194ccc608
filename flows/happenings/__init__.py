"""What happened to an order, a delivery or a payment. The books and the payments tell these through
one function, `Tell`; flows/notices says who must hear of each, and in which words."""

from collections.abc import Callable
from typing import TypeAlias

from flows.happenings.deliveries import (
    CodeAsked,
    CodeLockedOut,
    DeliveryFailed,
    DeliveryOffered,
    NobodyAccepted,
    OfferWithdrawn,
    RiderAssigned,
    StepUndone,
)
from flows.happenings.desk import (
    AskedInVain,
    HandedOver,
    SellerAnswered,
    SellerWrote,
    StockLow,
)
from flows.happenings.orders import (
    AddressChanged,
    BecamePickup,
    OrderCancelled,
    OrderConfirmed,
    OrderDelivered,
    OrderPaid,
    OrderPlaced,
    OrderReady,
    OrderShipped,
    SellerSilent,
)
from flows.happenings.payments import (
    CodeWanted,
    LateMoney,
    PaymentFailed,
    PaymentInReview,
    PaymentLink,
    PaymentMismatch,
    PaymentReversed,
    PaymentStillOpen,
    SmsDoubted,
    ToppedUp,
    TopUpFailed,
    TopUpInReview,
    TopUpReturned,
    TopUpStillOpen,
)
from flows.happenings.payouts import (
    CashReceived,
    CodeIssued,
    DayEnded,
    MoneyGoesBack,
    PayoutMoved,
    RefundDone,
    RefundStuck,
)

__all__ = [
    "AddressChanged",
    "AskedInVain",
    "BecamePickup",
    "CashReceived",
    "CodeAsked",
    "CodeIssued",
    "CodeLockedOut",
    "CodeWanted",
    "DayEnded",
    "DeliveryFailed",
    "DeliveryOffered",
    "HandedOver",
    "Happening",
    "LateMoney",
    "MoneyGoesBack",
    "NobodyAccepted",
    "OfferWithdrawn",
    "OrderCancelled",
    "OrderConfirmed",
    "OrderDelivered",
    "OrderPaid",
    "OrderPlaced",
    "OrderReady",
    "OrderShipped",
    "PaymentFailed",
    "PaymentInReview",
    "PaymentLink",
    "PaymentMismatch",
    "PaymentReversed",
    "PaymentStillOpen",
    "PayoutMoved",
    "RefundDone",
    "RefundStuck",
    "RiderAssigned",
    "SellerAnswered",
    "SellerSilent",
    "SellerWrote",
    "SmsDoubted",
    "StepUndone",
    "StockLow",
    "Tell",
    "TopUpFailed",
    "TopUpInReview",
    "TopUpReturned",
    "TopUpStillOpen",
    "ToppedUp",
]

Happening: TypeAlias = (
    OrderPlaced
    | OrderPaid
    | OrderConfirmed
    | OrderReady
    | OrderShipped
    | OrderDelivered
    | OrderCancelled
    | AddressChanged
    | BecamePickup
    | DeliveryOffered
    | OfferWithdrawn
    | RiderAssigned
    | NobodyAccepted
    | DeliveryFailed
    | StepUndone
    | CodeLockedOut
    | SellerSilent
    | PaymentFailed
    | PaymentStillOpen
    | PaymentInReview
    | PaymentLink
    | CodeWanted
    | ToppedUp
    | TopUpFailed
    | TopUpStillOpen
    | TopUpInReview
    | TopUpReturned
    | MoneyGoesBack
    | PaymentReversed
    | PaymentMismatch
    | LateMoney
    | RefundDone
    | RefundStuck
    | CodeIssued
    | PayoutMoved
    | CashReceived
    | DayEnded
    | StockLow
    | HandedOver
    | SellerAnswered
    | SellerWrote
    | SmsDoubted
    | AskedInVain
    | CodeAsked
)

Tell: TypeAlias = Callable[[Happening], None]
