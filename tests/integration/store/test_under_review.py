"""Which shops are under review, and for how long."""

from dataclasses import replace
from decimal import Decimal

import pytest
from market import Market

from store.rules import RatingRules, Rules
from store.under_review import under_review

SHOP = "njeri"


@pytest.fixture
def market(sessions):
    return Market(sessions).open()


def listed(market, stars, raters, status="live", rules=None):
    def look(scope):
        row = scope.shop
        row.stars, row.raters, row.status = stars, raters, status
        scope.session.flush()
        return [each.slug for each in under_review(scope.session, rules or Rules())]

    return market.do(look)


@pytest.mark.parametrize(
    ("stars", "raters", "status", "looked_at"),
    [
        (0, 0, "live", False),
        (4, 4, "live", False),
        (19, 5, "live", True),
        (20, 5, "live", False),
        (399, 100, "live", True),
        (400, 100, "live", False),
        (19, 5, "paused", True),
        (19, 5, "suspended", False),
        (19, 5, "closed", False),
    ],
)
def test_a_shop_under_four_of_enough_buyers_is_looked_at(market, stars, raters, status, looked_at):
    assert listed(market, stars, raters, status) == [SHOP] * looked_at


def test_what_is_asked_of_a_shop_is_a_rule(market):
    strict = replace(Rules(), ratings=RatingRules(least=Decimal("4.5"), judged=10))
    assert listed(market, 44, 10, rules=strict) == [SHOP]
    assert listed(market, 45, 10, rules=strict) == []
    assert listed(market, 9, 9, rules=strict) == []
