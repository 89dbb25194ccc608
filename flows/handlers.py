"""Handlers by what they take."""

from collections.abc import Callable, Iterator, MutableMapping
from typing import TypeAlias

from flows.heard import Heard
from flows.place import Step
from flows.visit import Visit
from intents.command import Word
from intents.intent import Intent
from intents.understanding import Asked
from intents.wish import Wish

# A trigger is an option's name, an intent, a seller's or rider's word, what was asked for, or a kind
# of input (Stale, Dialled, ...).
Trigger: TypeAlias = "str | Intent | Asked | Word | Wish | type[Heard]"
Handler: TypeAlias = Callable[[Visit, Heard], Step]


class Handlers(MutableMapping[Trigger, Handler]):
    """A mapping that tells the option "area" from the question Asked.AREA: both are strings, and
    equal ones, to a plain dict."""

    def __init__(self) -> None:
        self._by_kind: dict[tuple[type, Trigger], Handler] = {}

    def __getitem__(self, trigger: Trigger) -> Handler:
        return self._by_kind[_kind(trigger), trigger]

    def __setitem__(self, trigger: Trigger, handler: Handler) -> None:
        self._by_kind[_kind(trigger), trigger] = handler

    def __delitem__(self, trigger: Trigger) -> None:
        del self._by_kind[_kind(trigger), trigger]

    def __iter__(self) -> Iterator[Trigger]:
        return (trigger for _, trigger in self._by_kind)

    def __len__(self) -> int:
        return len(self._by_kind)


def _kind(trigger: Trigger) -> type:
    return type(trigger) if isinstance(trigger, Intent | Asked | Word | Wish | type) else str
