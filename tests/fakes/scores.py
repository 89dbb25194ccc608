"""How a shop does, in memory."""

from dataclasses import dataclass
from datetime import date

from flows.ports.scores import Grade, Part, Score

DAY = date(2026, 11, 2)
NEW = Score(DAY, Grade.NEW, None, {}, orders=0, days=30, least=5, floor=300)
GOOD = Score(
    DAY,
    Grade.GOLD,
    432,
    {Part.COMPLETION: 480, Part.RESPONSE: 310},
    orders=12,
    days=30,
    least=5,
    floor=300,
)


@dataclass
class FakeScores:
    """`score` is what was reckoned last."""

    score: Score = NEW

    def latest(self) -> Score:
        return self.score
