"""`audit list`: what staff did, by phone and by command."""

import json
from datetime import UTC, datetime
from functools import partial
from typing import TypedDict

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.world import World
from store.models import AuditRow, ShopRow
from store.transaction import run

# Rows that are shown unless more are asked for.
SHOWN = 200


class DeedJson(TypedDict):
    """One row. `before` and `after` are by row and column."""

    at: str
    shop: str | None
    who: str
    source: str
    action: str
    given: dict[str, object]
    before: dict[str, object]
    after: dict[str, object]
    outcome: str


def register(app: Flask, world: World) -> None:
    group = AppGroup("audit", help="What staff did, by phone and by command.")

    @group.command("list")
    @click.option("--shop", "slug", help="At this shop only, by its slug.")
    @click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), help="In UTC.")
    @click.option("--most", type=click.IntRange(1, 100_000), default=SHOWN, show_default=True)
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def list_deeds(slug: str | None, since: datetime | None, most: int, as_json: bool) -> None:
        """The newest first."""
        deeds = run(world.sessions, partial(_deeds, slug, since, most))
        if as_json:
            click.echo(json.dumps(deeds, ensure_ascii=False))
            return
        for deed in deeds:
            click.echo(_line(deed))
        if not deeds:
            click.echo("Nothing.", err=True)

    app.cli.add_command(group)


def _deeds(slug: str | None, since: datetime | None, most: int, session: Session) -> list[DeedJson]:
    query = select(AuditRow, ShopRow.slug).outerjoin(ShopRow, ShopRow.id == AuditRow.shop_id)
    if slug is not None:
        if session.scalar(select(ShopRow.id).where(ShopRow.slug == slug)) is None:
            raise click.ClickException(f"there is no shop {slug!r}")
        query = query.where(ShopRow.slug == slug)
    if since is not None:
        query = query.where(AuditRow.at >= since.replace(tzinfo=UTC))
    rows = session.execute(query.order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(most))
    return [_deed(row, shop) for row, shop in rows]


def _deed(row: AuditRow, shop: str | None) -> DeedJson:
    return {
        "at": row.at.isoformat(timespec="seconds"),
        "shop": shop,
        "who": row.who,
        "source": row.source,
        "action": row.action,
        "given": row.given,
        "before": row.before,
        "after": row.after,
        "outcome": row.outcome,
    }


def _line(deed: DeedJson) -> str:
    given = ", ".join(f"{name}={value}" for name, value in deed["given"].items())
    said = f"{deed['action']}({given})"
    return (
        f"{deed['at'][:16]}  {deed['shop'] or '-':16} {deed['who']} ({deed['source']})  {said}"
        f"  {deed['outcome']}"
    )
