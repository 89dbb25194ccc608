"""The gettext catalogues: `python -m scripts.catalogues tidy | compile | check | extract`.

Keys are names ("cart-empty"), so English is a translation like every other. Catalogues are in
locales/<language>/LC_MESSAGES/messages.po.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from channels.render.gsm import BASIC, EXTENSION
from scripts.message_keys import Keys, read_keys

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = "en"
# Texts for SMS and USSD: one letter outside GSM-7 more than halves what fits a segment.
PLAIN_CONTEXTS = frozenset({"short", "ussd"})

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


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
        return frozenset(name for form in self.forms for name in _PLACEHOLDER.findall(form))


# (context, key) -> its words. Without a context the key's general text is meant.
Texts = dict[tuple[str, str], Text]


def read(path: Path, locale: str) -> Texts:
    """Every text of a .po file. Raises CatalogueError."""
    texts: Texts = {}
    for message in _catalog(path, locale):
        if not message.id or message.fuzzy:
            continue
        plural = not isinstance(message.id, str)
        key = message.id if isinstance(message.id, str) else message.id[0]
        words = message.string or ""
        forms = (words,) if isinstance(words, str) else tuple(words)
        comments = tuple(message.auto_comments)
        texts[(message.context or "", key)] = Text(forms, plural, comments)
    return texts


def _catalog(path: Path, locale: str) -> Catalog:
    try:
        with path.open("rb") as file:
            return read_po(file, locale=locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise CatalogueError(f"{path}: {error}") from error


def write(path: Path, texts: Mapping[tuple[str, str], Text], locale: str) -> None:
    """Write a .po file, sorted by key and context, with nothing in it that changes by itself."""
    catalog = Catalog(locale=locale, fuzzy=False)
    for (context, key), text in sorted(texts.items(), key=lambda item: item[0][::-1]):
        catalog.add(
            (key, key) if text.plural else key,
            text.forms if text.plural else text.forms[0],
            context=context or None,
            auto_comments=text.comments,
        )
    written = io.BytesIO()
    write_po(written, catalog, omit_header=True, width=0)
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {locale}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + written.getvalue().decode().strip("\n") + "\n", encoding="utf-8")


def catalogues(root: Path) -> Iterator[tuple[str, Path]]:
    """Every language with its catalogue."""
    for path in sorted((root / "locales").glob("*/LC_MESSAGES/messages.po")):
        yield path.parents[1].name, path


def tidy(root: Path) -> Iterator[str]:
    """Write every catalogue sorted by key, so that a change shows as itself."""
    for locale, path in catalogues(root):
        before = path.read_text(encoding="utf-8")
        write(path, read(path, locale), locale)
        if path.read_text(encoding="utf-8") != before:
            yield f"{path.relative_to(root)}: sorted"


def compile_all(root: Path) -> Iterator[str]:
    """Write every .mo that is older than its .po."""
    for locale, path in catalogues(root):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        catalog = _catalog(path, locale)
        # A server that is running must never read half a file.
        part = target.with_suffix(".part")
        with part.open("wb") as file:
            write_mo(file, catalog)
        part.replace(target)
        yield f"{target.relative_to(root)} compiled"


def faults(root: Path) -> Iterator[str]:
    """What is wrong between the code and the catalogues, one line each."""
    known = {locale: read(path, locale) for locale, path in catalogues(root)}
    reference = known.get(REFERENCE, {})
    keys = read_keys(root)
    yield from keys.unclear
    yield from _against_code(reference, keys)
    for locale, texts in known.items():
        yield from _against_reference(locale, texts, reference)
        yield from _plain(locale, texts)


def _against_code(reference: Texts, keys: Keys) -> Iterator[str]:
    general = {key for context, key in reference if not context}
    for use in keys.uses:
        if use.key not in general:
            yield f"{use.where}: {REFERENCE} has no text {use.key!r}"
        for (_, key), text in reference.items():
            if key == use.key and use.values is not None:
                for name in sorted(text.placeholders - use.values):
                    yield f"{use.where}: {key!r} wants a value {name!r}"
    for prefix in sorted(keys.prefixes):
        if not any(key.startswith(prefix) for key in general):
            yield f"{REFERENCE} has no text that begins with {prefix!r}"
    for context, key in sorted(reference):
        if not keys.names(key):
            yield f"{REFERENCE}: nothing uses {key!r}"
        elif context and key not in general:
            yield f"{REFERENCE}: {key!r} has a text for {context} and none in general"


def _against_reference(locale: str, texts: Texts, reference: Texts) -> Iterator[str]:
    for (context, key), text in sorted(reference.items()):
        own = texts.get((context, key))
        if own is None:
            if not context:
                yield f"{locale}: no text {key!r}"
        elif not all(own.forms):
            yield f"{locale}: {key!r} is empty"
        elif own.placeholders - {"count"} != text.placeholders - {"count"}:
            yield f"{locale}: {key!r} has other placeholders than {REFERENCE}"
    for context, key in sorted(texts):
        if ("", key) not in reference:
            yield f"{locale}: {REFERENCE} does not know {key!r} {context}".rstrip()


def _plain(locale: str, texts: Texts) -> Iterator[str]:
    for (context, key), text in sorted(texts.items()):
        odd = set("".join(text.forms)) - BASIC - EXTENSION
        if context in PLAIN_CONTEXTS and locale == REFERENCE and odd:
            yield f"{locale}: {key!r} ({context}) has letters that no SMS has: {' '.join(sorted(odd))}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="catalogues", description=__doc__)
    parser.add_argument("task", choices=("tidy", "compile", "check", "extract"))
    task = parser.parse_args(arguments).task
    try:
        match task:
            case "tidy" | "compile":
                for line in tidy(ROOT) if task == "tidy" else compile_all(ROOT):
                    print(line)
            case "check":
                found = list(dict.fromkeys(faults(ROOT)))
                print("\n".join(found) or "The catalogues and the code agree.")
                return 1 if found else 0
            case "extract":
                for use in sorted(read_keys(ROOT).uses, key=lambda use: (use.key, use.where)):
                    print(f"{use.key}\t{use.where}")
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
