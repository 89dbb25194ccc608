"""DAY: what a rider has brought and earned today, and the cash to hand over."""

from flows.heard import Heard
from flows.notices.rider_days import told
from flows.place import Step
from flows.rider.role import rider, rides, tell
from flows.visit import Visit
from intents.command import Word


@rider.anywhere(Word.DAY)
def day(visit: Visit, _: Heard) -> Step:
    return tell(visit, told(rides(visit).day(), visit.ports.shop))
