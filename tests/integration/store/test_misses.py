"""What is asked for in vain: counted by people, put to the seller, and found once it has a meaning."""

from datetime import datetime, timedelta

import pytest
from market import AMINA, NOON, SHOP, Buying, Market
from sqlalchemy import select

from flows.happenings import AskedInVain
from flows.ports.refusals import AliasTaken, BadAlias, NearAlias, UnknownProduct
from flows.ports.trade import AliasSet, Missed
from store.due import DUTIES
from store.misses.counting import forget
from store.misses.hearing import spelt
from store.models import AliasRow, MissHeardRow, MissRow
from store.transaction import run

PEOPLE = [f"+25677200010{n}" for n in range(9)]


def ask_for(market: Market, words: str, *phones: str) -> None:
    """Each of these people asks, on their own turn."""
    for phone in phones:
        market.do(lambda scope, phone=phone: _missed(scope, phone, words))


def _missed(scope, phone: str, words: str) -> None:
    buyer = Buying(scope, phone)
    buyer.wishing().missed(words)


def clock(market: Market) -> None:
    """One tick: what is due of misses is done."""
    for duty in DUTIES:
        if not duty.name.startswith("misses"):
            continue
        found = run(market.sessions, lambda s, d=duty: d.find(s, market.rules, market.now, 50))
        for _, subject in found:
            market.do(lambda scope, d=duty, which=subject: d.act(scope, which))


def kept(market: Market) -> dict[str, tuple[int, str]]:
    return market.do(
        lambda scope: {
            row.words: (row.people, row.state) for row in scope.session.scalars(select(MissRow))
        }
    )


@pytest.mark.parametrize(
    ("mention", "words"),
    [
        ("Omo!", "omo"),
        ("2kg of OMO", "omo"),
        ("the washing powder 5kg", "washing powder"),
        ("omo 0772123456", ""),
        ("mail me at a@b.co", ""),
        ("ab", ""),
        ("12", ""),
        ("i would like to have something for my baby please", ""),
    ],
)
def test_words_are_kept_without_amounts_and_nothing_that_may_be_private(
    market: Market, mention: str, words: str
):
    assert market.do(lambda scope: spelt(scope, mention)) == words


def test_the_third_person_within_a_week_has_the_seller_asked_once(market: Market):
    ask_for(market, "omo", *PEOPLE[:2], PEOPLE[0])
    clock(market)
    assert kept(market) == {"omo": (2, "open")}
    assert market.heard(AskedInVain) == []
    ask_for(market, "Omo 1kg", PEOPLE[2])
    clock(market)
    (asked,) = market.heard(AskedInVain)
    assert (asked.words, asked.people) == ("omo", 3)
    assert 1 < len(asked.offers) <= 4
    ask_for(market, "omo", *PEOPLE[3:6])
    market.wait(days=2)
    clock(market)
    assert len(market.heard(AskedInVain)) == 1


def test_who_asked_more_than_a_week_ago_does_not_count(market: Market):
    ask_for(market, "omo", *PEOPLE[:2])
    clock(market)
    market.wait(days=8)
    ask_for(market, "omo", PEOPLE[2])
    clock(market)
    assert market.heard(AskedInVain) == []


def test_a_shop_gets_one_such_message_a_day_the_most_wanted_first(market: Market):
    ask_for(market, "omo", *PEOPLE[:3])
    ask_for(market, "colgate", *PEOPLE[:4])
    clock(market)
    assert [h.words for h in market.heard(AskedInVain)] == ["colgate"]
    market.wait(hours=23)
    clock(market)
    assert len(market.heard(AskedInVain)) == 1
    market.wait(hours=2)
    clock(market)
    assert [h.words for h in market.heard(AskedInVain)] == ["colgate", "omo"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (datetime.fromisoformat("2026-11-25T19:30+00:00"), "2026-11-26T05:00+00:00"),
        (datetime.fromisoformat("2026-11-26T02:00+00:00"), "2026-11-26T05:00+00:00"),
    ],
)
def test_at_night_the_seller_is_left_to_sleep(market: Market, asked: datetime, told: str):
    market.now = asked
    ask_for(market, "omo", *PEOPLE[:3])
    clock(market)
    assert market.heard(AskedInVain) == []
    market.now = datetime.fromisoformat(told) - timedelta(minutes=1)
    clock(market)
    assert market.heard(AskedInVain) == []
    market.wait(minutes=1)
    clock(market)
    assert len(market.heard(AskedInVain)) == 1


def test_a_platform_that_wants_no_such_messages_gets_none(market: Market):
    market.rules = type(market.rules)(misses_asked=0)
    ask_for(market, "omo", *PEOPLE)
    clock(market)
    assert market.heard(AskedInVain) == []
    assert market.sell(lambda trade: trade.missed()) == [Missed("omo", 9)]


def test_what_sells_best_is_offered_after_names_that_are_near(market: Market):
    market.buy(("salt", 2))
    ask_for(market, "cooking fat", *PEOPLE[:3])
    clock(market)
    (asked,) = market.heard(AskedInVain)
    assert [offer.sku for offer in asked.offers][:2] == ["oil", "salt"]


def test_an_alias_makes_the_words_known_to_every_process_and_ends_the_asking(market: Market):
    before = market.do(lambda scope: scope.shop.catalogue_version)
    ask_for(market, "omo", *PEOPLE[:3])
    clock(market)
    done = market.sell(lambda trade: trade.add_alias("omo", "salt"))
    assert done == AliasSet("omo", "Salt")
    assert kept(market) == {"omo": (3, "aliased")}
    assert market.do(lambda scope: scope.shop.catalogue_version) == before + 1
    entries = market.ask(lambda b: b.catalogue.names.entries)
    assert next(e.aliases for e in entries if e.sku == "salt") == ("omo",)
    again = market.sell(lambda trade: trade.add_alias("omo", "salt"))
    assert again == done
    assert market.do(lambda scope: scope.shop.catalogue_version) == before + 1


def test_an_alias_may_be_of_one_kind_and_may_be_moved(market: Market):
    first = market.sell(lambda trade: trade.add_alias("super", "rice-5kg"))
    assert first == AliasSet("super", "Rice 5kg")
    market.sell(lambda trade: trade.add_alias("Super", "rice"))
    entries = market.ask(lambda b: b.catalogue.names.entries)
    assert {e.sku: e.aliases for e in entries}["rice"] == ("mchele", "super")
    assert {e.sku: e.aliases for e in entries}["rice-5kg"] == ()


@pytest.mark.parametrize(
    ("words", "sku", "refusal"),
    [
        ("salt", "oil", AliasTaken("salt", "Salt")),
        ("COOKING  oil", "salt", AliasTaken("COOKING oil", "Cooking oil")),
        ("mchele", "salt", AliasTaken("mchele", "Rice")),
        ("cookin oil", "salt", NearAlias("cookin oil", "Cooking oil")),
        ("omo", "nothing", UnknownProduct("nothing")),
        ("123", "salt", BadAlias("123")),
        ("please", "salt", BadAlias("please")),
        ("a", "salt", BadAlias("a")),
        ("x" * 60, "salt", BadAlias("x" * 40)),
    ],
)
def test_words_that_would_confuse_are_refused(market: Market, words: str, sku: str, refusal):
    assert market.sell(lambda trade: trade.add_alias(words, sku)) == refusal


def test_a_seller_who_insists_may_use_words_that_are_nearly_another_name(market: Market):
    done = market.sell(lambda trade: trade.add_alias("cookin oil", "salt", sure=True))
    assert done == AliasSet("cookin oil", "Salt")
    taken = market.sell(lambda trade: trade.add_alias("cooking oil", "salt", sure=True))
    assert taken == AliasTaken("cooking oil", "Cooking oil")


def test_an_alias_by_phone_outlives_the_shops_file_until_the_file_says_otherwise(market: Market):
    def aliases() -> dict[str, str]:
        rows = market.do(lambda s: [(r.alias, r.sku) for r in s.session.scalars(select(AliasRow))])
        return dict(rows)

    market.sell(lambda trade: trade.add_alias("omo", "salt"))
    market.open()
    market.open(SHOP.replace("price = 1500", "price = 1600"))
    assert aliases() == {"mchele": "rice", "omo": "salt"}
    theirs = SHOP.replace('name = "Matooke"', 'name = "Matooke"\naliases = ["Omo"]')
    market.open(theirs)
    assert aliases() == {"mchele": "rice", "Omo": "matooke"}
    market.open()
    assert aliases() == {"mchele": "rice"}


def test_a_product_that_comes_to_be_called_so_ends_an_alias_by_phone(market: Market):
    market.sell(lambda trade: trade.add_alias("omo", "salt"))
    market.open(SHOP.replace('name = "Matooke"', 'name = "Omo"'))
    entries = market.ask(lambda b: b.catalogue.names.entries)
    assert {e.sku: e.aliases for e in entries}["salt"] == ()


def test_what_the_shop_has_come_to_sell_is_not_asked_about(market: Market):
    ask_for(market, "omo", *PEOPLE[:3])
    market.open(SHOP.replace('name = "Matooke"', 'name = "OMO"'))
    clock(market)
    assert market.heard(AskedInVain) == []
    assert kept(market) == {"omo": (0, "aliased")}


def test_dismissed_words_are_neither_asked_about_nor_listed(market: Market):
    ask_for(market, "omo", *PEOPLE[:2])
    clock(market)
    market.sell(lambda trade: trade.not_sold("omo"))
    ask_for(market, "omo", *PEOPLE[2:])
    clock(market)
    assert market.heard(AskedInVain) == []
    assert market.sell(lambda trade: trade.missed()) == []
    assert kept(market) == {"omo": (9, "dismissed")}


def test_the_five_most_asked_for_words_of_the_week_are_listed(market: Market):
    for number, words in enumerate(["omo", "colgate", "pampers", "candles", "paper", "bleach"], 1):
        ask_for(market, words, *PEOPLE[:number])
    clock(market)
    listed = market.sell(lambda trade: trade.missed())
    assert next((m.words, m.people) for m in listed) == ("bleach", 6)
    assert len(listed) == 5
    assert "omo" not in [m.words for m in listed]
    market.wait(days=8)
    assert market.sell(lambda trade: trade.missed()) == []


def test_nobody_can_be_found_among_what_is_kept_and_it_is_not_kept_for_long(market: Market):
    ask_for(market, "omo", AMINA)
    ask_for(market, "paper", AMINA)
    clock(market)

    def askers(scope) -> list[str]:
        return list(scope.session.scalars(select(MissHeardRow.asker)))

    first, second = market.do(askers)
    assert first != second
    market.wait(days=8)
    market.do(lambda scope: forget(scope.session, scope.now))
    assert market.do(askers) == []
    assert set(kept(market)) == {"omo", "paper"}
    market.wait(days=30)
    market.do(lambda scope: forget(scope.session, scope.now))
    assert kept(market) == {}


def test_a_miss_is_written_with_the_turns_end_and_waits_for_nobody(market: Market):
    def work(scope) -> int:
        _missed(scope, AMINA, "omo")
        return len(scope.session.scalars(select(MissHeardRow)).all())

    assert market.do(work) == 0
    assert market.do(lambda s: len(s.session.scalars(select(MissHeardRow)).all())) == 1
    assert market.now == NOON


def test_another_shops_words_are_its_own(market: Market):
    ask_for(market, "omo", *PEOPLE[:2])
    other = (
        SHOP.replace("njeri", "joy").replace("NJERI", "JOY").replace("+2567000001", "+2567000002")
    )
    Market(market.sessions, slug="joy").open(other)
    joy = Market(market.sessions, slug="joy")
    ask_for(joy, "omo", PEOPLE[2])
    clock(market)
    clock(joy)
    assert market.heard(AskedInVain) == []
    assert joy.heard(AskedInVain) == []
    assert joy.sell(lambda trade: trade.missed()) == [Missed("omo", 1)]
