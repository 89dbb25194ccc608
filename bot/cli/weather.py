"""`shop weather`: what the sky adds to deliveries, where the operator says it and not the seller."""

from datetime import timedelta

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.world import World
from flows.ports.places import Weather
from store.models import ShopRow
from store.transaction import run

FINE = "fine"
SKIES = (*(weather.value for weather in Weather), FINE)


def register(app: Flask, world: World) -> None:
    group = app.cli.commands["shop"]
    if not isinstance(group, AppGroup):
        raise TypeError("the commands about shops are no group")

    @group.command("weather")
    @click.argument("sky", type=click.Choice(SKIES))
    @click.argument("slugs", nargs=-1)
    @click.option("--all", "every", is_flag=True, help="Over every shop.")
    @click.option("--hours", type=click.IntRange(1, 48), help="For so long; else as by phone.")
    def weather(sky: str, slugs: tuple[str, ...], every: bool, hours: int | None) -> None:
        """Make deliveries of these shops dearer for some hours, or not any more."""
        if bool(slugs) == every:
            raise click.UsageError("name shops, or say --all")
        lasts = timedelta(hours=hours) if hours else world.rules.weather_lasts
        count = run(world.sessions, lambda session: _say(world, session, sky, slugs, lasts))
        click.echo(f"{sky} over {count} shops", err=True)


def _say(world: World, session: Session, sky: str, slugs: tuple[str, ...], lasts: timedelta) -> int:
    """How many shops it is over. Raises click.ClickException, and changes nothing, where one of them is
    unknown."""
    wanted = select(ShopRow.id, ShopRow.slug).order_by(ShopRow.id)
    found = session.execute(wanted.where(ShopRow.slug.in_(slugs)) if slugs else wanted).all()
    unknown = set(slugs) - {row.slug for row in found}
    if unknown:
        raise click.ClickException(f"there is no shop {', '.join(sorted(unknown))}")
    fine = sky == FINE
    session.execute(
        update(ShopRow)
        .where(ShopRow.id.in_([row.id for row in found]))
        .values(
            weather=None if fine else sky, weather_until=None if fine else world.clock() + lasts
        )
        .execution_options(synchronize_session=False)
    )
    return len(found)
