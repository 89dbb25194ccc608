"""Who works at a shop may buy there, and is no witness to how good it is."""

import pytest
from market import AMINA, SHOP, Market
from riding import delivered as brought
from sqlalchemy import select
from test_points import POINTS, bought
from test_ratings import due, rate, shop_has
from test_returns import delivered
from test_scores import night, shop_score

from flows.happenings import RatingAsked
from flows.ports.refusals import OwnShop
from store.ids import new_id
from store.models import PersonRow, PointsRow, RiderRow, StaffRow
from store.people import upsert_person


def hire(market: Market, role: type[StaffRow] | type[RiderRow], phone: str = AMINA) -> None:
    def work(scope):
        person = upsert_person(scope.session, phone, None, scope.now)
        zones = {"zones": []} if role is RiderRow else {"role": "seller"}
        scope.session.add(
            role(id=new_id(), shop_id=scope.shop.id, person_id=person.id, name="Amina", **zones)
        )

    market.do(work)


def dismiss(market: Market, role: type[StaffRow] | type[RiderRow]) -> None:
    def work(scope):
        row = scope.session.scalars(
            select(role)
            .join(PersonRow, PersonRow.id == role.person_id)
            .where(PersonRow.phone == AMINA)
        ).one()
        row.active = False

    market.do(work)


@pytest.mark.parametrize("role", [StaffRow, RiderRow])
def test_they_are_not_asked_and_give_no_stars(market: Market, role) -> None:
    hire(market, role)
    delivered(market, ("oil", 1))
    market.wait(hours=20)
    due(market)
    assert market.heard(RatingAsked) == []
    assert rate(market, None, 5, "best shop in town") == OwnShop()
    assert shop_has(market) == (0, 0)
    dismiss(market, role)
    assert rate(market, None, 2) != OwnShop()
    assert shop_has(market) == (2, 1)


def test_they_earn_no_points(sessions) -> None:
    """Whoever both orders and hands over has the code: an order without goods would bring points."""
    shop = Market(sessions).open(SHOP + POINTS)
    hire(shop, StaffRow)
    bought(shop, ("oil", 2))
    earned = shop.do(lambda s: s.session.scalars(select(PointsRow.balance)).all())
    assert sum(earned) == 0


def test_their_orders_make_no_score(market: Market) -> None:
    market.ride("Namata", lambda r: r.duty(on=False))
    for _ in range(5):
        brought(market)
    hire(market, StaffRow)
    night(market)
    assert shop_score(market).orders == 0
    dismiss(market, StaffRow)
    night(market)
    assert shop_score(market).orders == 5
