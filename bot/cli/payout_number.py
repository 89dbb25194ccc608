"""`flask money payout-number`: where a shop's money goes, and back to its owner's own phone."""

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ports import scope_at
from bot.world import World
from store.masking import masked
from store.models import ShopRow
from store.payout_numbers import held_until, in_force, take_back
from store.scope import Scope, Woken
from store.transaction import run


def add(group: AppGroup, world: World) -> None:
    """Among the other commands about money."""

    @group.command("payout-number")
    @click.argument("slug")
    @click.option("--drop", is_flag=True, help="Pay to the owner's own phone again.")
    def payout_number(slug: str, drop: bool) -> None:
        """Say where a shop's money goes. With --drop an owner's change of it is taken back."""

        def work(session: Session) -> tuple[str, Woken]:
            shop = session.scalar(select(ShopRow).where(ShopRow.slug == slug))
            if shop is None:
                raise click.ClickException(f"there is no shop {slug}")
            scope = scope_at(world, session, shop)
            if drop and not take_back(scope):
                raise click.ClickException("it goes to the owner's own phone already")
            return _said(scope), scope.woken

        said, woken = run(world.sessions, work)
        world.wake(woken)
        click.echo(said)


def _said(scope: Scope) -> str:
    row, until = in_force(scope), held_until(scope)
    where = f"{masked(row.phone)} {row.rail}" if row is not None else "the owner's own phone"
    return where if until is None else f"{where}, held until {until:%Y-%m-%d %H:%M} UTC"
