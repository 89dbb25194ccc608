"""`flask money payouts` and what staff decide about them."""

import getpass
import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypedDict
from uuid import UUID

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli.reasons import REASON
from bot.ports import scope_at
from bot.world import World
from flows.money import Money
from flows.ports.wallet import PayoutStatus
from payments.approving import NotWaitingError, approve, ask_again, refuse, settle
from store.models import PayoutRow, ShopRow
from store.scope import Scope, Woken
from store.transaction import run

# Somebody must say something.
WAITING = (PayoutStatus.APPROVAL, PayoutStatus.STUCK)

Decide = Callable[[Scope, UUID, str], PayoutRow]


class Told(TypedDict):
    """One payout, amounts as decimal strings in major units. The phone is not told in full."""

    id: str
    shop: str
    account: str
    phone: str
    rail: str
    amount: str
    fee: str
    currency: str
    status: str
    expected: str | None
    holder: str | None
    reason: str | None
    by: str | None
    created_at: str


def add(group: AppGroup, world: World) -> None:
    """Among the other commands about money."""
    _looking(group, world)
    _approving(group, world)
    _unsticking(group, world)


def _looking(group: AppGroup, world: World) -> None:
    @group.command("payouts")
    @click.option("--waiting", is_flag=True, help="Only those that wait for staff.")
    @click.option("--last", default=50, show_default=True, help="At most so many, the newest.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def payouts(waiting: bool, last: int, as_json: bool) -> None:
        """Money on its way to sellers', riders' and customers' own phones, oldest first."""
        rows = run(world.sessions, partial(_payouts, waiting, last))
        if as_json:
            click.echo(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            names = f"{row['expected'] or '-'} / {row['holder'] or '-'}"
            click.echo(
                f"{row['id']}  {row['created_at'][:16]}  {row['shop']:16} {row['status']:9} "
                f"{row['amount']} {row['currency']} to {row['phone']}  {names}  {row['reason'] or ''}"
            )
        if not rows:
            click.echo("No payouts.", err=True)


def _approving(group: AppGroup, world: World) -> None:
    @group.command("approve")
    @click.argument("payout", type=click.UUID)
    def approve_one(payout: UUID) -> None:
        """Let a payout leave that waits because of its size or of the name on the wallet."""
        _decide(world, payout, approve)

    @group.command("refuse")
    @click.argument("payout", type=click.UUID)
    @click.argument("reason", type=REASON)
    def refuse_one(payout: UUID, reason: str) -> None:
        """Do not let it leave. The money is back at once; its owner reads REASON."""
        _decide(world, payout, lambda scope, one, by: refuse(scope, one, by, reason))


def _unsticking(group: AppGroup, world: World) -> None:
    @group.command("ask-again")
    @click.argument("payout", type=click.UUID)
    def again(payout: UUID) -> None:
        """Ask about a payout that is stuck for another day, under its own reference."""
        _decide(world, payout, ask_again)

    @group.command("settle")
    @click.argument("payout", type=click.UUID)
    @click.option("--arrived/--back", required=True, help="What the provider's own books say.")
    def settle_one(payout: UUID, arrived: bool) -> None:
        """Say what became of a payout that is stuck, once you have seen it at the provider."""
        _decide(world, payout, lambda scope, one, by: settle(scope, one, by, arrived=arrived))


def _decide(world: World, payout: UUID, decide: Decide) -> None:
    by = getpass.getuser()

    def work(session: Session) -> tuple[str, Woken]:
        shop = session.scalar(
            select(ShopRow)
            .join(PayoutRow, PayoutRow.shop_id == ShopRow.id)
            .where(PayoutRow.id == payout)
        )
        if shop is None:
            raise NotWaitingError("there is no such payout")
        scope = scope_at(world, session, shop)
        return decide(scope, payout, by).status, scope.woken

    try:
        status, woken = run(world.sessions, work)
    except NotWaitingError as error:
        raise click.ClickException(str(error)) from error
    world.wake(woken)
    click.echo(status)


def _payouts(waiting: bool, last: int, session: Session) -> Sequence[Told]:
    query = (
        select(PayoutRow, ShopRow.slug)
        .join(ShopRow, ShopRow.id == PayoutRow.shop_id)
        .order_by(PayoutRow.created_at.desc())
        .limit(last)
    )
    if waiting:
        query = query.where(PayoutRow.status.in_([status.value for status in WAITING]))
    rows = [_told(row, slug) for row, slug in session.execute(query)]
    return rows[::-1]


def _told(row: PayoutRow, shop: str) -> Told:
    return {
        "id": str(row.id),
        "shop": shop,
        "account": row.account.partition(":")[0],
        "phone": f"{row.phone[:5]}...{row.phone[-3:]}",
        "rail": row.rail,
        "amount": f"{Money(row.amount, row.currency).major:f}",
        "fee": f"{Money(row.fee, row.currency).major:f}",
        "currency": row.currency,
        "status": row.status,
        "expected": row.expected,
        "holder": row.holder,
        "reason": row.reason_code,
        "by": row.by,
        "created_at": row.created_at.isoformat(),
    }
