"""Codes that prove whose phone it is: a caller id can be forged, so what takes money out waits until six
digits that were sent to the person's own number come back.

A code is good for five minutes and three tries. One is open per person and shop: a new one takes the
place of the old. It is used up whatever comes of it, and only its keyed digest is kept.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from flows.happenings import CodeFor, CodeIssued
from flows.money import Money
from flows.ports.refusals import BadCode, CodeOver, NoCodeWanted, NoPhone, Refusal, TooManyCodes
from flows.ports.wallet import CodeSent
from store.ids import new_id
from store.models import ChallengeRow, PersonRow
from store.models.base import Json
from store.scope import Scope

DIGITS = 6
GOOD_FOR = timedelta(minutes=5)
TRIES = 3
# At most so many codes within so long, over all shops: nobody is bombarded, and nobody guesses for days.
CAPS = ((3, timedelta(minutes=10)), (10, timedelta(hours=24)))

# What changes who works at a shop, or where its money goes: no money waits for it.
TEAM, NUMBER = "team", "payout-number"
WITHOUT_MONEY = {TEAM: CodeFor.TEAM, NUMBER: CodeFor.NUMBER}

REDEEMED, REPLACED, EXPIRED, GUESSED = "redeemed", "replaced", "expired", "guessed"


@dataclass(frozen=True, slots=True)
class Challenge:
    """What waited for the code that has come back: `purpose` and `payload` are the sender's own."""

    purpose: str
    payload: Mapping[str, Json]
    amount: Money
    fee: Money


@dataclass(frozen=True, slots=True)
class Challenges:
    """The codes of one person at the scope's shop. `key` is the server's secret. `purposes` are those
    that this machine has asked for: what another asked for it neither sees nor redeems."""

    scope: Scope
    person: PersonRow
    key: bytes
    purposes: Collection[str]

    def send(
        self, purpose: str, payload: Mapping[str, Json], amount: Money, fee: Money, role: str
    ) -> CodeSent | Refusal:
        """Send a code to the person's own number, in the language in which `role` is written to. The
        `payload` names an "order" where that is paid, and a "payee" where money goes to another phone.
        Refuses NoPhone, TooManyCodes."""
        phone, now = self.person.phone, self.scope.now
        if phone is None:
            return NoPhone()
        self._serialise()
        until = self._blocked_until()
        if until is not None:
            return TooManyCodes(until)
        before = self._open(lock=True)
        if before is not None:
            _close(before, now, REPLACED)
            self.scope.session.flush()
        code = f"{self.scope.chance.randrange(10**DIGITS):0{DIGITS}d}"
        row = ChallengeRow(
            id=new_id(),
            shop_id=self.scope.shop.id,
            person_id=self.person.id,
            phone=phone,
            purpose=purpose,
            payload=dict(payload),
            amount=amount.minor,
            fee=fee.minor,
            currency=amount.currency,
            until=now + GOOD_FOR,
            created_at=now,
        )
        row.digest = _digest(self.key, row.id, code)
        self.scope.session.add(row)
        self.scope.session.flush()
        number = payload.get("order")
        order = number if isinstance(number, int) else None
        for_ = WITHOUT_MONEY.get(purpose, CodeFor.MONEY)
        issued = (str(self.person.id), role, code, amount, row.until, order, for_, _payee(row))
        self.scope.tell(CodeIssued(*issued))
        return _sent(row)

    def redeem(self, code: str) -> Challenge | Refusal:
        """The code came back. Refuses NoCodeWanted where nothing waits here, BadCode, and CodeOver after
        the last try or the last minute."""
        row = self._open(lock=True)
        if row is None or row.purpose not in self.purposes:
            return NoCodeWanted()
        now = self.scope.now
        if row.until <= now:
            _close(row, now, EXPIRED)
            return CodeOver()
        row.tries += 1
        if not hmac.compare_digest(row.digest, _digest(self.key, row.id, code.strip())):
            if row.tries < TRIES:
                return BadCode(TRIES - row.tries)
            _close(row, now, GUESSED)
            return CodeOver()
        _close(row, now, REDEEMED)
        amount, fee = Money(row.amount, row.currency), Money(row.fee, row.currency)
        return Challenge(row.purpose, row.payload, amount, fee)

    def waiting(self) -> CodeSent | None:
        """What waits for a code that is still good."""
        row = self._open()
        if row is None or row.purpose not in self.purposes or row.until <= self.scope.now:
            return None
        return _sent(row)

    def drop(self) -> None:
        """The person does not want it any more."""
        row = self._open(lock=True)
        if row is not None and row.purpose in self.purposes:
            _close(row, self.scope.now, REPLACED)

    def _open(self, *, lock: bool = False) -> ChallengeRow | None:
        query = select(ChallengeRow).where(
            ChallengeRow.shop_id == self.scope.shop.id,
            ChallengeRow.person_id == self.person.id,
            ChallengeRow.closed_at.is_(None),
        )
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return self.scope.session.scalar(query)

    def _serialise(self) -> None:
        """Two turns of one person at two shops send one code after the other."""
        self.scope.session.execute(
            select(PersonRow.id)
            .where(PersonRow.id == self.person.id)
            .with_for_update(key_share=True)
        )

    def _blocked_until(self) -> datetime | None:
        """When the next code may go; None: now."""
        now = self.scope.now
        longest = max(within for _, within in CAPS)
        sent = self.scope.session.scalars(
            select(ChallengeRow.created_at)
            .where(
                ChallengeRow.person_id == self.person.id, ChallengeRow.created_at > now - longest
            )
            .order_by(ChallengeRow.created_at.desc())
            .limit(max(most for most, _ in CAPS))
        ).all()
        return free_again(sent, now)


def free_again(times: Sequence[datetime], now: datetime) -> datetime | None:
    """When the next may come after those at these `times`, the newest first; None: now."""
    ends = [times[most - 1] + within for most, within in CAPS if len(times) >= most]
    return max((at for at in ends if at > now), default=None)


def _digest(key: bytes, challenge: UUID, code: str) -> str:
    """Tied to its challenge: the same digits are worth nothing for another."""
    return hmac.new(key, f"{challenge}:{code}".encode(), hashlib.sha256).hexdigest()


def _close(row: ChallengeRow, now: datetime, outcome: str) -> None:
    row.closed_at, row.outcome = now, outcome


def _sent(row: ChallengeRow) -> CodeSent:
    amount, fee = Money(row.amount, row.currency), Money(row.fee, row.currency)
    return CodeSent(row.phone, amount, fee, row.until, _payee(row))


def _payee(row: ChallengeRow) -> str | None:
    payee = row.payload.get("payee")
    return payee if isinstance(payee, str) else None
