"""The language model of this process: loaded once, and asked about by /readyz."""

import structlog

import intents
from intents.errors import ModelError

log = structlog.get_logger(__name__)


class LanguageModel:
    """A process without it keeps what it receives, but cannot answer."""

    def __init__(self) -> None:
        self._loaded = False

    def load(self) -> bool:
        """Load it unless it is there. A missing or stale one is complained of, with what mends it."""
        if not self._loaded:
            try:
                intents.load()
                self._loaded = True
            except ModelError as error:
                log.error(str(error))
        return self._loaded
