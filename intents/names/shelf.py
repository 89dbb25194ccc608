"""The indexes of the catalogues in use."""

from collections import OrderedDict
from threading import Lock

from intents.language_files import speech
from intents.names.index import Names
from intents.understanding import Catalogue

_CATALOGUES = 256


class Shelf:
    """The indexes of the catalogues in use, the least recently used forgotten first."""

    def __init__(self, size: int = _CATALOGUES) -> None:
        self._size = size
        self._kept: OrderedDict[tuple[str, tuple[str, ...]], Names] = OrderedDict()
        self._lock = Lock()

    def names(self, catalogue: Catalogue, locales: tuple[str, ...]) -> Names:
        """The catalogue's index in its shop's languages, made once for each of its keys."""
        key = (catalogue.key, locales)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = Names(catalogue.entries, speech(locales))
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made
