"""Sellers' photos are fetched from the provider that they came by, with our address's own account. Nobody
waits for it, and no transaction is open meanwhile."""

from functools import partial
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from bot.pictures.shrinking import UnreadableError, shrunk
from bot.ports import scope_at
from bot.world import World
from channels.channel import ChannelError
from store.models import ShopRow
from store.pictures import keeping
from store.pictures.keeping import Claimed
from store.scope import Woken
from store.transaction import run

log = structlog.get_logger(__name__)

# One job ends well within RQ's limit even where each of them is slow.
MOST_AT_ONCE = 10


def fetch_due(world: World) -> int:
    """Fetch what is due, and write down what became of it. How many were looked at."""
    now = world.clock()
    due = run(world.sessions, lambda session: keeping.due(session, now, MOST_AT_ONCE))
    for picture_id in due:
        fetch(world, picture_id)
    return len(due)


def fetch(world: World, picture_id: UUID) -> None:
    """One of them. Whoever dies over it has had one of its tries."""
    claimed = run(world.sessions, lambda s: keeping.claim(s, picture_id, world.clock()))
    if claimed is None:
        return
    if claimed.tries > len(world.rules.picture_pauses) + 1:
        # Whoever tried it last did not live to say what became of it.
        _note(world, claimed, None, permanent=True)
        return
    try:
        content = shrunk(_had(world, claimed))
    except (ChannelError, UnreadableError) as error:
        permanent = not isinstance(error, ChannelError) or error.permanent
        code = error.code if isinstance(error, ChannelError) else str(error)
        log.warning("a picture could not be had", code=code, permanent=permanent)
        _note(world, claimed, None, permanent=permanent)
    else:
        _note(world, claimed, content)


def _had(world: World, claimed: Claimed) -> bytes:
    """The photo as it was sent. Raises ChannelError."""
    address = claimed.address
    channel, account = world.channels.get(address.provider), world.accounts.of(address)
    if channel is None or account is None:
        raise ChannelError(f"{address.provider} is not set up", permanent=False)
    return channel.fetch(claimed.media, account)


def _note(
    world: World, claimed: Claimed, content: bytes | None, *, permanent: bool = False
) -> None:
    world.wake(run(world.sessions, partial(_noted, world, claimed, content, permanent)))


def _noted(
    world: World, claimed: Claimed, content: bytes | None, permanent: bool, session: Session
) -> Woken:
    scope = scope_at(world, session, session.get_one(ShopRow, claimed.shop_id))
    if content is None:
        keeping.fail(scope, claimed, permanent=permanent)
    else:
        keeping.keep(scope, claimed.id, content)
    return scope.woken
