"""A clock that was killed in the middle of its duties goes on with them, and does none twice."""

from tests.chaos.conftest import Build
from tests.chaos.duties import SOON, all_done, answer_prompts, check_duties, lapsed, let_lapse
from tests.chaos.reckoning import (
    check_inbox,
    check_orders,
    check_sends,
    check_stock,
    come_to_rest,
)
from tests.chaos.stream import Stream, crowd
from tests.e2e.house import eventually

PEOPLE = {"collects and does not pay": 14, "pays and is brought it": 4}


def test_a_killed_clock_goes_on_where_it_was(market: Build) -> None:
    city = market(**SOON).open("web", "worker", "clock")
    stream = Stream(city, people=crowd(PEOPLE), seconds=1)
    with stream.flowing():
        pass
    answer_prompts(city, stream)
    unpaid = let_lapse(city, stream)
    with city.locked_order(unpaid[5]):
        eventually(lambda: lapsed(city) == 5, "the clock to come to this order", 40)
        city.processes.kill("clock")
    assert lapsed(city) == 5
    city.processes.start("clock")
    eventually(lambda: all_done(city, stream), "what is due", 40)
    come_to_rest(city)
    check_duties(city, stream)
    check_inbox(city, stream)
    check_sends(city)
    check_orders(city, stream)
    check_stock(city)
