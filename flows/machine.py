"""The machine: which handler of which state takes an input, and nothing more.

A state is a small class with `show` and handlers marked with `on`. What the state itself does not
take, the handlers that work anywhere take; what nobody takes counts as a misunderstanding.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias, TypeVar

from flows.codes import code_in
from flows.handlers import Handler, Handlers, Trigger
from flows.heard import Choice, Heard
from flows.place import Place, Spot, Step
from flows.ports import Ports
from flows.reply import Reply
from flows.visit import Visit
from intents.command import Command
from intents.intent import Intent
from intents.understanding import Asked, Understanding

BACK = "back"
HOME = "home"

F = TypeVar("F", bound=Callable[..., Step])
First: TypeAlias = Callable[[Visit, Understanding], Step | None]
L = TypeVar("L", bound=First)

# Below this a confident-looking guess is not acted on.
SURE = 0.5
# These answers are taken as they were written, unless an intent is this sure.
FREE_TEXT = frozenset({Asked.LANDMARK, Asked.REASON})
VERY_SURE = 0.9


class State(Protocol):
    """How a place shows itself."""

    def show(self, visit: Visit) -> Reply: ...


S = TypeVar("S", bound=type[State])


def on(*triggers: Trigger) -> Callable[[F], F]:
    """Mark a state's method as the handler of these triggers."""

    def mark(method: F) -> F:
        method.triggers = triggers  # type: ignore[attr-defined]
        return method

    return mark


def junction(name: str) -> Callable[[F], F]:
    """Mark a function through which many handlers pass: a drawing shows it as one point."""

    def mark(function: F) -> F:
        function.junction = name  # type: ignore[attr-defined]
        return function

    return mark


@dataclass(frozen=True, slots=True)
class Known:
    """A registered state: itself, and its handlers by trigger."""

    state: State
    handlers: Handlers


class Machine:
    """All states of one role. Registries are filled by decorators at import."""

    def __init__(self, role: str, home: str) -> None:
        self.role = role
        self.home = home
        self.states: dict[str, Known] = {}
        self.everywhere = Handlers()
        self._missed: Handler | None = None
        self._first: list[First] = []

    def state(self, name: str) -> Callable[[S], S]:
        """Register a class as the state `name`."""

        def register(cls: S) -> S:
            made = cls()
            handlers = Handlers()
            for attribute in dir(cls):
                method = getattr(made, attribute)
                for trigger in getattr(method, "triggers", ()):
                    handlers[trigger] = method
            self.states[name] = Known(made, handlers)
            return cls

        return register

    def anywhere(self, *triggers: Trigger) -> Callable[[F], F]:
        """Register a function for inputs that no state takes itself."""

        def register(function: F) -> F:
            for trigger in triggers:
                self.everywhere[trigger] = function
            return function

        return register

    def first(self, function: L) -> L:
        """Register what looks at every sentence before any state does, and takes it or leaves it to
        them (None). They are asked in the order in which they were registered."""
        self._first.append(function)
        return function

    def missed(self, function: F) -> F:
        """Register what is said when nobody understood. `visit.place.misses` counts them."""
        self._missed = function
        return function

    def step(self, place: Place | None, heard: Heard, ports: Ports, locale: str) -> Step:
        """Take one input. A place that no longer exists begins at home."""
        if place is None or place.spot.state not in self.states:
            place = Place(Spot(self.home))
        visit = Visit(ports, locale, place, self._show, self.home)
        own = self.states[place.spot.state].handlers
        if isinstance(heard, Choice) and heard.id not in own:
            if heard.id == BACK:
                return visit.back()
            if heard.id == HOME:
                return visit.home()
        if isinstance(heard, Understanding) and (taken := self._taken(visit, heard)) is not None:
            return taken
        handler = self._handler(place, heard)
        if handler is not None:
            visit.place = replace(place, misses=0)
            return handler(visit, heard)
        visit.place = replace(place, misses=place.misses + 1)
        if self._missed is None:
            return visit.stay()
        return self._missed(visit, heard)

    def _taken(self, visit: Visit, heard: Understanding) -> Step | None:
        place = visit.place
        for look in self._first:
            visit.place = replace(place, misses=0)
            if (step := look(visit, heard)) is not None:
                return step
        visit.place = place
        return None

    def _show(self, visit: Visit) -> Reply:
        return self.states[visit.place.spot.state].state.show(visit)

    def _handler(self, place: Place, heard: Heard) -> Handler | None:
        own = self.states[place.spot.state].handlers
        for trigger in triggers_of(heard, own):
            for table in (own, self.everywhere):
                if trigger in table:
                    return table[trigger]
        return None


def triggers_of(heard: Heard, own: Handlers) -> Iterator[Trigger]:
    """The triggers that an input pulls, the most telling first."""
    if isinstance(heard, Choice):
        yield heard.id
        yield heard.name
    elif isinstance(heard, Understanding):
        free = [asked for asked in FREE_TEXT if asked in own]
        if heard.wish is not None and not free:
            yield heard.wish.wish
        yield from _answers(heard)
        sure_enough = VERY_SURE if free else SURE
        if heard.confidence >= sure_enough and heard.intent is not Intent.OUT_OF_SCOPE:
            yield heard.intent
        yield from free
    elif isinstance(heard, Command):
        yield heard.word
    yield type(heard)


def _answers(heard: Understanding) -> Iterator[Asked]:
    """What a sentence answers, if that was asked."""
    if code_in(heard.text) is not None:
        yield Asked.CODE
    if heard.amount is not None:
        yield Asked.AMOUNT
    if heard.area is not None:
        yield Asked.AREA
    if heard.phone is not None:
        yield Asked.PHONE
    if heard.order is not None:
        yield Asked.ORDER
    if heard.locale_change is not None:
        yield Asked.LANGUAGE
    if any(item.quantity is not None for item in heard.items):
        yield Asked.QUANTITY
    if heard.items:
        yield Asked.PRODUCT
