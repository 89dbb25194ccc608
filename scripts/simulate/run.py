"""From an empty database to the end of the day."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from scripts.simulate.customers import Customer, make_customer
from scripts.simulate.day import Day
from scripts.simulate.daytime import BEGINS, Daytime
from scripts.simulate.files import PLACES
from scripts.simulate.happenings import Rain, plan_happenings, rains
from scripts.simulate.luck import Luck
from scripts.simulate.mail import Mail
from scripts.simulate.payers import NETWORK_WAITS, Payers
from scripts.simulate.screens import Tongue
from scripts.simulate.server import build_server
from scripts.simulate.staff import hire

# Seconds of the day between two looks of the clock's process, which really looks every second.
TICK = 30.0
HALF_AN_HOUR, AN_HOUR = 1800.0, 3600.0
# How many come in each hour, beside each other: few at night, most at noon and after work.
CROWD = (2, 4, 6, 7, 8, 9, 10, 10, 8, 7, 8, 9, 10, 9, 7, 5, 3, 2, 1, 1, 1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Ended:
    day: Day
    payers: Payers
    customers: Sequence[Customer]
    hours: int
    rains: Sequence[Rain]
    complaints: logging.Handler

    def close(self) -> None:
        """Stop the server, and stop listening."""
        logging.getLogger().removeHandler(self.complaints)
        self.day.server.stop()


def live_through(
    seed: int,
    customers: int,
    hours: int,
    folder: Path,
    database: str | None,
    complaints: logging.Handler,
) -> Ended:
    """The server is left running, for whoever looks at what is there now. `complaints` hears what it logs."""
    daytime, luck = Daytime(), Luck(seed)
    server = build_server(daytime, seed, folder, database)
    logging.getLogger().addHandler(complaints)
    providers = server.providers
    for rail, purse in providers.purses.items():
        luck.wire(rail, purse.faults)
        purse.window = NETWORK_WAITS
    for emulator in (providers.twilio, providers.at, providers.meta):
        emulator.mishaps.otherwise = luck.mishap
        emulator.road.hitch = luck.hitch
    day = Day(
        seed, daytime, server, luck, Mail(providers, luck, daytime), Tongue(server.world.words)
    )
    payers = Payers(day)
    day.watchers.append(payers.watch)
    for place in PLACES:
        hire(day, place)
    plan_happenings(day, hours)
    people = _invite(day, customers, hours)
    daytime.every(TICK, server.tick)
    daytime.every(HALF_AN_HOUR, server.sweep)
    daytime.every(AN_HOUR, server.tidy)
    daytime.run(BEGINS + timedelta(hours=hours), day.settle)
    return Ended(day, payers, people, hours, rains(hours), complaints)


def _invite(day: Day, count: int, hours: int) -> Sequence[Customer]:
    """Nobody comes in the last three hours, so that most orders end within the day."""
    random = day.random("arrivals")
    open_hours = range(max(1, hours - 3))
    people = []
    for index in range(count):
        customer = make_customer(day, index, PLACES[index % len(PLACES)])
        hour = random.choices(open_hours, CROWD[: len(open_hours)])[0]
        moment = BEGINS + timedelta(hours=hour, seconds=random.uniform(0, 3600))
        day.readers[customer.number] = customer.read
        day.daytime.at(moment, customer.begin)
        people.append(customer)
    return people
