"""The one door to the language engine: `understand`, and `load` for who wants the model ready before."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from intents.understanding import Catalogue, Context, Understanding

if TYPE_CHECKING:
    from intents.model import Standing
    from intents.reader import Reader


class _Engine:
    """Keeps the loaded reader. spaCy is only imported when a model is loaded."""

    def __init__(self) -> None:
        self._reader: Reader | None = None
        self._read: Standing | None = None
        self._lock = Lock()

    def load(self, path: Path | None) -> "Reader":
        from intents.model import default_folder, load_pipeline, standing
        from intents.reader import Reader

        folder = path or default_folder()
        found = standing(folder)
        if self._reader is None or self._read != found:
            self._reader = Reader(load_pipeline(folder))
            self._read = found
        return self._reader

    def reader(self) -> "Reader":
        if self._reader is None:
            with self._lock:
                if self._reader is None:
                    return self.load(None)
        return self._reader


_ENGINE = _Engine()


def load(path: Path | None = None) -> None:
    """Load the model from a folder (or from where training puts it), in place of one loaded before;
    the same one, unchanged, is kept.

    Raises intents.errors.ModelError, which names the command that mends it.
    """
    _ENGINE.load(path)


def understand(text: str, context: Context, catalogue: Catalogue) -> Understanding:
    """What a message means, read against what was asked and what the shop sells.

    The first call loads the model. Any text at all gets an Understanding.
    """
    return _ENGINE.reader().understand(text, context, catalogue)
