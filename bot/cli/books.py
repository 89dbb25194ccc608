"""`db`, `shop` and `orders`: the books by command."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TypedDict
from uuid import UUID

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli import discipline
from bot.cli.prices import not_taken
from bot.cli.scores import add_scores
from bot.cli.shop_reviews import add_reviews
from bot.cli.standings import add_standings
from bot.cli.trail import by_command
from bot.ports import scope_at
from bot.production import GUESSED, can_be_guessed
from bot.rails import known_rails
from bot.world import World
from store.audit.changes import Changes
from store.export import OrderJson, order_json
from store.migrate import upgrade
from store.models import LineRow, ShopRow
from store.orders.views import views, whole
from store.resealing import Standing, look_through
from store.shopfile import Loaded, Mistake, ShopFile, ShopFileError, load, read_files
from store.transaction import run


def register(app: Flask, world: World) -> None:
    app.cli.add_command(_db(world))
    app.cli.add_command(_shop(world))
    app.cli.add_command(_orders(world))


def _db(world: World) -> AppGroup:
    group = AppGroup("db", help="The database's tables.")

    @group.command("upgrade")
    def up() -> None:
        """Bring the tables to this version. Safe to run twice, or by two at once."""
        upgrade(world.engine)
        run(world.sessions, lambda session: by_command(world, session, "db upgrade", Changes()))
        click.echo("The database is up to date.", err=True)
        known = look_through(world.sessions, world.vault)
        plain = sum(found.standing is Standing.PLAIN for found in known)
        if plain:
            click.echo(
                f"{plain} lines and shops keep their credentials in plain: once every process runs this"
                " version, seal them with flask --app wsgi keys rotate",
                err=True,
            )

    return group


def _shop(world: World) -> AppGroup:
    group = AppGroup("shop", help="Shops.")
    discipline.add(group, world)

    @group.command("load")
    @click.argument(
        "files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False)
    )
    def load_files(files: tuple[Path, ...]) -> None:
        """Load shop files. A mistake in one of them loads none."""
        load_shops(world, files)

    @group.command("list")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def list_shops(as_json: bool) -> None:
        """Every shop, with the addresses that lead to it."""
        shops = run(world.sessions, _listed)
        if as_json:
            click.echo(json.dumps(shops, ensure_ascii=False))
            return
        for shop in shops:
            click.echo(f"{shop['slug']:24} {shop['name']}  [{shop['currency']}]")
            for line in shop["lines"]:
                click.echo(f"    {line}")

    add_standings(group, world)
    add_reviews(group, world)
    add_scores(group, world)
    return group


def load_shops(world: World, files: Sequence[Path]) -> None:
    """Load, or say every mistake on a line of its own and exit with 1."""
    try:
        shops = read_files(files, known_rails())
        if world.settings.production and (mistakes := _weak_paths(shops)):
            raise ShopFileError(mistakes)
        loaded = run(
            world.sessions, lambda session: load(session, shops, world.clock(), world.vault)
        )
    except ShopFileError as error:
        raise click.ClickException(str(error)) from error
    for shop in loaded:
        click.echo(_told(shop), err=True)
        warnings = run(world.sessions, partial(not_taken, slug=shop.slug, rails=world.rails))
        for line in warnings:
            click.echo(line, err=True)


def _weak_paths(files: Sequence[ShopFile]) -> list[Mistake]:
    """Secret paths of lines, which stand for a signature, that could be found by trying."""
    return [
        Mistake(file.file, f"lines[{place}].credentials.webhook_secret", GUESSED)
        for file in files
        for place, line in enumerate(file.lines)
        if (secret := line.credentials.get("webhook_secret")) and can_be_guessed(secret)
    ]


def _told(shop: Loaded) -> str:
    what = "is new" if shop.created else "was changed" if shop.changed else "is as it was"
    return f"{shop.slug} {what}: {shop.products} products on sale"


class ShopJson(TypedDict):
    slug: str
    name: str
    model: str
    country: str
    currency: str
    locales: list[str]
    lines: list[str]


def _listed(session: Session) -> list[ShopJson]:
    lines: dict[UUID, list[str]] = {}
    for line in session.scalars(select(LineRow).order_by(LineRow.position)):
        at = line.address
        word = line.keyword or line.extension
        told = f"{at.channel} {at.provider} {at.address}" + (f" {word}" if word else "")
        lines.setdefault(line.shop_id, []).append(told)
    return [
        {
            "slug": shop.slug,
            "name": shop.name,
            "model": shop.model,
            "country": shop.country,
            "currency": shop.currency,
            "locales": list(shop.locales),
            "lines": lines.get(shop.id, []),
        }
        for shop in session.scalars(select(ShopRow).order_by(ShopRow.slug))
    ]


def _orders(world: World) -> AppGroup:
    group = AppGroup("orders", help="Orders.")

    @group.command("list")
    @click.option("--shop", "slug", required=True, help="The shop's slug.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def list_orders(slug: str, as_json: bool) -> None:
        """A shop's orders, oldest first; pending and cancelled ones too."""
        orders = run(world.sessions, partial(_orders_of, world, slug))
        if as_json:
            click.echo(json.dumps(orders, ensure_ascii=False))
            return
        for order in orders:
            click.echo(
                f"{order['number']}  {order['status']:10} {order['payment_status']:8} "
                f"{order['currency']} {order['total']:>12}  {order['created_at']}"
            )

    return group


def _orders_of(world: World, slug: str, session: Session) -> list[OrderJson]:
    shop = session.scalars(select(ShopRow).where(ShopRow.slug == slug)).first()
    if shop is None:
        known = ", ".join(session.scalars(select(ShopRow.slug).order_by(ShopRow.slug)))
        raise click.ClickException(f"there is no shop {slug!r}; known are: {known or 'none'}")
    scope = scope_at(world, session, shop)
    return [order_json(order) for order in views(scope, whole(shop.id))]
