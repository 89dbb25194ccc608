"""`flask shop warn|suspend|lift|sanctions`: what the platform does about shops and riders."""

import getpass
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli.reasons import REASON
from bot.ports import scope_at
from bot.world import World
from channels.phone import e164
from store.discipline import acting
from store.models import PersonRow, RiderRow, SanctionRow, ShopRow
from store.scope import Scope, Woken
from store.transaction import run

Act = Callable[[Scope, RiderRow | None, str], SanctionRow]


def add(group: AppGroup, world: World) -> None:
    """Among the other commands about shops."""
    slug = click.argument("slug")
    phone = click.option("--rider", "phone", help="Of this rider of the shop, by phone.")
    reason = click.option("--reason", required=True, type=REASON, help="Why; the shop reads it.")

    @group.command("warn")
    @slug
    @phone
    @reason
    def warn(slug: str, phone: str | None, reason: str) -> None:
        """Warn a shop, or a rider. Too many warnings suspend."""
        _act(world, slug, phone, lambda s, r, by: acting.warn(s, r, reason, by))
        click.echo("warned", err=True)

    @group.command("suspend")
    @slug
    @phone
    @reason
    @click.option("--days", type=click.IntRange(1, 3650), help="For so long; else until lifted.")
    def suspend(slug: str, phone: str | None, reason: str, days: int | None) -> None:
        """No new orders, or no deliveries, from now on. What is under way runs on."""

        def act(scope: Scope, rider: RiderRow | None, by: str) -> SanctionRow:
            until = scope.now + timedelta(days=days) if days is not None else None
            return acting.suspend(scope, rider, reason, by, until)

        _act(world, slug, phone, act)
        click.echo("suspended", err=True)

    @group.command("lift")
    @slug
    @phone
    def lift(slug: str, phone: str | None) -> None:
        """End a suspension now."""
        _act(world, slug, phone, acting.end)
        click.echo("lifted", err=True)

    @group.command("sanctions")
    @slug
    def sanctions(slug: str) -> None:
        """What was said of a shop and its riders, the newest first."""
        lines = run(world.sessions, partial(_sanctions, slug))
        for line in lines:
            click.echo(line)
        if not lines:
            click.echo("Nothing.", err=True)


def _act(world: World, slug: str, phone: str | None, act: Act) -> None:
    def work(session: Session) -> Woken:
        scope = scope_at(world, session, _shop(session, slug))
        rider = _rider(session, scope.shop, phone) if phone is not None else None
        act(scope, rider, getpass.getuser())
        return scope.woken

    try:
        world.wake(run(world.sessions, work))
    except acting.DisciplineError as error:
        raise click.ClickException(f"{slug} {error}") from error


def _shop(session: Session, slug: str) -> ShopRow:
    shop = session.scalar(select(ShopRow).where(ShopRow.slug == slug))
    if shop is None:
        raise click.ClickException(f"there is no shop {slug}")
    return shop


def _rider(session: Session, shop: ShopRow, phone: str) -> RiderRow:
    rider = session.scalar(
        select(RiderRow)
        .join(PersonRow, PersonRow.id == RiderRow.person_id)
        .where(RiderRow.shop_id == shop.id, PersonRow.phone == (e164(phone) or phone))
    )
    if rider is None:
        raise click.ClickException("no rider of this shop has that phone")
    return rider


def _sanctions(slug: str, session: Session) -> list[str]:
    shop = _shop(session, slug)
    rows = session.execute(
        select(SanctionRow, RiderRow.name)
        .outerjoin(RiderRow, RiderRow.id == SanctionRow.rider_id)
        .where(SanctionRow.shop_id == shop.id)
        .order_by(SanctionRow.at.desc())
    )
    return [_line(row, rider or "the shop") for row, rider in rows]


def _line(row: SanctionRow, whose: str) -> str:
    end = _end(row)
    return f"{row.at:%Y-%m-%d %H:%M}  {row.kind:10} {whose}: {row.reason} (by {row.by}{end})"


def _end(row: SanctionRow) -> str:
    if row.ended_at is not None:
        return f", ended {_day(row.ended_at)}: {row.ended_by}"
    return f", until {_day(row.until)}" if row.until is not None else ""


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
