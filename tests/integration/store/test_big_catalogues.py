"""A shop with thousands of products: its names are looked up, and read as if they were all at hand."""

import json
from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

import pytest
from market import NOON, SHOP, Market
from sqlalchemy import Engine, event, func, insert, select, text
from sqlalchemy.orm import Session

import intents
from flows.seller.naming import meant
from intents.frames import to_frame
from intents.understanding import Context, Entry, Said, VastCatalogue
from scripts.bench.supermarket import entries, messages
from store.catalogue import ShopCatalogue
from store.ids import new_id
from store.lookup import finding, keeping
from store.lookup.ready import INDEXES, is_ready, make_ready
from store.lookup.upkeep import catch_up, unkept
from store.migrate import is_current, upgrade
from store.models import AliasRow, ProductRow, ShopRow, SoughtRow, SoughtWordRow, VariantRow
from store.snapshot import Entries
from store.transaction import Sessions, open_engine, run

PRODUCTS, MESSAGES = 6_000, {"postgresql": 300, "sqlite": 60}
ALIKE = 0.98


@pytest.fixture
def vast(sessions: Sessions) -> Market:
    """A shop as it was before its names were ever written down."""
    market = Market(sessions, slug="vast")
    run(sessions, _fill)
    return market


def _fill(session: Session) -> None:
    shop = ShopRow(
        id=new_id(),
        slug="vast",
        name="Vast",
        model="retail",
        country="UG",
        currency="UGX",
        locales=["en"],
        timezone="Africa/Kampala",
        settings={},
        created_at=NOON,
    )
    session.add(shop)
    session.flush()
    made = entries(PRODUCTS)
    keys = {entry.sku: uuid4() for entry in made}
    session.execute(insert(ProductRow), list(_products(shop.id, made, keys)))
    session.execute(insert(VariantRow), list(_variants(shop.id, made, keys)))
    session.execute(insert(AliasRow), list(_aliases(shop.id, made)))


def _products(
    shop: UUID, made: Sequence[Entry], keys: dict[str, UUID]
) -> Iterator[dict[str, object]]:
    for place, entry in enumerate(made):
        if entry.parent is None:
            yield {
                "id": keys[entry.sku],
                "shop_id": shop,
                "sku": entry.sku,
                "name": entry.name,
                "unit": entry.unit,
                "price": 1000,
                "active": True,
                "position": place,
            }


def _variants(
    shop: UUID, made: Sequence[Entry], keys: dict[str, UUID]
) -> Iterator[dict[str, object]]:
    for place, entry in enumerate(made):
        if entry.parent is not None:
            yield {
                "id": keys[entry.sku],
                "shop_id": shop,
                "product_id": keys[entry.parent],
                "sku": entry.sku,
                "attributes": {"size": entry.words[0]},
                "active": True,
                "position": place,
            }


def _aliases(shop: UUID, made: Sequence[Entry]) -> Iterator[dict[str, object]]:
    for entry in made:
        for alias in entry.aliases:
            yield {"id": uuid4(), "shop_id": shop, "sku": entry.sku, "alias": alias}


def write_down(market: Market) -> None:
    """What is done every hour."""
    for shop_id in run(market.sessions, unkept):
        run(market.sessions, lambda s, which=shop_id: catch_up(s, which))


class Whole:
    """The same names, all at hand."""

    def __init__(self, made: Sequence[Entry]) -> None:
        self.key, self.entries = "whole", made


def test_a_message_to_a_big_shop_is_understood_as_with_all_names_at_hand(vast: Market, model: None):
    context = Context("en", ("en",))
    whole = Whole(vast.do(lambda scope: tuple(ShopCatalogue(scope, "retail").names.entries)))
    write_down(vast)

    def differences(scope) -> list[str]:
        names = ShopCatalogue(scope, "retail").names
        assert isinstance(names, VastCatalogue)
        assert isinstance(names.entries, Entries)
        engine = scope.session.get_bind().dialect.name
        said = list(messages(whole.entries, MESSAGES[engine]))
        return [
            message
            for message in said
            if to_frame(intents.understand(message, context, names))
            != to_frame(intents.understand(message, context, whole))
        ]

    different = vast.do(differences)
    count = MESSAGES[vast.sessions.kw["bind"].dialect.name]
    assert len(different) <= count * (1 - ALIKE), different


@pytest.mark.postgres
def test_both_statements_go_by_the_trigram_indexes(postgres: Sessions):
    market = Market(postgres, slug="vast")
    run(postgres, _fill)
    write_down(market)

    def plans(scope) -> list[str]:
        session = scope.session
        for table in ("sought", "sought_words"):
            session.execute(text(f"ANALYZE {table}"))
        asked = {"shop": scope.shop.id, "exact": '["rice"]', "most": 80}
        asked["patterns"] = json.dumps([["%uger", 4, 6], ["sug%", 4, 6]])
        asked["said"] = json.dumps([[0, "% sugar %"], [1, "% rice %"]])
        return [
            "\n".join(row[0] for row in session.execute(text(f"EXPLAIN {statement}"), asked))
            for statement in finding.TEXTS["postgresql"]
        ]

    words, products = market.do(plans)
    assert "Bitmap Index Scan on sought_words_" in words
    assert "_word_idx" in words
    assert "Bitmap Index Scan on sought_" in products
    assert "_said_idx" in products
    assert "Seq Scan on sought" not in words + products


def kept(market: Market) -> Market:
    """The little market's names written down, as if it were big."""

    def work(scope) -> None:
        made = ShopCatalogue(scope, "retail").names.entries
        keeping.keep(scope.session, scope.shop, made)

    market.do(work)
    return market


def found(market: Market, *words: str) -> set[str]:
    said = Said(words, frozenset(w for w in words if len(w) > 3))

    def work(scope) -> set[str]:
        names = ShopCatalogue(scope, "retail").names
        assert isinstance(names, VastCatalogue)
        return {entry.sku for entry in names.near(said).entries}

    return market.do(work)


def names_key(market: Market) -> str:
    return market.do(lambda scope: ShopCatalogue(scope, "retail").names.key)


@pytest.mark.parametrize(
    ("said", "skus"),
    [
        ("rice", {"rice", "rice-5kg", "rice-25kg"}),
        ("ricee", {"rice", "rice-5kg", "rice-25kg"}),
        ("mchele", {"rice", "rice-5kg", "rice-25kg"}),
        ("matoke", {"matooke"}),
        ("mtaooke", {"matooke"}),
        ("coking", {"oil"}),
        ("flobber", set()),
        ("sal", set()),
    ],
)
def test_families_are_found_whole_by_their_words_and_by_slips_of_them(
    market: Market, said: str, skus: set[str]
):
    assert found(kept(market), said) == skus


@pytest.mark.parametrize(
    ("written", "sku"),
    [
        ("cooking oil", "oil"),
        ("cookin oil", "oil"),
        ("RICE-5KG", "rice-5kg"),
        ("rice 25kg", "rice-25kg"),
    ],
)
def test_a_seller_names_goods_of_a_big_shop_by_sku_or_name_with_slips(
    market: Market, written: str, sku: str
):
    kept(market)
    found = market.do(lambda scope: meant(written, ShopCatalogue(scope, "retail").names))
    assert found.sure is not None
    assert found.sure.sku == sku


def test_a_seller_who_names_a_product_with_kinds_is_shown_them_all(market: Market):
    kept(market)
    names = market.do(lambda scope: meant("rice", ShopCatalogue(scope, "retail").names).entries)
    assert [entry.sku for entry in names] == ["rice-5kg", "rice-25kg"]


def test_a_big_shops_names_cost_two_statements(market: Market):
    kept(market)

    def work(scope) -> int:
        names = ShopCatalogue(scope, "retail").names
        seen: list[str] = []
        event.listen(
            scope.session.connection(), "before_cursor_execute", lambda *args: seen.append(args[2])
        )
        names.near(Said(("rice", "salt")))
        return len(seen)

    assert market.do(work) == 2


@pytest.mark.parametrize("looked_up", [False, True])
def test_names_stay_as_they_are_when_prices_and_stock_change(market: Market, looked_up: bool):
    if looked_up:
        kept(market)
    before = names_key(market)
    version = market.do(lambda scope: scope.shop.catalogue_version)
    market.sell(lambda trade: trade.set_price("salt", 1600))
    market.sell(lambda trade: trade.set_stock("oil", 7))
    market.buy(("oil", 1))
    assert names_key(market) == before
    assert market.do(lambda scope: scope.shop.catalogue_version) == version + 1
    market.sell(lambda trade: trade.add_alias("chumvi", "salt"))
    assert names_key(market) != before


def test_an_alias_in_a_big_shop_is_found_at_once_and_its_family_stays_whole(market: Market):
    kept(market)
    market.sell(lambda trade: trade.add_alias("sindano", "rice-5kg"))
    assert found(market, "sindano") == {"rice", "rice-5kg", "rice-25kg"}
    assert found(market, "sindno") == {"rice", "rice-5kg", "rice-25kg"}


def test_what_left_the_catalogue_is_not_found_any_more(market: Market):
    kept(market)
    market.open(SHOP.replace('name = "Salt"', 'name = "Kakira sugar"'))
    # By its file the shop is no big one, so that nothing stays written down.
    assert market.do(lambda scope: scope.shop.names_key) is None
    for table in (SoughtRow, SoughtWordRow):
        left = select(func.count()).select_from(table)
        assert market.do(lambda scope, which=left: scope.session.scalar(which)) == 0
    kept(market)
    assert found(market, "salt") == set()
    assert found(market, "sugar") == {"salt"}


def test_writing_the_names_down_again_changes_only_what_is_different(market: Market):
    kept(market)
    seen: list[str] = []

    def again(scope) -> None:
        made = ShopCatalogue(scope, "retail").names.entries
        event.listen(
            scope.session.connection(), "before_cursor_execute", lambda *args: seen.append(args[2])
        )
        keeping.keep(scope.session, scope.shop, [e for e in made if e.sku != "salt"])

    market.do(again)
    changes = [statement for statement in seen if statement.startswith(("INSERT", "DELETE"))]
    assert len(changes) == 2
    assert all(statement.startswith("DELETE") for statement in changes)
    assert found(market, "salt") == set()
    assert found(market, "cooking") == {"oil"}


def test_another_shops_names_are_not_found_here(market: Market):
    kept(market)
    other = (
        SHOP.replace("njeri", "joy").replace("NJERI", "JOY").replace("+2567000001", "+2567000002")
    )
    joy = Market(market.sessions, slug="joy").open(other.replace('name = "Salt"', 'name = "Ugali"'))
    kept(joy)
    assert found(market, "ugali") == set()
    assert found(joy, "ugali") == {"salt"}


def test_what_an_earlier_version_wrote_down_is_not_relied_on(market: Market):
    kept(market)

    def older(scope) -> None:
        scope.shop.names_key = f"0123456789abcdef:{uuid4()}"

    market.do(older)
    names = market.do(lambda scope: ShopCatalogue(scope, "retail").names)
    assert not isinstance(names, VastCatalogue)


@pytest.mark.postgres
def test_a_role_that_may_not_create_extensions_keeps_its_shops_in_memory(
    postgres_engine: Engine, empty_database: str
):
    role = f"plain_{postgres_engine.url.database}"
    owner = open_engine(empty_database, pool=1)
    with owner.begin() as connection:
        connection.execute(text(f"CREATE ROLE {role}"))
        connection.execute(text(f"GRANT ALL ON SCHEMA public TO {role}"))
    plain = open_engine(f"{empty_database}?options=-c%20role%3D{role}", pool=1)
    try:
        upgrade(plain)
        assert is_current(plain)
        market = Market(Sessions(plain), slug="njeri").open()
        assert market.do(lambda scope: is_ready(scope.session.connection())) is False
        assert market.do(lambda scope: make_ready(scope.session.connection())) is False
        kept(market)
        assert market.do(lambda scope: scope.shop.names_key) is None
        names = market.do(lambda scope: ShopCatalogue(scope, "retail").names)
        assert not isinstance(names, VastCatalogue)
        with owner.begin() as connection:
            assert make_ready(connection)
            assert set(INDEXES) <= set(
                connection.scalars(text("SELECT indexname FROM pg_indexes")).all()
            )
        kept(market)
        assert found(market, "ricee") == {"rice", "rice-5kg", "rice-25kg"}
    finally:
        plain.dispose()
        with owner.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {role}"))
            connection.execute(text(f"DROP ROLE {role}"))
        owner.dispose()
