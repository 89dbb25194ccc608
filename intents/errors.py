"""What can go wrong with the language engine."""


class IntentsError(Exception):
    """The base of every error that intents raises."""


class LanguageDataError(IntentsError):
    """A file under locales/ cannot be read. Names the file and the reason."""


class ModelError(IntentsError):
    """The trained model is missing or stale. The text names the command that mends it."""
