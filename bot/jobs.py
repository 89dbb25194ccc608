"""What RQ runs. Jobs carry ids only; what they work with is the process's own world."""

from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from bot.maintenance import tidy
from bot.outbox.delivery import Delivery
from bot.pictures.fetching import fetch_due
from bot.wake import RedisWake
from bot.world import World
from payments import due
from payments.checking import reconciliation
from payments.sending import naming, payouts, refunds
from payments.taking import codes, polling, submitting
from payments.world import World as PaymentsWorld
from store.patience import may_take
from store.scores.reckoning import reckon
from store.transaction import run

# Seconds that one transaction of tidying up, or of reckoning for everybody, may take.
TIDYING = 600.0


@dataclass(frozen=True, slots=True)
class Shift:
    """What a worker thread works with."""

    world: World
    delivery: Delivery
    wake: RedisWake
    payments: PaymentsWorld


ON_SHIFT: ContextVar[Shift] = ContextVar("shift")


def deliver(queue: str) -> None:
    """Drain the set of woken addresses."""
    shift = ON_SHIFT.get()
    shift.wake.begun(queue, "bot.jobs.deliver")
    shift.delivery.drain(shift.wake.take)


def look_up() -> None:
    """Nothing. A crew that was waiting for work sees now that it was told to stop."""


def submit_payment(attempt: str) -> None:
    """Send one payment prompt."""
    submitting.submit(ON_SHIFT.get().payments, UUID(attempt))


def ask_payment(attempt: str) -> None:
    """The customer or a callback says that something happened: read the status now."""
    polling.poll(ON_SHIFT.get().payments, UUID(attempt))


def hand_on_code(attempt: str) -> None:
    """The customer has sent the one-time code that their network gave them."""
    codes.hand_on(ON_SHIFT.get().payments, UUID(attempt))


def submit_refund(refund: str) -> None:
    """Send one refund, or ask about it where a provider has called."""
    refunds.go_on(ON_SHIFT.get().payments, UUID(refund))


def submit_payout(payout: str) -> None:
    payouts.submit_payout(ON_SHIFT.get().payments, UUID(payout))


def name_number(number: str) -> None:
    """Ask whose wallet the number is that an owner wants for the shop's money."""
    naming.name_number(ON_SHIFT.get().payments, UUID(number))


def payments_due(queue: str) -> None:
    """Go on with every attempt, refund, payout and payout number whose time has come."""
    shift = ON_SHIFT.get()
    shift.wake.begun(queue, "bot.jobs.payments_due")
    due.submit_due(shift.payments)
    due.codes_due(shift.payments)
    due.poll_due(shift.payments)
    due.refunds_due(shift.payments)
    due.payouts_due(shift.payments)
    due.numbers_due(shift.payments)


def sweep_payments(queue: str) -> None:
    """Put what fell off the schedule back on it, and compare what has ended with what providers say."""
    shift = ON_SHIFT.get()
    shift.wake.begun(queue, "bot.jobs.sweep_payments")
    reconciliation.sweep(shift.payments)
    reconciliation.reconcile(shift.payments)


def fetch_pictures(queue: str) -> None:
    """Fetch the photos that sellers have sent."""
    shift = ON_SHIFT.get()
    shift.wake.begun(queue, "bot.jobs.fetch_pictures")
    fetch_due(shift.world)


def tidy_up(queue: str) -> None:
    """Make the months that come; blank, drop and forget what is old."""
    shift = ON_SHIFT.get()
    shift.wake.begun(queue, "bot.jobs.tidy_up")
    with may_take(TIDYING):
        tidy(shift.world)


def reckon_scores(queue: str) -> None:
    """Score every shop and rider, unless that was done today."""
    shift = ON_SHIFT.get()
    shift.wake.begun(queue, "bot.jobs.reckon_scores")
    world = shift.world
    with may_take(TIDYING):
        run(world.sessions, lambda session: reckon(session, world.rules, world.clock()))
