"""What PostgreSQL and SQLite spell differently in the laws."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from store.ledger import HELD, Kind


@dataclass(frozen=True, slots=True)
class Spelling:
    """`dashed` is a row's id as it stands in a posting's key; `kind` what an account is for;
    `saved_on_goods` what the savings in a column take off the goods together."""

    dashed: Callable[[str], str]
    kind: Callable[[str], str]
    saved_on_goods: Callable[[str], str]

    def key(self, prefix: str, column: str, suffix: str = "") -> str:
        """A posting's key, made of the id in `column`."""
        end = f" || '{suffix}'" if suffix else ""
        return f"'{prefix}' || {self.dashed(column)}{end}"

    def of(self, column: str, kinds: Iterable[Kind]) -> str:
        """Whether the account in `column` is one of these."""
        return f"{self.kind(column)} IN ({listed(kinds)})"

    def normal(self, entry: str) -> str:
        """What an entry adds to its account, by the account's normal side."""
        held = self.of(f"{entry}.account", HELD)
        return f"CASE WHEN {held} THEN {entry}.amount ELSE -{entry}.amount END"


def listed(words: Iterable[str]) -> str:
    """Constants of ours for an IN."""
    return ", ".join(f"'{word}'" for word in sorted(words))


def _dashes(column: str) -> str:
    """SQLite keeps an id as 32 digits."""
    parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return "(" + " || '-' || ".join(f"substr({column}, {a}, {n})" for a, n in parts) + ")"


SPELLINGS: Mapping[str, Spelling] = {
    "postgresql": Spelling(
        dashed=lambda column: f"CAST({column} AS TEXT)",
        kind=lambda column: f"split_part({column}, ':', 1)",
        saved_on_goods=lambda column: (
            "(SELECT COALESCE(sum(CAST(s ->> 'amount' AS BIGINT)), 0)"
            f" FROM jsonb_array_elements({column}) s WHERE s ->> 'kind' <> 'delivery')"
        ),
    ),
    "sqlite": Spelling(
        dashed=_dashes,
        kind=lambda column: f"substr({column}, 1, instr({column} || ':', ':') - 1)",
        saved_on_goods=lambda column: (
            "(SELECT COALESCE(sum(json_extract(value, '$.amount')), 0)"
            f" FROM json_each({column}) WHERE json_extract(value, '$.kind') <> 'delivery')"
        ),
    ),
}
