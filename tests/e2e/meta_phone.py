"""A handset with WhatsApp as Meta serves it: what is read can be tapped."""

import re
from dataclasses import dataclass, field

from channels.emulated import Answered
from channels.interactive import Button, Row
from channels.meta.emulator import Accepted, Who
from tests.e2e.house import House, eventually

MAMA, JOY = "100000000000001", "100000000000002"


@dataclass(slots=True)
class MetaPhone:
    """Somebody's, talking to one of our numbers. `last` is what was read last."""

    house: House
    who: Who
    to: str = MAMA
    seen: int = field(default=0)
    last: Accepted | None = None

    def inbox(self) -> list[Accepted]:
        """Everything that ever arrived here, oldest first."""
        return self.house.meta.messages_to(self.who.key)

    def read(self, pattern: str = "") -> str:
        """The next message that says `pattern`; what comes before it is read too."""

        def look() -> Accepted | None:
            inbox = self.inbox()
            for index in range(self.seen, len(inbox)):
                if re.search(pattern, inbox[index].text, re.IGNORECASE | re.DOTALL):
                    self.seen = index + 1
                    return inbox[index]
            return None

        try:
            self.last = eventually(look, pattern)
        except AssertionError:
            raise AssertionError(f"never read {pattern!r}: {self.inbox()}") from None
        return self.last.text

    def say(self, words: str, pattern: str = "") -> str:
        """Write, and read the answer."""
        return self._answered(self.house.meta.say(self.who, self.to, words), pattern)

    @property
    def offered(self) -> list[str]:
        """What can be tapped under what was read last."""
        return [_words(choice) for choice in self.last.choices] if self.last else []

    def order(self, *items: tuple[str, int], pattern: str = "") -> str:
        """Send a basket from the catalogue."""
        return self._answered(self.house.meta.order(self.who, self.to, items), pattern)

    def tap(self, label: str, pattern: str = "") -> str:
        """Tap what is called `label` under what was read last, and read the answer."""
        assert self.last is not None
        found = [c for c in self.last.choices if re.search(label, _words(c), re.IGNORECASE)]
        assert found, f"nothing says {label!r}: {self.last.choices}"
        return self._answered(self.house.meta.press(self.who, self.last, found[0].id), pattern)

    def _answered(self, answered: Answered, pattern: str) -> str:
        assert answered.status == 200, answered
        return self.read(pattern)


def _words(choice: Button | Row) -> str:
    described = choice.description if isinstance(choice, Row) else None
    return f"{choice.title} {described or ''}".strip()
