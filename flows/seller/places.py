"""AREA, AREAS and WEATHER: where the shop delivers to, and what the sky adds to it."""

from flows.figures import read_shelving
from flows.heard import Heard
from flows.message import Clock, Message
from flows.place import Step
from flows.ports.places import OwnArea, Weather
from flows.ports.refusals import BadAmount, Refusal
from flows.seller.refused import refused
from flows.seller.role import places, seller, tell
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word
from intents.weather import read_weather

OFF = f" {Word.OFF.value}"
FINE = "fine"
SKIES = (*(kind.value for kind in Weather), FINE)


@seller.anywhere(Word.AREA)
def area(visit: Visit, command: Command) -> Step:
    """ "AREA Mukono 8000" delivers there, "AREA Mukono OFF" no longer."""
    if command.rest.endswith(OFF):
        return _told(visit, "area-dropped", places(visit).drop(command.rest.removesuffix(OFF)))
    said = read_shelving(command)
    if not said.goods or said.figure is None:
        return tell(visit, Message("how-to-area"))
    if said.sign:
        return refused(visit, BadAmount(said.written))
    return _told(visit, "area-added", places(visit).add(said.goods, said.figure))


def _told(visit: Visit, key: str, done: OwnArea | Refusal) -> Step:
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message(key, area=done.name, fee=done.fee))


@seller.anywhere(Word.AREAS)
def areas(visit: Visit, _: Heard) -> Step:
    """What people asked for and the shop does not go to, and what was added by phone."""
    port = places(visit)
    asked = ", ".join(f"{each.name} ({each.people})" for each in port.asked())
    own = tuple(Message("delivery-fee", area=each.name, fee=each.fee) for each in port.own())
    wanted = Message("areas-asked", areas=asked) if asked else Message("areas-none-asked")
    return tell(visit, wanted, *own, Message("how-to-area"))


@seller.anywhere(Word.WEATHER)
def weather(visit: Visit, command: Command) -> Step:
    """Ends by itself; without a word that is known it is asked."""
    sky = read_weather(command.rest, (visit.locale, *visit.ports.shop.locales))
    if sky is None:
        options = tuple(
            command_option(Command(Word.WEATHER, rest=kind), Message(f"weather-{kind}"))
            for kind in SKIES
        )
        return tell(visit, Message("weather-which"), options=options)
    until = places(visit).change_weather(None if sky == FINE else Weather(sky))
    if until is None:
        return tell(visit, Message("weather-is-fine"))
    return tell(visit, Message("weather-until", why=Message(f"weather-{sky}"), until=Clock(until)))
