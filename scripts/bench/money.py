"""How long the proof of the books takes on grown ones, beside what a database needs to only count the same
rows; and what one posting costs."""

import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from scripts.bench.towns import private_database, small_town
from store.ledger import Account, Kind, post
from store.models import ShopRow
from store.proof import prove
from store.rules import Rules
from store.scope import Scope
from store.transaction import open_engine, open_sessions, run

ORDERS = 100_000
SHOPS = 20
POSTINGS = 2_000
TABLES = ("orders", "payment_attempts", "refunds", "ledger_postings", "ledger_entries")

# Of ten orders seven were paid and delivered, one is paid and open, one was cancelled and its money sent
# back, one was paid in cash to the seller.
FILL = (
    "CREATE TEMP TABLE made AS SELECT gen_random_uuid() AS id, gen_random_uuid() AS attempt,"
    " gen_random_uuid() AS refund, n, s.id AS shop_id, p.id AS person_id"
    " FROM generate_series(1, :orders) n"
    " JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM shops) s ON s.place = 1 + n % :shops"
    " CROSS JOIN (SELECT id FROM people LIMIT 1) p",
    "INSERT INTO orders (id, shop_id, person_id, number, status, payment_status, currency, subtotal,"
    " delivery_fee, discount, total, fulfilment, rail, channel, code, code_tries, reminders, paid_by,"
    " created_at, updated_at)"
    " SELECT id, shop_id, person_id, 2000 + n, CASE n % 10 WHEN 7 THEN 'confirmed' WHEN 8 THEN"
    " 'cancelled' ELSE 'delivered' END, CASE n % 10 WHEN 8 THEN 'refunded' ELSE 'paid' END, 'UGX',"
    " 18000, 3000, 0, 21000, 'standard', CASE n % 10 WHEN 9 THEN 'cash' ELSE 'mtn-momo' END, 'sms',"
    " '0000', 0, 0, CASE n % 10 WHEN 9 THEN NULL ELSE attempt END, now(), now() FROM made",
    "INSERT INTO payment_attempts (id, shop_id, order_id, person_id, rail, payer, amount, currency,"
    " status, medium, submit_after, polls, created_at, settled_at)"
    " SELECT attempt, shop_id, id, person_id, 'mtn-momo', '', 21000, 'UGX', 'succeeded', 'sms', now(),"
    " 1, now(), now() FROM made WHERE n % 10 <> 9",
    'INSERT INTO refunds (id, shop_id, order_id, attempt_id, amount, currency, cause, "to", status,'
    " polls, created_at, settled_at)"
    " SELECT refund, shop_id, id, attempt, 21000, 'UGX', 'cancelled', 'rail', 'succeeded', 1, now(),"
    " now() FROM made WHERE n % 10 = 8",
)
# Which orders have a posting: its key, its cause, and its entries.
PENDING = (("seller-pending", -16200), ("commission-pending", -1800), ("delivery-pending", -3000))
POSTED = (
    ("n % 10 <> 9", "'attempt:' || attempt", "payment", (("rail:mtn-momo", 21000), *PENDING)),
    (
        "n % 10 < 7",
        "'release:' || id",
        "release",
        (*((a, -m) for a, m in PENDING), ("seller-available", -19200), ("commission", -1800)),
    ),
    (
        "n % 10 = 8",
        "'refund:' || refund || '\\:owed'",
        "refund-owed",
        (*((a, -m) for a, m in PENDING), ("refunds", -21000)),
    ),
    (
        "n % 10 = 8",
        "'refund:' || refund || '\\:sent'",
        "refund-sent",
        (("refunds", 21000), ("rail:mtn-momo", -21000)),
    ),
    (
        "n % 10 = 9",
        "'cash:' || id",
        "cash",
        (("seller-owes", 1800), ("commission", -1800)),
    ),
)
BALANCES = (
    "INSERT INTO ledger_balances (shop_id, account, currency, balance, change, floored)"
    " SELECT shop_id, account, currency, CASE account WHEN 'seller-owes' THEN sum(amount)"
    " ELSE -sum(amount) END, 0, account <> 'seller-pending' FROM ledger_entries"
    " WHERE account LIKE 'seller%' GROUP BY shop_id, account, currency"
)


def fill(engine: Engine, orders: int) -> None:
    """Books of so many orders that are right, made by the database itself."""
    with engine.begin() as connection:
        for statement in FILL:
            connection.execute(text(statement), {"orders": orders, "shops": SHOPS})
        for where, key, cause, entries in POSTED:
            connection.execute(
                text(
                    "INSERT INTO ledger_postings (key, cause, shop_id, order_id, currency, at)"
                    f" SELECT {key}, :cause, shop_id, id, 'UGX', now() FROM made WHERE {where}"
                ).bindparams(cause=cause)
            )
            rows = ", ".join(f"('{account}', {minor})" for account, minor in entries)
            connection.execute(
                text(
                    "INSERT INTO ledger_entries (posting_id, shop_id, account, currency, amount)"
                    " SELECT p.id, p.shop_id, e.account, 'UGX', e.amount FROM ledger_postings p"
                    f" CROSS JOIN (VALUES {rows}) e (account, amount) WHERE p.cause = :cause"
                ).bindparams(cause=cause)
            )
        connection.execute(text(BALANCES))
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))


def money() -> None:
    with private_database() as url:
        small_town(url, SHOPS, 1)
        engine = open_engine(url, pool=2)
        fill(engine, ORDERS)
        counted = _seconds(lambda: _count(engine))
        before = _resident()
        took = _seconds(lambda: _prove(engine))
        print(f"{ORDERS:,} orders, {_count(engine):,} rows in the books")
        print(f"counting every row (the yardstick){counted:10.2f} s")
        print(f"proving every law                 {took:10.2f} s, {took / counted:.1f} times that")
        print(f"memory of the process grew by     {_resident() - before:10.1f} MiB")
        print(f"one posting and its commit        {_posting(engine) * 1000:10.2f} ms")
        engine.dispose()


def _prove(engine: Engine) -> None:
    finding = prove(engine).finding
    if finding is not None:
        raise AssertionError(finding)


def _count(engine: Engine) -> int:
    with engine.connect() as connection:
        counts = [connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES]
    return sum(count or 0 for count in counts)


def _posting(engine: Engine) -> float:
    """Seconds for one into a wallet of many."""
    sessions = open_sessions(engine)
    chance = Random(1)
    rail = Account(Kind.RAIL, "mtn-momo")

    def pay(number: int) -> None:
        amounts = {rail: 500, Account(Kind.WALLET, str(number % 500)): -500}

        def work(session: Session) -> bool:
            shop = session.scalars(select(ShopRow).limit(1)).one()
            scope = Scope(session, shop, datetime.now(UTC), lambda _: None, Rules(), chance)
            return post(scope, f"measured:{number}", "top-up", amounts, "UGX")

        run(sessions, work)

    def pay_all() -> None:
        for number in range(POSTINGS):
            pay(number)

    return _seconds(pay_all) / POSTINGS


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _resident() -> float:
    """The most that this process has ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
