"""`shop reviews`: shops at which staff must look, for their stars or for their score."""

import json
from typing import TypedDict

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from bot.world import World
from flows.ports.ratings import Average
from flows.ports.scores import points
from store.models import ShopRow
from store.scores.shown import on_probation
from store.transaction import run
from store.under_review import under_review


class ReviewJson(TypedDict):
    """`why`: "stars", "probation", or both. `average` as its buyers see it, of `raters`, "" where they are
    too few; `score` in points of five where that is why."""

    shop: str
    name: str
    status: str
    why: list[str]
    average: str
    raters: int
    score: str | None


def add_reviews(group: AppGroup, world: World) -> None:
    """Among the other commands about shops."""

    @group.command("reviews")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def reviews(as_json: bool) -> None:
        """Shops that do badly, those with discontented buyers first: look, then warn or suspend, or wait."""
        found = run(world.sessions, lambda session: _listed(world, session))
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False))
            return
        for shop in found:
            click.echo(
                f"{shop['shop']:24} {shop['average'] or '-':>3} of 5 by {shop['raters']} buyers,"
                f" score {shop['score'] or '-':>4}  {'+'.join(shop['why']):15}"
                f" {shop['status']:8} {shop['name']}"
            )
        if not found:
            click.echo("No shop is under review.", err=True)


def _listed(world: World, session: Session) -> list[ReviewJson]:
    unhappy = under_review(session, world.rules)
    scores = {each.shop.id: each for each in on_probation(session)}
    others = [each.shop for each in scores.values() if each.shop not in unhappy]
    return [
        _told(
            shop,
            unhappy=shop in unhappy,
            score=scores[shop.id].row.score if shop.id in scores else None,
        )
        for shop in (*unhappy, *others)
    ]


def _told(row: ShopRow, *, unhappy: bool, score: int | None) -> ReviewJson:
    average = Average.of(row.stars, row.raters)
    why = {"stars": unhappy, "probation": score is not None}
    return {
        "shop": row.slug,
        "name": row.name,
        "status": row.status,
        "why": [reason for reason, there in why.items() if there],
        "average": average.written if average is not None else "",
        "raters": row.raters,
        "score": points(score) if score is not None else None,
    }
