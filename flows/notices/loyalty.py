"""What is said of points that their owner has forgotten."""

from flows.happenings import PointsRunningOut
from flows.message import Message
from flows.notices.notice import Notice, promotion
from flows.ports.shop import ShopInfo
from flows.reply import Option


def running_out(happening: PointsRunningOut, shop: ShopInfo) -> tuple[Notice, ...]:
    """It only promotes: not at night, and not to who said STOP."""
    told = Message(
        "notice-points-end",
        count=happening.points,
        shop=shop.name,
        worth=happening.worth,
        date=happening.at,
    )
    return (promotion(happening.person, told, Option("browse", Message("option-browse"))),)
