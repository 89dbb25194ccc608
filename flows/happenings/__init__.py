"""What happened to an order, a delivery or a payment. The books and the payments tell these through
one function, `Tell`; flows/notices says who must hear of each, and in which words."""

from collections.abc import Callable
from typing import TypeAlias

from flows.happenings.deliveries import (
    AgainWanted,
    BringBack,
    CodeAsked,
    CodeLockedOut,
    DeliveryFailed,
    DeliveryOffered,
    GoodsBack,
    NobodyAccepted,
    OfferWithdrawn,
    PickUpLate,
    RiderAssigned,
    RiderDayEnded,
    RiderOff,
    ShopBrings,
    StepUndone,
    StillNobody,
)
from flows.happenings.desk import (
    AreasAsked,
    AskedInVain,
    HandedOver,
    SellerAnswered,
    SellerWrote,
    StockLow,
)
from flows.happenings.discipline import Suspended, SuspensionOver, Warned
from flows.happenings.goods import BackInStock, CartWaiting, PictureFailed
from flows.happenings.loyalty import PointsRunningOut
from flows.happenings.orders import (
    AddressChanged,
    BecamePickup,
    CancelAsked,
    GoodsLacking,
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
    CodeFor,
    CodeIssued,
    DayEnded,
    HandOverDenied,
    HandOverDiffers,
    HandOverSaid,
    MoneyGoesBack,
    PayoutMoved,
    PayoutNumberChanged,
    PayoutNumberNamed,
    RefundDone,
    RefundStuck,
)
from flows.happenings.people import NotForgotten
from flows.happenings.ratings import BadlyRated, RatedLow, RatingAsked
from flows.happenings.returns import (
    GoodsReturned,
    RepairComing,
    ReturnAccepted,
    ReturnAsked,
    ReturnRefused,
)
from flows.happenings.risk import PaymentHeld, RiskDecided
from flows.happenings.scores import ScoreFell
from flows.happenings.shops import ShopFounded, ShopRejected, ShopVerified
from flows.happenings.supply import (
    SupplierNotWanted,
    SupplierWanted,
    SupplierWantsLess,
    SupplyAnswered,
    SupplyAsked,
    SupplyLess,
    SupplyOff,
    SupplyUnanswered,
)
from flows.happenings.team import TeamAnswered, TeamInvited
from flows.happenings.wholesale import WholesaleAsked, WholesaleGranted, WholesaleRefused

__all__ = [
    "AddressChanged",
    "AgainWanted",
    "AreasAsked",
    "AskedInVain",
    "BackInStock",
    "BadlyRated",
    "BecamePickup",
    "BringBack",
    "CancelAsked",
    "CartWaiting",
    "CashReceived",
    "CodeAsked",
    "CodeFor",
    "CodeIssued",
    "CodeLockedOut",
    "CodeWanted",
    "DayEnded",
    "DeliveryFailed",
    "DeliveryOffered",
    "GoodsBack",
    "GoodsLacking",
    "GoodsReturned",
    "HandOverDenied",
    "HandOverDiffers",
    "HandOverSaid",
    "HandedOver",
    "Happening",
    "LateMoney",
    "MoneyGoesBack",
    "NobodyAccepted",
    "NotForgotten",
    "OfferWithdrawn",
    "OrderCancelled",
    "OrderConfirmed",
    "OrderDelivered",
    "OrderPaid",
    "OrderPlaced",
    "OrderReady",
    "OrderShipped",
    "PaymentFailed",
    "PaymentHeld",
    "PaymentInReview",
    "PaymentLink",
    "PaymentMismatch",
    "PaymentReversed",
    "PaymentStillOpen",
    "PayoutMoved",
    "PayoutNumberChanged",
    "PayoutNumberNamed",
    "PickUpLate",
    "PictureFailed",
    "PointsRunningOut",
    "RatedLow",
    "RatingAsked",
    "RefundDone",
    "RefundStuck",
    "RepairComing",
    "ReturnAccepted",
    "ReturnAsked",
    "ReturnRefused",
    "RiderAssigned",
    "RiderDayEnded",
    "RiderOff",
    "RiskDecided",
    "ScoreFell",
    "SellerAnswered",
    "SellerSilent",
    "SellerWrote",
    "ShopBrings",
    "ShopFounded",
    "ShopRejected",
    "ShopVerified",
    "SmsDoubted",
    "StepUndone",
    "StillNobody",
    "StockLow",
    "SupplierNotWanted",
    "SupplierWanted",
    "SupplierWantsLess",
    "SupplyAnswered",
    "SupplyAsked",
    "SupplyLess",
    "SupplyOff",
    "SupplyUnanswered",
    "Suspended",
    "SuspensionOver",
    "TeamAnswered",
    "TeamInvited",
    "Tell",
    "TopUpFailed",
    "TopUpInReview",
    "TopUpReturned",
    "TopUpStillOpen",
    "ToppedUp",
    "Warned",
    "WholesaleAsked",
    "WholesaleGranted",
    "WholesaleRefused",
]

Happening: TypeAlias = (
    OrderPlaced
    | OrderPaid
    | OrderConfirmed
    | OrderReady
    | OrderShipped
    | OrderDelivered
    | OrderCancelled
    | CancelAsked
    | AddressChanged
    | BecamePickup
    | DeliveryOffered
    | OfferWithdrawn
    | RiderAssigned
    | RiderDayEnded
    | RiderOff
    | PickUpLate
    | NobodyAccepted
    | StillNobody
    | ShopBrings
    | NotForgotten
    | DeliveryFailed
    | BringBack
    | GoodsBack
    | GoodsLacking
    | AgainWanted
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
    | PayoutNumberChanged
    | PayoutNumberNamed
    | CashReceived
    | HandOverSaid
    | HandOverDiffers
    | HandOverDenied
    | DayEnded
    | PointsRunningOut
    | SupplierWanted
    | SupplierWantsLess
    | SupplierNotWanted
    | SupplyAsked
    | SupplyLess
    | SupplyUnanswered
    | SupplyOff
    | SupplyAnswered
    | StockLow
    | HandedOver
    | SellerAnswered
    | SellerWrote
    | SmsDoubted
    | AskedInVain
    | AreasAsked
    | CodeAsked
    | BackInStock
    | CartWaiting
    | PictureFailed
    | PaymentHeld
    | RiskDecided
    | Warned
    | Suspended
    | SuspensionOver
    | WholesaleAsked
    | WholesaleGranted
    | WholesaleRefused
    | BackInStock
    | CartWaiting
    | ReturnAsked
    | ReturnAccepted
    | ReturnRefused
    | GoodsReturned
    | RepairComing
    | RatingAsked
    | BadlyRated
    | RatedLow
    | ScoreFell
    | ShopFounded
    | ShopVerified
    | ShopRejected
    | TeamAnswered
    | TeamInvited
    | WholesaleAsked
    | WholesaleGranted
    | WholesaleRefused
)

Tell: TypeAlias = Callable[[Happening], None]
