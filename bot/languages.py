"""What languages there are, by their own names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale, UnknownLocaleError

# CLDR knows these only by their English names, or by one nobody uses on the street.
OWN_NAMES = {"pcm": "Pidgin", "lg": "Luganda", "en": "English"}


@dataclass(frozen=True, slots=True)
class KnownLanguages:
    """Implements flows.ports.Languages. `directory` holds one folder per language."""

    directory: Path
    _names: dict[str, str] = field(default_factory=dict)

    def name(self, locale: str) -> str:
        if locale not in self._names:
            self._names[locale] = OWN_NAMES.get(locale) or _by_cldr(locale)
        return self._names[locale]

    def names(self, locales: Sequence[str]) -> Sequence[tuple[str, str]]:
        """(locale, name) for those that there are texts in."""
        there = [tag for tag in locales if (self.directory / tag / "LC_MESSAGES").is_dir()]
        return [(tag, self.name(tag)) for tag in there]


def _by_cldr(locale: str) -> str:
    try:
        known = Locale.parse(locale).get_language_name(locale)
    except (UnknownLocaleError, ValueError):
        known = None
    return (known or locale).capitalize()
