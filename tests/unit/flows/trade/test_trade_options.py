"""Whatever is offered or may be written has somebody who takes it."""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from flows.customer import customer
from flows.happenings import Happening
from flows.heard import Attachment, Choice, Heard, MediaKind
from flows.machine import BACK, HOME, Machine, triggers_of
from flows.notices import Customer, OwnPhone, Rider, notices
from flows.place import Place, Step
from flows.ports.orders import DeliveryStatus, OrderStatus
from flows.ports.trade import Missed, Talk
from flows.rider import rider
from flows.seller import seller
from intents.command import Command, Word
from intents.commands.rules import RULES
from tests.fakes.happenings import HAPPENINGS
from tests.fakes.trade import (
    SHOP,
    FakeRides,
    FakeTrade,
    a_job,
    an_order,
    orders_of,
    trade_ports,
)
from tests.fakes.trade_talk import sentence

DEPTH = 3


def taken(machine: Machine, place: Place | None, heard: Heard) -> bool:
    """Whether the machine has a handler for this here."""
    if isinstance(heard, Choice) and heard.id in (BACK, HOME):
        return True
    state = place.spot.state if place else machine.home
    own = machine.states[state].handlers
    return any(t in own or t in machine.everywhere for t in triggers_of(heard, own))


def words_of(role: str) -> list[Word]:
    return [word for word, rule in RULES.items() if role in rule.roles]


def written(role: str) -> list[Heard]:
    """Each word bare, misspelt, with a number and with text; and sentences that are none."""
    texts = ("", "4321", "rice 40", "hello there", "sugr = rice", "Kato 0772123456")
    commands = [
        Command(word, number, text, exact)
        for word in words_of(role)
        for number in (None, 1001, 1999)
        for text in texts
        for exact in (True, False)
    ]
    photos = [Attachment(MediaKind.PICTURE, caption=c, media="4471") for c in ("", "rce", "Rice")]
    return [*commands, *map(sentence, ("hello", "4321", "code", "1001")), *photos]


def a_trade() -> FakeTrade:
    statuses = [s for s in OrderStatus if s not in (OrderStatus.CANCELLED, OrderStatus.RETURNED)]
    orders = [an_order(1001 + i, status=status) for i, status in enumerate(statuses * 2)]
    talks = [Talk(f"p-{n}", f"+25677200000{n}", None, None) for n in (1, 2)]
    misses = [Missed("omo", 3)]
    near = {"sugr": "Kakira sugar"}
    return FakeTrade(orders_of(orders), talks, asked_in_vain=misses, near_aliases=near)


def some_rides() -> FakeRides:
    steps = (DeliveryStatus.OFFERED, DeliveryStatus.ACCEPTED, DeliveryStatus.PICKED_UP)
    return FakeRides({1001 + i: a_job(1001 + i, status=s) for i, s in enumerate(steps * 2)})


def walk(
    machine: Machine, books: FakeTrade | FakeRides
) -> Iterator[tuple[Place | None, Heard, Step]]:
    """Everything that can be written, then everything that is offered, some steps deep."""
    todo: list[tuple[Place | None, Heard, FakeTrade | FakeRides, int]]
    todo = [(None, heard, books, 0) for heard in written(machine.role)]
    seen: set[tuple[str, str]] = set()
    while todo:
        place, heard, before, depth = todo.pop()
        now = deepcopy(before)
        ports = trade_ports(trade=now) if isinstance(now, FakeTrade) else trade_ports(rides=now)
        step = machine.step(place, heard, ports, "en")
        yield place, heard, step
        options = step.reply.menu.options if step.reply.menu else ()
        for option in options:
            at = (step.place.spot.state, option.id)
            if depth < DEPTH and at not in seen:
                seen.add(at)
                todo.append((step.place, Choice(option.id), now, depth + 1))


@pytest.mark.parametrize(
    ("machine", "books"), [(seller, a_trade()), (rider, some_rides())], ids=["seller", "rider"]
)
def test_every_word_and_every_option_is_taken_and_answered(
    machine: Machine, books: FakeTrade | FakeRides
) -> None:
    states = set()
    for place, heard, step in walk(machine, books):
        states.add(step.place.spot.state)
        assert not step.reply.silent
        if isinstance(heard, Command | Choice):
            assert taken(machine, place, heard), f"{heard} in {place}"
    assert states == set(machine.states)


@pytest.mark.parametrize(("happening", "_heard_by"), HAPPENINGS)
def test_what_a_notice_offers_is_taken_by_its_reader(
    happening: Happening, _heard_by: list[str]
) -> None:
    for notice in notices(happening, SHOP):
        machine = {Customer: customer, Rider: rider}.get(type(notice.to), seller)
        if isinstance(notice.to, OwnPhone):
            machine = {"customer": customer, "rider": rider}.get(notice.to.role, seller)
        for option in notice.menu.options if notice.menu else ():
            assert taken(machine, None, Choice(option.id)), option.id
