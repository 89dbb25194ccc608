"""Money that is not what was asked for: it is kept apart until somebody says whose it is."""

from uuid import UUID

from flows.money import Money
from store.errors import StoreError
from store.ledger import Account, Kind, post
from store.models import AttemptRow, OrderRow
from store.postings.payments import REFUNDS, attempt_key
from store.postings.pending import SELLER, credited, shares_of
from store.scope import Scope

SUSPENSE = Account(Kind.SUSPENSE)


class OtherCurrencyError(StoreError):
    """Money in one currency cannot pay what is due in another."""


def review_key(attempt_id: UUID) -> str:
    """Of the one posting that ends a review, whatever it was."""
    return f"review:{attempt_id}"


def held_for_review(scope: Scope, attempt: AttemptRow, got: Money) -> bool:
    """`got` came in where the attempt's amount was asked for."""
    amounts = {Account(Kind.RAIL, attempt.rail): got.minor, SUSPENSE: -got.minor}
    key = attempt_key(attempt.id)
    return post(scope, key, "held", amounts, got.currency, order_id=attempt.order_id)


def review_accepted(scope: Scope, attempt: AttemptRow, got: Money) -> bool:
    """What came is taken as the payment: of its order, where more than the total is owed back and the
    seller bears what is missing; else into the payer's wallet. Raises OtherCurrencyError."""
    if got.currency != attempt.currency:
        raise OtherCurrencyError(f"{got.currency} came for {attempt.currency}")
    amounts = {SUSPENSE: got.minor}
    if attempt.order_id is None:
        amounts[Account(Kind.WALLET, str(attempt.person_id))] = -got.minor
    else:
        order = scope.session.get_one(OrderRow, attempt.order_id)
        amounts |= credited(shares_of(order))
        amounts[REFUNDS] = min(order.total - got.minor, 0)
        amounts[SELLER] += max(order.total - got.minor, 0)
    key = review_key(attempt.id)
    return post(scope, key, "accepted", amounts, got.currency, order_id=attempt.order_id)


def review_given_back(scope: Scope, attempt: AttemptRow, got: Money) -> bool:
    """What came is owed back to its payer."""
    amounts = {SUSPENSE: got.minor, REFUNDS: -got.minor}
    key = review_key(attempt.id)
    return post(scope, key, "given-back", amounts, got.currency, order_id=attempt.order_id)
