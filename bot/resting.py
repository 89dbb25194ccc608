"""A shop that is not live: it answers politely, and what was ordered before runs on."""

from bot.reader import BUYING, Reading
from bot.talk import CUSTOMER, Talk
from flows.explain import explain
from flows.heard import Basket, Choice, Dialled
from flows.machine import HOME
from flows.message import Message
from flows.ports.refusals import NotTaking
from flows.ports.shop import ShopInfo, Standing
from flows.reply import Reply
from intents.intent import Intent
from intents.understanding import Understanding
from store.scope import Scope
from store.standing import standing_of
from store.under_way import has_open_order

# What people begin with, or say in passing.
PASSING = frozenset({Intent.GREET, Intent.NEGOTIATE, Intent.OUT_OF_SCOPE})


def rests(scope: Scope, talk: Talk, reading: Reading) -> bool:
    """Is this the beginning of shopping at a shop that is not live? Its own people may try it out, and
    who has an order under way is answered as always."""
    if standing_of(scope.shop, scope.now) in (Standing.LIVE, Standing.PAUSED):
        return False
    if reading.role != CUSTOMER or talk.staff is not None or not _begins(reading):
        return False
    return not has_open_order(scope.session, scope.shop.id, talk.person.id)


def _begins(reading: Reading) -> bool:
    heard = reading.heard
    if isinstance(heard, Understanding):
        return heard.intent in BUYING or heard.intent in PASSING
    return isinstance(heard, Basket | Dialled) or heard == Choice(HOME)


def how_it_rests(shop: ShopInfo) -> Reply:
    """What is said instead."""
    why = explain(NotTaking(shop.standing.value, shop.paused_until))
    return Reply((Message("about-shop", shop=shop.name, said=why),), ends=True)
