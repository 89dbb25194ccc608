"""What an answer of a rail does to the attempt, its order and the customer: one transaction each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flows.money import Money
from flows.ports.payments import Attempt, AttemptStatus, Way
from payments.charge import RailStatus, Submission
from payments.checking.reviews import WRONG_AMOUNT, hold
from payments.errors import PaymentError
from payments.rail import Rail, Rails
from payments.schedule import Schedule
from payments.taking.steps import (
    EXPIRED,
    FAILED,
    OPEN,
    PENDING,
    REVIEW,
    SUCCEEDED,
    UNKNOWN,
    keep_reason,
    locked_attempt,
    move_attempt,
    put_off,
)
from payments.taking.subjects import Subject, subject_of
from payments.taking.views import LINK_LOST, REFUSED, WINDOW_PASSED, attempt_view
from store.models import AttemptRow
from store.scope import Scope

# Longer than any request waits for its answer.
LINK_COMES_WITHIN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Case:
    """An attempt and what its money is for, both locked, and the rail it went through; None: that is
    gone."""

    scope: Scope
    subject: Subject
    attempt: AttemptRow
    rail: Rail | None

    def seen(self) -> Attempt:
        return attempt_view(self.attempt, self.subject.number, self.rail)


def locked_case(scope: Scope, attempt_id: UUID, rails: Rails) -> Case | None:
    """None where this shop has no such attempt."""
    found = locked_attempt(scope, attempt_id)
    subject = subject_of(scope, found[1], found[0]) if found else None
    if found is None or subject is None:
        return None
    return Case(scope, subject, found[1], rails.at(scope.shop, found[1].rail))


def submitted(case: Case, answer: Submission | PaymentError, *, again: bool = False) -> None:
    """The answer to our request. `again`: it was sent before, so that a rail that now refuses us says
    nothing about the first one, which may yet take the money."""
    if isinstance(answer, PaymentError):
        if answer.permanent and not again:
            end_badly(case, FAILED, answer.code or REFUSED)
        elif answer.unknown or again:
            move_attempt(case.scope, case.attempt, UNKNOWN, answer.reason)
        put_off(case.scope, case.attempt, answer.retry_after)
        return
    keep_reason(case.scope, case.attempt, case.attempt.rail, answer.code, known=answer.known)
    case.attempt.provider_id = answer.provider_id or case.attempt.provider_id
    if answer.state is FAILED and not again:
        end_badly(case, FAILED, answer.code)
        return
    # Whatever else it says, only the status read afterwards says that money moved.
    to = UNKNOWN if answer.state in (UNKNOWN, FAILED) else PENDING
    move_attempt(case.scope, case.attempt, to, answer.code)
    _pass_on(case, answer)


def answered(case: Case, answer: RailStatus | PaymentError, schedule: Schedule) -> None:
    """The answer to "how does it stand?"."""
    attempt, now = case.attempt, case.scope.now
    if attempt.submitted_at is None:
        return
    attempt.polls += 1
    # Due again already: a callback or the customer spoke up while we were asking, so ask once more.
    if attempt.next_poll_at is None or attempt.next_poll_at > now:
        attempt.next_poll_at = schedule.next_poll(attempt.submitted_at, now, attempt.expires_at)
    if isinstance(answer, PaymentError):
        put_off(case.scope, case.attempt, answer.retry_after)
        _undecided(case, schedule.gives_up(attempt.submitted_at))
        return
    keep_reason(case.scope, attempt, attempt.rail, answer.code, known=answer.known)
    attempt.provider_id = answer.provider_id or attempt.provider_id
    if answer.state is SUCCEEDED:
        money_came(case, answer)
    elif answer.state is FAILED and attempt.status == EXPIRED:
        # The provider agrees that it is over, so there is nothing left to ask.
        attempt.next_poll_at, attempt.settled_at = None, now
        _answer_who_asked(case)
    elif answer.state in (FAILED, EXPIRED):
        end_badly(case, answer.state, answer.code)
    else:
        if answer.state is not None:
            move_attempt(case.scope, attempt, answer.state, answer.code)
            _pass_on(case, answer)
        if _link_lost(case, answer):
            end_badly(case, EXPIRED, LINK_LOST)
        else:
            _undecided(case, attempt.expires_at or now)


def _link_lost(case: Case, answer: RailStatus) -> bool:
    """The provider knows the attempt, but its answer with the link never came to us: nobody has it, so
    nobody can pay by it, and it is not shown again."""
    attempt = case.attempt
    if case.rail is None or case.rail.way is not Way.LINK or answer.state is not PENDING:
        return False
    if attempt.link is not None or attempt.submitted_at is None or attempt.status not in OPEN:
        return False
    return case.scope.now >= attempt.submitted_at + LINK_COMES_WITHIN


def end_badly(case: Case, to: AttemptStatus, code: str | None) -> None:
    """`to` FAILED or EXPIRED: the order may be paid anew, and the customer hears what can be done."""
    case.attempt.reason_code = code or case.attempt.reason_code
    if not move_attempt(case.scope, case.attempt, to, code):
        _answer_who_asked(case)
        return
    case.attempt.asked_at = None
    # The books look for open attempts of this order, and must not find this one.
    case.scope.session.flush()
    case.subject.ended()
    _tell_failed(case)


def money_came(case: Case, answer: RailStatus) -> None:
    """The provider says that it has succeeded; whether with all of the money is seen here."""
    scope, attempt = case.scope, case.attempt
    attempt.asked_at = None
    asked = Money(attempt.amount, attempt.currency)
    if answer.moved(asked) != asked:
        if move_attempt(scope, attempt, REVIEW, answer.got):
            attempt.got = answer.got
            hold(scope, attempt, WRONG_AMOUNT, answer.amount, answer.got)
            case.subject.held(case.seen(), answer.amount or answer.got)
    elif move_attempt(scope, attempt, SUCCEEDED):
        attempt.reason_code = None
        scope.session.flush()
        case.subject.came(case.seen())


def _pass_on(case: Case, answer: Submission | RailStatus) -> None:
    """A link or the wish for a code goes to the customer, once."""
    attempt = case.attempt
    if attempt.status not in OPEN:
        return
    if answer.link and answer.link != attempt.link:
        attempt.link = answer.link
        case.subject.tell_link(case.seen())
    if answer.wants_code and not attempt.wants_code:
        want_code(case)


def want_code(case: Case) -> None:
    """The customer is asked for the code that their network has sent them."""
    case.attempt.wants_code = True
    case.subject.tell_code_wanted(case.seen())


def _undecided(case: Case, until: datetime) -> None:
    """After `until` it is over for us; the sweep goes on asking for late money."""
    if case.attempt.status in OPEN and case.scope.now >= until:
        end_badly(case, EXPIRED, case.attempt.reason_code or WINDOW_PASSED)
    else:
        _answer_who_asked(case)


def _answer_who_asked(case: Case) -> None:
    """The customer said "I have paid", and gets one answer to that."""
    if case.attempt.asked_at is None:
        return
    case.attempt.asked_at = None
    if case.attempt.status in OPEN:
        case.subject.tell_open(case.seen())
    else:
        _tell_failed(case)


def _tell_failed(case: Case) -> None:
    """A cancelled order, or one paid in another way meanwhile, needs no more payment."""
    if not case.subject.closed:
        case.subject.tell_failed(case.seen())
