"""One input's visit to a state: what a state is given, and the ways it can answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from flows.message import Message
from flows.place import Data, Datum, Place, Spot, Step
from flows.ports import Ports
from flows.reply import Menu, Option, Picture, Reply
from intents.understanding import Asked


@dataclass(slots=True)
class Visit:
    """`heading` collects what must be said before whatever is shown next."""

    ports: Ports
    locale: str
    place: Place
    show: Callable[["Visit"], Reply]
    home_state: str
    heading: list[Message] = field(default_factory=list)

    @property
    def data(self) -> Data:
        """What the state remembers since it was entered."""
        return self.place.spot.data

    def text(self, name: str) -> str:
        """A remembered string, "" when there is none."""
        value = self.data.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str, default: int = 0) -> int:
        value = self.data.get(name)
        return value if isinstance(value, int) else default

    def note(self, *messages: Message) -> "Visit":
        """Say this first, whatever comes."""
        self.heading.extend(messages)
        return self

    def say(
        self,
        *messages: Message,
        options: Sequence[Option] = (),
        title: Message | None = None,
        asks: Asked | None = None,
        ends: bool = False,
        pictures: Sequence[Picture] = (),
        asides: Sequence[Message] = (),
    ) -> Reply:
        """A reply. Options are not numbers: what they become is the renderer's affair."""
        menu = Menu(tuple(options), title) if options else None
        return Reply(tuple(messages), menu, tuple(pictures), ends, asks, asides=tuple(asides))

    def answer(self, reply: Reply) -> Step:
        """Say this and stay, without showing the state again; its options stay choosable."""
        return self._step(self.place, reply)

    def go(self, state: str, /, **data: Datum) -> Step:
        """On to `state`, which shows itself; "back" returns here."""
        return self._arrive(self.place.enter(Spot(state, data)))

    def swap(self, state: str, /, **data: Datum) -> Step:
        """Instead of the present state: "back" returns to where that came from."""
        return self._arrive(Place(Spot(state, data), self.place.trail))

    def stay(self, *messages: Message, **data: Datum) -> Step:
        """Show the state again, under `messages`, remembering `data` besides what it knew."""
        self.note(*messages)
        spot = Spot(self.place.spot.state, {**self.data, **data})
        return self._arrive(Place(spot, self.place.trail))

    def restart(self, state: str, /, **data: Datum) -> Step:
        """On to `state` with home as the only way back: what led here is done."""
        return self._arrive(Place(Spot(state, data), (Spot(self.home_state),)))

    def remember(self, **data: Datum) -> None:
        """From within `show`: keep what was shown, so that an answer can be held against it."""
        spot = Spot(self.place.spot.state, {**self.data, **data})
        self.place = replace(self.place, spot=spot)

    def back(self, *messages: Message) -> Step:
        self.note(*messages)
        return self._arrive(self.place.leave() or Place(Spot(self.home_state)))

    def home(self, *messages: Message) -> Step:
        self.note(*messages)
        return self._arrive(Place(Spot(self.home_state)))

    def end(self, *messages: Message) -> Step:
        """Say this and end a USSD session; the conversation starts at home again."""
        reply = Reply((*self.heading, *messages), ends=True)
        return Step(Place(Spot(self.home_state)), reply)

    def _arrive(self, place: Place) -> Step:
        self.place = place
        reply = self.show(self)
        return self._step(self.place, reply)

    def _step(self, place: Place, reply: Reply) -> Step:
        if self.heading:
            reply = replace(reply, messages=(*self.heading, *reply.messages))
            self.heading = []
        return Step(place, reply)
