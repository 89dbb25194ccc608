"""`people forget`: a person who asks for it is taken out of the books."""

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from bot.world import World
from channels.phone import e164
from store.forgetting import Forgotten, UnfinishedError, find, forget
from store.transaction import run


def register(app: Flask, world: World) -> None:
    group = AppGroup("people", help="Customers.")

    @group.command("forget")
    @click.argument("known_as", metavar="PHONE")
    @click.confirmation_option(prompt="This cannot be taken back. Forget this person?")
    def forget_one(known_as: str) -> None:
        """Take out whoever has this phone (or WhatsApp user id): number, names, places and every word.
        What was sold and paid stays, and names nobody. Ask first for a message from that number: a
        caller may be anybody."""
        done = run(world.sessions, lambda session: _forget(session, e164(known_as) or known_as))
        click.echo(
            f"forgotten; {done.orders} orders and {done.messages} messages stay and name nobody",
            err=True,
        )

    app.cli.add_command(group)


def _forget(session: Session, known_as: str) -> Forgotten:
    person = find(session, known_as)
    if person is None:
        raise click.ClickException("nobody is known by that number or id")
    try:
        return forget(session, person)
    except UnfinishedError as error:
        raise click.ClickException(str(error)) from error
