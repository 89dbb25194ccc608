"""`people forget`: a person who asks for it is taken out of the books. `people riders` is beside it."""

from collections.abc import Callable, Mapping

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from bot.cli.scores import add_riders
from bot.world import World
from channels.phone import e164
from flows.ports.refusals import MoneyLeft, MoneyMoving, OrderOpen, Refusal, WorksHere
from store.forgetting.taking_out import Forgotten, UnfinishedError, find, forget
from store.stops import digests_of
from store.transaction import run

# What an operator does first.
FIRST: Mapping[type[Refusal], Callable[..., str]] = {
    WorksHere: lambda r: (
        f"sells or rides for {r.shop}: take them out of the shop's file and load it first"
    ),
    OrderOpen: lambda r: f"order {r.number} is under way at {r.shop}: end it first",
    MoneyMoving: lambda _: (
        "money of theirs is under way: wait for its end, or see flask money payouts"
    ),
    MoneyLeft: lambda r: f"there is money in their wallet at {r.shop}: have it withdrawn first",
}


def register(app: Flask, world: World) -> None:
    group = AppGroup("people", help="Customers and riders.")

    @group.command("forget")
    @click.argument("known_as", metavar="PHONE")
    @click.confirmation_option(prompt="This cannot be taken back. Forget this person?")
    def forget_one(known_as: str) -> None:
        """Take out whoever has this phone (or WhatsApp user id): number, names, places and every word.
        What was sold and paid stays, and names nobody. Ask first for a message from that number: a
        caller may be anybody."""
        named = e164(known_as) or known_as
        done = run(world.sessions, lambda session: _forget(world, session, named))
        click.echo(
            f"forgotten; {done.orders} orders and {done.messages} messages stay and name nobody",
            err=True,
        )

    add_riders(group, world)
    app.cli.add_command(group)


def _forget(world: World, session: Session, known_as: str) -> Forgotten:
    person = find(session, known_as)
    if person is None:
        raise click.ClickException("nobody is known by that number or id")
    try:
        digests = digests_of(person, world.settings.stop_key)
        return forget(session, person, digests)
    except UnfinishedError as error:
        raise click.ClickException(FIRST[type(error.why)](error.why)) from error
