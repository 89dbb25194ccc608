"""The seller's yes or no to cash that a rider says to have handed over."""

from flows.heard import Choice
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.ports.till import Received
from flows.seller.refused import refused
from flows.seller.role import seller, tell, till
from flows.visit import Visit


@seller.anywhere("handed")
def have_it(visit: Visit, choice: Choice) -> Step:
    done = till(visit).answer_hand_over(choice.argument, right=True)
    return refused(visit, done) if isinstance(done, Refusal) else received(visit, done)


@seller.anywhere("not-handed")
def have_it_not(visit: Visit, choice: Choice) -> Step:
    """Nothing is booked, and the rider hears that the two do not agree."""
    done = till(visit).answer_hand_over(choice.argument, right=False)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("handed-denied", name=done.name, left=done.left))


def received(visit: Visit, done: Received) -> Step:
    """What came and what is left; and what the rider had said, where that was another sum."""
    told = Message("cash-received", name=done.name, amount=done.got, left=done.left)
    if done.said is None:
        return tell(visit, told)
    return tell(visit, told, Message("cash-said", name=done.name, said=done.said))
