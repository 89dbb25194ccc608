"""Databases to measure on: made for one run, with shops and people in them, and dropped again."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import psycopg2
from sqlalchemy import text
from sqlalchemy.engine import make_url

from scripts.bench.floor import TABLES
from scripts.bench.walks import Place
from store.migrate import upgrade
from store.shopfile import load, read_text
from store.transaction import normalised, open_engine, open_sessions, run

# Where databases may be made; `make bench` names another with BENCH_POSTGRES.
POSTGRES = os.environ.get("BENCH_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")

GOODS = (
    *("Beans", "Sugar", "Salt", "Milk", "Bread", "Eggs", "Onions", "Tomatoes", "Cooking oil"),
    *("Tea leaves", "Matches", "Candles", "Toilet paper", "Toothpaste", "Charcoal", "Posho"),
)
SHOP = """
[shop]
slug = "measured-{number}"
name = "Shop {number}"
model = "wholesale"
country = "UG"
currency = "UGX"
locales = ["en"]
timezone = "Africa/Kampala"
owner = "+2567001{number:05d}"

[[lines]]
channel = "whatsapp"
provider = "twilio"
address = "{whatsapp}"

[[lines]]
channel = "ussd"
provider = "africastalking"
address = "{ussd}"

[[products]]
sku = "rice"
name = "Rice"
category = "Food"
price = 24000

[[products.variants]]
sku = "rice-1kg"
attributes = {{ size = "1kg" }}
price = 5000
stock = 1000000

[[products.variants]]
sku = "rice-5kg"
attributes = {{ size = "5kg" }}
price = 24000
stock = 1000000

[[products]]
sku = "soap"
name = "Soap"
category = "Household"
price = 4500
stock = 1000000

[payments]
rails = ["cash", "mtn-momo"]
"""
PRODUCT = """
[[products]]
sku = "{sku}"
name = "{name}"
category = "Food"
price = {price}
stock = 1000000
"""


@contextmanager
def private_database() -> Iterator[str]:
    """A database of its own, with the tables and the yardstick's: its URL."""
    name = f"sokoni_bench_{uuid4().hex[:12]}"
    _administer(f'CREATE DATABASE "{name}"')
    try:
        url = make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
        engine = open_engine(url, pool=1)
        upgrade(engine)
        with engine.begin() as connection:
            connection.execute(text(TABLES))
        engine.dispose()
        yield url
    finally:
        _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass(frozen=True, slots=True)
class Town:
    """Where people write, who they are, and since when they are watched."""

    places: Sequence[Place]
    people: Sequence[str]
    since: datetime = field(default_factory=lambda: datetime.now(UTC))


def small_town(url: str, shops: int, number: int) -> Town:
    """Shops that `number` people buy from, each with two lines and some twenty things to sell."""
    engine = open_engine(url, pool=1)
    places = [_place(each) for each in range(shops)]
    files = [
        read_text(_shop(each, place), f"measured-{each}.toml") for each, place in enumerate(places)
    ]
    run(open_sessions(engine), lambda session: load(session, files, datetime.now(UTC)))
    engine.dispose()
    return Town(places, people(number))


def settle(url: str) -> None:
    """Statistics as they are in a database that has run for a while, whether or not autovacuum is on:
    what was planned for empty tables is planned anew."""
    engine = open_engine(url, pool=1)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def people(number: int) -> Sequence[str]:
    """Phones in a range where nobody is."""
    return [f"+25677{index:07d}" for index in range(number)]


def _place(number: int) -> Place:
    return Place(f"+256200{number:06d}", f"*284*{1000 + number}#")


def _shop(number: int, place: Place) -> str:
    goods = "".join(
        PRODUCT.format(sku=name.lower().replace(" ", "-"), name=name, price=1000 + 500 * index)
        for index, name in enumerate(GOODS)
    )
    return SHOP.format(number=number, whatsapp=place.whatsapp, ussd=place.ussd) + goods


def _administer(statement: str) -> None:
    dsn = normalised(POSTGRES).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
