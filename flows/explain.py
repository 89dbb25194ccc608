"""What a refusal means, in words for whoever was refused. One row per refusal."""

from collections.abc import Callable, Mapping

from flows.coupon_words import coupon_refused
from flows.message import Clock, Message
from flows.ports.refusals import (
    AddressCosts,
    AgainCosts,
    AliasTaken,
    AllBack,
    AlreadyHere,
    AlreadyPaid,
    AlreadyTaken,
    BadAlias,
    BadAmount,
    BadCode,
    BelowBase,
    BelowMinimum,
    CartChanged,
    CodeLocked,
    CodeOver,
    CountedBySupplier,
    CouponRefused,
    CouponTooBig,
    DealDone,
    DearerArea,
    DoorCosts,
    EmptyCart,
    FloorOutside,
    HandOverFirst,
    HandOverOver,
    InvitationOver,
    MoneyAsked,
    MoneyLeft,
    MoneyMoving,
    NameTaken,
    NearAlias,
    NeedsVariant,
    NoCodeWanted,
    NoCouponCode,
    NoOffer,
    NoPhone,
    NoRailFor,
    NoReturnAsked,
    NoReturns,
    NotAllowed,
    NotBargained,
    NotCounted,
    NotCovered,
    NotEnough,
    NothingPaid,
    NothingStays,
    NothingToRate,
    NothingToUndo,
    NotInCart,
    NotInOrder,
    NotReached,
    NotTaking,
    OnlyLeft,
    OrderLessened,
    OrderOpen,
    OutsideLimits,
    OwnerStays,
    OwnShop,
    PaymentBlocked,
    PaymentOnHold,
    PayoutsHeld,
    PromptOpen,
    RailUnavailable,
    RatingOver,
    Refusal,
    ReturnOpen,
    ReturnsOver,
    RiderBusy,
    RiderSuspended,
    SaleOutside,
    SellerCancels,
    SeveralRails,
    SlotGone,
    SoldOut,
    SuppliersPicture,
    SupplyOver,
    TooFew,
    TooFewPoints,
    TooLate,
    TooMany,
    TooManyCodes,
    TooManyJobs,
    TooManyNumbers,
    TooManyPlaces,
    TooManyPrompts,
    TooManyShops,
    UnknownApplication,
    UnknownMember,
    UnknownOrder,
    UnknownProduct,
    UnknownPromotion,
    UnknownShop,
    UnknownSupply,
    UnknownZone,
    UsedUp,
    WorksHere,
    WrongCode,
    WrongStep,
)
from flows.rails import rail_name

# The words for where an order or a delivery stands, by OrderStatus and DeliveryStatus value.
STATUS_WORDS: Mapping[str, Message] = {
    "pending": Message("status-pending"),
    "confirmed": Message("status-confirmed"),
    "processing": Message("status-processing"),
    "shipped": Message("status-shipped"),
    "delivered": Message("status-delivered"),
    "cancelled": Message("status-cancelled"),
    "returned": Message("status-returned"),
    "waiting": Message("status-waiting"),
    "offered": Message("status-offered"),
    "accepted": Message("status-accepted"),
    "picked_up": Message("status-picked-up"),
    "failed": Message("status-failed"),
}


# Why a shop takes no orders, by Standing value. Why it was suspended is between it and the platform.
NOT_TAKING: Mapping[str, Message] = {
    "pending": Message("refused-pending"),
    "paused": Message("refused-paused"),
}


def _wrong_step(refusal: WrongStep) -> Message:
    status = STATUS_WORDS.get(refusal.status, Message("status-other"))
    return Message("refused-wrong-step", number=refusal.number, status=status)


def _not_taking(refusal: NotTaking) -> Message:
    if refusal.standing == "paused" and refusal.until is not None:
        return Message("refused-paused-until", until=refusal.until)
    return NOT_TAKING.get(refusal.standing, Message("refused-not-taking"))


def _prompt_open(refusal: PromptOpen) -> Message:
    if refusal.until is None:
        return Message("refused-payment-checked")
    return Message("refused-prompt-open-until", payer=refusal.payer, until=Clock(refusal.until))


def _seller_cancels(refusal: SellerCancels) -> Message:
    if refusal.keeps is None:
        return Message("refused-seller-cancels", number=refusal.number)
    return Message("refused-seller-cancels-part", number=refusal.number, keeps=refusal.keeps)


def _outside_limits(refusal: OutsideLimits) -> Message:
    rail = rail_name(refusal.rail)
    if refusal.most is None:
        why = Message("refused-limits-least", rail=rail, least=refusal.least)
    else:
        why = Message("refused-limits", rail=rail, least=refusal.least, most=refusal.most)
    if refusal.multiple.minor == 1:
        return why
    return Message("refused-limits-steps", why=why, step=refusal.multiple)


EXPLANATIONS: Mapping[type[Refusal], Callable[..., Message]] = {
    UnknownProduct: lambda r: Message("refused-unknown-product", mention=r.mention),
    NotCounted: lambda r: Message("refused-not-counted", name=r.name),
    SoldOut: lambda r: Message("refused-sold-out", name=r.name),
    OnlyLeft: lambda r: Message("refused-only-left", count=r.left, name=r.name),
    NeedsVariant: lambda r: Message("refused-needs-variant", name=r.name),
    CountedBySupplier: lambda r: Message(
        "refused-counted-by-supplier", name=r.name, supplier=r.supplier
    ),
    NameTaken: lambda r: Message("refused-name-taken", name=r.name),
    SuppliersPicture: lambda r: Message("refused-suppliers-picture", name=r.name),
    NotInCart: lambda r: Message("refused-not-in-cart", name=r.name),
    TooMany: lambda r: Message("refused-too-many", name=r.name, most=r.most),
    TooFew: lambda r: Message("refused-too-few", name=r.name, least=r.least),
    SaleOutside: lambda r: Message("refused-sale-outside", lowest=r.lowest, price=r.price),
    UnknownPromotion: lambda r: Message("refused-unknown-promotion", name=r.name),
    UsedUp: lambda r: Message("refused-used-up", name=r.name),
    EmptyCart: lambda _: Message("refused-empty-cart"),
    CartChanged: lambda _: Message("refused-cart-changed"),
    BelowMinimum: lambda r: Message("refused-minimum", minimum=r.minimum, missing=r.missing),
    NotCovered: lambda r: Message("refused-not-covered", area=r.area),
    AddressCosts: lambda r: Message(
        "refused-address-costs", area=r.area, more=r.more, number=r.number, total=r.total
    ),
    DoorCosts: lambda r: Message(
        "refused-door-costs", area=r.area, more=r.more, number=r.number, due=r.due
    ),
    DearerArea: lambda r: Message("refused-dearer-area", area=r.area, fee=r.fee),
    UnknownOrder: lambda r: Message("refused-unknown-order", number=r.number),
    UnknownSupply: lambda r: Message("refused-unknown-supply", number=r.number),
    SupplyOver: lambda r: (
        Message("refused-supply-already", number=r.number)
        if r.refused
        else Message("refused-supply-over", number=r.number)
    ),
    UnknownApplication: lambda r: Message("refused-unknown-application", number=r.number),
    WrongStep: _wrong_step,
    TooLate: lambda r: Message("refused-too-late", number=r.number),
    SellerCancels: _seller_cancels,
    PromptOpen: _prompt_open,
    AlreadyPaid: lambda r: Message("refused-already-paid", number=r.number),
    TooManyPrompts: lambda r: Message(
        "refused-too-many-prompts", payer=r.payer, until=Clock(r.until)
    ),
    RiderSuspended: lambda r: Message("refused-rider-suspended", shop=r.shop),
    PaymentOnHold: lambda r: Message("refused-payment-on-hold", shop=r.shop),
    PaymentBlocked: lambda r: Message("refused-payment-blocked", shop=r.shop),
    RailUnavailable: lambda _: Message("refused-rail-unavailable"),
    AlreadyTaken: lambda r: Message("refused-already-taken", number=r.number),
    NoOffer: lambda r: Message("refused-no-offer", number=r.number),
    WrongCode: lambda r: Message("refused-wrong-code", count=r.tries_left, number=r.number),
    CodeLocked: lambda r: Message("refused-code-locked", number=r.number),
    AgainCosts: lambda r: Message("refused-again-costs", number=r.number, fee=r.fee),
    TooManyJobs: lambda r: Message("refused-too-many-jobs", most=r.most),
    HandOverFirst: lambda r: Message("refused-hand-over-first", holds=r.holds),
    HandOverOver: lambda _: Message("refused-hand-over-over"),
    NothingToUndo: lambda _: Message("refused-nothing-to-undo"),
    BadAmount: lambda r: Message("refused-bad-amount", text=r.text),
    BadAlias: lambda r: Message("refused-bad-alias", words=r.words),
    AliasTaken: lambda r: Message("refused-alias-taken", words=r.words, name=r.name),
    NearAlias: lambda r: Message("refused-near-alias", words=r.words, name=r.name),
    NotAllowed: lambda r: Message("refused-not-allowed", why=r.why),
    NotBargained: lambda r: Message("refused-not-bargained", name=r.name, price=r.price),
    DealDone: lambda r: Message("refused-deal-done", name=r.name, price=r.price),
    FloorOutside: lambda r: Message("refused-floor", least=r.least, most=r.most),
    BelowBase: lambda r: Message("refused-below-base", base=r.base),
    OutsideLimits: _outside_limits,
    NoCodeWanted: lambda _: Message("refused-no-code"),
    BadCode: lambda r: Message("refused-bad-code", count=r.tries_left),
    CodeOver: lambda _: Message("refused-code-over"),
    TooManyCodes: lambda r: Message("refused-too-many-codes", until=Clock(r.until)),
    NotTaking: _not_taking,
    NotEnough: lambda r: Message("refused-not-enough", there=r.there, wanted=r.wanted),
    NoPhone: lambda _: Message("refused-no-phone"),
    NoRailFor: lambda r: Message("refused-no-rail-for", phone=r.phone),
    SeveralRails: lambda r: Message("refused-several-rails", phone=r.phone),
    TooManyNumbers: lambda r: Message("refused-too-many-numbers", until=Clock(r.until)),
    PayoutsHeld: lambda r: Message("refused-payouts-held", until=r.until),
    TooManyShops: lambda r: Message("refused-too-many-shops", most=r.most),
    AlreadyHere: lambda r: Message("refused-already-here", name=r.name),
    NotReached: lambda r: Message("refused-not-reached", phone=r.phone),
    UnknownZone: lambda r: Message("refused-unknown-zone", area=r.zone),
    UnknownMember: lambda r: Message("refused-unknown-member", name=r.name),
    OwnerStays: lambda r: Message("refused-owner-stays", name=r.name),
    RiderBusy: lambda r: Message("refused-rider-busy", name=r.name),
    InvitationOver: lambda _: Message("refused-invitation-over"),
    UnknownShop: lambda r: Message("refused-unknown-shop", name=r.slug),
    NothingPaid: lambda _: Message("refused-nothing-paid"),
    OwnShop: lambda _: Message("refused-own-shop"),
    NothingToRate: lambda _: Message("refused-nothing-to-rate"),
    RatingOver: lambda r: Message("refused-rating-over", number=r.number),
    SlotGone: lambda _: Message("refused-slot-gone"),
    CouponRefused: coupon_refused,
    NoCouponCode: lambda r: Message("refused-coupon-code", text=r.text),
    CouponTooBig: lambda r: Message("refused-coupon-too-big", most=r.most),
    TooFewPoints: lambda r: Message("refused-too-few-points", count=r.there, least=r.least),
    NoReturns: lambda _: Message("refused-no-returns"),
    ReturnsOver: lambda r: Message("refused-returns-over", count=r.days, number=r.number),
    ReturnOpen: lambda r: Message("refused-return-open", number=r.number),
    AllBack: lambda r: Message("refused-all-back", number=r.number),
    NoReturnAsked: lambda r: Message("refused-no-return", number=r.number),
    NotInOrder: lambda r: Message("refused-not-in-order", number=r.number),
    NothingStays: lambda r: Message("refused-nothing-stays", number=r.number),
    MoneyAsked: lambda r: Message("refused-money-asked", number=r.number),
    OrderLessened: lambda r: Message("refused-order-lessened", number=r.number, total=r.total),
    TooManyPlaces: lambda r: Message("refused-too-many-places", most=r.most),
    WorksHere: lambda r: Message("refused-works-here", shop=r.shop),
    OrderOpen: lambda r: Message("refused-order-open", number=r.number, shop=r.shop),
    MoneyMoving: lambda _: Message("refused-money-moving"),
    MoneyLeft: lambda r: Message("refused-money-left", amount=r.amount, shop=r.shop),
}


def explain(refusal: Refusal) -> Message:
    """Why it could not be done, with the facts that the refusal carries."""
    return EXPLANATIONS[type(refusal)](refusal)
