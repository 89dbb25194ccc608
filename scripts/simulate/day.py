"""What everybody in the simulation shares, and how a moment of the day passes."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from scripts.simulate.daytime import Daytime
from scripts.simulate.luck import Luck
from scripts.simulate.mail import Letter, Mail
from scripts.simulate.screens import Tongue
from scripts.simulate.server import Server


@dataclass(slots=True)
class Day:
    """`readers` are told of every letter to their number, `watchers` whenever anything has happened.
    `did` counts what people did."""

    seed: int
    daytime: Daytime
    server: Server
    luck: Luck
    mail: Mail
    tongue: Tongue
    readers: dict[str, Callable[[Letter], None]] = field(default_factory=dict)
    watchers: list[Callable[[], None]] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)

    def random(self, *about: str) -> Random:
        """Somebody's own chances: nobody else's draws change them."""
        return Random("\n".join((str(self.seed), *about)))

    def settle(self) -> None:
        """The server does what is to be done, and everybody reads what came of it."""
        while True:
            self.server.settle()
            letters: Sequence[Letter] = self.mail.collect()
            for letter in letters:
                reader = self.readers.get(letter.to)
                if reader is not None:
                    reader(letter)
            for watch in self.watchers:
                watch()
            if not letters:
                return
