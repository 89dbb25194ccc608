"""From a Message to words: gettext catalogues whose keys are names, one per language."""

import gettext
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from channels.channel import Medium
from channels.render.amounts import clock, counted, day, moment, money
from channels.render.gsm import loses_tones
from channels.render.reader import Reader
from flows.message import Clock, Count, Day, Elastic, Message, Value
from flows.money import Money

FALLBACK = "en"

# Words that say something else once their letters are made plain have others in this context.
PLAIN = "gsm"
# A shorter text, where the catalogue has one, goes where room is short.
CONTEXTS: Mapping[Medium, tuple[str | None, ...]] = {
    Medium.USSD: ("ussd", PLAIN, "short", None),
    Medium.SMS: (PLAIN, "short", None),
    Medium.WHATSAPP: (None,),
}

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_DIGITS = re.compile(r"\+?[0-9]{1,15}")


class MissingTextError(KeyError):
    """No catalogue has this key, or a text names a value that its message does not carry."""


@dataclass(frozen=True, slots=True)
class Squeeze:
    """How far a text may be shortened: `parts` kept of an Elastic, `letters` of any other words."""

    parts: int | None = None
    letters: int | None = None

    def words(self, text: str) -> str:
        # Half a phone number or code is worse than none of the words around it.
        if self.letters is None or len(text) <= self.letters or _DIGITS.fullmatch(text):
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


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """The texts of one language, and whether marks tell tones in them."""

    texts: gettext.GNUTranslations
    toned: bool


WHOLE = Squeeze()
# Texts whose words are kept at hand, and catalogues.
KNOWN = 8192
KNOWN_CATALOGUES = 32


class _Missing(gettext.NullTranslations):
    """Stands behind a catalogue, which would otherwise answer with the key itself."""

    def gettext(self, message: str) -> str:
        raise MissingTextError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise MissingTextError(msgid1)

    def pgettext(self, context: str, message: str) -> str:
        raise MissingTextError(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        raise MissingTextError(msgid1)


class Words:
    """The catalogues under `directory` (<language>/LC_MESSAGES/messages.mo, or .po where newer).

    A reader of a language without a catalogue is answered in English. `strict` raises
    MissingTextError where a catalogue lacks a key; otherwise English stands in for it.
    """

    def __init__(self, directory: Path, *, strict: bool = True) -> None:
        self._strict = strict
        # Looked up once for each language, medium, alphabet and number: the rest of a text is its values.
        self._known = lru_cache(maxsize=KNOWN)(self._look_up)
        read = {
            folder.parent.name: _read_once(path, path.stat().st_mtime_ns, path.stat().st_size)
            for folder in sorted(directory.glob("*/LC_MESSAGES"))
            if (path := _newest(folder)) is not None
        }
        self._languages = {name: language.texts for name, language in read.items()}
        self._toned = {name for name, language in read.items() if language.toned}

    def has_tones(self, locale: str) -> bool:
        """Whether marks tell tones in this language, some of which GSM-7 cannot write."""
        return locale in self._toned or _language(locale) in self._toned

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
                return counted(message.count, reader.locale)
            if name not in message.values:
                raise MissingTextError(f"{message.key} carries no value {name}")
            return self._value(message.values[name], reader, medium, squeeze)

        if message.key == "verbatim":
            return self._value(message.values["text"], reader, medium, squeeze)
        return _PLACEHOLDER.sub(value, self._template(message, reader, medium))

    def value(self, value: Value, reader: Reader, medium: Medium) -> str:
        """One value of a message by itself, as it would stand in its text."""
        return self._value(value, reader, medium, WHOLE)

    def placeholders(self, key: str) -> tuple[str, ...]:
        """The values that the English text of `key` names, in its order. Raises MissingTextError."""
        english = self._languages[FALLBACK].gettext(key)
        return tuple(dict.fromkeys(_PLACEHOLDER.findall(english)))

    def _template(self, message: Message, reader: Reader, medium: Medium) -> str:
        plain = medium is Medium.USSD or reader.gsm_only
        return self._known(message.key, message.count, reader.locale, medium, plain)

    def _look_up(
        self, key: str, count: int | None, locale: str, medium: Medium, plain: bool
    ) -> str:
        contexts = [name for name in CONTEXTS[medium] if plain or name != PLAIN]
        for language in self._road(locale):
            for context in contexts:
                with suppress(MissingTextError):
                    return _find(language, context, key, count)
            if self._strict:
                break
        raise MissingTextError(f"no text {key} for {locale}")

    def _road(self, locale: str) -> tuple[gettext.GNUTranslations, ...]:
        names = (locale.replace("-", "_"), _language(locale), FALLBACK)
        return tuple(
            self._languages[name] for name in dict.fromkeys(names) if name in self._languages
        )

    def _value(self, value: Value, reader: Reader, medium: Medium, squeeze: Squeeze) -> str:
        match value:
            case str():
                return squeeze.words(value)
            case int():
                return str(value)
            case Count(number=number):
                return counted(number, reader.locale)
            case Money():
                return money(value, reader.locale)
            case Clock(at=at):
                return clock(at, reader.timezone)
            case Day(at=at):
                return day(at, reader.locale, reader.timezone)
            case datetime():
                return moment(value, reader.locale, reader.timezone)
            case Elastic():
                return squeeze.elastic(value)
            case Message():
                return self.text(value, reader, medium, squeeze)
            case _:
                return "\n".join(self.text(line, reader, medium, squeeze) for line in value)


def _language(locale: str) -> str:
    return re.split("[-_]", locale)[0]


def _texts(language: gettext.GNUTranslations) -> Iterator[str]:
    """Every text of a catalogue, which gettext itself does not list."""
    return (text for key, text in vars(language)["_catalog"].items() if key)


def _newest(folder: Path) -> Path | None:
    """The compiled catalogue, unless its source was edited after it."""
    found = [path for path in (folder / "messages.mo", folder / "messages.po") if path.exists()]
    return max(found, key=lambda path: path.stat().st_mtime) if found else None


@lru_cache(maxsize=KNOWN_CATALOGUES)
def _read_once(path: Path, changed: int, size: int) -> _Catalogue:
    """A catalogue as it was `changed` (nanoseconds) with that `size`: all worlds of a process share it."""
    texts = _read(path)
    return _Catalogue(texts, any(map(loses_tones, _texts(texts))))


def _read(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as file:
        if path.suffix == ".mo":
            language = gettext.GNUTranslations(file)
        else:
            compiled = BytesIO()
            write_mo(compiled, read_po(file, locale=path.parents[1].name, abort_invalid=True))
            language = gettext.GNUTranslations(BytesIO(compiled.getvalue()))
    language.add_fallback(_Missing())
    return language


def _find(
    language: gettext.GNUTranslations, context: str | None, key: str, count: int | None
) -> str:
    """The text under one context. Raises MissingTextError."""
    if count is not None:
        with suppress(MissingTextError):
            if context is None:
                return language.ngettext(key, key, count)
            return language.npgettext(context, key, key, count)
    return language.gettext(key) if context is None else language.pgettext(context, key)
