"""`flask money reviews ...`: payments at which a person must look, and what becomes of them."""

import getpass
import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import TypedDict
from uuid import UUID

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ports import scope_at
from bot.world import World
from flows.money import Money
from payments.checking.deciding import Decision, DecisionError, accept, give_back
from payments.checking.reconciliation import RUN
from payments.rail import Rails
from store.models import FactRow, OrderRow, ReviewRow, ShopRow
from store.scope import Scope, Woken
from store.transaction import run

PLAIN = re.compile(r"[0-9]{1,15}(\.[0-9]{1,3})?")

Decide = Callable[[Scope, UUID, Rails, Decision], str]


class Told(TypedDict):
    """One review, amounts as decimal strings in major units."""

    id: str
    shop: str
    kind: str
    order: int | None
    expected: str
    got: str | None
    told: str | None
    opened_at: str
    closed_at: str | None
    outcome: str | None
    by: str | None
    note: str | None


class Major(click.ParamType[Decimal]):
    """A plain decimal number: no exponent, no sign, nothing else."""

    name = "amount"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        if not PLAIN.fullmatch(str(value)):
            self.fail(f"{value} is not an amount: write it like 48000 or 480.50", param, ctx)
        return Decimal(str(value))


def add(group: AppGroup, world: World) -> None:
    """Among the other commands about money."""
    _looking(group, world)
    _deciding(group, world)


def _looking(group: AppGroup, world: World) -> None:
    @group.command("reviews")
    @click.option("--shop", "slug", help="Of this shop only, by its slug.")
    @click.option("--all", "closed", is_flag=True, help="Also what has been decided.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def reviews(slug: str | None, closed: bool, as_json: bool) -> None:
        """What waits for a decision, oldest first."""
        rows = run(world.sessions, partial(_reviews, slug, closed))
        if as_json:
            click.echo(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            order = f"#{row['order']}" if row["order"] else "-"
            came = row["got"] or row["told"] or "-"
            click.echo(
                f"{row['id']}  {row['opened_at'][:16]}  {row['shop']:16} {row['kind']:13} "
                f"{order:6} {row['expected']} / {came}"
            )
        if not rows:
            click.echo("Nothing waits for a decision.", err=True)

    @group.command("reconciliations")
    @click.option("--last", default=10, show_default=True, help="So many runs.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def reconciliations(last: int, as_json: bool) -> None:
        """How the newest runs ended: payments asked about once more, by what was found."""
        runs = run(world.sessions, partial(_runs, last))
        if as_json:
            click.echo(json.dumps(runs))
            return
        for one in runs:
            counts = "  ".join(f"{name} {count}" for name, count in one.items() if name != "at")
            click.echo(f"{str(one['at'])[:16]}  {counts}")
        if not runs:
            click.echo("There has been no run yet.", err=True)


def _deciding(group: AppGroup, world: World) -> None:
    note = click.option("--note", help="Why, for whoever looks later.")

    came = click.option(
        "--came",
        type=Major(),
        metavar="AMOUNT",
        help="What the provider's own pages say, where its answer could not be read.",
    )

    @group.command("accept")
    @click.argument("review", type=click.UUID)
    @click.option("--short", is_flag=True, help="The shop takes less than was due.")
    @came
    @note
    def accept_one(review: UUID, short: bool, came: Decimal | None, note: str | None) -> None:
        """What came is the payment, and what is too much goes back. A refund that is stuck has been sent
        by hand. A payment that was taken back or does not match stands."""
        decision = Decision(getpass.getuser(), note, short, came)
        click.echo(_decide(world, review, accept, decision))

    @group.command("give-back")
    @click.argument("review", type=click.UUID)
    @came
    @note
    def give_one_back(review: UUID, came: Decimal | None, note: str | None) -> None:
        """What came goes back to its payer. Of a payment that the provider took back: the order is no
        longer paid."""
        click.echo(_decide(world, review, give_back, Decision(getpass.getuser(), note, came=came)))


def _decide(world: World, review: UUID, decide: Decide, decision: Decision) -> str:
    def work(session: Session) -> tuple[str, Woken]:
        shop = session.scalar(
            select(ShopRow)
            .join(ReviewRow, ReviewRow.shop_id == ShopRow.id)
            .where(ReviewRow.id == review)
        )
        if shop is None:
            raise DecisionError("there is no such review")
        scope = scope_at(world, session, shop)
        return decide(scope, review, world.rails, decision), scope.woken

    try:
        said, woken = run(world.sessions, work)
    except DecisionError as error:
        raise click.ClickException(error.reason) from error
    world.wake(woken)
    return said


def _reviews(slug: str | None, closed: bool, session: Session) -> Sequence[Told]:
    query = (
        select(ReviewRow, ShopRow.slug, OrderRow.number)
        .join(ShopRow, ShopRow.id == ReviewRow.shop_id)
        .outerjoin(OrderRow, OrderRow.id == ReviewRow.order_id)
        .order_by(ReviewRow.opened_at)
    )
    if not closed:
        query = query.where(ReviewRow.closed_at.is_(None))
    if slug is not None:
        query = query.where(ShopRow.slug == slug)
    return [_told(row, shop, number) for row, shop, number in session.execute(query)]


def _told(row: ReviewRow, shop: str, number: int | None) -> Told:
    return {
        "id": str(row.id),
        "shop": shop,
        "kind": row.kind,
        "order": number,
        "expected": _amount(row.expected, row.currency),
        "got": _amount(row.got, row.got_currency) if row.got and row.got_currency else None,
        "told": row.told,
        "opened_at": row.opened_at.isoformat(),
        "closed_at": _at(row.closed_at),
        "outcome": row.outcome,
        "by": row.by,
        "note": row.note,
    }


def _runs(last: int, session: Session) -> Sequence[dict[str, object]]:
    rows = session.scalars(
        select(FactRow).where(FactRow.name == RUN).order_by(FactRow.at.desc()).limit(last)
    )
    return [{"at": row.at.isoformat(), **row.values} for row in rows]


def _amount(minor: int, currency: str) -> str:
    return f"{Money(minor, currency).major:f} {currency}"


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
