"""What a shop hears of its score."""

from flows.happenings import ScoreFell
from flows.message import Message
from flows.notices.notice import Notice, sellers
from flows.ports.scores import points
from flows.ports.shop import ShopInfo
from flows.score_words import advice


def fell(happening: ScoreFell, shop: ShopInfo) -> tuple[Notice, ...]:
    score = happening.score
    told = Message(
        "alert-probation",
        points=points(score.score or 0),
        least=points(score.floor),
        advice=advice(score),
    )
    return (sellers(told),)
