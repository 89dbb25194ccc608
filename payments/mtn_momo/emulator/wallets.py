"""The customers' wallets: who was asked for money, what they answered, and what was given back."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from payments.mtn_momo.emulator import magic
from payments.mtn_momo.emulator.callbacks import Callbacks
from payments.mtn_momo.emulator.faults import Faults
from payments.mtn_momo.emulator.ledger import Answer, Prompt, Repaid

WINDOW = timedelta(minutes=5)


class Wallets:
    """Thread-safe. `now` is the clock by which prompts lapse after `window`. `auto` answers every
    prompt by itself, None leaves them to the wallets' holders. `faults` may be changed at any time.
    `on_change` is called when a prompt came or ended; it must not ask anything of the wallets.
    `target`: callbacks go to that server of this machine, whatever address they were asked to."""

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        window: timedelta = WINDOW,
        auto: Answer | None = None,
        faults: Faults | None = None,
        on_change: Callable[[], None] | None = None,
        target: str | None = None,
    ) -> None:
        self._now = now
        self._lock = threading.RLock()
        self._prompts: dict[str, Prompt] = {}
        self._refunds: dict[str, Repaid] = {}
        self._transactions = 1_000_000_000
        self.window = window
        self.auto = auto
        self._on_change = on_change
        self.faults = faults or Faults()
        self.callbacks = Callbacks(self.faults, target)

    def ask(self, prompt: Prompt) -> bool:
        """A new prompt. False when its reference was used before: that one stands."""
        with self._lock:
            known = self._prompts.get(prompt.reference)
            if known is not None:
                known.requests += 1
                return False
            self._prompts[prompt.reference] = prompt
            number = magic.ending(prompt.payer)
            if number in magic.FAILING:
                self._end(prompt, "FAILED", magic.FAILING[number])
            elif number in magic.WAITING:
                prompt.reason = magic.WAITING[number]
            elif number:
                self._take(prompt)
            elif self.auto is not None:
                self.answer(prompt.reference, self.auto)
        self._changed()
        return True

    def prompts(self, phone: str | None = None) -> Sequence[Prompt]:
        """Prompts that wait for their holder, oldest first; of one E.164 phone, or of all."""
        with self._lock:
            self._lapse()
            return [
                prompt
                for prompt in self._prompts.values()
                if prompt.status == "PENDING" and phone in (None, prompt.payer)
            ]

    def all(self) -> Sequence[Prompt]:
        """Every request to pay that was ever taken, oldest first."""
        with self._lock:
            self._lapse()
            return list(self._prompts.values())

    def find(self, reference: str) -> Prompt | None:
        with self._lock:
            self._lapse()
            return self._prompts.get(reference)

    def answer(self, reference: str, answer: Answer) -> None:
        """The holder answers. Raises KeyError for an unknown reference; a prompt that has ended stays
        as it is."""
        with self._lock:
            prompt = self._prompts[reference]
            if prompt.status != "PENDING":
                return
            if answer is Answer.APPROVE:
                self._take(prompt)
            elif answer is Answer.REFUSE:
                self._end(prompt, "FAILED", "APPROVAL_REJECTED")

    def approve(self, reference: str) -> None:
        self.answer(reference, Answer.APPROVE)

    def refuse(self, reference: str) -> None:
        self.answer(reference, Answer.REFUSE)

    def ignore(self, reference: str) -> None:
        self.answer(reference, Answer.IGNORE)

    def fail(self, reference: str, reason: str) -> None:
        """The wallet refuses in MTN's words, for want of money say. Raises KeyError as `answer`."""
        with self._lock:
            prompt = self._prompts[reference]
            if prompt.status == "PENDING":
                self._end(prompt, "FAILED", reason)

    def call_back(self, reference: str) -> None:
        """Tells the merchant once more how a prompt ended. Raises KeyError as `answer`; says nothing of
        one that waits."""
        with self._lock:
            prompt = self._prompts[reference]
            if prompt.status != "PENDING" and prompt.callback_url:
                self.callbacks.send(prompt.callback_url, prompt.as_json())

    def repay(self, refund: Repaid) -> bool:
        """A new refund. False when its reference was used before. More than was taken, or of nothing
        that was taken, is FAILED."""
        with self._lock:
            if refund.reference in self._refunds:
                return False
            prompt = self._prompts.get(refund.charge)
            given = sum(
                (Decimal(r.amount) for r in self._refunds.values() if _counts(r, refund.charge)),
                Decimal(0),
            )
            refund.transaction = self._next_transaction()
            if self.faults.refund_reason:
                refund.status, refund.reason = "FAILED", self.faults.refund_reason
            elif prompt is None or prompt.status != "SUCCESSFUL":
                refund.status, refund.reason = "FAILED", "PAYEE_NOT_FOUND"
            elif given + Decimal(refund.amount) > Decimal(prompt.taken or prompt.amount):
                refund.status, refund.reason = "FAILED", "NOT_ENOUGH_FUNDS"
            self._refunds[refund.reference] = refund
            return True

    def refund(self, reference: str) -> Repaid | None:
        with self._lock:
            return self._refunds.get(reference)

    def refunds(self) -> Sequence[Repaid]:
        with self._lock:
            return list(self._refunds.values())

    def _lapse(self) -> None:
        now = self._now()
        for prompt in self._prompts.values():
            waits = prompt.status == "PENDING" and prompt.reason is None
            if waits and now >= prompt.lapses_at:
                self._end(prompt, "FAILED", "COULD_NOT_PERFORM_TRANSACTION")

    def _take(self, prompt: Prompt) -> None:
        prompt.taken = self.faults.take_other_amount() or prompt.amount
        prompt.transaction = self._next_transaction()
        self._end(prompt, "SUCCESSFUL", None)

    def _end(self, prompt: Prompt, status: str, reason: str | None) -> None:
        prompt.status, prompt.reason = status, reason
        self._changed()
        if prompt.callback_url and not self.faults.pending_for_ever:
            self.callbacks.send(prompt.callback_url, prompt.as_json())

    def _changed(self) -> None:
        if self._on_change is not None:
            self._on_change()

    def _next_transaction(self) -> str:
        self._transactions += 1
        return str(self._transactions)


def _counts(refund: Repaid, charge: str) -> bool:
    return refund.charge == charge and refund.status == "SUCCESSFUL"


def is_amount(text: object) -> bool:
    """Whether `text` is an amount as MTN takes it: text of a positive decimal number."""
    if not isinstance(text, str):
        return False
    try:
        return Decimal(text).is_finite() and Decimal(text) > 0
    except InvalidOperation:
        return False
