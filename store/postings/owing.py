"""The seller's own account, and what the seller owes when there is not enough in it."""

from store.ledger import Account, Amounts, Kind

AVAILABLE = Account(Kind.SELLER_AVAILABLE)
OWES = Account(Kind.SELLER_OWES)


def taken(there: Amounts, minor: int) -> dict[Account, int]:
    """Take so much from the seller, less than nothing: give it. `there` is what stands in AVAILABLE, and
    what it lacks becomes a debt, to be taken off a payout."""
    own = min(minor, max(there.get(AVAILABLE, 0), 0))
    return {AVAILABLE: own, OWES: minor - own}
