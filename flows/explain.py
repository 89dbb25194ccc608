"""What a refusal means, in words for whoever was refused. One row per refusal."""

from collections.abc import Callable, Mapping

from flows.message import Clock, Message
from flows.ports.refusals import (
    AliasTaken,
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
    DealDone,
    DearerArea,
    EmptyCart,
    FloorOutside,
    NearAlias,
    NeedsVariant,
    NoCodeWanted,
    NoOffer,
    NoPhone,
    NotAllowed,
    NotBargained,
    NotCovered,
    NotEnough,
    NothingPaid,
    NothingToUndo,
    NotInCart,
    OnlyLeft,
    OutsideLimits,
    PromptOpen,
    RailUnavailable,
    Refusal,
    SoldOut,
    TooLate,
    TooMany,
    TooManyCodes,
    TooManyPrompts,
    UnknownOrder,
    UnknownProduct,
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


def _wrong_step(refusal: WrongStep) -> Message:
    status = STATUS_WORDS.get(refusal.status, Message("status-other"))
    return Message("refused-wrong-step", number=refusal.number, status=status)


def _prompt_open(refusal: PromptOpen) -> Message:
    if refusal.until is None:
        return Message("refused-payment-checked")
    return Message("refused-prompt-open-until", payer=refusal.payer, until=Clock(refusal.until))


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
    SoldOut: lambda r: Message("refused-sold-out", name=r.name),
    OnlyLeft: lambda r: Message("refused-only-left", count=r.left, name=r.name),
    NeedsVariant: lambda r: Message("refused-needs-variant", name=r.name),
    NotInCart: lambda r: Message("refused-not-in-cart", name=r.name),
    TooMany: lambda r: Message("refused-too-many", name=r.name, most=r.most),
    EmptyCart: lambda _: Message("refused-empty-cart"),
    CartChanged: lambda _: Message("refused-cart-changed"),
    BelowMinimum: lambda r: Message("refused-minimum", minimum=r.minimum, missing=r.missing),
    NotCovered: lambda r: Message("refused-not-covered", area=r.area),
    DearerArea: lambda r: Message("refused-dearer-area", area=r.area, fee=r.fee),
    UnknownOrder: lambda r: Message("refused-unknown-order", number=r.number),
    WrongStep: _wrong_step,
    TooLate: lambda r: Message("refused-too-late", number=r.number),
    PromptOpen: _prompt_open,
    AlreadyPaid: lambda r: Message("refused-already-paid", number=r.number),
    TooManyPrompts: lambda r: Message(
        "refused-too-many-prompts", payer=r.payer, until=Clock(r.until)
    ),
    RailUnavailable: lambda _: Message("refused-rail-unavailable"),
    AlreadyTaken: lambda r: Message("refused-already-taken", number=r.number),
    NoOffer: lambda r: Message("refused-no-offer", number=r.number),
    WrongCode: lambda r: Message("refused-wrong-code", count=r.tries_left, number=r.number),
    CodeLocked: lambda r: Message("refused-code-locked", number=r.number),
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
    NotEnough: lambda r: Message("refused-not-enough", there=r.there, wanted=r.wanted),
    NoPhone: lambda _: Message("refused-no-phone"),
    NothingPaid: lambda _: Message("refused-nothing-paid"),
}


def explain(refusal: Refusal) -> Message:
    """Why it could not be done, with the facts that the refusal carries."""
    return EXPLANATIONS[type(refusal)](refusal)
