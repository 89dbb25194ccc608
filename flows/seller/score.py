"""SCORE: how well the shop does, and what would help most."""

from flows.heard import Heard
from flows.message import Message
from flows.place import Step
from flows.ports.scores import points
from flows.score_words import GRADES, advice
from flows.seller.role import scores, seller, tell
from flows.visit import Visit
from intents.command import Word


@seller.anywhere(Word.SCORE)
def score(visit: Visit, _: Heard) -> Step:
    found = scores(visit).latest()
    if found.score is None:
        new = Message("score-new", least=found.least, days=found.days, orders=found.orders)
        return tell(visit, new)
    said = Message(
        "score-said",
        points=points(found.score),
        grade=GRADES[found.grade],
        orders=found.orders,
        days=found.days,
    )
    if found.before is None:
        return tell(visit, said, advice(found))
    return tell(visit, said, Message("score-before", points=points(found.before)), advice(found))
