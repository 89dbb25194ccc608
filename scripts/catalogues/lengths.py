"""What every text costs: segments by SMS and screens by USSD, beside English's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from channels.channel import Medium
from channels.render import Reader, Words, render
from flows.message import Message
from flows.reply import Reply
from scripts.catalogues.faults import REFERENCE
from scripts.catalogues.samples import AT, filled
from scripts.catalogues.texts import CatalogueError, catalogues, read

# A gateway shows USSD; any SMS provider's rendering is the same.
PROVIDER = "africastalking"


@dataclass(frozen=True, slots=True)
class Length:
    """`plain` and `own` are segments in the letters of GSM-7 and in the language's own; `screens` of
    USSD."""

    plain: int
    own: int
    screens: int

    def __str__(self) -> str:
        lettered = f"({self.own})" if self.own != self.plain else ""
        return f"{self.plain}{lettered}/{self.screens}"


def lengths(root: Path) -> Mapping[str, Mapping[str, Length]]:
    """Key, then language."""
    words = Words(root / "locales")
    return {
        message.key: {locale: _length(message, locale, words) for locale in words.locales}
        for message in messages(root)
    }


def messages(root: Path) -> Iterator[Message]:
    """Every text that English has, with values of the usual length."""
    texts = read(root / "locales" / REFERENCE / "LC_MESSAGES" / "messages.po", REFERENCE)
    for key in sorted({key for _, key in texts}):
        names = {name for (_, k), text in texts.items() if k == key for name in text.placeholders}
        yield filled(key, sorted(names), plural=texts["", key].plural)


def _length(message: Message, locale: str, words: Words) -> Length:
    plain, own = (
        _segments(message, locale, words, gsm_only=gsm_only) for gsm_only in (True, False)
    )
    reader = Reader(locale, "Africa/Kampala", "customer")
    screens = render(Reply((message,)), Medium.USSD, reader, words, AT, provider=PROVIDER).shown
    return Length(plain, own, len(screens.pages) if screens else 1)


def _segments(message: Message, locale: str, words: Words, *, gsm_only: bool) -> int:
    reader = Reader(locale, "Africa/Kampala", "customer", gsm_only=gsm_only)
    sent = render(Reply((message,)), Medium.SMS, reader, words, AT, provider=PROVIDER).texts
    return sum(draft.segments for draft in sent)


def table(root: Path, languages: Sequence[str]) -> Iterator[str]:
    """One line for each text, with a mark where a language costs more than English; then what all of
    them cost together. Raises CatalogueError."""
    known = [locale for locale, _ in catalogues(root)]
    for unknown in (language for language in languages if language not in known):
        raise CatalogueError(f"{unknown}: there is no such catalogue")
    others = [locale for locale in languages or known if locale != REFERENCE]
    rows = lengths(root)
    wide = max(map(len, rows))
    columns = (REFERENCE, *others)
    yield "Segments by SMS (in the language's own letters)/screens by USSD; * more than English"
    yield " ".join(("key".ljust(wide), *(name.ljust(9) for name in columns))).rstrip()
    for key, row in rows.items():
        cells = [_cell(row[locale], row[REFERENCE]) for locale in columns]
        yield " ".join((key.ljust(wide), *(cell.ljust(9) for cell in cells))).rstrip()
    for name in ("plain", "own", "screens"):
        sums = [str(sum(getattr(row[locale], name) for row in rows.values())) for locale in columns]
        yield " ".join((f"all, {name}".ljust(wide), *(s.ljust(9) for s in sums))).rstrip()


def _cell(length: Length, english: Length) -> str:
    more = length.plain > english.plain or length.screens > english.screens
    return f"{length}{'*' if more else ''}"
