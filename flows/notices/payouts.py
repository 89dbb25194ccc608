"""What is said of money that leaves for a phone, of the code that lets it go, and of the day's end."""

from collections.abc import Mapping
from typing import Any

from flows.happenings import CashReceived, CodeFor, CodeIssued, DayEnded, PayoutMoved
from flows.message import Elastic, Message, verbatim
from flows.notices.notice import Haste, Notice, OwnPhone, Rider, sellers
from flows.ports.shop import ShopInfo
from flows.ports.wallet import PayoutStatus

Notices = tuple[Notice, ...]

# What is said of each status that people hear of.
MOVED: Mapping[PayoutStatus, str] = {
    PayoutStatus.APPROVAL: "notice-payout-approval",
    PayoutStatus.PAID: "notice-payout-paid",
    PayoutStatus.FAILED: "notice-payout-failed",
    PayoutStatus.DROPPED: "notice-payout-dropped",
    PayoutStatus.STUCK: "notice-payout-stuck",
}

# What is said of a code that moves no money.
CHANGES: Mapping[CodeFor, str] = {
    CodeFor.TEAM: "notice-code-team",
    CodeFor.NUMBER: "notice-code-number",
}


def code_issued(happening: CodeIssued, shop: ShopInfo) -> Notices:
    """To the person's own phone only; nobody who holds another can read it."""
    facts: dict[str, Any] = {"code": happening.code, "shop": shop.name}
    if happening.for_ in CHANGES:
        message = Message(CHANGES[happening.for_], **facts)
    elif happening.payee is not None:
        message = Message(
            "notice-code-payee", amount=happening.amount, payee=happening.payee, **facts
        )
    elif happening.number is None:
        message = Message("notice-code-payout", amount=happening.amount, **facts)
    else:
        message = Message(
            "notice-code-pay", amount=happening.amount, number=happening.number, **facts
        )
    to = OwnPhone(happening.person, happening.role)
    return (Notice(to, message, kind=Haste.REPLY, secret=True),)


def moved(happening: PayoutMoved, shop: ShopInfo) -> Notices:
    """Nothing of what is only a step on the way."""
    payout = happening.payout
    key = MOVED.get(payout.status)
    if key is None:
        return ()
    values: dict[str, Any] = {
        "shop": shop.name,
        "amount": payout.amount,
        "phone": payout.phone,
    }
    if payout.status is PayoutStatus.DROPPED:
        reason = verbatim(happening.reason) if happening.reason else Message("failure-unsaid")
        message = Message(key, reason=reason, **values)
    elif payout.status in (PayoutStatus.PAID, PayoutStatus.FAILED):
        message = Message(key, left=happening.left, **values)
    else:
        message = Message(key, **values)
    return (Notice(OwnPhone(happening.person, happening.role), message),)


def cash_received(happening: CashReceived, shop: ShopInfo) -> Notices:
    message = Message(
        "notice-cash-received", shop=shop.name, amount=happening.amount, left=happening.left
    )
    return (Notice(Rider(happening.rider), message),)


def day_ended(happening: DayEnded, shop: ShopInfo) -> Notices:
    """One SMS in the letters of GSM-7, whatever the shop's name costs."""
    day = happening.day
    facts = Message(
        "alert-day-ended",
        count=day.orders,
        shop=Elastic((shop.name,)),
        came=day.came,
        went=day.went,
    )
    if not day.differences:
        return (sellers(facts),)
    return (sellers(Message("alert-day-differences", day=facts, count=day.differences)),)
