"""`intents` and `flows`: what messages are understood to mean, and how the conversation goes."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.answering import MACHINES
from bot.ports import scope_at
from bot.world import World
from channels.clean import clean
from flows.graph import mermaid
from intents import understand
from intents.frames import to_frame
from intents.understanding import Catalogue, Context
from store.catalogue import ShopCatalogue
from store.models import ShopRow
from store.transaction import run


def register(app: Flask, world: World) -> None:
    app.cli.add_command(_intents(world))
    app.cli.add_command(_flows())


def _intents(world: World) -> AppGroup:
    group = AppGroup("intents", help="Understanding.")

    @group.command("parse")
    @click.option("--shop", "slug", required=True, help="The shop whose catalogue is meant.")
    @click.option("--locale", help="The language; the shop's first when left out.")
    @click.argument("text", required=False)
    def parse(slug: str, locale: str | None, text: str | None) -> None:
        """The frame of TEXT; without TEXT, one for each JSON line {"id","text","locale"?} on stdin."""
        names, context = run(world.sessions, lambda session: _reading(world, session, slug))
        typed = [Typed(text)] if text is not None else _typed(sys.stdin)
        for line in typed:
            spoken = line.locale or locale or context.locale
            against = Context(spoken, context.locales, context.country)
            understood = understand(line.text, against, names)
            click.echo(json.dumps(to_frame(understood, line.id), ensure_ascii=False))

    return group


@dataclass(frozen=True, slots=True)
class Typed:
    """One message to be understood."""

    text: str
    locale: str | None = None
    id: str | int | None = None


def _typed(lines: Iterable[str]) -> Iterator[Typed]:
    """The messages in JSON lines; empty lines are left out. Raises ClickException."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            match json.loads(line):
                case {"text": str(text), **rest}:
                    locale, own_id = rest.get("locale"), rest.get("id")
                    yield Typed(
                        clean(text),
                        locale if isinstance(locale, str) else None,
                        own_id if isinstance(own_id, str | int) else None,
                    )
                case _:
                    raise click.ClickException(f'line {number}: give {{"id": ..., "text": "..."}}')
        except json.JSONDecodeError as error:
            raise click.ClickException(f"line {number} is not JSON: {error.msg}") from error


def _reading(world: World, session: Session, slug: str) -> tuple[Catalogue, Context]:
    shop = session.scalars(select(ShopRow).where(ShopRow.slug == slug)).first()
    if shop is None:
        raise click.ClickException(f"there is no shop {slug!r}")
    locales = tuple(str(locale) for locale in shop.locales)
    catalogue = ShopCatalogue(scope_at(world, session, shop), "retail")
    return catalogue.names, Context(locales[0], locales, shop.country)


def _flows() -> AppGroup:
    group = AppGroup("flows", help="The conversation.")

    @group.command("graph")
    @click.option("--role", type=click.Choice(sorted(MACHINES)), default="customer")
    def graph(role: str) -> None:
        """The states and what leads from one to the next, as Mermaid."""
        click.echo(mermaid(MACHINES[role]))

    return group
