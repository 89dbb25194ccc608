"""A person's phone, as they use it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from channels.africastalking.emulator import UssdSession
from channels.channel import Medium
from channels.meta.emulator import Accepted, Who
from scripts.simulate.day import Day
from scripts.simulate.files import Place
from scripts.simulate.mail import Letter


class Handset(Protocol):
    """`say` writes, types or taps; `take` is told of every letter; `screen` is what there is to read, empty
    before anything came. `name` is what the report calls it."""

    @property
    def name(self) -> str: ...

    @property
    def screen(self) -> str: ...

    def say(self, words: str) -> None: ...

    def take(self, letter: Letter) -> None: ...


def handset(day: Day, number: str, place: Place, medium: Medium) -> Handset:
    """What somebody with that number uses at that shop."""
    if medium is Medium.USSD:
        return Dialling(day, number, place)
    if medium is Medium.WHATSAPP and place.whatsapp_by == "meta":
        return Tapping(day, number, place)
    return Texting(day, number, place, medium)


@dataclass(slots=True)
class Texting:
    """WhatsApp or SMS in words: what was read last is the screen."""

    day: Day
    number: str
    place: Place
    medium: Medium
    screen: str = ""
    _addressed: bool = field(default=False)

    @property
    def name(self) -> str:
        return "SMS" if self.medium is Medium.SMS else "WhatsApp, written"

    def say(self, words: str) -> None:
        self.screen = ""
        providers, place = self.day.server.providers, self.place
        if self.medium is Medium.SMS and place.carrier == "africastalking":
            first = "" if self._addressed or not place.word else f"{place.word} "
            self._addressed = True
            at, key = providers.at, providers.at.options.new_id()
            self._bring(words, lambda: at.say(self.number, place.texts, first + words, id=key))
            return
        to = place.whatsapp if self.medium is Medium.WHATSAPP else place.texts
        twilio, sid = providers.twilio, f"SM{providers.twilio.options.new_id()}"
        self._bring(words, lambda: twilio.say(self.number, to, words, medium=self.medium, sid=sid))

    def take(self, letter: Letter) -> None:
        self.screen = letter.body

    def _bring(self, words: str, carry: Callable[[], object]) -> None:
        bring(self.day, self.number, words, carry)


@dataclass(slots=True)
class Tapping:
    """WhatsApp through Meta: what stands under the last message is tapped where its number is said."""

    day: Day
    number: str
    place: Place
    screen: str = ""
    _last: Accepted | None = None

    @property
    def name(self) -> str:
        return "WhatsApp, tapped"

    def say(self, words: str) -> None:
        self.screen = ""
        meta, who = self.day.server.providers.meta, Who(self.number)
        choices = self._last.choices if self._last is not None else ()
        key = meta.new_id()
        if self._last is not None and words.isdecimal() and 1 <= int(words) <= len(choices):
            last, chosen = self._last, choices[int(words) - 1]
            bring(self.day, self.number, words, lambda: meta.press(who, last, chosen.id))
            return
        to = self.place.whatsapp
        bring(self.day, self.number, words, lambda: meta.say(who, to, words, identifier=key))

    def take(self, letter: Letter) -> None:
        self.screen, self._last = letter.body, letter.tapped


def bring(day: Day, number: str, words: str, carry: Callable[[], object]) -> None:
    """At once; now and then minutes late, behind what was said after it, or once more long afterwards."""
    late, again = day.luck.delays(number, words)
    if late:
        day.daytime.after(late, carry)
    else:
        carry()
    if again:
        day.daytime.after(again, carry)


@dataclass(slots=True)
class Dialling:
    """USSD: dials when the session is over. The network ends one now and then, and says so late."""

    day: Day
    number: str
    place: Place
    session: UssdSession | None = None

    @property
    def name(self) -> str:
        return "USSD"

    @property
    def screen(self) -> str:
        return self.session.screen if self.session else ""

    @property
    def open(self) -> bool:
        return self.session is not None and self.session.open

    def take(self, letter: Letter) -> None:
        """An SMS does not show on the screen of a session."""

    def say(self, words: str) -> None:
        if self.session is not None and self.session.open:
            self.session.reply(words)
        else:
            self.session = self.day.server.providers.at.dial(self.place.ussd, self.number)
        ended = self.session
        if ended.open and (seconds := self.day.luck.session_ends(self.number, words)):
            ended.open = False
            self.session = None
            self.day.daytime.after(seconds, lambda: ended.hang_up("Incomplete"))
