"""One law of the books."""

from collections.abc import Callable
from dataclasses import dataclass

from store.proof.spelling import Spelling


@dataclass(frozen=True, slots=True)
class Law:
    """`broken` selects rows of `table` that do not fit, as (key, expected, found); the first is told.
    `older`: a row without any posting may be older than the ledger, and can be adopted."""

    name: str
    table: str
    broken: Callable[[Spelling], str]
    older: bool = False
