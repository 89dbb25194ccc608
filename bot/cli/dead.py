"""`dead`: messages that broke their turn, looked at, taken again or dropped."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypedDict

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.deadletter import DROPPED, is_dead
from bot.model import LanguageModel
from bot.ops.masking import masked
from bot.replay import Replayed, replay
from bot.spool import ASIDE
from bot.world import World
from store.models import InboxRow, PersonRow, ShopRow
from store.transaction import run


def register(app: Flask, world: World) -> None:
    group = AppGroup("dead", help="Messages that were put aside because they broke their turn.")
    app.cli.add_command(group)
    _looking(group, world)
    _deciding(group, world)


def _looking(group: AppGroup, world: World) -> None:
    @group.command("list")
    @click.option("--shop", "slug", help="Of this shop only, by its slug.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array.")
    def list_dead(slug: str | None, as_json: bool) -> None:
        """What is put aside, oldest first; also what the spool could not hand over."""
        letters = run(world.sessions, partial(_letters, slug))
        files = _files(world.spool.directory) if slug is None else []
        if as_json:
            # What people wrote is shown for one message at a time.
            told = [{k: v for k, v in letter.items() if k != "text"} for letter in letters]
            click.echo(json.dumps([*told, *files], ensure_ascii=False))
            return
        for letter in letters:
            click.echo(
                f"{letter['number']:>8}  {letter['received_at']}  {letter['shop']:16} "
                f"{letter['medium']:8} {letter['sender']:14} {letter['raised'][0]}"
            )
        for file in files:
            click.echo(f"{'spool':>8}  {file['kept_at']}  {file['file']}")
        if not letters and not files:
            click.echo("Nothing is put aside.", err=True)

    @group.command("show")
    @click.argument("number", type=int)
    def show(number: int) -> None:
        """One of them: who wrote what and when, what was raised, and the trace to look for in the log."""
        letter = run(world.sessions, partial(_letter, number))
        raised, *places = letter["raised"]
        for name, value in (
            ("number", str(letter["number"])),
            ("shop", letter["shop"]),
            ("medium", letter["medium"]),
            ("sender", letter["sender"]),
            ("received", letter["received_at"]),
            ("put aside", letter["put_aside_at"]),
            ("tried", f"{letter['tries']} times" if letter["tries"] > 1 else "once"),
            ("trace", letter["trace"]),
            ("raised", raised),
            *(("", place) for place in places),
            ("text", letter["text"]),
        ):
            click.echo(f"{name:>10}  {value}")


def _deciding(group: AppGroup, world: World) -> None:
    @group.command("replay")
    @click.argument("numbers", nargs=-1, type=int)
    @click.option("--all", "everything", is_flag=True, help="Every one of a shop, oldest first.")
    @click.option("--shop", "slug", help="The shop's slug, with --all.")
    def take_again(numbers: tuple[int, ...], everything: bool, slug: str | None) -> None:
        """Take messages again, each in its person's turn. Do this once the cause is mended: what raises
        again is put aside again. What is older than ten minutes is asked again, not done."""
        if everything == bool(numbers) or everything != (slug is not None):
            raise click.UsageError("name the messages by their numbers, or give --all --shop SLUG")
        if not LanguageModel().load():
            raise click.ClickException("messages cannot be understood here: run make setup first")
        if everything:
            numbers = tuple(r["number"] for r in run(world.sessions, partial(_letters, slug)))
        told = {number: replay(world, number) for number in numbers}
        for number, became in told.items():
            click.echo(f"{number}  {became.value}")
        if Replayed.AGAIN in told.values():
            raise SystemExit(1)

    @group.command("drop")
    @click.argument("number", type=int)
    @click.option("--reason", required=True, help="Why nothing is to be done; kept with it.")
    def drop(number: int, reason: str) -> None:
        """Seen, and not to be shown any more."""
        run(world.sessions, partial(_drop, number, " ".join(reason.split())))
        click.echo(f"{number}  dropped", err=True)


class LetterJson(TypedDict):
    """One message. `sender` shows only the ends of a number; `raised` is the kind of error, and where
    it came from, the innermost last."""

    number: int
    shop: str
    medium: str
    sender: str
    received_at: str
    put_aside_at: str
    tries: int
    trace: str
    raised: list[str]
    text: str


class FileJson(TypedDict):
    file: str
    kept_at: str


Found = Select[InboxRow, PersonRow, str]


def _wanted() -> Found:
    return (
        select(InboxRow, PersonRow, ShopRow.slug)
        .join(PersonRow, PersonRow.id == InboxRow.person_id)
        .join(ShopRow, ShopRow.id == InboxRow.shop_id)
    )


def _letters(slug: str | None, session: Session) -> list[LetterJson]:
    wanted = _wanted().where(is_dead()).order_by(InboxRow.id)
    if slug is not None:
        known = session.scalars(select(ShopRow.slug).order_by(ShopRow.slug)).all()
        if slug not in known:
            listed = ", ".join(known) or "none"
            raise click.ClickException(f"there is no shop {slug!r}; known are: {listed}")
        wanted = wanted.where(ShopRow.slug == slug)
    return [_json(*found) for found in session.execute(wanted)]


def _letter(number: int, session: Session) -> LetterJson:
    """Also one that was dropped."""
    wanted = _wanted().where(
        InboxRow.id == number, is_dead() | InboxRow.failure.startswith(DROPPED)
    )
    found = session.execute(wanted).first()
    if found is None:
        raise _not_aside(number)
    return _json(*found)


def _json(row: InboxRow, person: PersonRow, slug: str) -> LetterJson:
    return {
        "number": row.id,
        "shop": slug,
        "medium": row.medium,
        "sender": masked(person.phone) if person.phone else "without a number",
        "received_at": _moment(row.received_at),
        "put_aside_at": _moment(row.done_at) if row.done_at else "",
        "tries": row.tries,
        "trace": str(row.trace),
        "raised": (row.failure or "").split("\n"),
        "text": row.text,
    }


def _drop(number: int, reason: str, session: Session) -> None:
    row = session.scalars(
        select(InboxRow).where(InboxRow.id == number, is_dead()).with_for_update()
    ).first()
    if row is None:
        raise _not_aside(number)
    row.failure = f"{DROPPED}{reason}\n{row.failure}"


def _not_aside(number: int) -> click.ClickException:
    return click.ClickException(
        f"message {number} is not put aside: `dead list` shows those that are"
    )


def _files(directory: Path) -> Sequence[FileJson]:
    """What the spool could not hand over. A file's name begins with its nanoseconds."""
    return [
        {"file": str(file), "kept_at": _moment(datetime.fromtimestamp(_seconds(file), UTC))}
        for file in sorted(directory.glob(f"*{ASIDE}"))
    ]


def _seconds(file: Path) -> float:
    began = file.name.partition("-")[0]
    return int(began) / 1e9 if began.isdecimal() else file.stat().st_mtime


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
