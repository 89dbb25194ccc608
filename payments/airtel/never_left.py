"""Requests that are known never to have left."""

import threading
from collections import OrderedDict
from uuid import UUID

MOST = 1024


class NeverLeft:
    """What this process tried to say to a provider and could not: no connection, or turned away unread.
    Of what another process tried, or this one before it was started anew, nothing is known, and it must be
    taken to have left. Thread-safe; the oldest are forgotten."""

    def __init__(self) -> None:
        self._references: OrderedDict[UUID, None] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, reference: UUID) -> bool:
        with self._lock:
            return reference in self._references

    def add(self, reference: UUID) -> None:
        with self._lock:
            self._references[reference] = None
            while len(self._references) > MOST:
                self._references.popitem(last=False)

    def discard(self, reference: UUID) -> None:
        with self._lock:
            self._references.pop(reference, None)
