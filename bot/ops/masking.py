"""Personal data and secrets are taken out of everything that is logged."""

from collections.abc import MutableMapping
from typing import TypeAlias

from store.masking import masked, shown

__all__ = ["mask", "masked"]

Logged: TypeAlias = MutableMapping[str, object]


def mask(_logger: object, _method: str, event: Logged) -> Logged:
    """A structlog processor: masks every value of an event, however deep."""
    for key, value in event.items():
        event[key] = shown(key, value)
    return event
