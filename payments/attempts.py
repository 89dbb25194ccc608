"""A customer's payments, as the flows ask for them: the payments port on one turn's transaction."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from flows.money import Money
from flows.ports.orders import OrderStatus, PaymentStatus, Role
from flows.ports.payments import Attempt, AttemptStatus, Fit, RailOption, Way
from flows.ports.refusals import (
    AlreadyPaid,
    NoCodeWanted,
    PromptOpen,
    RailUnavailable,
    Refusal,
    TooManyPrompts,
    UnknownOrder,
    WrongStep,
)
from payments.caps import blocked_until, serialise
from payments.rail import Rail, Rails
from payments.schedule import Schedule
from payments.steps import OPEN, write_history
from payments.views import attempt_view
from store.actor import Actor
from store.models import AttemptRow, OrderRow, PersonRow
from store.orders.moving import move_payment
from store.orders.views import is_new, locked
from store.scope import Scope
from store.stock import extend_holds

UNPAID = (PaymentStatus.PENDING, PaymentStatus.FAILED)
GONE = (OrderStatus.CANCELLED, OrderStatus.RETURNED)
# Somebody's money is there, or may come: no second prompt.
TAKEN_UP = frozenset({*OPEN, AttemptStatus.REVIEW})


class OrderPayments:
    """What `person` can do about paying their own orders at the scope's shop. Implements
    flows.ports.payments.PaymentsPort; `medium` is "whatsapp", "sms" or "ussd"."""

    def __init__(
        self, scope: Scope, person: PersonRow, medium: str, rails: Rails, schedule: Schedule
    ) -> None:
        self._scope = scope
        self._person = person
        self._medium = medium
        self._all_rails = rails
        self._schedule = schedule
        self._begun: dict[int, AttemptRow] = {}

    def options(
        self, amount: Money | None = None, payer: str | None = None
    ) -> Sequence[RailOption]:
        return [RailOption(rail.name, rail.way) for rail in self._rails.values()]

    def payer_ok(self, rail: str, phone: str) -> bool:
        found = self._rails.get(rail)
        return found is not None and found.fit(phone) is not Fit.NO

    def open(self, number: int, rail: str, payer: str) -> Attempt | Refusal:
        order = self._order_locked(number)
        if order is None:
            return UnknownOrder(number)
        # An order that this very turn has placed has no attempts yet.
        refusal = _payable(order) or (
            None if is_new(self._scope, order) else self._prompt_open(order)
        )
        if refusal is not None:
            return refusal
        way = self._rails.get(rail)
        if way is None or not _can_take(way, order, payer):
            return RailUnavailable(rail)
        serialise(self._scope.session, self._person, payer)
        until = blocked_until(self._scope.session, self._person, payer, self._scope.now)
        if until is not None:
            return TooManyPrompts(payer, until)
        return self._begin(order, way, payer)

    def ask(self, number: int) -> Attempt | None:
        """Also asks about an attempt that has expired: its money may have come late. One that failed,
        succeeded or is in review is only told."""
        attempt = self._latest(number)
        if attempt is None:
            return None
        asked = attempt.status in {*OPEN, AttemptStatus.EXPIRED}
        if asked and attempt.submitted_at is not None:
            attempt.asked_at = attempt.next_poll_at = self._scope.now
            self._scope.woken.asked.add(attempt.id)
        elif asked:
            attempt.asked_at = self._scope.now
        return self._view(attempt, number)

    def hand_on(self, number: int | None, code: str) -> Attempt | Refusal:
        return NoCodeWanted()

    def latest(self, number: int) -> Attempt | None:
        attempt = self._latest(number)
        return self._view(attempt, number) if attempt else None

    @property
    def _rails(self) -> Mapping[str, Rail]:
        return self._all_rails.for_shop(self._scope.shop)

    def _order_locked(self, number: int) -> OrderRow | None:
        order = locked(self._scope, number=number)
        return order if order is not None and order.person_id == self._person.id else None

    def _prompt_open(self, order: OrderRow) -> PromptOpen | None:
        """The partial unique index says the same of open attempts; this one can say who was asked."""
        attempt = self._scope.session.scalar(
            select(AttemptRow).where(
                AttemptRow.shop_id == self._scope.shop.id,
                AttemptRow.order_id == order.id,
                AttemptRow.status.in_([status.value for status in TAKEN_UP]),
            )
        )
        if attempt is None:
            return None
        held = attempt.status == AttemptStatus.REVIEW
        return PromptOpen(attempt.payer, None if held else attempt.expires_at)

    def _begin(self, order: OrderRow, rail: Rail, payer: str) -> Attempt:
        scope, schedule = self._scope, self._schedule
        submit_after = schedule.submit_after(self._medium, scope.now)
        expires_at = submit_after + schedule.window_of(rail)
        attempt = AttemptRow(
            shop_id=scope.shop.id,
            order_id=order.id,
            rail=rail.name,
            payer=payer,
            amount=order.total,
            currency=order.currency,
            status=AttemptStatus.CREATED.value,
            medium=self._medium,
            submit_after=submit_after,
            expires_at=expires_at,
            created_at=scope.now,
        )
        scope.session.add(attempt)
        order.rail, order.payer = rail.name, payer
        customer = Actor(Role.CUSTOMER, self._person.id)
        move_payment(scope, order, PaymentStatus.PENDING, customer)
        scope.session.flush()
        write_history(scope, attempt.id, None, attempt.status, None)
        held_until = expires_at + schedule.grace
        if order.held_until is None or order.held_until < held_until:
            extend_holds(scope, order.id, held_until)
        scope.woken.attempts.add(attempt.id)
        self._begun[order.number] = attempt
        return attempt_view(attempt, order.number, rail)

    def _latest(self, number: int) -> AttemptRow | None:
        if number in self._begun:
            return self._begun[number]
        return self._scope.session.scalar(
            select(AttemptRow)
            .join(OrderRow, OrderRow.id == AttemptRow.order_id)
            .where(
                OrderRow.shop_id == self._scope.shop.id,
                OrderRow.person_id == self._person.id,
                OrderRow.number == number,
                AttemptRow.shop_id == self._scope.shop.id,
            )
            .order_by(AttemptRow.created_at.desc())
            .limit(1)
        )

    def _view(self, attempt: AttemptRow, number: int) -> Attempt:
        return attempt_view(attempt, number, self._all_rails.at(self._scope.shop, attempt.rail))


def _payable(order: OrderRow) -> Refusal | None:
    if order.payment_status not in UNPAID:
        return AlreadyPaid(order.number)
    if order.status in GONE:
        return WrongStep(order.number, order.status)
    return None


def _can_take(rail: Rail, order: OrderRow, payer: str) -> bool:
    amount = Money(order.total, order.currency)
    limits = rail.limits(amount.currency)
    return rail.way is Way.PROMPT and rail.fit(payer) is not Fit.NO and limits.allow(amount.minor)
