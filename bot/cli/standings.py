"""`shop pending`, `shop verify`, `shop reject`: the platform's word on shops opened by a message."""

from collections.abc import Callable
from functools import partial

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli.reasons import REASON
from bot.ports import beside, scope_at
from bot.world import World
from flows.ports.refusals import UnknownShop
from flows.ports.shop import Standing
from store.founding.deciding import At, reject, verify
from store.models import ShopRow
from store.scope import Scope, Woken
from store.transaction import run

Decision = Callable[[Scope, At, str], ShopRow | UnknownShop]


def add_standings(group: AppGroup, world: World) -> None:
    """Put the three commands beside the others on shops."""

    @group.command("pending")
    def pending() -> None:
        """Shops that wait for being verified, the longest waiting first."""
        for line in run(world.sessions, _waiting):
            click.echo(line)

    @group.command("verify")
    @click.argument("slug")
    def verify_shop(slug: str) -> None:
        """Make a shop live, and tell its seller; one that is live gets the badge."""
        click.echo(f"{_decide(world, slug, verify)} is live.", err=True)

    @group.command("reject")
    @click.argument("slug")
    @click.argument("reason", type=REASON)
    def reject_shop(slug: str, reason: str) -> None:
        """Close a shop before it was ever live, and tell its seller why."""

        def decision(scope: Scope, at: At, word: str) -> ShopRow | UnknownShop:
            return reject(scope, at, word, reason)

        click.echo(f"{_decide(world, slug, decision)} will not open.", err=True)


def _waiting(session: Session) -> list[str]:
    rows = session.scalars(
        select(ShopRow).where(ShopRow.status == Standing.PENDING.value).order_by(ShopRow.created_at)
    )
    return [f"{shop.slug:24} {shop.name}  {shop.location or ''}" for shop in rows]


def _decide(world: World, slug: str, decision: Decision) -> str:
    """The shop's name. Raises ClickException where no such shop waits."""

    def work(session: Session) -> tuple[str, Woken]:
        shop = session.scalars(select(ShopRow).where(ShopRow.slug == slug)).first()
        if shop is None:
            raise click.ClickException(f"no shop {slug!r} waits for being verified")
        scope = scope_at(world, session, shop)
        done = decision(scope, partial(beside, world, scope), slug)
        if isinstance(done, UnknownShop):
            raise click.ClickException(f"no shop {slug!r} waits for being verified")
        return done.name, scope.woken

    name, woken = run(world.sessions, work)
    world.wake(woken)
    return name
