"""Catalogues in order, and compiled."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo

from scripts.catalogues.texts import catalogues, read, read_catalog, read_head, write


def tidy(root: Path) -> Iterator[str]:
    """Write every catalogue sorted by key, so that a change shows as itself."""
    for locale, path in catalogues(root):
        before = path.read_text(encoding="utf-8")
        write(path, read(path, locale), locale, read_head(path, locale))
        if path.read_text(encoding="utf-8") != before:
            yield f"{path.relative_to(root)}: sorted"


def compile_all(root: Path) -> Iterator[str]:
    """Write every .mo that is older than its .po."""
    for locale, path in catalogues(root):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        catalog = read_catalog(path, locale)
        # A server that is running must never read half a file.
        part = target.with_suffix(".part")
        with part.open("wb") as file:
            write_mo(file, catalog)
        part.replace(target)
        yield f"{target.relative_to(root)} compiled"
