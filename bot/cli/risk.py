"""`flask money risk`: unusual payments at which a person must look, and what becomes of them."""

import getpass
import json
from functools import partial
from typing import TypedDict
from uuid import UUID

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ops.masking import masked
from bot.ports import scope_at
from bot.world import World
from flows.money import Money
from payments.risk.deciding import CaseError, decide, waiting
from store.models import OrderRow, RiskCaseRow, ShopRow
from store.scope import Woken
from store.transaction import run


class Told(TypedDict):
    """One case, the amount as a decimal string in major units, the payer not in full."""

    id: str
    shop: str
    order: int | None
    rail: str
    payer: str
    amount: str
    currency: str
    score: str
    signals: list[str]
    verdict: str
    opened_at: str


def add(group: AppGroup, world: World) -> None:
    """Among the other commands about money."""

    @group.command("risk")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def risk(as_json: bool) -> None:
        """Unusual payments that nobody has looked at, oldest first. Those of "review" went on; those of
        "hold" and "block" wait."""
        rows = run(world.sessions, _cases)
        if as_json:
            click.echo(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            order = f"#{row['order']}" if row["order"] else "-"
            click.echo(
                f"{row['id']}  {row['opened_at'][:16]}  {row['shop']:16} {row['verdict']:6} "
                f"{row['score']} {order:6} {row['amount']} {row['currency']} {row['payer']}  "
                f"{', '.join(row['signals'])}"
            )
        if not rows:
            click.echo("Nothing unusual waits.", err=True)

    note = click.option("--note", help="Why, for whoever looks later.")

    @group.command("allow")
    @click.argument("case", type=click.UUID)
    @note
    def allow(case: UUID, note: str | None) -> None:
        """The payment may go on: the customer hears that they can pay."""
        _decide(world, case, allowed=True, note=note)

    @group.command("deny")
    @click.argument("case", type=click.UUID)
    @note
    def deny(case: UUID, note: str | None) -> None:
        """It does not: the customer hears what else they can do."""
        _decide(world, case, allowed=False, note=note)


def _decide(world: World, case: UUID, *, allowed: bool, note: str | None) -> None:
    def work(session: Session) -> Woken:
        shop = session.scalar(
            select(ShopRow)
            .join(RiskCaseRow, RiskCaseRow.shop_id == ShopRow.id)
            .where(RiskCaseRow.id == case)
        )
        if shop is None:
            raise click.ClickException("there is no such case")
        scope = scope_at(world, session, shop)
        decide(scope, case, allowed=allowed, by=getpass.getuser(), note=note)
        return scope.woken

    try:
        woken = run(world.sessions, work)
    except CaseError as error:
        raise click.ClickException(str(error)) from error
    world.wake(woken)
    click.echo("allowed" if allowed else "denied", err=True)


def _cases(session: Session) -> list[Told]:
    shops = partial(session.get_one, ShopRow)
    return [_told(row, shops(row.shop_id).slug, _number(session, row)) for row in waiting(session)]


def _number(session: Session, row: RiskCaseRow) -> int | None:
    order = session.get(OrderRow, row.order_id) if row.order_id else None
    return order.number if order is not None else None


def _told(row: RiskCaseRow, shop: str, number: int | None) -> Told:
    return {
        "id": str(row.id),
        "shop": shop,
        "order": number,
        "rail": row.rail,
        "payer": masked(row.payer),
        "amount": str(Money(row.amount, row.currency).major),
        "currency": row.currency,
        "score": f"{row.score / 1000:.3f}",
        "signals": list(row.signals),
        "verdict": row.verdict,
        "opened_at": row.opened_at.isoformat(),
    }
