"""What a page of the lab is sent while it is open."""

from bot.lab.bell import Bell
from bot.lab.stream import Streams


def test_a_stream_begins_with_what_is_on_the_screens() -> None:
    events = Streams(Bell()).open(lambda: '{"asks": []}')
    assert next(events).startswith("retry: ")
    assert next(events) == 'data: {"asks": []}\n\n'


def test_a_ring_brings_what_changed() -> None:
    bell = Bell()
    drawn = iter(["one", "two"])
    events = Streams(bell, heartbeat=60).open(lambda: next(drawn))
    next(events)
    assert next(events) == "data: one\n\n"
    bell.ring()
    assert next(events) == "data: two\n\n"


def test_a_quiet_stream_keeps_its_connection_open_with_a_comment() -> None:
    events = Streams(Bell(), heartbeat=0.01).open(lambda: "same")
    next(events)
    next(events)
    assert next(events).startswith(": ")


def test_one_stream_too_many_ends_the_oldest() -> None:
    streams = Streams(Bell(), most=2, heartbeat=60)
    first, *others = (streams.open(lambda: "same") for _ in range(3))
    assert list(first)[1:] == []
    assert all(next(events).startswith("retry: ") for events in others)


def test_a_page_that_goes_away_gives_its_place_back() -> None:
    streams = Streams(Bell(), most=1, heartbeat=60)
    gone = streams.open(lambda: "same")
    next(gone)
    gone.close()  # type: ignore[attr-defined]
    stays = streams.open(lambda: "same")
    assert [next(stays), next(stays)][1] == "data: same\n\n"
