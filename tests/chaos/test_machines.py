"""Two machines with a web server, a worker and a clock each serve one stream as one would."""

from collections.abc import Mapping, Sequence

from tests.chaos.conftest import MARKET, Build
from tests.chaos.duties import SOON, all_done, answer_prompts, check_duties, let_lapse
from tests.chaos.installation import Installation
from tests.chaos.reckoning import (
    check_inbox,
    check_orders,
    check_replies,
    check_sends,
    check_stock,
    come_to_rest,
)
from tests.chaos.stream import CROWD, Stream, crowd
from tests.e2e.house import eventually

# Messages a second that each of our addresses may send here.
RATE = 12
PEOPLE = {**CROWD, "collects and does not pay": 4}


def test_two_machines_answer_once_and_keep_the_rates(market: Build) -> None:
    shop = MARKET.read_text().replace("tps = 80", f"tps = {RATE}")
    city = market(shop=shop, **SOON).open("web", "worker", "clock")
    other = city.open_second_machine()
    stream = Stream(city, other, people=crowd(PEOPLE))
    with stream.flowing():
        answer_prompts(city, stream)
        let_lapse(city, stream)
    eventually(lambda: all_done(city, stream), "what is due", 40)
    come_to_rest(city)
    for machine in ("", "-2"):
        assert "/webhooks/twilio/messages 200" in city.processes.said(f"web{machine}")
        assert '"event": "send"' in city.processes.said(f"worker{machine}")
    check_inbox(city, stream)
    check_sends(city)
    check_replies(city, stream)
    check_orders(city, stream)
    check_stock(city)
    check_duties(city, stream)
    for line, times in _sent_at(city).items():
        check_rate(line, times)


def check_rate(line: str, times: Sequence[float]) -> None:
    """Never more than what flows into a bucket of one second's worth that was full."""
    for begin, first in enumerate(times):
        for end in range(begin, len(times)):
            allowed = RATE + RATE * (times[end] - first)
            assert end - begin + 1 <= allowed + SLACK, (line, begin, end, times[end] - first)


# Messages leave in step and arrive out of it: some are in each other's way for a moment.
SLACK = 3


def _sent_at(city: Installation) -> Mapping[str, list[float]]:
    """By our addresses: when their messages reached the provider, in seconds."""
    found: dict[str, list[float]] = {}
    for provider in (city.twilio, city.at, city.meta):
        for message in tuple(provider.messages):
            found.setdefault(message.sender, []).append(message.at.timestamp())
    return {line: sorted(times) for line, times in found.items()}
