"""What must be true when the day is over, whatever went wrong in it."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.orm import Session

from scripts.simulate import message_laws, order_laws
from scripts.simulate.day import Day
from store.proof import prove

# So many of the rows that do not fit are shown.
MOST_SHOWN = 3
# Numbers of people, which no report shows whole.
_PHONE = re.compile(r"\+\d{6,}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`faults` are the first few rows that do not fit; none: it holds."""

    law: str
    faults: Sequence[str]

    @property
    def holds(self) -> bool:
        return not self.faults


class Complaints(logging.Handler):
    """Every error that the server logged: duties and sends that raised."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        said = record.msg
        self.heard.append(str(said.get("event", said) if isinstance(said, dict) else said))


@dataclass(slots=True)
class Laws:
    """Laws about a session, by what they say."""

    day: Day
    complaints: Complaints
    verdicts: list[Verdict] = field(default_factory=list)

    def hold(self) -> Sequence[Verdict]:
        self._judge("the books: every law of `money check`", self._proof())
        for law, look in LAWS:
            self._judge(law, self.day.server.read(partial(look, self.day)))
        self._judge("no error was logged", self.complaints.heard)
        self._judge("nobody read an apology for a fault of ours", self._apologies())
        return self.verdicts

    def _judge(self, law: str, faults: Sequence[object]) -> None:
        self.verdicts.append(
            Verdict(law, [_PHONE.sub("+...", str(fault)) for fault in faults[:MOST_SHOWN]])
        )

    def _proof(self) -> Sequence[str]:
        finding = prove(self.day.server.world.engine).finding
        return [str(finding)] if finding else []

    def _apologies(self) -> Sequence[str]:
        letters = (letter for kept in self.day.mail.letters.values() for letter in kept)
        return [x.body for x in letters if self.day.tongue.says(x.body, "sorry-our-fault")]


LAWS: Sequence[tuple[str, Callable[[Day, Session], Sequence[object]]]] = (
    ("no stock is negative, nothing is held that is not there", order_laws.negative),
    ("what is held is what open orders hold", order_laws.held),
    ("no dead letters", message_laws.dead),
    ("every message was answered", message_laws.unanswered),
    ("everything that was to be sent has left", message_laws.unsent),
    ("nothing was sent twice for one cause", message_laws.twice),
    ("no message arrived twice but where a line broke", message_laws.arrived_twice),
    ("nobody was told the same thing twice unasked", message_laws.told_again),
    ("who waits for goods that are back hears of it", order_laws.waiting),
    ("no paid order is forgotten", order_laws.paid_and_forgotten),
    ("no unpaid order outlives its time", order_laws.lapsed),
)
