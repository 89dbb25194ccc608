"""The sets: one file of JSON lines for each language, each line a message and its right frame."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from intents.errors import IntentsError
from intents.frames import to_frame
from intents.intent import Intent
from intents.understanding import Action, Asked, Item, Understanding

DETAILS = ("order", "coupon", "amount", "locale_change")
_ROW_KEYS = frozenset({"id", "shop", "text", "frame", "asked", "last_sku", "in_cart"})
_FRAME_KEYS = frozenset({"intent", "items", "also", *DETAILS})
_ITEM_KEYS = frozenset({"sku", "quantity", "unit", "candidates"})


@dataclass(frozen=True, slots=True)
class Gold:
    """The right frame of a message: its actions, the first of them the frame's own.

    `details` holds order, coupon, amount and locale_change where the set gives them.
    """

    actions: tuple[Action, ...]
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def intent(self) -> Intent:
        return self.actions[0].intent


@dataclass(frozen=True, slots=True)
class Row:
    """One message of a set, what it is read against, and its right frame."""

    id: str
    language: str
    shop: str
    text: str
    gold: Gold
    asked: Asked | None = None
    last_sku: str | None = None
    in_cart: tuple[str, ...] = ()


def set_files(folder: Path, language: str | None = None) -> Sequence[Path]:
    """The files of all languages, or of one. Raises IntentsError when there are none."""
    found = sorted(folder.glob(f"{language or '*'}.jsonl"))
    if not found:
        raise IntentsError(f"{folder}: no set of messages ({language or '*'}.jsonl)")
    return found


def read_rows(paths: Iterable[Path]) -> tuple[Row, ...]:
    """All messages of these files; a file's name is its language. Raises IntentsError, which names
    file and line."""
    rows: list[Row] = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise IntentsError(f"{path}: cannot be read: {error}") from error
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                rows.append(_row(json.loads(line), path.stem))
            except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
                raise IntentsError(f"{path}:{number}: {error!r}") from error
    return tuple(rows)


def sets_hash(paths: Iterable[Path]) -> str:
    """One SHA-256 over the files' names and contents, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def actions_of(understood: Understanding) -> tuple[Action, ...]:
    """All actions of an understanding, its own first."""
    return (Action(understood.intent, understood.items), *understood.also)


def details_of(understood: Understanding) -> Mapping[str, object]:
    """What a frame carries besides its actions, as sets write it."""
    frame = to_frame(understood)
    return {
        "order": frame["order"],
        "coupon": frame["coupon"],
        "amount": frame["amount"],
        "locale_change": frame["locale_change"],
    }


def _row(line: Mapping[str, Any], language: str) -> Row:
    _only(line, _ROW_KEYS)
    return Row(
        id=line["id"],
        language=language,
        shop=line["shop"],
        text=line["text"],
        gold=_gold(line["frame"]),
        asked=Asked(line["asked"]) if line.get("asked") else None,
        last_sku=line.get("last_sku"),
        in_cart=tuple(line.get("in_cart") or ()),
    )


def _gold(frame: Mapping[str, Any]) -> Gold:
    _only(frame, _FRAME_KEYS)
    also = (_action(each) for each in frame.get("also") or ())
    first = Action(Intent(frame["intent"]), _items(frame))
    return Gold((first, *also), {key: frame[key] for key in DETAILS if key in frame})


def _action(action: Mapping[str, Any]) -> Action:
    _only(action, frozenset({"intent", "items"}))
    return Action(Intent(action["intent"]), _items(action))


def _items(frame: Mapping[str, Any]) -> tuple[Item, ...]:
    return tuple(_item(item) for item in frame.get("items") or ())


def _item(item: Mapping[str, Any]) -> Item:
    _only(item, _ITEM_KEYS)
    quantity = item.get("quantity")
    return Item(
        mention="",
        sku=item["sku"],
        quantity=None if quantity is None else Decimal(str(quantity)),
        unit=item.get("unit"),
        candidates=tuple(item.get("candidates") or ()),
    )


def _only(given: Mapping[str, Any], known: frozenset[str]) -> None:
    """A key that means nothing would be left out in silence."""
    if unknown := given.keys() - known:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
