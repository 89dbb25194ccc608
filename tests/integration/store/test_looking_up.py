"""What the server looks up before a turn."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from market import AMINA, NOON, SHOP, Market
from sqlalchemy import event, func, select

from flows.ports.shop import Profile
from store.addresses import alert_address, find_address, find_lines, keep_address, lock_addressing
from store.models import PersonRow
from store.orders.views import find
from store.people import memberships, upsert_person
from store.shops import shop_info
from store.transaction import Sessions, run
from store.under_way import busy_at, open_order_shops


@dataclass(frozen=True)
class Platform:
    platform_sms_provider: str | None = None
    platform_sms_from: str | None = None


def test_an_address_leads_to_its_lines_in_one_statement(market: Market):
    seen = []

    def work(scope):
        connection = scope.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *args: seen.append(args[2]))
        lines, _ = find_lines(scope.session, "sms", "africastalking", "20880")
        return [(line.keyword, line.shop.slug, line.address.address) for line in lines]

    assert market.do(work) == [("NJERI", "njeri", "20880")]
    assert len(seen) == 1
    assert market.do(lambda s: find_lines(s.session, "sms", "twilio", "20880")) == ([], [])


def test_alerts_leave_from_the_shops_first_sms_line_or_the_platforms(market: Market):
    platform = Platform("twilio", "+256700000900")
    own = market.do(lambda s: alert_address(s.session, s.shop, platform).address)
    assert own == "20880"
    without = SHOP.replace("[[lines]]", "[[lines]]\n#").replace(
        'channel = "sms"', 'channel = "ussd"'
    )
    without = without.replace('address = "20880"', 'address = "*284*77#"')
    market.open(without.replace('keyword = "NJERI"', ""))
    theirs = market.do(lambda s: alert_address(s.session, s.shop, platform).address)
    assert theirs == "+256700000900"
    assert market.do(lambda s: alert_address(s.session, s.shop, Platform())) is None


def test_the_platforms_address_is_kept_once(sessions: Sessions):
    made = run(sessions, lambda s: keep_address(s, "sms", "twilio", "+256700000900").id)
    again = run(sessions, lambda s: keep_address(s, "sms", "twilio", "+256700000900").id)
    assert made == again
    assert run(sessions, lambda s: find_address(s, "sms", "twilio", "+2567")) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((AMINA, None), (AMINA, None)),
        ((AMINA, None), (AMINA, "UG.abc")),
        ((None, "UG.abc"), (AMINA, "UG.abc")),
        ((None, "UG.abc"), (None, "UG.abc")),
    ],
)
def test_a_person_is_one_by_phone_or_user_id(sessions: Sessions, first, second):
    one = run(sessions, lambda s: upsert_person(s, *first, NOON).id)
    two = run(sessions, lambda s: upsert_person(s, *second, NOON).id)
    assert one == two
    with sessions() as session:
        row = session.scalars(select(PersonRow)).one()
        assert (row.phone, row.whatsapp_user_id) == (
            first[0] or second[0],
            first[1] or second[1],
        )


def test_two_people_who_turn_out_to_be_one_stay_two(sessions: Sessions):
    run(sessions, lambda s: upsert_person(s, AMINA, None, NOON))
    run(sessions, lambda s: upsert_person(s, None, "UG.abc", NOON))
    found = run(sessions, lambda s: upsert_person(s, AMINA, "UG.abc", NOON).phone)
    assert found == AMINA
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(PersonRow)) == 2


def test_nobody_is_nobody(sessions: Sessions):
    with pytest.raises(ValueError, match="nobody"):
        run(sessions, lambda s: upsert_person(s, None, None, NOON))


def test_roles_of_a_person_across_shops(market: Market):
    def roles(scope, phone):
        person = upsert_person(scope.session, phone, None, NOON)
        return [(m.shop_name, m.role, m.locales) for m in memberships(scope.session, person.id)]

    assert market.do(lambda s: roles(s, "+256700000101")) == [("Mama Njeri", "seller", ("en",))]
    assert market.do(lambda s: roles(s, "+256700000111")) == [("Mama Njeri", "rider", ("en",))]
    assert market.do(lambda s: roles(s, AMINA)) == []


def test_a_cart_or_an_open_order_keeps_a_person_busy(market: Market):
    def busy(scope):
        person = upsert_person(scope.session, AMINA, None, NOON)
        return busy_at(scope.session, scope.shop.id, person.id)

    assert not market.do(busy)
    market.ask(lambda b: b.cart.add("oil", 1))
    assert market.do(busy)
    order = market.buy()
    assert market.do(busy)
    market.sell(lambda trade: trade.refuse(order.number, ""))
    assert not market.do(busy)


def test_open_orders_are_found_by_number(market: Market):
    order = market.buy(("oil", 1))

    def work(scope, number):
        return open_order_shops(scope.session, [scope.shop.id, uuid4()], number)

    assert len(market.do(lambda s: work(s, order.number))) == 1
    market.sell(lambda trade: trade.refuse(order.number, ""))
    assert market.do(lambda s: work(s, order.number)) == set()


def test_what_is_remembered_at_an_address_is_there_from_the_first_time(market: Market):
    def work(scope):
        person = upsert_person(scope.session, AMINA, None, NOON)
        address = find_address(scope.session, "sms", "africastalking", "20880")
        row = lock_addressing(scope.session, address.id, person.id)
        before, row.shop_id = row.shop_id, scope.shop.id
        return before

    assert market.do(work) is None
    assert market.do(work) is not None


def test_a_closed_shop_says_when_it_opens(market: Market):
    market.open(SHOP.replace('country = "UG"', 'country = "UG"\nhours = { wed = "08:00-20:00" }'))
    info = market.do(lambda s: shop_info(s.shop, s.now))
    assert (info.is_open, info.opens_at) == (True, None)
    assert info.hours == ("", "", "08:00-20:00", "", "", "", "")
    market.sell(lambda trade: trade.close_shop())
    info = market.do(lambda s: shop_info(s.shop, s.now))
    assert (info.is_open, info.opens_at) == (False, datetime(2026, 12, 2, 5, 0, tzinfo=UTC))
    market.sell(lambda trade: trade.open_shop())
    assert market.do(lambda s: shop_info(s.shop, s.now)).is_open


def test_stop_is_sticky_until_start(market: Market):
    market.ask(lambda b: b.profile.opt_out())
    assert market.ask(lambda b: b.profile.profile()).opted_out
    market.buy(("oil", 1))
    assert market.ask(lambda b: b.profile.profile()).opted_out
    market.ask(lambda b: b.profile.opt_in())
    assert not market.ask(lambda b: b.profile.profile()).opted_out


def test_a_new_customer_is_a_blank_profile(market: Market):
    assert market.ask(lambda b: b.profile.profile()) == Profile(AMINA, None, None)
    market.ask(lambda b: b.profile.choose_locale("sw"))
    assert market.ask(lambda b: b.profile.profile()).locale == "sw"


def test_an_order_of_another_shop_does_not_exist(market: Market):
    order = market.buy(("oil", 1))
    other = SHOP.replace('slug = "njeri"', 'slug = "kato"').replace('"NJERI"', '"KATO"')
    market.open(other)
    market.slug = "kato"
    assert market.ask(lambda b: b.orders.find(order.number)) is None
    assert market.sell(lambda trade: trade.find(order.number)) is None
    assert market.do(lambda scope: find(scope, order.number)) is None
