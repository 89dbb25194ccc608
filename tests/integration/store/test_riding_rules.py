"""The rules of riding, one row each: every word of a rider at every place where a job can be, and the
clauses about offers, codes and UNDO."""

from collections.abc import Callable, Mapping

import pytest
from market import Market
from riding import BROUGHT_TO, accepted, delivered, failed, names, offered, picked_up, tick

from flows.happenings import (
    CodeLockedOut,
    DeliveryOffered,
    NobodyAccepted,
    OfferWithdrawn,
    OrderCancelled,
    OrderDelivered,
    OrderShipped,
    RiderAssigned,
)
from flows.ports.orders import DeliveryStatus, OrderStatus
from flows.ports.refusals import AlreadyTaken, CodeLocked, NoOffer, TooLate, WrongStep
from flows.ports.trade import Job
from store.rides import ShopRides

OFFERED, ACCEPTED, PICKED_UP, DELIVERED, FAILED, CANCELLED = (
    DeliveryStatus.OFFERED,
    DeliveryStatus.ACCEPTED,
    DeliveryStatus.PICKED_UP,
    DeliveryStatus.DELIVERED,
    DeliveryStatus.FAILED,
    DeliveryStatus.CANCELLED,
)
WORDS: Mapping[str, Callable[[ShopRides, int, str], object]] = {
    "YES": lambda r, n, code: r.accept(n),
    "NO": lambda r, n, code: r.decline(n),
    "PICKED": lambda r, n, code: r.picked(n),
    "DELIVERED": lambda r, n, code: r.delivered(n, code),
    "FAIL": lambda r, n, code: r.failed(n, "refused"),
}
# What each word does at each place: where the job then is, or the refusal. Forward only; what is said
# again changes nothing.
OUTCOMES: Mapping[str, tuple[object, ...]] = {
    #          offered   accepted   picked up  delivered  failed     cancelled
    "YES": (ACCEPTED, ACCEPTED, PICKED_UP, AlreadyTaken, AlreadyTaken, AlreadyTaken),
    "NO": (OFFERED, WrongStep, WrongStep, DELIVERED, FAILED, CANCELLED),
    "PICKED": (NoOffer, PICKED_UP, PICKED_UP, DELIVERED, WrongStep, WrongStep),
    "DELIVERED": (NoOffer, WrongStep, DELIVERED, DELIVERED, WrongStep, WrongStep),
    "FAIL": (NoOffer, FAILED, FAILED, WrongStep, FAILED, WrongStep),
}
ROWS = [
    pytest.param(word, at, outcome, id=f"{word}-{at}")
    for word, outcomes in OUTCOMES.items()
    for at, outcome in zip(BROUGHT_TO, outcomes, strict=True)
]


@pytest.mark.parametrize(("word", "at", "outcome"), ROWS)
def test_every_word_at_every_place(market: Market, word: str, at: DeliveryStatus, outcome: object):
    number = BROUGHT_TO[at](market)
    code = market.order(number).code
    found = market.ride("Okello", lambda r: WORDS[word](r, number, code))
    if isinstance(outcome, DeliveryStatus):
        assert isinstance(found, Job)
        assert found.status is outcome
    else:
        assert isinstance(found, outcome)
        expected = OFFERED if at is OFFERED else at
        assert market.order(number).delivery is expected


REPEATS = [
    ("YES", ACCEPTED, RiderAssigned),
    ("PICKED", PICKED_UP, OrderShipped),
    ("DELIVERED", DELIVERED, OrderDelivered),
]


@pytest.mark.parametrize(("word", "at", "told"), REPEATS, ids=[row[0] for row in REPEATS])
def test_what_is_said_again_is_told_once(market: Market, word: str, at: DeliveryStatus, told: type):
    number = BROUGHT_TO[at](market)
    code = market.order(number).code
    for _ in range(3):
        market.ride("Okello", lambda r: WORDS[word](r, number, code))
    assert len(market.heard(told)) == 1


def each_is_asked_for_three_minutes(market: Market) -> None:
    offered(market)
    market.wait(seconds=179)
    tick(market)
    assert names(market, DeliveryOffered) == ["Okello"]
    market.wait(seconds=1)
    tick(market)
    assert names(market, DeliveryOffered) == ["Okello", "Namata"]


def then_all_are_asked(market: Market) -> None:
    offered(market)
    for _ in range(2):
        market.wait(minutes=3)
        tick(market)
    assert names(market, DeliveryOffered)[2:] == ["Okello", "Namata"]


def only_those_on_duty_are_asked(market: Market) -> None:
    market.ride("Okello", lambda r: r.duty(on=False))
    offered(market)
    assert names(market, DeliveryOffered) == ["Namata"]


def who_has_no_zone_there_is_not_asked(market: Market) -> None:
    offered(market)
    for _ in range(4):
        market.wait(minutes=3)
        tick(market)
    assert "Mugisha" not in names(market, DeliveryOffered)


def the_first_wins_and_the_others_are_told(market: Market) -> None:
    number = offered(market).number
    for _ in range(2):
        market.wait(minutes=3)
        tick(market)
    market.ride("Namata", lambda r: r.accept(number))
    assert names(market, OfferWithdrawn) == ["Okello"]
    assert isinstance(market.ride("Okello", lambda r: r.accept(number)), AlreadyTaken)


def a_step_is_taken_back_within_two_minutes(market: Market) -> None:
    picked_up(market)
    market.wait(seconds=120)
    assert market.ride("Okello", lambda r: r.undo()).status is ACCEPTED


def and_not_a_second_later(market: Market) -> None:
    number = picked_up(market)
    market.wait(seconds=121)
    assert market.ride("Okello", lambda r: r.undo()) == TooLate(number)


def the_rider_is_free_again_when_it_is_delivered(market: Market) -> None:
    market.ride("Namata", lambda r: r.duty(on=False))
    delivered(market)
    market.told.clear()
    offered(market)
    assert names(market, DeliveryOffered) == ["Okello"]
    assert len(market.ride("Okello", lambda r: r.jobs())) == 1


def the_rider_is_free_again_when_it_is_cancelled(market: Market) -> None:
    number = accepted(market)
    market.sell(lambda t: t.refuse(number, "sold out"))
    market.told.clear()
    offered(market)
    assert names(market, DeliveryOffered) == ["Okello"]


def the_seller_is_told_after_fifteen_minutes(market: Market) -> None:
    number = offered(market).number
    market.wait(seconds=899)
    tick(market)
    assert market.heard(NobodyAccepted) == []
    market.wait(seconds=1)
    tick(market)
    assert [told.order.number for told in market.heard(NobodyAccepted)] == [number]


def and_chooses_to_bring_it(market: Market) -> None:
    number = nobody_took(market)
    assert market.sell(lambda t: t.own_rider(number)).delivery is DeliveryStatus.WAITING
    assert market.sell(lambda t: t.picked(number)).status is OrderStatus.SHIPPED


def or_that_it_is_fetched(market: Market) -> None:
    number = nobody_took(market)
    assert market.sell(lambda t: t.as_pickup(number)).delivery is DeliveryStatus.CANCELLED


def or_to_cancel(market: Market) -> None:
    number = nobody_took(market)
    assert market.sell(lambda t: t.refuse(number, "no rider")).status is OrderStatus.CANCELLED
    assert len(market.heard(OrderCancelled)) == 1


def nobody_took(market: Market) -> int:
    number = offered(market).number
    market.wait(minutes=15)
    tick(market)
    return number


def five_wrong_codes_leave_it_to_the_seller(market: Market) -> None:
    number = picked_up(market)
    right = market.order(number).code
    wrong = "0000" if right != "0000" else "1111"
    for _ in range(4):
        market.ride("Okello", lambda r: r.delivered(number, wrong))
    assert market.heard(CodeLockedOut) == []
    market.ride("Okello", lambda r: r.delivered(number, wrong))
    assert len(market.heard(CodeLockedOut)) == 1
    assert market.ride("Okello", lambda r: r.delivered(number, right)) == CodeLocked(number)
    assert market.sell(lambda t: t.delivered(number, right)).status is OrderStatus.DELIVERED


def a_failure_before_pick_up_leaves_the_goods_in_the_shop(market: Market) -> None:
    number = accepted(market)
    market.ride("Okello", lambda r: r.failed(number, "refused"))
    ended = market.sell(lambda t: t.refuse(number, "refused"))
    assert ended.status is OrderStatus.CANCELLED
    assert market.ask(lambda b: b.catalogue.product("oil").free) == 20


def a_failed_job_is_nobodys_load(market: Market) -> None:
    failed(market)
    market.told.clear()
    offered(market)
    assert names(market, DeliveryOffered) == ["Okello"]


RULES = [
    each_is_asked_for_three_minutes,
    then_all_are_asked,
    only_those_on_duty_are_asked,
    who_has_no_zone_there_is_not_asked,
    the_first_wins_and_the_others_are_told,
    a_step_is_taken_back_within_two_minutes,
    and_not_a_second_later,
    the_rider_is_free_again_when_it_is_delivered,
    the_rider_is_free_again_when_it_is_cancelled,
    the_seller_is_told_after_fifteen_minutes,
    and_chooses_to_bring_it,
    or_that_it_is_fetched,
    or_to_cancel,
    five_wrong_codes_leave_it_to_the_seller,
    a_failure_before_pick_up_leaves_the_goods_in_the_shop,
    a_failed_job_is_nobodys_load,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_holds(market: Market, rule: Callable[[Market], None]):
    rule(market)
