"""`keys`: what the credentials of lines and shops are sealed with."""

from collections import Counter

import click
from flask import Flask
from flask.cli import AppGroup

from bot.vault import new_key
from bot.world import World
from store.resealing import Standing, look_through

# Thousands of lines take a while.
TOLD_EVERY = 1000


def register(app: Flask, world: World) -> None:
    group = AppGroup("keys", help="What the credentials of lines and shops are sealed with.")

    @group.command("new")
    def new() -> None:
        """Print a new key for CREDENTIAL_KEYS. It is kept nowhere."""
        click.echo(new_key())

    @group.command("check")
    def check() -> None:
        """Open everything. Names what cannot be opened, and then exits with 1."""
        _look(world, seal=False)

    @group.command("rotate")
    def rotate() -> None:
        """Seal everything with the first key. The server may run meanwhile; when interrupted, run it
        again."""
        if not world.vault.has_key:
            raise click.ClickException(
                "CREDENTIAL_KEYS is empty: put a key there, as flask --app wsgi keys new prints it"
            )
        _look(world, seal=True)

    app.cli.add_command(group)


def _look(world: World, *, seal: bool) -> None:
    count: Counter[Standing] = Counter()
    for found in look_through(world.sessions, world.vault, seal=seal):
        count[found.standing] += 1
        if count.total() % TOLD_EVERY == 0:
            click.echo(f"{count.total()} ...", err=True)
        if found.standing is Standing.LOST:
            click.echo(f"cannot be opened: {found.owner}", err=True)
    waiting = count[Standing.OLDER] + count[Standing.PLAIN]
    if seal:
        click.echo(f"{waiting} sealed with the first key, {count[Standing.CURRENT]} were", err=True)
    else:
        click.echo(
            f"{count[Standing.CURRENT]} sealed with the first key, {count[Standing.OLDER]} with an"
            f" older one, {count[Standing.PLAIN]} in plain",
            err=True,
        )
    if waiting and not seal:
        click.echo("flask --app wsgi keys rotate seals everything with the first key", err=True)
    if count[Standing.LOST]:
        raise click.ClickException(
            f"{count[Standing.LOST]} cannot be opened: put the key that is missing back into"
            " CREDENTIAL_KEYS, or load the files of these shops again"
        )
