"""Payouts in the books: money set aside for somebody's own phone, and what becomes of it. The payments
send it."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from flows.happenings import PayoutMoved
from flows.money import Money
from flows.ports.refusals import NotEnough
from flows.ports.shop import Standing
from flows.ports.wallet import Payout, PayoutStatus
from store.ids import new_reference
from store.ledger import Account, Kind, OverdrawnError
from store.models import PayoutRow, PersonRow, RiderRow
from store.payout_terms import PLAIN, PayoutTerms
from store.postings import payout_paid, payout_reserved, payout_returned, spendable
from store.scope import Scope
from store.standing import standing_of
from store.terms import terms_of

# Whose language is spoken to whoever is paid out of such an account.
ROLES = {
    Kind.WALLET: "customer",
    Kind.SELLER_AVAILABLE: "seller",
    Kind.RIDER_EARNINGS: "rider",
}
# The money came back with these.
RETURNED = frozenset({PayoutStatus.FAILED, PayoutStatus.DROPPED})
# Why a person looks at one, and for how long several are added up.
TOO_LARGE, TOO_MUCH, SUSPENDED = "above-limit", "above-limit-together", "shop-suspended"
RIDER_SUSPENDED = "rider-suspended"
ADDED_UP = timedelta(hours=24)
# People hear of these.
TOLD = RETURNED | {PayoutStatus.PAID, PayoutStatus.APPROVAL, PayoutStatus.STUCK}


def terms(scope: Scope) -> PayoutTerms:
    """Those of the shop's currency."""
    return scope.rules.payouts.get(scope.shop.currency, PLAIN)


def why_approval(scope: Scope, payout: PayoutRow) -> str | None:
    """Why a person looks at it before it leaves: it is large, or many small ones within a day are, by the
    shop's own limit, else the platform's; or the shop is suspended. None: it may go."""
    suspended = _suspended(scope, payout)
    if suspended is not None:
        return suspended
    most = _largest(scope, payout.currency)
    if most is None:
        return None
    if payout.amount > most:
        return TOO_LARGE
    return TOO_MUCH if payout.amount + _lately(scope, payout) > most else None


def _suspended(scope: Scope, payout: PayoutRow) -> str | None:
    """Which of them takes it out, the shop or a rider: either may owe what is taken. A shop's customers, and
    riders who are not suspended themselves, get theirs."""
    account = Account.named(payout.account)
    if account.kind is Kind.SELLER_AVAILABLE:
        shop = standing_of(scope.shop, scope.now) is Standing.SUSPENDED
        return SUSPENDED if shop else None
    if account.kind is not Kind.RIDER_EARNINGS:
        return None
    rider = scope.session.get(RiderRow, UUID(account.owner))
    return RIDER_SUSPENDED if rider is not None and rider.suspended else None


def _largest(scope: Scope, currency: str) -> int | None:
    """Minor units above which a person looks; None: never."""
    own = terms_of(scope.shop).payout_approval_above
    if own is not None:
        return own
    limit = terms(scope).approval_above
    return None if limit is None else Money.of(limit, currency).minor


def _lately(scope: Scope, payout: PayoutRow) -> int:
    """What left within a day before it out of the same account, or leaves before it, and nobody of the staff
    has seen: minor units. What came back does not count."""
    earlier = PayoutRow.created_at < payout.created_at
    at_once = (PayoutRow.created_at == payout.created_at) & (PayoutRow.id < payout.id)
    return (
        scope.session.scalar(
            select(func.coalesce(func.sum(PayoutRow.amount), 0)).where(
                PayoutRow.shop_id == scope.shop.id,
                PayoutRow.account == payout.account,
                PayoutRow.currency == payout.currency,
                PayoutRow.created_at > payout.created_at - ADDED_UP,
                PayoutRow.id != payout.id,
                PayoutRow.submitted_at.is_not(None) | earlier | at_once,
                PayoutRow.by.is_(None),
                PayoutRow.status.not_in(
                    [PayoutStatus.APPROVAL.value, *(s.value for s in RETURNED)]
                ),
            )
        )
        or 0
    )


def begin(
    scope: Scope,
    account: Account,
    person: PersonRow,
    *,
    rail: str,
    amount: Money,
    fee: Money,
    expected: str | None,
    phone: str | None = None,
) -> PayoutRow | NotEnough:
    """Set money of the person's aside, to be sent by `rail` to a wallet on `phone` (None: their own) in the
    name of `expected` (None: in whatever name). Who is asked at the same time waits for the account's
    lock."""
    to = phone or person.phone
    if to is None:
        raise ValueError("a payout goes to a phone")
    row = PayoutRow(
        id=new_reference(),
        shop_id=scope.shop.id,
        account=account.name,
        person_id=person.id,
        phone=to,
        rail=rail,
        amount=amount.minor,
        fee=fee.minor,
        currency=amount.currency,
        status=PayoutStatus.CREATED.value,
        expected=expected,
        next_poll_at=scope.now,
        created_at=scope.now,
    )
    try:
        payout_reserved(scope, row)
    except OverdrawnError:
        return NotEnough(spendable(scope, account, amount.currency), amount + fee)
    scope.session.add(row)
    scope.session.flush()
    scope.woken.payouts.add(row.id)
    return row


def came_to(scope: Scope, payout: PayoutRow, reason: str = "") -> None:
    """A locked payout has just moved to the status that its row says: the money follows, and its owner
    hears of it."""
    status = PayoutStatus(payout.status)
    if status is PayoutStatus.PAID:
        payout_paid(scope, payout)
    elif status in RETURNED:
        payout_returned(scope, payout)
    if status in TOLD:
        account = Account.named(payout.account)
        left = spendable(scope, account, payout.currency)
        role = ROLES[account.kind]
        scope.tell(PayoutMoved(str(payout.person_id), role, view(payout), left, reason))


def view(row: PayoutRow) -> Payout:
    return Payout(
        id=str(row.id),
        amount=Money(row.amount, row.currency),
        fee=Money(row.fee, row.currency),
        phone=row.phone,
        rail=row.rail,
        status=PayoutStatus(row.status),
        at=row.created_at,
        holder=row.holder,
    )


def newest(scope: Scope, account: Account, most: int) -> list[Payout]:
    """Out of one account, the newest first."""
    rows = scope.session.scalars(
        select(PayoutRow)
        .where(PayoutRow.shop_id == scope.shop.id, PayoutRow.account == account.name)
        .order_by(PayoutRow.created_at.desc())
        .limit(most)
    )
    return [view(row) for row in rows]


def under_way(scope: Scope, account: Account, currency: str) -> Money:
    """What has left an account and has not arrived, without fees."""
    rows = scope.session.scalars(
        select(PayoutRow.amount).where(
            PayoutRow.shop_id == scope.shop.id,
            PayoutRow.account == account.name,
            PayoutRow.currency == currency,
            PayoutRow.settled_at.is_(None),
        )
    )
    return Money(sum(rows), currency)
