"""What a seller chooses when no rider takes an order, or could not deliver it."""

from collections.abc import Callable, Mapping

from flows.heard import Choice
from flows.message import Message
from flows.place import Step
from flows.ports.orders import Order
from flows.ports.refusals import Refusal
from flows.ports.trade import TradePort
from flows.seller.refused import refused
from flows.seller.role import number_of, seller, tell, trade
from flows.visit import Visit

# By the option's name: what is done, and the text that says so.
WAYS: Mapping[str, tuple[Callable[[TradePort, int], Order | Refusal], str]] = {
    "own": (lambda port, number: port.own_rider(number), "done-own-rider"),
    "as-pickup": (lambda port, number: port.as_pickup(number), "done-as-pickup"),
    "offer": (lambda port, number: port.offer_again(number), "done-offer-again"),
}


@seller.anywhere(*WAYS)
def choose_way(visit: Visit, choice: Choice) -> Step:
    act, key = WAYS[choice.name]
    done = act(trade(visit), number_of(choice))
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message(key, number=done.number))
