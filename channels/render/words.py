"""From a Message to words: gettext catalogues whose keys are names, one per language."""

import gettext
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from channels.channel import Medium
from channels.render.amounts import clock, moment, money
from channels.render.reader import Reader
from flows.message import Clock, Elastic, Message, Value
from flows.money import Money

FALLBACK = "en"

# A shorter text, where the catalogue has one, goes where room is short.
CONTEXTS: Mapping[Medium, tuple[str | None, ...]] = {
    Medium.USSD: ("ussd", "short", None),
    Medium.SMS: ("short", None),
    Medium.WHATSAPP: (None,),
}

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class MissingTextError(KeyError):
    """No catalogue has this key, or a text names a value that its message does not carry."""


@dataclass(frozen=True, slots=True)
class Squeeze:
    """How far a text may be shortened: `parts` kept of an Elastic, `letters` of any other words."""

    parts: int | None = None
    letters: int | None = None

    def words(self, text: str) -> str:
        if self.letters is None or len(text) <= self.letters:
            return text
        if self.letters < 6:
            return text[: self.letters].rstrip()
        return text[: self.letters - 2].rstrip() + ".."

    def elastic(self, value: Elastic) -> str:
        """ "a, b, c" or, shortened, "a, b +1"."""
        kept = value.parts if self.parts is None else value.parts[: self.parts]
        text = ", ".join(map(self.words, kept))
        rest = len(value.parts) - len(kept)
        return f"{text} +{rest}".strip() if rest else text


WHOLE = Squeeze()


@dataclass(frozen=True, slots=True)
class _Language:
    """One catalogue: every plural form of every (context, key)."""

    texts: Mapping[tuple[str | None, str], tuple[str, ...]]
    plural: Callable[[int], int]

    def find(self, key: str, medium: Medium, count: int | None) -> str | None:
        for context in CONTEXTS[medium]:
            forms = self.texts.get((context, key))
            if forms is not None:
                form = len(forms) - 1 if count is None else min(self.plural(count), len(forms) - 1)
                return forms[form]
        return None


class Words:
    """The catalogues under `directory` (<language>/LC_MESSAGES/messages.mo, or .po where newer).

    A reader of a language without a catalogue is answered in English. `strict` raises
    MissingTextError where a catalogue lacks a key; otherwise English stands in for it.
    """

    def __init__(self, directory: Path, *, strict: bool = True) -> None:
        self._strict = strict
        self._languages = {
            path.parent.name: _read(path)
            for path in sorted(directory.glob("*/LC_MESSAGES"))
            if _newest(path) is not None
        }

    @property
    def locales(self) -> tuple[str, ...]:
        return tuple(self._languages)

    def text(
        self, message: Message, reader: Reader, medium: Medium, squeeze: Squeeze = WHOLE
    ) -> str:
        """The words of `message`. Raises MissingTextError rather than show a key to a person."""

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name == "count" and message.count is not None:
                return str(message.count)
            if name not in message.values:
                raise MissingTextError(f"{message.key} carries no value {name}")
            return self._value(message.values[name], reader, medium, squeeze)

        if message.key == "verbatim":
            return self._value(message.values["text"], reader, medium, squeeze)
        return _PLACEHOLDER.sub(value, self._template(message, reader, medium))

    def _template(self, message: Message, reader: Reader, medium: Medium) -> str:
        for language in self._road(reader.locale):
            text = language.find(message.key, medium, message.count)
            if text is not None:
                return text
            if self._strict:
                break
        raise MissingTextError(f"no text {message.key} for {reader.locale}")

    def _road(self, locale: str) -> tuple[_Language, ...]:
        names = (locale.replace("-", "_"), re.split("[-_]", locale)[0], FALLBACK)
        return tuple(
            self._languages[name] for name in dict.fromkeys(names) if name in self._languages
        )

    def _value(self, value: Value, reader: Reader, medium: Medium, squeeze: Squeeze) -> str:
        match value:
            case str():
                return squeeze.words(value)
            case int():
                return str(value)
            case Money():
                return money(value, reader.locale)
            case Clock(at=at):
                return clock(at, reader.timezone)
            case datetime():
                return moment(value, reader.locale, reader.timezone)
            case Elastic():
                return squeeze.elastic(value)
            case Message():
                return self.text(value, reader, medium, squeeze)
            case _:
                return "\n".join(self.text(line, reader, medium, squeeze) for line in value)


def _newest(folder: Path) -> Path | None:
    """The compiled catalogue, unless its source was edited after it."""
    found = [path for path in (folder / "messages.mo", folder / "messages.po") if path.exists()]
    return max(found, key=lambda path: path.stat().st_mtime) if found else None


def _read(folder: Path) -> _Language:
    path = _newest(folder)
    assert path is not None  # noqa: S101  (the caller looked)
    with path.open("rb") as file:
        catalogue: Catalog = (
            read_mo(file)
            if path.suffix == ".mo"
            else read_po(file, locale=folder.parent.name, abort_invalid=True)
        )
    return _Language(_texts(catalogue), gettext.c2py(catalogue.plural_expr))


def _texts(catalogue: Catalog) -> Mapping[tuple[str | None, str], tuple[str, ...]]:
    texts: dict[tuple[str | None, str], tuple[str, ...]] = {}
    for entry in catalogue:
        key = entry.id if isinstance(entry.id, str) else entry.id[0]
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        if key and forms and all(forms):
            texts[entry.context, key] = forms
    return texts
