"""Holding the laws against a database."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from store.ledger import Account
from store.proof.law import Law
from store.proof.ledger_laws import LEDGER_LAWS
from store.proof.loyalty_laws import LOYALTY_LAWS
from store.proof.order_laws import ORDER_LAWS
from store.proof.quote_laws import QUOTE_LAWS
from store.proof.rail_laws import RAIL_LAWS
from store.proof.spelling import SPELLINGS, Spelling

# The ledger itself first: what is said of the others rests on it.
LAWS: Sequence[Law] = (*LEDGER_LAWS, *RAIL_LAWS, *ORDER_LAWS, *QUOTE_LAWS, *LOYALTY_LAWS)
# For grouping: PostgreSQL keeps so much of a statement's work in memory before it goes to disk.
WORK = "64MB"


@dataclass(frozen=True, slots=True)
class Finding:
    """The first row that does not fit. `older`: it may be older than the ledger."""

    law: str
    table: str
    key: str
    expected: str
    found: str
    older: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in all accounts of a kind, in minor units by the kind's normal side."""

    currency: str
    kind: str
    amount: int


@dataclass(frozen=True, slots=True)
class Proof:
    """`postings` were looked at. `finding` None: every law holds."""

    postings: int
    lines: Sequence[Line]
    finding: Finding | None


def prove(engine: Engine) -> Proof:
    """Hold every law against one snapshot of the database, until one is broken. Nothing is written, and
    nobody waits for it."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL work_mem = '{WORK}'"))
            # Making machine code of these takes longer than they do.
            connection.execute(text("SET LOCAL jit = off"))
        spell = SPELLINGS[connection.dialect.name]
        finding = next((f for law in LAWS if (f := _broken(connection, law, spell))), None)
        postings = connection.scalar(text("SELECT count(*) FROM ledger_postings"))
        return Proof(int(postings or 0), _trial_balance(connection, spell), finding)


def _broken(connection: Connection, law: Law, spell: Spelling) -> Finding | None:
    # Planned for all rows: a limit alone makes the planner look each one up, since one will be found soon.
    statement = f"WITH broken AS MATERIALIZED ({law.broken(spell)}) SELECT * FROM broken LIMIT 1"
    row = connection.exec_driver_sql(statement).one_or_none()
    if row is None:
        return None
    key, expected, found = (str(value) for value in row)
    return Finding(law.name, law.table, key, expected, found, law.older)


def _trial_balance(connection: Connection, spell: Spelling) -> Sequence[Line]:
    rows = connection.exec_driver_sql(
        f"SELECT currency, {spell.kind('account')} AS kind, sum(amount)"
        " FROM ledger_entries GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [
        Line(currency, kind, Account.named(kind).normal * int(amount))
        for currency, kind, amount in rows
    ]
