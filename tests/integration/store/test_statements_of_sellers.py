"""What the words by which a shop is opened and run cost the books: pinned, so that none becomes dearer
unseen."""

from decimal import Decimal

import pytest
from market import Market
from sqlalchemy import select
from test_founding import PLATFORM, ZAWADI
from test_statements import counted

from flows.ports.team import Invited, Part
from intents.listing import Listing
from intents.times_said import Until
from store.founding import ShopFounding
from store.ids import new_id
from store.models import StaffRow
from store.opening import ShopOpening
from store.people import upsert_person
from store.stall import ShopStall
from store.team import ShopJoining, ShopTeam

NAKATO = Invited("Nakato", "+256772000041", Part.SELLER)
GOWN = Listing("Ankara gown", Decimal(15000), 5)


def cost(market, prepare, work):
    def measured(scope):
        ready = prepare(scope)
        with counted(scope) as seen:
            work(ready)
        return seen

    return market.do(measured)


def stall(scope):
    staff = scope.session.scalars(select(StaffRow).where(StaffRow.shop_id == scope.shop.id)).first()
    return ShopStall(scope, staff)


def team(scope):
    person = upsert_person(scope.session, "+256700000101", None, scope.now)
    staff = scope.session.scalars(
        select(StaffRow).where(StaffRow.person_id == person.id)
    ).first() or StaffRow(
        id=new_id(), shop_id=scope.shop.id, person_id=person.id, name="Njeri", role="owner"
    )
    scope.session.add(staff)
    scope.session.flush()
    return ShopTeam(scope, person, staff, b"secret")


def joining(scope):
    return ShopJoining(scope, upsert_person(scope.session, "+256772000041", None, scope.now))


def founding(scope):
    person = upsert_person(scope.session, "+256772000001", None, scope.now)
    return ShopFounding(scope, person, None, lambda shop: scope)


@pytest.mark.parametrize(
    ("what", "most", "prepare", "work"),
    [
        ("ADD", 19, stall, lambda own: own.add(GOWN)),
        ("ADD of what there is", 7, stall, lambda own: own.add(Listing("Salt", Decimal(900)))),
        ("NAME", 5, stall, lambda own: own.rename("salt", "Sea salt")),
        ("HIDE", 4, stall, lambda own: own.hide("salt")),
        ("SHOW", 1, stall, lambda own: own.hidden()),
        ("STAFF", 4, team, lambda own: own.members()),
        ("STAFF of somebody", 14, team, lambda own: own.invite(NAKATO)),
        ("a yes", 1, joining, lambda own: own.waiting()),
        ("PAUSE", 1, ShopOpening, lambda own: own.pause(Until())),
        ("HOURS", 1, ShopOpening, lambda own: own.set_hours({"mon": "08:00-18:00"})),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else None,
)
def test_a_sellers_word_costs_no_more_than_that(sessions, what, most, prepare, work):
    seen = cost(Market(sessions).open(), prepare, work)
    assert len(seen) <= most, "\n".join(seen)


def test_opening_a_shop_costs_no_more_than_that(sessions):
    market = Market(sessions).open(PLATFORM)
    seen = cost(market, founding, lambda port: port.found(ZAWADI))
    assert len(seen) <= 21, "\n".join(seen)
