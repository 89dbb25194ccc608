"""What an attempt's money is for: an order of the shop, or the wallet that the shop keeps for whoever
pays. The attempt's life is the same; what closes it, what its money does and who hears of it are not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from flows.happenings import (
    CodeWanted,
    PaymentFailed,
    PaymentInReview,
    PaymentLink,
    PaymentStillOpen,
    ToppedUp,
    TopUpFailed,
    TopUpInReview,
    TopUpStillOpen,
)
from flows.money import Money
from flows.ports.orders import OrderStatus, PaymentStatus
from flows.ports.payments import Attempt
from store import postings
from store.ledger import Account, Kind, balance
from store.models import AttemptRow, OrderRow
from store.orders.settlement import payment_failed, receive_payment
from store.orders.views import view
from store.scope import Scope
from store.stock import extend_holds

# Goods stay held this long for money of which a person must first say what it is.
REVIEW_HOLD = timedelta(hours=24)


class Subject(Protocol):
    """All of it works on locked rows, in the transaction that has changed the attempt."""

    @property
    def number(self) -> int | None:
        """The order's; None for a wallet."""

    @property
    def order_id(self) -> UUID | None: ...

    @property
    def closed(self) -> bool:
        """Nobody should be asked for this money any more."""

    def came(self, seen: Attempt) -> None:
        """All of the money is there. Says so to whom it concerns."""

    def ended(self) -> None:
        """The attempt failed or expired: another may be made."""

    def held(self, seen: Attempt, got: Money | str) -> None:
        """Other money came than was asked for; a person will decide."""

    def tell_failed(self, seen: Attempt) -> None: ...
    def tell_open(self, seen: Attempt) -> None: ...
    def tell_link(self, seen: Attempt) -> None: ...
    def tell_code_wanted(self, seen: Attempt) -> None: ...


@dataclass(frozen=True, slots=True)
class ForOrder:
    """`order` is locked, as is its attempt."""

    scope: Scope
    attempt: AttemptRow
    order: OrderRow

    @property
    def number(self) -> int | None:
        return self.order.number

    @property
    def order_id(self) -> UUID | None:
        return self.order.id

    @property
    def closed(self) -> bool:
        unpaid = self.order.payment_status in (PaymentStatus.PENDING, PaymentStatus.FAILED)
        return not unpaid or self.order.status in (OrderStatus.CANCELLED, OrderStatus.RETURNED)

    def came(self, seen: Attempt) -> None:
        receive_payment(self.scope, self.order.id, self.attempt.id)

    def ended(self) -> None:
        payment_failed(self.scope, self.order.id)

    def held(self, seen: Attempt, got: Money | str) -> None:
        extend_holds(self.scope, self.order.id, self.scope.now + REVIEW_HOLD)
        self.scope.tell(PaymentInReview(view(self.order), seen, got))

    def tell_failed(self, seen: Attempt) -> None:
        self.scope.tell(PaymentFailed(view(self.order), seen))

    def tell_open(self, seen: Attempt) -> None:
        self.scope.tell(PaymentStillOpen(view(self.order), seen))

    def tell_link(self, seen: Attempt) -> None:
        self.scope.tell(PaymentLink(str(self.order.person_id), view(self.order), seen))

    def tell_code_wanted(self, seen: Attempt) -> None:
        self.scope.tell(CodeWanted(str(self.order.person_id), view(self.order), seen))


@dataclass(frozen=True, slots=True)
class ForWallet:
    """A top-up of the wallet of `person`, whose money never expires: it is credited however late."""

    scope: Scope
    attempt: AttemptRow
    person: UUID

    number: None = None
    order_id: None = None
    closed: bool = False

    def came(self, seen: Attempt) -> None:
        postings.topped_up(self.scope, self.attempt)
        account = Account(Kind.WALLET, str(self.person))
        there = balance(self.scope, account, self.attempt.currency)
        self.scope.tell(ToppedUp(str(self.person), seen, seen.amount, there))

    def ended(self) -> None:
        """Nothing waits for it."""

    def held(self, seen: Attempt, got: Money | str) -> None:
        self.scope.tell(TopUpInReview(str(self.person), seen, got))

    def tell_failed(self, seen: Attempt) -> None:
        self.scope.tell(TopUpFailed(str(self.person), seen))

    def tell_open(self, seen: Attempt) -> None:
        self.scope.tell(TopUpStillOpen(str(self.person), seen))

    def tell_link(self, seen: Attempt) -> None:
        self.scope.tell(PaymentLink(str(self.person), None, seen))

    def tell_code_wanted(self, seen: Attempt) -> None:
        self.scope.tell(CodeWanted(str(self.person), None, seen))


def subject_of(scope: Scope, attempt: AttemptRow, order: OrderRow | None) -> Subject | None:
    """None where the row says neither for what nor for whom."""
    if order is not None:
        return ForOrder(scope, attempt, order)
    return ForWallet(scope, attempt, attempt.person_id) if attempt.person_id else None
