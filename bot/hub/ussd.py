"""One hop of a USSD session: the answer is the response itself."""

from dataclasses import dataclass, field

import structlog
from sqlalchemy.orm import Session

from bot.hub.spoken import Spoken
from bot.intake import Intake
from bot.reception.arriving import Accepted
from bot.reception.door import find_door
from bot.turn import take_turns
from bot.world import World
from channels.channel import Account, Inbound
from channels.render import Reader
from channels.render.ussd import question
from flows.message import Message
from flows.reply import Reply
from store.scope import Woken
from store.transaction import AWAY, run

log = structlog.get_logger(__name__)

# A shared code's first page names this many shops.
MOST_NAMED = 5


@dataclass(slots=True)
class Dialogue:
    """Collects what is to be woken until the page has been answered."""

    world: World
    intake: Intake
    spoken: Spoken
    woken: list[Woken] = field(default_factory=list)

    def page(self, account: Account, hop: Inbound | None) -> str:
        """The page for this hop; the stored one when the provider posts it again."""
        if hop is None or hop.session is None:
            return self.spoken.sorry()
        try:
            return self._page(account, hop)
        except AWAY as error:
            log.warning("ussd hop not answered", error=type(error).__name__)
            return self.spoken.sorry(hop.address)

    def wake(self) -> None:
        for woken in self.woken:
            self.world.wake(woken)

    def _page(self, account: Account, hop: Inbound) -> str:
        now = self.world.clock()
        verdict = self.world.limits.judge(hop, now, self.world.sessions)
        taken = self.intake.take(account, hop, now, verdict, self.woken.append)
        if taken.accepted is None:
            return run(self.world.sessions, lambda session: self._which_shop(session, account, hop))
        if taken.accepted.fresh is not None:
            self.spoken.learn(hop.address, str(taken.accepted.fresh.shop.locales[0]))
        page = taken.page or self._stored(taken.accepted, hop)
        return page or self.spoken.sorry(hop.address)

    def _stored(self, accepted: Accepted, hop: Inbound) -> str | None:
        """Posted again, or answered by another process, which may be at it still."""
        page = self.intake.page(accepted, hop)
        if page is None:
            take_turns(self.world, accepted.shop_id, accepted.person_id, wake=self.woken.append)
            page = self.intake.page(accepted, hop)
        return page

    def _which_shop(self, session: Session, account: Account, hop: Inbound) -> str:
        """On a shared code, before its extension is known. It says nothing about anybody, so it needs
        no inbox."""
        door = find_door(session, hop)
        if door is None or not door.lines or not self.world.accounts.opens(account, door.address):
            return self.spoken.sorry(hop.address)
        shops = tuple(
            Message("ussd-extension", extension=shop.word or "", name=shop.name)
            for shop in door.shops[:MOST_NAMED]
        )
        asked = Message("ussd-unknown-extension" if hop.text else "ussd-which-extension")
        locale = str(door.lines[0].shop.locales[0])
        self.spoken.learn(hop.address, locale)
        reader = Reader(locale, "UTC", "customer")
        return question(Reply((asked, *shops)), reader, self.world.words)
