"""The customers' wallets: who was asked for money, what they answered, and what was sent to them."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from payments.emulated.callbacks import Call, Callbacks
from payments.emulated.dialect import Dialect, Fate
from payments.emulated.faults import Faults
from payments.emulated.holders import name_of
from payments.emulated.money import Answer, Prompt, Sent, Status

WAITING, TAKEN, FAILED = Status.WAITING, Status.TAKEN, Status.FAILED


class Wallets:
    """Thread-safe. `now` is the clock by which prompts lapse after `window`. `auto` answers every
    prompt by itself, None leaves them to the wallets' holders. `faults` and `names` (of holders, by
    E.164 phone; None: no wallet) may be changed at any time. `on_change` is called when a prompt came or
    ended; it must not ask anything of the wallets. `target` and `again` as in Callbacks."""

    def __init__(
        self,
        now: Callable[[], datetime],
        dialect: Dialect,
        *,
        window: timedelta,
        auto: Answer | None = None,
        faults: Faults | None = None,
        on_change: Callable[[], None] | None = None,
        target: str | None = None,
        again: Sequence[float] = (),
    ) -> None:
        self._now = now
        self._lock = threading.RLock()
        self._prompts: dict[str, Prompt] = {}
        self._sent: dict[str, Sent] = {}
        self._transactions = 1_000_000_000
        self._on_change = on_change
        self.dialect = dialect
        self.window = window
        self.auto = auto
        self.names: dict[str, str | None] = {}
        self.faults = faults or Faults()
        self.callbacks = Callbacks(self.faults, target, again)

    def ask(self, prompt: Prompt) -> bool:
        """A new prompt. False when its reference was used before: that one stands."""
        with self._lock:
            known = self._prompts.get(prompt.reference)
            if known is not None:
                known.requests += 1
                return False
            self._prompts[prompt.reference] = prompt
            fate = self.dialect.fate(prompt)
            if fate is None:
                if self.auto is not None:
                    self.answer(prompt.reference, self.auto)
            elif fate.status is TAKEN:
                self._take(prompt)
            elif fate.status is WAITING:
                prompt.reason = fate.reason
            else:
                self._end(prompt, fate.status, fate.reason)
        self._changed()
        return True

    def prompts(self, phone: str | None = None) -> Sequence[Prompt]:
        """Prompts that wait for their holder, oldest first; of one E.164 phone, or of all."""
        return [p for p in self.all() if p.status is WAITING and phone in (None, p.payer)]

    def all(self) -> Sequence[Prompt]:
        """Every prompt that was ever taken in, oldest first."""
        with self._lock:
            self._lapse()
            return list(self._prompts.values())

    def find(self, reference: str) -> Prompt | None:
        with self._lock:
            self._lapse()
            return self._prompts.get(reference)

    def by_transaction(self, transaction: str) -> Prompt | None:
        """The prompt that the provider knows by its own number."""
        return next((p for p in self.all() if p.transaction == transaction), None)

    def answer(self, reference: str, answer: Answer) -> None:
        """The holder answers. Raises KeyError for an unknown reference; a prompt that has ended stays
        as it is."""
        with self._lock:
            prompt = self._prompts[reference]
            if prompt.status is not WAITING:
                return
            if answer is Answer.APPROVE:
                self._take(prompt)
            elif answer is Answer.REFUSE:
                self._end(prompt, FAILED, self.dialect.refused)

    def approve(self, reference: str) -> None:
        self.answer(reference, Answer.APPROVE)

    def refuse(self, reference: str) -> None:
        self.answer(reference, Answer.REFUSE)

    def ignore(self, reference: str) -> None:
        self.answer(reference, Answer.IGNORE)

    def fail(self, reference: str, reason: str | None = None) -> None:
        """The wallet refuses in the provider's words, for want of money unless they say otherwise.
        Raises KeyError as `answer`."""
        with self._lock:
            prompt = self._prompts[reference]
            if prompt.status is WAITING:
                self._end(prompt, FAILED, reason or self.dialect.short)

    def reverse(self, reference: str) -> None:
        """The provider gives back what it had taken. Raises KeyError as `answer`."""
        with self._lock:
            prompt = self._prompts[reference]
            if prompt.status is TAKEN:
                self._end(prompt, Status.REVERSED, self.dialect.reversed)

    def call_back(self, reference: str) -> None:
        """Tells the merchant once more how a prompt, or money that was sent, ended. Raises KeyError for
        an unknown reference; says nothing of what waits."""
        with self._lock:
            about = self._prompts.get(reference) or self._sent[reference]
            if about.status is not WAITING:
                self._tell(about)

    def send(self, sent: Sent) -> bool:
        """Money goes to a customer: at once, or once it is settled. False when its reference was used
        before. More than was taken, or of nothing that was taken, fails."""
        with self._lock:
            known = self._sent.get(sent.reference)
            if known is not None:
                known.requests += 1
                return False
            self._sent[sent.reference] = sent
            fate = self.dialect.fate_of_sent(sent) or self._fate_of_sent(sent)
            if fate.status is WAITING:
                sent.reason = fate.reason
            else:
                self._settle(sent, fate.status, fate.reason)
        self._changed()
        return True

    def settle(self, reference: str, reason: str | None = None) -> None:
        """What was sent arrives, or fails for `reason`. Raises KeyError for an unknown reference; what
        has ended stays as it is."""
        with self._lock:
            sent = self._sent[reference]
            if sent.status is WAITING:
                self._settle(sent, FAILED if reason else TAKEN, reason)

    def sent(self, reference: str) -> Sent | None:
        with self._lock:
            return self._sent.get(reference)

    def refunds(self) -> Sequence[Sent]:
        """Everything that was given back or tried to be, oldest first."""
        with self._lock:
            return [sent for sent in self._sent.values() if sent.charge is not None]

    def payouts(self) -> Sequence[Sent]:
        with self._lock:
            return [sent for sent in self._sent.values() if sent.charge is None]

    def holder(self, phone: str) -> str | None:
        """Whose wallet an E.164 number's is; None where it has none."""
        return name_of(phone, self.names)

    def _fate_of_sent(self, sent: Sent) -> Fate:
        fault = self.faults.payout_reason if sent.charge is None else self.faults.refund_reason
        reason = fault or (None if sent.charge is None else self._too_much(sent, sent.charge))
        if reason:
            return Fate(FAILED, reason)
        return Fate(WAITING if self.faults.slow_sending else TAKEN)

    def _too_much(self, sent: Sent, charge: str) -> str | None:
        """Why this cannot go back; None: it can."""
        prompt = self._prompts.get(charge)
        if prompt is None or prompt.status is not TAKEN:
            return self.dialect.no_such_charge
        back = [s for s in self._sent.values() if s.charge == charge and s.status is not FAILED]
        given = sum((Decimal(s.amount) for s in back), Decimal(0))
        return self.dialect.too_much_back if given > Decimal(prompt.moved[0]) else None

    def _lapse(self) -> None:
        now = self._now()
        for prompt in self._prompts.values():
            waits = prompt.status is WAITING and prompt.reason is None
            if waits and now >= prompt.lapses_at:
                self._end(prompt, FAILED, self.dialect.lapsed)

    def _take(self, prompt: Prompt) -> None:
        prompt.taken = self.faults.take_other("other_amount") or prompt.amount
        prompt.taken_currency = self.faults.take_other("other_currency") or prompt.currency
        prompt.transaction = prompt.transaction or self.next_transaction()
        self._end(prompt, TAKEN, None)

    def _end(self, prompt: Prompt, status: Status, reason: str | None) -> None:
        prompt.status, prompt.reason = status, reason
        self._changed()
        if not self.faults.pending_for_ever:
            self._tell(prompt)

    def _settle(self, sent: Sent, status: Status, reason: str | None) -> None:
        sent.status, sent.reason = status, reason
        sent.transaction = sent.transaction or self.next_transaction()
        self._changed()
        self._tell(sent)

    def _tell(self, about: Prompt | Sent) -> None:
        true = self.dialect.call(about)
        if true is None:
            return
        lie = self.dialect.call(_opposite(about, self.dialect)) or true
        telling: Mapping[bool, Call] = {False: true, True: lie}
        self.callbacks.send(telling.__getitem__, about.asked)

    def _changed(self) -> None:
        if self._on_change is not None:
            self._on_change()

    def next_transaction(self) -> str:
        """A number of the provider's own."""
        with self._lock:
            self._transactions += 1
            return str(self._transactions)


def _opposite(about: Prompt | Sent, dialect: Dialect) -> Prompt | Sent:
    """A refusal for a success, and the other way round."""
    if about.status is TAKEN:
        return replace(about, status=FAILED, reason=dialect.refused, transaction=None)
    return replace(about, status=TAKEN, reason=None, transaction="1")
