"""The owner of a wallet at its prompt, whose answer may come late, twice or never."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.lab.circuits import HOLDERS
from bot.lab.handsets import Handsets
from bot.lab.phones import pretty
from bot.lab.switches import Switches
from bot.lab.wiring import amount
from payments.emulated import Answer, Prompt, Wallets
from payments.taking.steps import OPEN
from store.models import AttemptRow
from store.transaction import Sessions, run

SHORT = "short"
WORDS: Mapping[str, str] = {
    Answer.APPROVE: "yes",
    Answer.REFUSE: "no",
    SHORT: "not enough money",
}


class Holder:
    """Answers prompts: approve, refuse, ignore, or short (of money)."""

    def __init__(
        self,
        handsets: Handsets,
        purses: Mapping[str, Wallets],
        switches: Switches,
        give_up: Callable[[str], None],
    ) -> None:
        self._handsets = handsets
        self._purses = purses
        self._switches = switches
        self._give_up = give_up

    def answer(self, reference: str, word: str) -> None:
        """Raises KeyError for a prompt that nobody sent, and for a word that is no answer."""
        wallets, prompt = self._find(reference)
        if word == Answer.IGNORE:
            self._handsets.put_away(reference)
            return
        really = partial(_answer, wallets, reference, word)
        thrown = self._switches.strike(HOLDERS, _named(prompt, WORDS[word]))
        if thrown is None:
            really()
        elif thrown.name == "twice":
            really()
            _after(thrown.seconds, partial(wallets.call_back, reference))
        elif thrown.name == "other":
            wallets.faults.other_amount = str(_half(prompt))
            really()
            wallets.faults.other_amount = None
        elif thrown.name == "back":
            really()
            _after(thrown.seconds, partial(wallets.reverse, reference))
        else:
            self._handsets.put_away(reference)
            self._give_up(reference)
            if thrown.name == "late":
                _after(thrown.seconds, really)

    def _find(self, reference: str) -> tuple[Wallets, Prompt]:
        for wallets in self._purses.values():
            prompt = wallets.find(reference)
            if prompt is not None:
                return wallets, prompt
        raise KeyError(reference)


def _answer(wallets: Wallets, reference: str, word: str) -> None:
    if word == SHORT:
        wallets.fail(reference)
    else:
        wallets.answer(reference, Answer(word))


def _half(prompt: Prompt) -> Decimal:
    """Rounded down to a whole unit."""
    return Decimal(prompt.amount) // 2


def give_up_waiting(sessions: Sessions, now: Callable[[], datetime], reference: str) -> None:
    """Lets the time in which a prompt may be answered be over now, for the shop: nobody sits in a lab
    for the minutes that it takes. The clock does the rest, as it does for every prompt."""

    def write(session: Session) -> None:
        moment = now()
        session.execute(
            update(AttemptRow)
            .where(
                AttemptRow.id == UUID(reference),
                AttemptRow.status.in_([status.value for status in OPEN]),
            )
            .values(expires_at=moment, next_poll_at=moment)
        )

    run(sessions, write)


def _after(seconds: float, deed: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, deed)
    timer.daemon = True
    timer.start()


def _named(prompt: Prompt, word: str) -> str:
    return f"“{word}” to {amount(prompt.amount, prompt.currency)} on {pretty(prompt.payer)}"
