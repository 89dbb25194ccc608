"""The names of what a shop file sells, as the engine sees them in the running server."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intents.errors import IntentsError
from intents.understanding import Entry

# What the loader of shop files puts where a file says nothing.
_NO_CATEGORY = "Other"
_NO_LOCALES = ("en",)


@dataclass(frozen=True, slots=True)
class ShopNames:
    """A shop's catalogue for the engine, and what else a message is read against."""

    key: str
    entries: Sequence[Entry]
    locales: tuple[str, ...]
    country: str

    @property
    def kinds(self) -> Mapping[str, tuple[str, ...]]:
        """The variants' skus by their product's."""
        found: dict[str, tuple[str, ...]] = {}
        for entry in self.entries:
            if entry.parent is not None:
                found[entry.parent] = (*found.get(entry.parent, ()), entry.sku)
        return found

    @property
    def units(self) -> Mapping[str, str | None]:
        """What each sku is sold by."""
        return {entry.sku: entry.unit for entry in self.entries}

    @property
    def labels(self) -> Mapping[str, str]:
        """What tells each variant from its kin: "5kg"."""
        return {entry.sku: " ".join(entry.words) for entry in self.entries if entry.parent}


def read_shops(folders: Iterable[Path]) -> Mapping[str, ShopNames]:
    """All shop files of these folders, by the file's stem. Raises IntentsError."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    return {path.stem: read_shop(path) for path in paths}


def read_shop(path: Path) -> ShopNames:
    """One shop file's names. Raises IntentsError, which names the file."""
    try:
        content = path.read_bytes()
        table = tomllib.loads(content.decode("utf-8"))
        shop = table["shop"]
        return ShopNames(
            key=hashlib.sha256(content).hexdigest(),
            entries=tuple(e for product in table.get("products", ()) for e in _entries(product)),
            locales=tuple(shop.get("locales", _NO_LOCALES)),
            country=shop["country"],
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise IntentsError(f"{path}: cannot read its products: {error!r}") from error


def _entries(product: Mapping[str, Any]) -> Sequence[Entry]:
    """A product and its variants, mapped as the books map them (store/snapshot.py)."""
    unit, category = product.get("unit"), product.get("category") or _NO_CATEGORY
    whole = Entry(
        sku=product["sku"],
        name=product["name"],
        aliases=_aliases(product),
        unit=unit,
        category=category,
    )
    kinds = []
    for variant in product.get("variants", ()):
        words = tuple(str(value) for value in variant["attributes"].values())
        kinds.append(
            Entry(
                sku=variant["sku"],
                name=f"{whole.name} {' '.join(words)}",
                aliases=_aliases(variant),
                parent=whole.sku,
                words=words,
                unit=unit,
                category=category,
            )
        )
    return [whole, *kinds]


def _aliases(table: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(table.get("aliases", ())))
