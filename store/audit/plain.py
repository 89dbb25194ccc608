"""Values of the books as the audit trail keeps them: JSON, short, and without what must stay hidden."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from flows.money import Money
from store.masking import HIDDEN, shown

# Letters of one value, and entries of one list or mapping, that are kept.
LONGEST = 300
MOST = 50
# Columns and arguments whose names hide nothing by themselves, and whose values do not belong here: the
# settings of a shop's file may hold what its providers gave it.
UNSAID = frozenset({"credentials", "settings", "known_as"})


def plain(name: str, value: object) -> object:
    """`value` as JSON, masked by its `name` and by its text."""
    return HIDDEN if name in UNSAID and value is not None else shown(name, _json(value))


def _json(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return _json(value.value)
    if isinstance(value, Money):
        return f"{value.major:f} {value.currency}"
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _json(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _json(each) for key, each in list(value.items())[:MOST]}
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [_json(each) for each in list(value)[:MOST]]
    return str(value)[:LONGEST]
