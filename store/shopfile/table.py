"""Reading one table of a TOML file, key by key. What is wrong is written down and reading goes on, so
that all mistakes are found at once; what was never asked for is a mistake too."""

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

import phonenumbers

from flows.money import Money, MoneyError
from store.shopfile.mistakes import Mistake

LONGEST = 200
MOST_MINOR = 10**12
MOST_NAMED = 12

_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


class Table:
    """`path` is how the table's keys are named: "shop.", "products[3]."."""

    def __init__(
        self, data: Mapping[str, object], file: str, path: str, mistakes: list[Mistake]
    ) -> None:
        self._data = data
        self._file = file
        self._path = path
        self._mistakes = mistakes
        self._asked: set[str] = set()

    def wrong(self, key: str, reason: str) -> None:
        """Write a mistake down."""
        self._mistakes.append(Mistake(self._file, f"{self._path}{key}", reason))

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._data

    @property
    def empty(self) -> bool:
        return not self._data

    @property
    def keys(self) -> Sequence[str]:
        """All that are there, in the file's order."""
        return list(self._data)

    def close(self) -> None:
        """Every key that was not asked for is a mistake; the nearest known one is named."""
        for key in self._data.keys() - self._asked:
            near = get_close_matches(key, self._asked, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            self.wrong(key, f"unknown key{hint}")

    def value(self, key: str) -> object:
        self._asked.add(key)
        return self._data.get(key)

    def text(self, key: str, *, required: bool = False, longest: int = LONGEST) -> str | None:
        """Words without spaces around them; a number is taken as it is written."""
        value = self.value(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            if required:
                self.wrong(key, "is missing")
            return None
        if not isinstance(value, str):
            self.wrong(key, "must be a text")
            return None
        words = " ".join(value.split())
        if not words and required:
            self.wrong(key, "is empty")
        if len(words) > longest:
            self.wrong(key, f"is longer than {longest} characters")
        return words or None

    def needed(self, key: str, *, longest: int = LONGEST) -> str:
        """A text that must be there; "" after a mistake."""
        return self.text(key, required=True, longest=longest) or ""

    def matching(self, key: str, pattern: str, like: str, *, required: bool = False) -> str | None:
        """A text of a certain form; `like` says which."""
        found = self.text(key, required=required)
        if found is not None and self.check_form(key, found, pattern, like):
            return found
        return None

    def check_form(self, key: str, found: str, pattern: str, like: str) -> bool:
        if re.fullmatch(pattern, found):
            return True
        self.wrong(key, f'"{found}" is not {like}')
        return False

    def one_of(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        """One of a few words; `default` where it is absent. "" after a mistake."""
        found = self.text(key, required=default is None)
        if found is None:
            return default or ""
        return found if self.check_word(key, found, choices) else ""

    def check_word(self, key: str, word: str, choices: Collection[str]) -> bool:
        if word in choices:
            return True
        near = get_close_matches(word, choices, n=1)
        few = f"; use one of {', '.join(choices)}" if len(choices) <= MOST_NAMED else ""
        hint = f"; did you mean {near[0]}?" if near else few
        self.wrong(key, f'"{word}" is not known{hint}')
        return False

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, each once."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.wrong(key, "must be a list of texts")
            return ()
        return tuple(dict.fromkeys(" ".join(each.split()) for each in value if each.strip()))

    def truth(self, key: str, default: bool) -> bool:
        value = self.value(key)
        if value is not None and not isinstance(value, bool):
            self.wrong(key, "must be true or false")
            return default
        return default if value is None else bool(value)

    def whole(self, key: str, least: int, most: int) -> int | None:
        """A whole number between `least` and `most`."""
        value = self.value(key)
        if value is None:
            return None
        if isinstance(value, str) and value.strip().isdecimal():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(key, "must be a whole number")
            return None
        if not least <= value <= most:
            self.wrong(key, f"must be between {least} and {most}")
            return None
        return value

    def decimal(self, key: str) -> Decimal | None:
        """A number, or a text that is one ("12.50", "48,000"); never negative."""
        value = self.value(key)
        if value is None:
            return None
        number = _decimal(value)
        if number is None:
            self.wrong(key, f'"{value}" is not a number')
        elif number < 0:
            self.wrong(key, "must not be negative")
        else:
            return number
        return None

    def amount(self, key: str, currency: str, *, required: bool = False) -> int | None:
        """Major units in the file, minor units out."""
        if required and not self.has(key):
            self.wrong(key, "is missing")
        number = self.decimal(key)
        if number is None or not currency:
            return None
        try:
            minor = Money.of(number, currency).minor
        except MoneyError as error:
            self.wrong(key, str(error))
            return None
        if minor > MOST_MINOR:
            self.wrong(key, "is too much")
            return None
        return minor

    def phone(self, key: str, country: str) -> str | None:
        """E.164; written with or without the country's code."""
        written = self.text(key, required=True)
        if written is None:
            return None
        found = as_phone(written, country)
        if found is None:
            self.wrong(key, f'"{written}" is not a phone number')
        return found

    def strings(self, key: str) -> dict[str, str]:
        """A table of texts, whatever its keys."""
        value = self.value(key)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(
            isinstance(each, str | int) and not isinstance(each, bool) for each in value.values()
        ):
            self.wrong(key, "must be a table of texts")
            return {}
        return {str(name): str(each) for name, each in value.items()}

    def table(self, key: str) -> "Table | None":
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(key, "must be a table")
            return None
        return self.inner(key, value)

    def inner(self, key: str, value: Mapping[str, object]) -> "Table":
        """A table that stands at `key`, also within a list."""
        return Table(value, self._file, f"{self._path}{key}.", self._mistakes)

    def tables(self, key: str) -> Sequence["Table"]:
        """An array of tables."""
        value = self.value(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.wrong(key, f"must be an array of tables, [[{self._path}{key}]]")
            return []
        return [
            Table(each, self._file, f"{self._path}{key}[{place}].", self._mistakes)
            for place, each in enumerate(value)
        ]


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    written = str(value).strip()
    if _GROUPED.fullmatch(written):
        written = written.replace(",", "")
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def as_phone(written: str, country: str) -> str | None:
    """E.164, or None. Numbers of the right length pass: not every range is in the tables yet."""
    try:
        number = phonenumbers.parse(written, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
