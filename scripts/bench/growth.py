"""A database as it is after years: thousands of shops, a million people, and four months of their
messages. `python -m scripts.bench.growth --database URL` fills one that has the tables.

One shop is loaded from a file and copied; everybody else is made up by the database itself, which is
quick enough for millions. What was said lies as it would: by time, with keys that grow.
"""

import argparse
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, text

from scripts.bench.towns import GOODS, PRODUCT, SHOP
from scripts.bench.walks import Place
from store.migrate import upgrade
from store.months import BY_MONTH, Month, make, partitions
from store.shopfile import load, read_text
from store.transaction import open_engine, open_sessions, run

MONTHS = 4
TEMPLATE = 99_999
# Rows in one transaction.
CHUNK = 250_000

# A copy's key follows from the original's, so that references need not be looked up; it begins with a
# moment, as all our keys do.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION pg_temp.copied(original uuid, n bigint) RETURNS uuid IMMUTABLE
LANGUAGE sql RETURN (lpad(to_hex(1750000000000 + n), 12, '0') || '7' || substr(md5(original::text), 1, 3)
 || '8' || substr(md5(original::text || n), 1, 15))::uuid;
CREATE OR REPLACE FUNCTION pg_temp.key(kind text, n bigint) RETURNS uuid IMMUTABLE
LANGUAGE sql RETURN (lpad(to_hex(1760000000000 + n * 7), 12, '0') || '7' || substr(md5(kind), 1, 3)
 || '8' || substr(md5(kind || n), 1, 15))::uuid;
"""
# Where a customer stands who has greeted, and what was shown.
PLACES = {"customer": {"at": ["home", {}], "asks": None, "trail": [], "misses": 0}}
CHOICES = {"browse": "See what we sell", "search": "Search by name", "track": "Where is my order"}
SHOWN = {
    "n": 0,
    "r": "customer",
    "t": "2026-01-01T00:00:00+00:00",
    "p": [
        [
            "Welcome! What would you like?\n\n1. See what we sell\n2. Search by name",
            {str(n): choice for n, choice in enumerate(CHOICES, 1)},
            {str(n): label for n, label in enumerate(CHOICES.values(), 1)},
        ]
    ],
}
# Which columns of a shop's rows refer to something that is copied too.
COPIED = (
    ("shops", ("id",), "t.slug = :slug"),
    ("addresses", ("id",), "t.id IN (SELECT address_id FROM lines WHERE shop_id = :shop)"),
    ("lines", ("id", "shop_id", "address_id"), "t.shop_id = :shop"),
    ("people", ("id",), "t.id IN (SELECT person_id FROM staff WHERE shop_id = :shop)"),
    ("staff", ("id", "shop_id", "person_id"), "t.shop_id = :shop"),
    ("categories", ("id", "shop_id"), "t.shop_id = :shop"),
    ("products", ("id", "shop_id", "category_id"), "t.shop_id = :shop"),
    ("variants", ("id", "shop_id", "product_id"), "t.shop_id = :shop"),
    ("stock", ("shop_id",), "t.shop_id = :shop"),
)
# What of a copy is its own.
OWN = {
    "shops": "'slug', 'grown-' || n, 'name', 'Shop ' || n, 'next_order_number', 100001",
    "addresses": "'address', CASE t.channel WHEN 'ussd' THEN '*300*' || n || '#'"
    " ELSE '+256300' || lpad(n::text, 6, '0') END",
    "people": "'phone', '+25671' || lpad(n::text, 7, '0')",
}
WHO = (
    "INSERT INTO people (id, phone, created_at)"
    " SELECT pg_temp.key('person', n), '+25676' || lpad(n::text, 7, '0'), :start"
    " FROM generate_series(:first, :last) n"
)
CUSTOMERS = (
    "INSERT INTO customers (id, shop_id, person_id, price_list, created_at)"
    " SELECT pg_temp.key('customer', n), pg_temp.copied(:shop, 1 + n % :shops),"
    " pg_temp.key('person', n), 'retail', :start FROM generate_series(:first, :last) n"
)
CONVERSATIONS = (
    "INSERT INTO conversations (id, shop_id, person_id, places, shown, ussd, held_by, last_inbound_at,"
    " last_address_id, last_whatsapp_at, updated_at, turns)"
    " SELECT pg_temp.key('talk', n), pg_temp.copied(:shop, 1 + n % :shops), pg_temp.key('person', n),"
    " CAST(:places AS jsonb), jsonb_build_object(CAST(a.id AS text), CAST(:shown AS jsonb)), '{}', 'bot',"
    " :end, a.id, :end, :end, 5"
    " FROM generate_series(:first, :last) n,"
    " LATERAL (SELECT pg_temp.copied(:address, 1 + n % :shops)) a(id)"
)
# When number n of :total was.
AT = ":start + (:end - :start) * (n / CAST(:total AS float))"
ORDERS = (
    "INSERT INTO orders (id, shop_id, person_id, number, status, payment_status, currency, subtotal,"
    " delivery_fee, discount, total, fulfilment, rail, channel, code, code_tries, reminders, created_at,"
    " updated_at)"
    " SELECT pg_temp.key('order', n), pg_temp.copied(:shop, 1 + n % :shops), pg_temp.key('person', n),"
    " 1001 + n / :shops, 'delivered', 'paid', 'UGX', 24000, 0, 0, 24000, 'pickup', 'cash', 'whatsapp',"
    " '1234', 0, 0, m.at, m.at"
    f" FROM generate_series(:first, :last) n, LATERAL (SELECT {AT}) m(at)"
)
# Message n of :total: when it came, and from whom. Neighbours in time are strangers.
SPOKEN = (
    " FROM generate_series(:first, :last) n,"
    f" LATERAL (SELECT {AT}, 1 + n * 2654435761 % :talkers) m(at, p),"
    " LATERAL (SELECT pg_temp.copied(:shop, 1 + p % :shops), pg_temp.copied(:address, 1 + p % :shops),"
    " pg_temp.key('person', p)) w(shop, address, person)"
)
INBOX = (
    "INSERT INTO inbox (address_id, message_id, shop_id, person_id, medium, text, payload, trace,"
    " received_at, done_at, tries)"
    " SELECT w.address, 'SM' || md5('came' || n), w.shop, w.person, 'whatsapp',"
    " (ARRAY['hi', '2 rice 5kg and one soap', 'price of sugar', 'checkout', '1'])[1 + n % 5], '{}',"
    " gen_random_uuid(), m.at, m.at + interval '200 ms', 0" + SPOKEN
)
RECEIVED = (
    "INSERT INTO received (address_id, message_id, number, received_at)"
    " SELECT address_id, message_id, id, received_at FROM inbox"
    " WHERE received_at > :end - interval '40 days'"
)
OUTBOX = (
    "INSERT INTO outbox (shop_id, address_id, person_id, reference, kind, recipient, body, segments,"
    " important, status, attempts, due_at, lease_token, provider_id, error_code, trace, created_at, sent_at)"
    " SELECT w.shop, w.address, w.person, gen_random_uuid(), 'reply', '+25676' || lpad(p::text, 7, '0'),"
    " 'Welcome! What would you like?\n\n1. See what we sell\n2. Search by name\n3. Where is my order',"
    " 1, false, CASE WHEN n % 100 = 0 THEN 'failed' WHEN n % 3 = 0 THEN 'delivered' ELSE 'read' END, 1,"
    " m.at, 1, 'SM' || md5('went' || n), CASE WHEN n % 100 = 0 THEN '63016' END, gen_random_uuid(), m.at,"
    " m.at + interval '400 ms'" + SPOKEN
)
FACTS = (
    "INSERT INTO facts (shop_id, person_id, name, values, at)"
    " SELECT w.shop, w.person, (ARRAY['cart-added', 'searched', 'order-placed'])[1 + n % 3],"
    ' \'{"sku": "rice-5kg"}\', m.at' + SPOKEN
)


def place(number: int) -> Place:
    """Where shop `number`, from 1, is written to and dialled."""
    return Place(f"+256300{number:06d}", f"*300*{number}#")


def phone(number: int) -> str:
    """Person `number`, from 1. The first six in ten have written to shop 1 + number % shops."""
    return f"+25676{number:07d}"


def fill(
    engine: Engine, *, shops: int = 10_000, people: int = 1_000_000, inbox: int = 5_000_000
) -> None:
    """Fill a database that has the tables and nobody in them: shops, people, and `inbox` messages of the
    last four months with their answers. Needs a superuser: references are right by construction, and
    checking millions of them would take longer than writing them."""
    end = datetime.now(UTC)
    start = Month.of(end).later(1 - MONTHS).start
    _make_months(engine, Month.of(end))
    known = _load_template(engine)
    talkers = max(1, people * 6 // 10)
    known |= {"start": start, "end": end, "shops": shops, "talkers": talkers}
    known |= {"places": json.dumps(PLACES), "shown": json.dumps(SHOWN)}
    _copy_shops(engine, known)
    for name, statement, rows in (
        ("people", WHO, people),
        ("customers", CUSTOMERS, talkers),
        ("conversations", CONVERSATIONS, talkers),
        ("orders", ORDERS, min(talkers, inbox // 20)),
        ("inbox", INBOX, inbox),
        ("outbox", OUTBOX, inbox),
        ("facts", FACTS, inbox // 2),
    ):
        _insert(engine, name, statement, rows, known)
    with _bulk(engine) as connection:
        connection.execute(text(RECEIVED), known)
    _settle(engine)


def _make_months(engine: Engine, now: Month) -> None:
    with engine.begin() as connection:
        for table in BY_MONTH:
            there = partitions(connection, table)
            for month in (now.later(-months) for months in range(MONTHS)):
                if not any(each.holds(month) for each in there):
                    make(connection, table, month)


def _load_template(engine: Engine) -> dict[str, object]:
    """The shop that all others are copies of."""
    goods = "".join(
        PRODUCT.format(sku=name.lower().replace(" ", "-"), name=name, price=1000 + 500 * index)
        for index, name in enumerate(GOODS)
    )
    there = place(0)
    words = SHOP.format(number=TEMPLATE, whatsapp=there.whatsapp, ussd=there.ussd) + goods
    file = read_text(words, f"measured-{TEMPLATE}.toml")
    run(open_sessions(engine), lambda session: load(session, [file], datetime.now(UTC)))
    slug = f"measured-{TEMPLATE}"
    with engine.connect() as connection:
        shop, address = connection.execute(
            text(
                "SELECT shop_id, address_id FROM lines JOIN shops ON shops.id = shop_id"
                " JOIN addresses ON addresses.id = address_id"
                " WHERE slug = :slug AND channel = 'whatsapp'"
            ),
            {"slug": slug},
        ).one()
    return {"slug": slug, "shop": shop, "address": address}


@contextmanager
def _bulk(engine: Engine) -> Iterator[Connection]:
    """A transaction that checks no references and does not wait for the disk."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("SET LOCAL synchronous_commit = off"))
        connection.execute(text("SET LOCAL work_mem = '256MB'"))
        connection.execute(text(FUNCTIONS))
        yield connection


def _copy_shops(engine: Engine, known: Mapping[str, object]) -> None:
    begun = time.monotonic()
    with _bulk(engine) as connection:
        for table, columns, which in COPIED:
            keys = ", ".join(f"'{name}', pg_temp.copied(t.{name}, n)" for name in columns)
            own = ", ".join((keys, OWN[table])) if table in OWN else keys
            connection.execute(
                text(
                    f"INSERT INTO {table} SELECT copy.* FROM {table} t, generate_series(1, :shops) n,"
                    f" LATERAL jsonb_populate_record(CAST(NULL AS {table}),"
                    f" to_jsonb(t) || jsonb_build_object({own})) copy WHERE {which}"
                ),
                dict(known),
            )
    print(f"{known['shops']} shops in {time.monotonic() - begun:.0f} s", flush=True)


def _insert(
    engine: Engine, name: str, statement: str, rows: int, known: Mapping[str, object]
) -> None:
    """In chunks, each a transaction."""
    begun = time.monotonic()
    for first in range(1, rows + 1, CHUNK):
        last = min(rows, first + CHUNK - 1)
        with _bulk(engine) as connection:
            connection.execute(
                text(statement), {**known, "first": first, "last": last, "total": rows}
            )
        took = time.monotonic() - begun
        print(f"\r{name}: {last} of {rows}, {took:.0f} s", end="", flush=True)
    print()


def _settle(engine: Engine) -> None:
    """Statistics, and pages that are known to be visible, as they are after a quiet night."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM (ANALYZE)"))
        size = connection.scalar(
            text("SELECT pg_size_pretty(pg_database_size(current_database()))")
        )
        print(f"{size} on disk")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench.growth", description=__doc__)
    parser.add_argument("--database", required=True, help="the URL of an empty PostgreSQL database")
    parser.add_argument("--shops", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--inbox", type=int, default=5_000_000)
    chosen = parser.parse_args()
    engine = open_engine(chosen.database, pool=1)
    upgrade(engine)
    begun = time.monotonic()
    fill(engine, shops=chosen.shops, people=chosen.people, inbox=chosen.inbox)
    print(f"filled in {time.monotonic() - begun:.0f} s")
    engine.dispose()


if __name__ == "__main__":
    main()
