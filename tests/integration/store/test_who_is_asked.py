"""Who is asked first to bring an order, and how many a rider may have."""

from market import SHOP, Market
from riding import accepted, delivered, names, offered, picked_up, tick

from flows.happenings import DeliveryOffered
from flows.ports.delivery import Area
from flows.ports.orders import DeliveryStatus
from flows.ports.refusals import TooManyJobs
from flows.ports.trade import Job

NTINDA, NAJJERA = Area("Ntinda", "Far"), Area("Najjera", "Far")


def asked_first(market: Market, **buying: object) -> str:
    market.told.clear()
    offered(market, **buying)
    return names(market, DeliveryOffered)[0]


def test_who_goes_the_same_way_comes_first_and_hears_of_both(market: Market):
    accepted(market, "Okello", area=NAJJERA)
    assert asked_first(market, area=NTINDA) == "Okello"
    [told] = market.heard(DeliveryOffered)
    assert (told.job.fulfilment_area, told.job.along) == ("Ntinda", ("Najjera",))


def test_who_takes_something_another_way_does_not(market: Market):
    accepted(market, "Okello", area=NAJJERA)
    assert asked_first(market) == "Namata"
    assert market.heard(DeliveryOffered)[0].job.along == ()


def test_who_has_left_the_shop_already_does_not(market: Market):
    picked_up(market, "Okello", area=NAJJERA)
    assert asked_first(market, area=NTINDA) == "Namata"


def test_who_was_sent_far_away_comes_after_who_is_near(market: Market):
    delivered(market, "Okello", area=NTINDA)
    assert asked_first(market) == "Namata"


def test_of_two_who_are_out_the_nearer_one_comes_first(market: Market):
    delivered(market, "Okello", area=NTINDA)
    delivered(market, "Namata")
    assert asked_first(market) == "Namata"


def test_where_somebody_was_long_ago_says_nothing(market: Market):
    delivered(market, "Okello", area=NTINDA)
    market.wait(hours=3)
    assert asked_first(market) == "Okello"


def test_a_rider_has_three_orders_at_most(market: Market):
    market.ride("Namata", lambda r: r.duty(on=False))
    for _ in range(3):
        accepted(market, "Okello")
    market.told.clear()
    number = offered(market).number
    assert names(market, DeliveryOffered) == []
    assert market.order(number).delivery is DeliveryStatus.WAITING
    done = market.ride("Okello", lambda r: r.jobs())[0]
    market.ride("Okello", lambda r: r.give_back(done.number))
    market.wait(minutes=3)
    tick(market)
    assert "Okello" in names(market, DeliveryOffered)


def test_an_offer_from_before_is_not_one_too_many(sessions):
    market = Market(sessions).open(SHOP + "\n[dispatch]\nmost_at_once = 1\n")
    first, second = offered(market).number, offered(market).number
    assert isinstance(market.ride("Okello", lambda r: r.accept(first)), Job)
    assert market.ride("Okello", lambda r: r.accept(second)) == TooManyJobs(1)
    market.ride("Okello", lambda r: r.give_back(first))
    assert isinstance(market.ride("Okello", lambda r: r.accept(second)), Job)
