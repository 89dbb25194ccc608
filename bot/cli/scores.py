"""`shop scores` and `people riders`: how well shops and riders do, as it was last reckoned."""

import json
from typing import TypedDict

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from bot.world import World
from flows.ports.scores import Grade, Part, RiderPart, points
from store.scores.shown import RiderScored, Scored, rider_scores, shop_scores
from store.transaction import run


class ScoreJson(TypedDict):
    """Points of five, as decimal strings; null where nothing is known."""

    shop: str
    name: str
    day: str
    grade: str
    score: str | None
    orders: int
    parts: dict[str, str | None]


class RiderJson(TypedDict):
    """The same of a rider; all null before the first night."""

    shop: str
    rider: str
    phone: str | None
    day: str | None
    grade: str
    score: str | None
    jobs: int
    parts: dict[str, str | None]


def add_scores(group: AppGroup, world: World) -> None:
    """Among the other commands about shops."""

    @group.command("scores")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def scores(as_json: bool) -> None:
        """Every shop's newest score, the worst first."""
        found = run(world.sessions, _shops)
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False))
            return
        for shop in found:
            click.echo(
                f"{shop['shop']:24} {shop['score'] or '-':>4} {shop['grade']:10}"
                f" {shop['orders']:4} orders  {_written(shop['parts'])}  {shop['day']}"
            )
        if not found:
            click.echo("Nothing was reckoned yet.", err=True)


def add_riders(group: AppGroup, world: World) -> None:
    """Among the other commands about people."""

    @group.command("riders")
    @click.option("--shop", "slug", help="Of this shop only, by its slug.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def riders(slug: str | None, as_json: bool) -> None:
        """Riders by shop, each with the newest score."""
        found = run(world.sessions, lambda session: _riders(session, slug))
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False))
            return
        for rider in found:
            click.echo(
                f"{rider['shop']:24} {rider['rider']:16} {rider['phone'] or '':14}"
                f" {rider['score'] or '-':>4} {rider['grade']:10} {rider['jobs']:4} jobs"
                f"  {_written(rider['parts'])}"
            )
        if not found:
            click.echo("There are no riders.", err=True)


def _shops(session: Session) -> list[ScoreJson]:
    return [_shop(each) for each in shop_scores(session)]


def _shop(each: Scored) -> ScoreJson:
    row = each.row
    return {
        "shop": each.shop.slug,
        "name": each.shop.name,
        "day": row.day.isoformat(),
        "grade": row.grade,
        "score": _points(row.score),
        "orders": row.orders,
        "parts": {part.value: _points(getattr(row, part.value)) for part in Part},
    }


def _riders(session: Session, slug: str | None) -> list[RiderJson]:
    return [_rider(each) for each in rider_scores(session, slug)]


def _rider(each: RiderScored) -> RiderJson:
    row = each.row
    return {
        "shop": each.shop,
        "rider": each.rider.name,
        "phone": each.phone,
        "day": row.day.isoformat() if row is not None else None,
        "grade": row.grade if row is not None else Grade.NEW.value,
        "score": _points(row.score) if row is not None else None,
        "jobs": row.jobs if row is not None else 0,
        "parts": {part.value: _points(getattr(row, part.value, None)) for part in RiderPart},
    }


def _points(hundredths: int | None) -> str | None:
    return None if hundredths is None else points(hundredths)


def _written(parts: dict[str, str | None]) -> str:
    return " ".join(f"{name} {got}" for name, got in parts.items() if got is not None)
