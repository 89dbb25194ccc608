"""Pictures of goods in the books: claimed once, tried so often, and one for each product."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from market import Market
from sqlalchemy import select

from flows.happenings import PictureFailed
from store.models import AddressRow, PictureRow, ProductRow
from store.pictures import keeping
from store.pictures.keeping import Claimed
from store.pictures.showing import find, path_of
from store.pictures.wanting import want
from store.snapshot import Snapshots
from store.transaction import run


@pytest.fixture
def market(sessions) -> Market:
    return Market(sessions).open()


def wanted(market: Market, media: str, sku: str = "oil") -> None:
    def ask(scope) -> None:
        address = scope.session.scalars(select(AddressRow.id)).first()
        want(scope, sku, f"{address} {media}")

    market.do(ask)


def claimed(market: Market) -> Claimed | None:
    """The picture that is due now."""
    due = run(market.sessions, lambda s: keeping.due(s, market.now, 10))
    if not due:
        return None
    return run(market.sessions, lambda s: keeping.claim(s, due[0], market.now))


def kept(market: Market, picture: Claimed, content: bytes) -> None:
    market.do(lambda scope: keeping.keep(scope, picture.id, content))


def rows(market: Market) -> list[tuple[str, str]]:
    every = select(PictureRow.status, PictureRow.media).order_by(PictureRow.created_at)
    return [tuple(row) for row in run(market.sessions, lambda s: s.execute(every).all())]


def shown(market: Market, sku: str = "oil") -> bytes | None:
    """What is served for the picture that a customer is shown."""

    def look(scope) -> bytes | None:
        picture = Snapshots().of(scope.session, scope.shop).by_sku[sku][0].picture
        name = picture.removeprefix(path_of("x").removesuffix("x.jpg")).removesuffix(".jpg")
        return find(scope.session, name, market.now)

    return market.do(look)


def test_of_many_workers_one_fetches_a_picture(market: Market) -> None:
    wanted(market, "1")
    (due,) = run(market.sessions, lambda s: keeping.due(s, market.now, 10))
    take = partial(run, market.sessions, lambda s: keeping.claim(s, due, market.now))
    with ThreadPoolExecutor(8) as workers:
        had = [future.result() for future in [workers.submit(take) for _ in range(8)]]
    assert len([each for each in had if each is not None]) == 1


def test_what_was_sent_later_is_what_is_seen_however_late_the_first_one_comes(
    market: Market,
) -> None:
    wanted(market, "1")
    first = claimed(market)
    wanted(market, "2")
    second = claimed(market)
    kept(market, second, b"second")
    kept(market, first, b"first")
    market.do(lambda scope: keeping.fail(scope, first, permanent=True))
    assert rows(market) == [("kept", "")]
    assert shown(market) == b"second"
    assert market.heard(PictureFailed) == []


def test_the_older_one_is_seen_until_the_newer_is_here_or_where_that_fails(market: Market) -> None:
    wanted(market, "1")
    kept(market, claimed(market), b"first")
    wanted(market, "2")
    assert shown(market) == b"first"
    second = claimed(market)
    market.do(lambda scope: keeping.fail(scope, second, permanent=True))
    assert shown(market) == b"first"
    assert [told.name for told in market.heard(PictureFailed)] == ["Cooking oil"]


def test_after_the_last_pause_it_is_given_up_and_told_once(market: Market) -> None:
    wanted(market, "1")
    for pause in market.rules.picture_pauses:
        picture = claimed(market)
        market.do(lambda scope, picture=picture: keeping.fail(scope, picture, permanent=False))
        assert claimed(market) is None
        assert market.heard(PictureFailed) == []
        market.now += pause
    last = claimed(market)
    market.do(lambda scope: keeping.fail(scope, last, permanent=False))
    assert rows(market) == [("failed", "")]
    assert len(market.heard(PictureFailed)) == 1
    market.now += keeping.FAILED_KEPT * 2
    assert claimed(market) is None
    assert run(market.sessions, lambda s: keeping.forget(s, market.now, 10)) == 1


def test_whoever_dies_over_a_picture_leaves_it_to_others(market: Market) -> None:
    wanted(market, "1")
    assert claimed(market).tries == 1
    assert claimed(market) is None
    market.now += keeping.CLAIMED_FOR
    assert claimed(market).tries == 2


def test_of_what_is_sold_no_more_no_picture_is_kept(market: Market) -> None:
    wanted(market, "1")
    picture = claimed(market)
    oil = select(ProductRow).where(ProductRow.sku == "oil")
    market.do(lambda scope: setattr(scope.session.scalars(oil).one(), "active", False))
    kept(market, picture, b"first")
    assert rows(market) == []
