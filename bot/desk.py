"""Where people take over from the bot, and give the talk back."""

from dataclasses import dataclass

from bot.talk import Talk
from flows.happenings import HandedOver
from flows.ports.orders import OrdersPort
from store.scope import Scope

BOT, HUMAN = "bot", "human"


@dataclass(frozen=True, slots=True)
class TalkDesk:
    """Implements flows.ports.shop.DeskPort for the conversation at hand. By the customer's newest
    order the seller can answer."""

    scope: Scope
    talk: Talk
    orders: OrdersPort

    def hand_over(self, words: str) -> None:
        self.talk.row.held_by = HUMAN
        self._tell(words, first=True)

    def take_back(self) -> None:
        self.talk.row.held_by = BOT

    def pass_on(self, words: str) -> None:
        self._tell(words, first=False)

    def _tell(self, words: str, *, first: bool) -> None:
        newest = next(iter(self.orders.mine(1)), None)
        self.scope.tell(
            HandedOver(
                person=str(self.talk.person.id),
                name=self.talk.customer.name,
                phone=self.talk.person.phone,
                words=words[:300],
                order_number=newest.number if newest else None,
                first=first,
            )
        )
