"""`python -m scripts.bench.names`: how long a message to a big shop takes to be understood, with its names
looked up in PostgreSQL, beside an index of all of them in memory. In turn, message by message."""

import argparse
import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

import intents
from intents.frames import Frame, to_frame
from intents.understanding import Catalogue, Context, Entry
from scripts.bench.supermarket import entries, messages
from scripts.bench.towns import private_database
from store.ids import new_id
from store.lookup import keeping
from store.lookup.finding import VastNames
from store.models import ShopRow
from store.transaction import Sessions, open_engine, open_sessions, run

CONTEXT = Context("en", ("en",))
# Messages before it is measured: by then every statement has its plan.
FIRST = 50


@dataclass(frozen=True, slots=True)
class Whole:
    """All names at hand."""

    key: str
    entries: Sequence[Entry]


def measure(sessions: Sessions, products: int, count: int) -> None:
    """Print both ways' milliseconds, and for how many messages they agree."""
    made = entries(products)
    begun = time.perf_counter()
    shop = run(sessions, lambda session: _keep(session, made))
    print(f"{len(made)} entries written down in {time.perf_counter() - begun:.1f} s")
    whole = Whole("whole", made)
    begun = time.perf_counter()
    intents.understand("hi", CONTEXT, whole)
    print(f"their index made in {time.perf_counter() - begun:.1f} s")
    with sessions() as session:
        vast = VastNames(session, shop, "vast", made)
        for message in messages(made, FIRST, seed=1):
            _timed(message, whole, [])
            _timed(message, vast, [])
        gc.collect()
        gc.freeze()
        here: list[float] = []
        there: list[float] = []
        agreed = [
            _timed(message, whole, here) == _timed(message, vast, there)
            for message in messages(made, count)
        ]
    print(f"{'ms':12}{'p50':>8}{'p95':>8}{'p99':>8}")
    for name, taken in (("in memory", here), ("looked up", there)):
        print(f"{name:12}" + "".join(f"{_share(taken, part):8.1f}" for part in (0.5, 0.95, 0.99)))
    print(f"{sum(agreed)} of {count} messages are understood alike")


def _keep(session: Session, made: Sequence[Entry]) -> UUID:
    """A shop that has these names, and nothing else."""
    shop = ShopRow(
        id=new_id(),
        slug="vast",
        name="Supermarket",
        model="retail",
        country="UG",
        currency="UGX",
        locales=["en"],
        timezone="Africa/Kampala",
        settings={},
        created_at=datetime.now(UTC),
    )
    session.add(shop)
    session.flush()
    keeping.keep(session, shop, made)
    for table in ("sought", "sought_words"):
        session.execute(text(f"ANALYZE {table}"))
    return shop.id


def _timed(message: str, catalogue: Catalogue, taken: list[float]) -> Frame:
    begun = time.perf_counter()
    found = intents.understand(message, CONTEXT, catalogue)
    taken.append((time.perf_counter() - begun) * 1000)
    return to_frame(found)


def _share(taken: Sequence[float], part: float) -> float:
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * part))]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench.names", description=__doc__)
    parser.add_argument("--products", type=int, default=20_000)
    parser.add_argument("--messages", type=int, default=1_000)
    arguments = parser.parse_args()
    with private_database() as url:
        engine = open_engine(url, pool=1)
        measure(open_sessions(engine), arguments.products, arguments.messages)
        engine.dispose()


if __name__ == "__main__":
    main()
