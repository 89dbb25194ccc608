"""The owner of a wallet at its prompt, whose answer may come late, twice or never."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.lab.handsets import Handsets
from bot.lab.phones import pretty
from bot.lab.switches import Switches
from bot.lab.wiring import amount
from payments.emulated import Answer, Prompt
from payments.mtn_momo.emulator import Wallets
from payments.steps import OPEN
from store.models import AttemptRow
from store.transaction import Sessions, run

CIRCUIT = "wallet"
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
        wallets: Wallets,
        switches: Switches,
        give_up: Callable[[str], None],
    ) -> None:
        self._handsets = handsets
        self._wallets = wallets
        self._switches = switches
        self._give_up = give_up

    def answer(self, reference: str, word: str) -> None:
        """Raises KeyError for a prompt that nobody sent, and for a word that is no answer."""
        prompt = self._wallets.find(reference)
        if prompt is None:
            raise KeyError(reference)
        if word == Answer.IGNORE:
            self._handsets.put_away(reference)
            return
        thrown = self._switches.strike(CIRCUIT, _named(prompt, WORDS[word]))
        if thrown is None:
            self._really(reference, word)
        elif thrown.name == "twice":
            self._really(reference, word)
            _after(thrown.seconds, partial(self._wallets.call_back, reference))
        else:
            self._handsets.put_away(reference)
            self._give_up(reference)
            if thrown.name == "late":
                _after(thrown.seconds, partial(self._really, reference, word))

    def _really(self, reference: str, word: str) -> None:
        if word == SHORT:
            self._wallets.fail(reference, "NOT_ENOUGH_FUNDS")
        else:
            self._wallets.answer(reference, Answer(word))


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
