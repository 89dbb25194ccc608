"""Looking around in a shop of twenty products and in one of twenty thousand: the same statements, and how
much longer it takes."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random
from statistics import median
from uuid import UUID

from sqlalchemy import event, insert, text
from sqlalchemy.orm import Session

from scripts.bench.towns import private_database
from store.cart import ShopCart
from store.catalogue import ShopCatalogue
from store.ids import new_id
from store.models import CategoryRow, PersonRow, ProductRow, ShopRow, StockRow
from store.rules import Rules
from store.scope import Scope
from store.transaction import Sessions, open_engine, open_sessions, run

SMALL, LARGE = (20, 1), (20_000, 100)
ROUNDS, WALKS = 5, 200
# What a list on a phone shows, and one more to know whether there are more.
LISTED = 41

Walk = Callable[[], None]


def browsing() -> None:
    """Medians of whole walks, in turn, beside a transaction that asks for nothing."""
    with private_database() as url:
        engine = open_engine(url, pool=1)
        sessions = open_sessions(engine)
        walks = {
            "nothing": lambda: run(sessions, _nothing),
            "20": walk_through(sessions, run(sessions, lambda s: open_shop(s, *SMALL))),
            "20,000": walk_through(sessions, run(sessions, lambda s: open_shop(s, *LARGE))),
        }
        counts = {name: statements(sessions, walk) for name, walk in walks.items()}
        taken: dict[str, list[float]] = {name: [] for name in walks}
        for _ in range(ROUNDS):
            for name, walk in walks.items():
                taken[name] += _timed(walk)
        engine.dispose()
    print(f"{'products':12}{'statements':>12}{'median ms':>12}")
    for name, times in taken.items():
        print(f"{name:12}{counts[name]:12}{median(times):12.2f}")
    print(f"20,000 take {median(taken['20,000']) / median(taken['20']):.2f} times as long as 20")


def _nothing(session: Session) -> None:
    session.execute(text("SELECT 1"))


def walk_through(sessions: Sessions, shop_id: UUID) -> Walk:
    """Categories, one of them, one product of it, and into the cart and out again."""

    def look(session: Session) -> None:
        shop = session.get_one(ShopRow, shop_id)
        scope = Scope(session, shop, datetime.now(UTC), lambda _: None, Rules(), Random(1))
        catalogue = ShopCatalogue(scope, "retail")
        first = catalogue.categories()[0]
        sku = catalogue.in_category(first.id, LISTED)[-1].sku
        catalogue.product(sku)
        cart = ShopCart(scope, shop_id, catalogue)
        cart.read()

    def walk() -> None:
        run(sessions, look)

    # The catalogue is read once per process and version.
    walk()
    return walk


def statements(sessions: Sessions, walk: Walk) -> int:
    """How many one walk takes."""
    seen: list[str] = []
    engine = sessions.kw["bind"]

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    walk()
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def _timed(walk: Walk) -> Sequence[float]:
    taken = []
    for _ in range(WALKS):
        begun = time.perf_counter()
        walk()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def open_shop(session: Session, products: int, categories: int) -> UUID:
    """A shop with so many products, spread over its categories, ten of each there."""
    now = datetime.now(UTC)
    shop = ShopRow(
        id=new_id(),
        slug=f"shop-{products}",
        name=f"Shop of {products}",
        model="wholesale",
        country="UG",
        currency="UGX",
        locales=["en"],
        timezone="Africa/Kampala",
        settings={},
        created_at=now,
    )
    session.add_all((shop, PersonRow(id=shop.id, created_at=now)))
    session.flush()
    shelves = [new_id() for _ in range(categories)]
    session.execute(
        insert(CategoryRow),
        [
            {"id": key, "shop_id": shop.id, "name": f"Shelf {n}", "position": n}
            for n, key in enumerate(shelves)
        ],
    )
    session.execute(
        insert(ProductRow),
        [
            {
                "id": new_id(),
                "shop_id": shop.id,
                "sku": f"sku-{n}",
                "name": f"Thing {n}",
                "category_id": shelves[n % categories],
                "price": 1_000 + n,
                "position": n,
            }
            for n in range(products)
        ],
    )
    session.execute(
        insert(StockRow),
        [{"shop_id": shop.id, "sku": f"sku-{n}", "on_hand": 10} for n in range(products)],
    )
    for table in ("products", "stock", "categories"):
        session.execute(text(f"ANALYZE {table}"))
    return shop.id
