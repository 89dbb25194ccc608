"""A catalogue's file: its texts, and what its head says of all of them."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).resolve().parents[2]

_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_LETTERS = re.compile(r'^"X-Letters: *(.*?)\\n"$', re.MULTILINE)


class CatalogueError(Exception):
    """A catalogue cannot be read, or two pieces disagree."""


@dataclass(frozen=True, slots=True)
class Text:
    """A key's words: one form, or one per plural form."""

    forms: tuple[str, ...]
    plural: bool
    comments: tuple[str, ...] = ()

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset().union(*map(placeholders, self.forms))


# (context, key) -> its words. Without a context the key's general text is meant.
Texts = dict[tuple[str, str], Text]


@dataclass(frozen=True, slots=True)
class Head:
    """`plural_forms` is gettext's rule. `letters` is "own" for a language that has letters which GSM-7
    lacks, "plain" for one that needs none of them."""

    plural_forms: str
    letters: str = "own"


def placeholders(form: str) -> frozenset[str]:
    """The values that a text names."""
    return frozenset(_PLACEHOLDER.findall(form))


def read(path: Path, locale: str) -> Texts:
    """Every text of a .po file. Raises CatalogueError."""
    texts: Texts = {}
    for message in read_catalog(path, locale):
        if not message.id or message.fuzzy:
            continue
        plural = not isinstance(message.id, str)
        key = message.id if isinstance(message.id, str) else message.id[0]
        words = message.string or ""
        forms = (words,) if isinstance(words, str) else tuple(words)
        comments = tuple(message.auto_comments)
        texts[(message.context or "", key)] = Text(forms, plural, comments)
    return texts


def read_head(path: Path, locale: str) -> Head:
    """What stands before the texts; where it says nothing of plurals, Babel's rule. Raises
    CatalogueError."""
    said = _LETTERS.search(path.read_text(encoding="utf-8"))
    return Head(read_catalog(path, locale).plural_forms, said[1] if said else "own")


def read_catalog(path: Path, locale: str) -> Catalog:
    """The file as Babel knows it. Raises CatalogueError."""
    try:
        with path.open("rb") as file:
            return read_po(file, locale=locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise CatalogueError(f"{path}: {error}") from error


def write(
    path: Path, texts: Mapping[tuple[str, str], Text], locale: str, head: Head | None = None
) -> None:
    """Write a .po file, sorted by key and context, with nothing in it that changes by itself."""
    catalog = Catalog(locale=locale, fuzzy=False)
    for (context, key), text in sorted(texts.items(), key=lambda item: item[0][::-1]):
        catalog.add(
            (key, key) if text.plural else key,
            text.forms if text.plural else text.forms[0],
            context=context or None,
            auto_comments=text.comments,
        )
    head = head or Head(catalog.plural_forms)
    written = io.BytesIO()
    write_po(written, catalog, omit_header=True, width=0)
    lines = (
        f"Language: {locale}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {head.plural_forms}",
        f"X-Letters: {head.letters}",
    )
    top = 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(top + written.getvalue().decode().strip("\n") + "\n", encoding="utf-8")


def catalogues(root: Path) -> Iterator[tuple[str, Path]]:
    """Every language with its catalogue."""
    for path in sorted((root / "locales").glob("*/LC_MESSAGES/messages.po")):
        yield path.parents[1].name, path
