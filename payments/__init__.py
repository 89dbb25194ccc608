"""Taking money through Mobile Money and giving it back: rails, attempts, refunds, reconciliation.

A turn uses `OrderPayments`. Everything after it takes a `World`: the jobs that a turn wakes (`submit`,
`poll`, `submit_refund`), a provider's `callback`, and the clock's `submit_due`, `poll_due`,
`refunds_due` and `sweep`.
"""

from payments.checking.reconciliation import sweep
from payments.due import anything_due, poll_due, refunds_due, submit_due
from payments.errors import PaymentError
from payments.rail import Rail, Rails
from payments.schedule import Schedule
from payments.sending.refunds import poll_refund, submit_refund
from payments.taking.attempts import OrderPayments
from payments.taking.polling import callback, poll
from payments.taking.submitting import submit
from payments.world import World

__all__ = [
    "OrderPayments",
    "PaymentError",
    "Rail",
    "Rails",
    "Schedule",
    "World",
    "anything_due",
    "callback",
    "poll",
    "poll_due",
    "poll_refund",
    "refunds_due",
    "submit",
    "submit_due",
    "submit_refund",
    "sweep",
]
