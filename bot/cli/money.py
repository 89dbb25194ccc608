"""`flask money ...`: the books of the money."""

from functools import partial

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from bot.cli import payout_number, payouts, reviews, risk
from bot.ports import scope_at
from bot.world import World
from flows.money import Money
from store.models import ShopRow
from store.orders.views import locked
from store.postings import adopt
from store.postings.older import Older, older_orders
from store.proof import Finding, Line, prove
from store.transaction import run


def group(world: World) -> AppGroup:
    """With the commands that prove and mend the ledger."""
    made = AppGroup("money", help="The ledger: what was paid, what is owed, and the proof of it.")

    @made.command("check")
    def check() -> None:
        """Prove the books, and print what stands in them. Ends with 1 at the first row that does not
        fit."""
        proof = prove(world.engine)
        for line in proof.lines:
            click.echo(_told(line))
        if proof.finding is not None:
            raise click.ClickException(_complaint(proof.finding))
        click.echo(f"{proof.postings} postings: the books are right.")

    @made.command("adopt")
    def take_in() -> None:
        """Post what was paid before there was a ledger. Safe to run twice, and while people buy."""
        click.echo(f"{take_in_all(world)} postings made up for.")

    return made


def register(app: Flask, world: World) -> None:
    made = group(world)
    reviews.add(made, world)
    payouts.add(made, world)
    payout_number.add(made, world)
    risk.add(made, world)
    app.cli.add_command(made)


def take_in_all(world: World) -> int:
    """Adopt every order that is older than the ledger, each in a transaction of its own."""
    made, after = 0, None
    while older := run(world.sessions, partial(older_orders, after=after)):
        made += sum(run(world.sessions, partial(_adopt, world, each)) for each in older)
        after = older[-1].order
    return made


def _adopt(world: World, older: Older, session: Session) -> int:
    scope = scope_at(world, session, session.get_one(ShopRow, older.shop))
    order = locked(scope, order_id=older.order)
    return adopt(scope, order) if order is not None else 0


def _told(line: Line) -> str:
    amount = Money(line.amount, line.currency).major
    return f"{line.currency}  {line.kind:20}{amount:>24,}"


def _complaint(finding: Finding) -> str:
    said = (
        f"{finding.law}: {finding.table} {finding.key}:"
        f" expected {finding.expected}, found {finding.found}"
    )
    if finding.older:
        said += "; if it is older than the ledger: flask --app wsgi money adopt"
    return said
