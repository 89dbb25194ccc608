"""What the handsets received: every message that an emulated provider took, by the phone it went to."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from channels.africastalking import emulator as africastalking
from channels.channel import Medium
from channels.meta import emulator as meta
from channels.twilio import emulator as twilio
from scripts.simulate.daytime import Daytime
from scripts.simulate.luck import Luck
from scripts.simulate.providers import Providers

T = TypeVar("T")

# Of a thousand messages so many do not reach their handset, and the network says so.
UNDELIVERED = 5


@dataclass(frozen=True, slots=True)
class Letter:
    """`tapped` is the message itself where there is something to tap under it; `body` lists that too, by
    numbers."""

    at: datetime
    to: str
    sender: str
    medium: Medium
    body: str
    tapped: meta.Accepted | None = None


@dataclass(slots=True)
class Mail:
    """`collect` hands out what came since it was last called, and has the networks report on it."""

    providers: Providers
    luck: Luck
    daytime: Daytime
    letters: dict[str, list[Letter]] = field(default_factory=lambda: defaultdict(list))
    _seen: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def collect(self) -> Sequence[Letter]:
        new = [*self._from_twilio(), *self._from_at(), *self._from_meta()]
        for letter in new:
            self.letters[letter.to].append(letter)
        return new

    def total(self) -> int:
        return sum(map(len, self.letters.values()))

    def _from_twilio(self) -> Sequence[Letter]:
        emulator = self.providers.twilio
        new: Sequence[twilio.Accepted] = self._new("twilio", emulator.messages)
        for m in new:
            lost = self._lost(m.to, m.body)
            said = ("undelivered", 30003) if lost else ("delivered", None)
            self._report(m.to, m.body, partial(emulator.report, m, *said))
        return [Letter(m.at, m.to, m.sender, m.medium, m.body) for m in new]

    def _from_at(self) -> Sequence[Letter]:
        emulator = self.providers.at
        new: Sequence[africastalking.Accepted] = self._new("africastalking", emulator.messages)
        for m in new:
            self._report(m.to, m.body, partial(emulator.report, m, "Success"))
        return [Letter(m.at, m.to, m.sender, Medium.SMS, m.body) for m in new]

    def _from_meta(self) -> Sequence[Letter]:
        """Two reports for each, of which the first may come last."""
        emulator = self.providers.meta
        new: Sequence[meta.Accepted] = self._new("meta", emulator.messages)
        for m in new:
            for status in ("delivered", "read"):
                self._report(m.to, f"{status} {m.text}", partial(emulator.report, m, status))
        return [Letter(m.at, m.to, m.sender, Medium.WHATSAPP, _shown(m), m) for m in new]

    def _new(self, provider: str, messages: Sequence[T]) -> Sequence[T]:
        new = messages[self._seen[provider] :]
        self._seen[provider] += len(new)
        return new

    def _lost(self, to: str, words: str) -> bool:
        lost = self.luck.of(1000, "undelivered", to, words) < UNDELIVERED
        if lost:
            self.luck.count("a message that does not arrive")
        return lost

    def _report(self, to: str, words: str, report: Callable[[], object]) -> None:
        late, again = self.luck.receipt_delays(to, words)
        if late:
            self.daytime.after(late, report)
        else:
            report()
        if again:
            self.daytime.after(again, report)


def _shown(message: meta.Accepted) -> str:
    """As it is read, with a number before each thing to tap."""
    listed = (
        f"{number}. {' '.join(filter(None, (choice.title, getattr(choice, 'description', None))))}"
        for number, choice in enumerate(message.choices, start=1)
    )
    return "\n".join((message.text, *listed))
