"""Looks at a payment before anybody is asked for money, and decides whether a person must look first."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from flows.happenings import PaymentHeld
from flows.money import Money
from flows.ports.refusals import PaymentBlocked, PaymentOnHold, Refusal
from payments.risk.history import History, history_of
from payments.risk.scoring import Signal, Verdict, score, verdict
from store.ids import new_id
from store.insertion import INSERTS
from store.models import OrderRow, PersonRow, RiskCaseRow
from store.orders.views import view
from store.quiet import is_quiet
from store.scope import Scope
from store.stock import extend_holds

# So long the goods are kept for a person to look.
LOOKED_AT_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be asked for: `order` None for a top-up. `payer` is "" where nobody's number is asked.
    `lately` is how often this person was asked of late."""

    person: PersonRow
    rail: str
    payer: str
    amount: Money
    lately: int
    order: OrderRow | None = None


def judge(scope: Scope, asked: Asked) -> Refusal | None:
    """None where it may go on. What is unusual is written down for staff; what they must see first is
    refused, and the seller hears that somebody looks at it."""
    sure = at_once(scope, asked)
    if verdict(score({*sure, Signal.AMOUNT, Signal.NEW_WALLET})) is Verdict.CLEAR:
        # Whatever is known of this person would change nothing.
        return None
    known = history_of(scope, asked.person, asked.payer, asked.amount)
    if known.allowed:
        return None
    found = sure | signals(scope, asked, known)
    points = score(found)
    says = verdict(points)
    if says is Verdict.CLEAR:
        return None
    new = _note(scope, asked, found, points, says)
    if says is Verdict.REVIEW:
        return None
    if new:
        order = view(asked.order) if asked.order is not None else None
        scope.tell(PaymentHeld(str(asked.person.id), order, asked.amount))
    if says is Verdict.BLOCK:
        return PaymentBlocked(scope.shop.name)
    if asked.order is not None:
        extend_holds(scope, asked.order.id, scope.now + LOOKED_AT_WITHIN)
    return PaymentOnHold(scope.shop.name)


def at_once(scope: Scope, asked: Asked) -> set[Signal]:
    """What is unusual by the clock of the shop and by how often was asked."""
    terms = scope.rules.risk
    found = {
        Signal.VELOCITY: asked.lately >= terms.attempts,
        Signal.HOUR: is_quiet(scope.shop, scope.now, terms.night),
    }
    return {signal for signal, there in found.items() if there}


def signals(scope: Scope, asked: Asked, known: History) -> set[Signal]:
    """What is unusual for this person, by the platform's numbers."""
    terms = scope.rules.risk
    large = terms.large.get(asked.amount.currency)
    unlike = known.paid >= terms.average_of and (
        asked.amount.minor > terms.times_average * known.average
    )
    own = (asked.person.phone, "")
    found = {
        Signal.AMOUNT: (large is not None and asked.amount.major > large) or unlike,
        Signal.NEW_WALLET: asked.payer not in own and not known.knows_wallet,
    }
    return {signal for signal, there in found.items() if there}


def _note(scope: Scope, asked: Asked, found: set[Signal], points: Decimal, says: Verdict) -> bool:
    """False where the same waits already."""
    order_id: UUID | None = asked.order.id if asked.order is not None else None
    insert = INSERTS[scope.session.get_bind().dialect.name]
    made = (
        insert(RiskCaseRow)
        .values(
            id=new_id(),
            shop_id=scope.shop.id,
            person_id=asked.person.id,
            order_id=order_id,
            rail=asked.rail,
            payer=asked.payer,
            amount=asked.amount.minor,
            currency=asked.amount.currency,
            score=int(points * 1000),
            signals=sorted(signal.value for signal in found),
            verdict=says.value,
            opened_at=scope.now,
        )
        .on_conflict_do_nothing()
        .returning(RiskCaseRow.id)
    )
    return scope.session.scalar(made) is not None
