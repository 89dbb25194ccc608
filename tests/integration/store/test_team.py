"""Who works at a shop: invited by the owner's code, in once they agree, out by the owner's code."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from market import SHOP, Market
from sqlalchemy import select

from flows.happenings import CodeIssued, TeamAnswered, TeamInvited
from flows.ports.refusals import (
    AlreadyHere,
    InvitationOver,
    NoCodeWanted,
    NotAllowed,
    NotReached,
    NotTaking,
    OwnerStays,
    RiderBusy,
    UnknownMember,
    UnknownZone,
)
from flows.ports.team import Invitation, Invited, Part, TeamChange, TeamCode
from store.models import InvitationRow, RiderRow, StaffRow
from store.people import upsert_person
from store.shopfile import load, read_text
from store.team import ShopJoining, ShopTeam
from store.transaction import run

KEY = b"a server's secret"
OWNER, NEW, OTHER = "+256700000101", "+256772000031", "+256772000032"
STAFFED = (
    SHOP
    + """
[[staff]]
name = "Mama Njeri"
phone = "+256700000101"
role = "owner"
[[staff]]
name = "Clerk"
phone = "+256700000102"
role = "seller"
"""
)
SELLER = Invited("Nakato", NEW, Part.SELLER)
RIDER = Invited("Kato", NEW, Part.RIDER, "ntinda")


@pytest.fixture
def market(sessions):
    return Market(sessions).open(STAFFED)


def team(market, work, phone=OWNER):
    def do(scope):
        person = upsert_person(scope.session, phone, None, scope.now)
        staff = scope.session.scalars(
            select(StaffRow).where(
                StaffRow.shop_id == scope.shop.id, StaffRow.person_id == person.id
            )
        ).one()
        return work(ShopTeam(scope, person, staff, KEY))

    return market.do(do)


def joining(market, work, phone=NEW):
    return market.do(
        lambda scope: work(ShopJoining(scope, upsert_person(scope.session, phone, None, scope.now)))
    )


def confirmed(market):
    code = market.heard(CodeIssued)[-1].code
    return team(market, lambda own: own.confirm(code))


def invited(market, whom=SELLER):
    asked = team(market, lambda own: own.invite(whom))
    assert isinstance(asked, TeamCode), asked
    assert confirmed(market) == TeamChange(whom.name, whom.phone)
    return market.heard(TeamInvited)[-1].invitation


def joined(market, whom=SELLER):
    number = invited(market, whom)
    return joining(market, lambda own: own.accept(number), whom.phone)


def removed(market, name):
    found = next(m for m in team(market, lambda own: own.members()) if m.name == name)
    asked = team(market, lambda own: own.remove(found.id))
    return confirmed(market) if isinstance(asked, TeamCode) else asked


def working(market, table):
    """Names of those who can do something."""
    return market.do(
        lambda scope: set(
            scope.session.scalars(
                select(table.name).where(table.shop_id == scope.shop.id, table.active)
            )
        )
    )


def test_before_the_code_nobody_hears_and_before_the_yes_nobody_works(market):
    team(market, lambda own: own.invite(SELLER))
    assert market.heard(TeamInvited) == []
    assert joining(market, lambda own: own.waiting()) is None
    confirmed(market)
    number = market.heard(TeamInvited)[-1].invitation
    assert working(market, StaffRow) == {"Mama Njeri", "Clerk"}
    assert joining(market, lambda own: own.waiting()) == Invitation(number, Part.SELLER)
    joining(market, lambda own: own.accept(number))
    assert working(market, StaffRow) == {"Mama Njeri", "Clerk", "Nakato"}
    assert market.heard(TeamAnswered) == [TeamAnswered("Nakato", NEW, Part.SELLER, True)]


def test_who_is_invited_sells_and_owns_nothing(market):
    joined(market)
    refused = team(market, lambda own: own.invite(RIDER), NEW)
    assert refused == NotAllowed("owner")


def test_a_rider_rides_in_the_zone_that_was_said(market):
    joined(market, RIDER)
    zones = market.do(
        lambda scope: scope.session.scalars(
            select(RiderRow.zones).where(RiderRow.name == "Kato")
        ).one()
    )
    assert zones == ["Far"]


@pytest.mark.parametrize(
    ("whom", "refusal"),
    [
        (Invited("Kato", NEW, Part.RIDER, "Mars"), UnknownZone("Mars")),
        (Invited("Clerk", "+256700000102", Part.SELLER), AlreadyHere("Clerk")),
        (Invited("Okello", "+256700000111", Part.RIDER), AlreadyHere("Okello")),
    ],
    ids=["zone", "staff", "rider"],
)
def test_some_are_not_invited(market, whom, refusal):
    assert team(market, lambda own: own.invite(whom)) == refusal
    assert market.heard(CodeIssued) == []


def test_only_the_owner_changes_who_works_here(market):
    clerk = "+256700000102"
    assert team(market, lambda own: own.invite(SELLER), clerk) == NotAllowed("owner")
    assert team(market, lambda own: own.remove("rider:1"), clerk) == NotAllowed("owner")
    assert team(market, lambda own: own.confirm("123456"), clerk) == NotAllowed("owner")


def test_a_shop_that_nobody_has_looked_at_writes_to_no_strangers(market):
    market.do(lambda scope: setattr(scope.shop, "status", "pending"))
    assert team(market, lambda own: own.invite(SELLER)) == NotTaking("pending")


def test_who_said_stop_is_not_asked(market):
    def stop(scope):
        upsert_person(scope.session, NEW, None, scope.now).opted_out_at = scope.now

    market.do(stop)
    assert team(market, lambda own: own.invite(SELLER)) == NotReached(NEW)


def test_an_invitation_is_good_once_and_for_its_own_phone(market):
    number = invited(market)
    assert joining(market, lambda own: own.accept(number), OTHER) == InvitationOver()
    assert joining(market, lambda own: own.accept("nonsense")) == InvitationOver()
    assert joining(market, lambda own: own.decline(number)) == Invitation(number, Part.SELLER)
    assert joining(market, lambda own: own.accept(number)) == InvitationOver()
    assert working(market, StaffRow) == {"Mama Njeri", "Clerk"}


def test_after_three_days_it_is_over(market):
    number = invited(market)
    market.wait(days=3)
    assert joining(market, lambda own: own.waiting()) is None
    assert joining(market, lambda own: own.accept(number)) == InvitationOver()


def test_a_new_invitation_takes_the_place_of_the_old(market):
    old = invited(market)
    new = invited(market, RIDER)
    assert joining(market, lambda own: own.accept(old)) == InvitationOver()
    assert joining(market, lambda own: own.accept(new)) == Invitation(new, Part.RIDER)


def test_a_code_does_one_thing_once(market):
    invited(market)
    assert confirmed(market) == NoCodeWanted()


def test_who_is_removed_can_do_nothing_and_may_come_back(market):
    joined(market)
    assert removed(market, "Nakato") == TeamChange("Nakato", NEW, left=True)
    assert "Nakato" not in working(market, StaffRow)
    joined(market)
    assert "Nakato" in working(market, StaffRow)


def test_an_invitation_can_be_taken_back(market):
    number = invited(market)
    assert removed(market, "Nakato") == TeamChange("Nakato", NEW, left=True)
    assert joining(market, lambda own: own.accept(number)) == InvitationOver()


def test_the_owner_stays(market):
    assert removed(market, "Mama Njeri") == OwnerStays("Mama Njeri")
    assert team(market, lambda own: own.remove("rider:1")) == UnknownMember("")


def test_a_rider_with_goods_stays_until_they_are_brought(market):
    order = market.buy(("salt", 1))
    market.sell(lambda trade: trade.accept(order.number))
    market.sell(lambda trade: trade.ready(order.number))
    market.ride("Okello", lambda rides: rides.accept(order.number))
    assert removed(market, "Okello") == RiderBusy("Okello")


def test_the_shops_file_takes_nobody_out_who_came_by_phone(market):
    joined(market)
    joined(market, Invited("Kato", OTHER, Part.RIDER))
    run(market.sessions, lambda s: load(s, [read_text(STAFFED, "njeri.toml")], market.now))
    assert "Nakato" in working(market, StaffRow)
    assert "Kato" in working(market, RiderRow)


def test_two_yeses_at_once_seat_one(market):
    number = invited(market)
    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda _: joining(market, lambda own: own.accept(number)), range(2)))
    assert sorted(type(each).__name__ for each in said) == ["Invitation", "InvitationOver"]
    seats = market.do(
        lambda scope: scope.session.scalars(
            select(StaffRow.id).where(StaffRow.name == "Nakato")
        ).all()
    )
    assert len(seats) == 1


def test_two_invitations_of_one_phone_at_once_leave_one_open(market):
    team(market, lambda own: own.members())
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda whom: team(market, lambda own: own.invite(whom)), (SELLER, RIDER)))
    still_open = market.do(
        lambda scope: scope.session.scalars(
            select(InvitationRow.id).where(InvitationRow.closed_at.is_(None))
        ).all()
    )
    assert len(still_open) == 1
