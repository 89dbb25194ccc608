"""`templates`: which texts WhatsApp has approved, and which notices they stand for."""

import json
import re
from typing import TypedDict

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.world import World
from channels.render import MissingTextError, Words
from store.models import ShopRow
from store.templates import TemplateEntry, set_template, templates_of
from store.transaction import run

# Meta, "Templates": lowercase letters, digits and underscores; languages such as "en" and "en_GB".
NAME = re.compile(r"[a-z0-9_]{1,512}")
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2,4})?")


class TemplateJson(TypedDict):
    name: str
    language: str
    notice: str
    placeholders: list[str]
    approved: bool


def register(app: Flask, world: World) -> None:
    group = AppGroup("templates", help="Texts approved by WhatsApp, for when its window is closed.")

    @group.command("set")
    @click.option("--shop", "slug", required=True, help="The shop's slug.")
    @click.option("--name", required=True, help="The template's name at Meta.")
    @click.option("--language", required=True, help="Its language there, such as en or en_GB.")
    @click.option("--notice", required=True, help="The message that it stands for.")
    @click.option(
        "--placeholder", "placeholders", multiple=True, help="In the order of {{1}}, {{2}}."
    )
    @click.option("--approved/--pending", default=True, help="Only an approved one is sent.")
    def set_one(
        slug: str,
        name: str,
        language: str,
        notice: str,
        placeholders: tuple[str, ...],
        approved: bool,
    ) -> None:
        """Write down a template, over what was known by that name and language."""
        entry = TemplateEntry(name, language, notice, placeholders, approved)
        if mistakes := faults(entry, world.words):
            raise click.ClickException("\n".join(mistakes))
        run(
            world.sessions,
            lambda session: set_template(session, _shop(session, slug).id, entry, world.clock()),
        )
        click.echo(f"{slug}: {notice} in {language} is the template {name}", err=True)

    @group.command("list")
    @click.option("--shop", "slug", required=True, help="The shop's slug.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def list_all(slug: str, as_json: bool) -> None:
        """A shop's templates."""
        entries = run(world.sessions, lambda session: _listed(session, slug))
        if as_json:
            click.echo(json.dumps(entries, ensure_ascii=False))
            return
        for entry in entries:
            state = "" if entry["approved"] else "  (pending)"
            values = " ".join(f"{{{name}}}" for name in entry["placeholders"])
            click.echo(
                f"{entry['notice']:28} {entry['language']:6} {entry['name']}  {values}{state}"
            )

    app.cli.add_command(group)


def faults(entry: TemplateEntry, words: Words) -> list[str]:
    """Every mistake in what somebody wrote down, each with what would be right."""
    found = []
    if not NAME.fullmatch(entry.name):
        found.append(f"name: {entry.name!r} is not of lowercase letters, digits and underscores")
    if not LANGUAGE.fullmatch(entry.language):
        found.append(f'language: {entry.language!r} is not like "en" or "en_GB"')
    try:
        known = words.placeholders(entry.notice)
    except MissingTextError:
        return [*found, f"notice: there is no message {entry.notice!r}"]
    strange = [name for name in entry.placeholders if name not in known]
    if strange:
        found.append(
            f"placeholder: {entry.notice} does not carry {', '.join(strange)};"
            f" it carries {', '.join(known) or 'nothing'}"
        )
    return found


def _shop(session: Session, slug: str) -> ShopRow:
    shop = session.scalars(select(ShopRow).where(ShopRow.slug == slug)).first()
    if shop is None:
        raise click.ClickException(f"there is no shop {slug!r}")
    return shop


def _listed(session: Session, slug: str) -> list[TemplateJson]:
    return [
        {
            "name": row.name,
            "language": row.language,
            "notice": row.notice,
            "placeholders": list(row.placeholders),
            "approved": row.approved,
        }
        for row in templates_of(session, _shop(session, slug).id)
    ]
