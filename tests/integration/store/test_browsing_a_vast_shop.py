"""A shop's size costs nobody who looks around in it a statement."""

from scripts.bench.browsing import open_shop, statements, walk_through
from store.transaction import Sessions, run


def test_twenty_products_and_two_thousand_take_the_same_statements(sessions: Sessions) -> None:
    counts = {
        statements(sessions, walk_through(sessions, run(sessions, lambda s, n=n: open_shop(s, *n))))
        for n in ((20, 1), (2_000, 10))
    }
    assert len(counts) == 1
    # SQLite begins a transaction by a statement that is counted.
    assert counts.pop() <= 4
