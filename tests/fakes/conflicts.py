"""A PostgreSQL whose transactions meet conflicts, as a distributed engine's do: its own triggers raise
them, at a statement and at the commit."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from store.models import Base

SERIALIZATION, DEADLOCK, UNKNOWN = "40001", "40P01", "40003"

# Sequences are not rolled back: they count what a transaction that failed has met. Every transaction
# that writes the planned table draws a number, once; of three in a row the first fails at that
# statement, the second at its commit, and the third gets through.
SCHEMA = """
CREATE SCHEMA forced;
CREATE TABLE forced.plan (relation text PRIMARY KEY, at_statement text, at_commit text);
CREATE TABLE forced.written (relation text);
CREATE SEQUENCE forced.drawn;
CREATE SEQUENCE forced.raised MINVALUE 0 START 1;

CREATE FUNCTION forced.strike(code text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF code IS NOT NULL THEN
        PERFORM nextval('forced.raised');
        RAISE EXCEPTION 'forced conflict' USING ERRCODE = code;
    END IF;
END $$;

CREATE FUNCTION forced.at_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    planned forced.plan;
    drawn bigint;
BEGIN
    IF EXISTS (SELECT FROM forced.plan WHERE relation = '*') THEN
        INSERT INTO forced.written VALUES (TG_ARGV[0]);
    END IF;
    SELECT * INTO planned FROM forced.plan WHERE relation = TG_ARGV[0];
    IF FOUND AND coalesce(current_setting('forced.drawn', true), '') = '' THEN
        drawn := nextval('forced.drawn');
        PERFORM set_config('forced.drawn', drawn::text, true);
        IF drawn % 3 = 1 THEN
            PERFORM forced.strike(planned.at_statement);
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION forced.at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    planned forced.plan;
BEGIN
    SELECT * INTO planned FROM forced.plan WHERE relation = TG_ARGV[0];
    -- A transaction that wrote before there was a plan has drawn nothing.
    IF FOUND AND nullif(current_setting('forced.drawn', true), '')::bigint % 3 = 2 THEN
        PERFORM forced.strike(planned.at_commit);
    END IF;
    RETURN NULL;
END $$;
"""


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Install it once the tables are there, and remove it in the end."""

    engine: Engine

    def install(self) -> None:
        self._do(SCHEMA)
        for name in table_names():
            on = f"""ON "{name}" """
            each = "FOR EACH ROW EXECUTE FUNCTION forced"
            self._do(
                f"CREATE TRIGGER forced_at_statement AFTER INSERT OR UPDATE OR DELETE {on}"
                f"{each}.at_statement('{name}');"
                f"CREATE CONSTRAINT TRIGGER forced_at_commit AFTER INSERT OR UPDATE OR DELETE {on}"
                f"DEFERRABLE INITIALLY DEFERRED {each}.at_commit('{name}')"
            )

    def remove(self) -> None:
        self._do("DROP SCHEMA IF EXISTS forced CASCADE")

    def watch(self) -> None:
        """From now on note which tables are written; nothing fails."""
        self.plan("*", None, None)

    def written(self) -> list[str]:
        """What was noted, by name."""
        with self.engine.begin() as connection:
            found = connection.scalars(text("SELECT DISTINCT relation FROM forced.written"))
            return sorted(found)

    def plan(self, table: str, at_statement: str | None, at_commit: str | None) -> None:
        """From now on whoever writes `table` meets these; None is no conflict."""
        with self.engine.begin() as connection:
            connection.execute(text("DELETE FROM forced.plan"))
            connection.execute(
                text("INSERT INTO forced.plan VALUES (:table, :statement, :commit)"),
                {"table": table, "statement": at_statement, "commit": at_commit},
            )
            connection.execute(text("SELECT setval('forced.drawn', 1, false)"))
            connection.execute(text("SELECT setval('forced.raised', 0)"))

    def raised(self) -> int:
        """How many conflicts were raised since the last plan."""
        with self.engine.begin() as connection:
            return int(connection.scalar(text("SELECT last_value FROM forced.raised")) or 0)

    def clear(self) -> None:
        self._do("DELETE FROM forced.plan")

    def _do(self, statements: str) -> None:
        with self.engine.begin() as connection:
            _execute(connection, statements)


def _execute(connection: Connection, statements: str) -> None:
    """As they are: a percent sign in them means nothing to the driver."""
    connection.exec_driver_sql(statements.replace("%", "%%"), {})


def table_names() -> list[str]:
    return [table.name for table in Base.metadata.sorted_tables]
