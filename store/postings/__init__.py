"""What is posted when: one function per thing that happens to money.

Each is called inside the transaction that writes the thing itself, with the rows of its order, attempt,
refund or payout locked, and posts once however often it is called: True where it was the first time.
docs/money.md shows every posting as a table.
"""

from store.postings.adopting import adopt
from store.postings.deliveries import cash_collected, door_cash_collected, handed_over
from store.postings.orders import paid_for, refund_of_wallet, refund_owed, released
from store.postings.payments import late_money, paid_from_wallet, payment_received, topped_up
from store.postings.payouts import payout_paid, payout_reserved, payout_returned, spendable
from store.postings.refunds import refund_sent, refund_to_wallet, returned_in_hand
from store.postings.reviews import held_for_review, review_accepted, review_given_back

__all__ = [
    "adopt",
    "cash_collected",
    "door_cash_collected",
    "handed_over",
    "held_for_review",
    "late_money",
    "paid_for",
    "paid_from_wallet",
    "payment_received",
    "payout_paid",
    "payout_reserved",
    "payout_returned",
    "refund_of_wallet",
    "refund_owed",
    "refund_sent",
    "refund_to_wallet",
    "released",
    "returned_in_hand",
    "review_accepted",
    "review_given_back",
    "spendable",
    "topped_up",
]
