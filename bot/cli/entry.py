"""`shop links` and `shop poster`: how people come into a shop, for print and for posting."""

from functools import partial
from pathlib import Path

import click
from flask import Flask, render_template
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from bot.entry import qr
from bot.entry.finding import Found, find
from bot.entry.links import link, page_path
from bot.receipts import Voice
from bot.world import World
from channels.render import Reader
from flows.message import Message
from flows.ways import By, dial_code, opening_text
from store.catalogue import SNAPSHOTS
from store.entrances import find_shop
from store.transaction import run


def register(app: Flask, world: World) -> None:
    group = app.cli.commands["shop"]
    if not isinstance(group, AppGroup):
        raise TypeError("the commands about shops are no group")

    @group.command("links")
    @click.argument("slug")
    def links(slug: str) -> None:
        """The shop's links and codes, then those of its goods."""
        click.echo("\n".join(_links(world, slug, None)))
        for code in run(world.sessions, partial(_codes, slug=slug)):
            click.echo("\n" + "\n".join(_links(world, slug, code)))

    @group.command("poster")
    @click.argument("slug")
    @click.option("--code", type=click.IntRange(1, 999), help="A product's code: a poster of it.")
    @click.option(
        "--into", type=click.Path(path_type=Path, file_okay=False), default=".", help="A folder."
    )
    def poster(slug: str, code: int | None, into: Path) -> None:
        """A poster (SVG, A5) and its QR code alone (PNG, SVG), to print."""
        found = _find(world, slug, code)
        into.mkdir(parents=True, exist_ok=True)
        name = slug if code is None else f"{slug}-{code}"
        target = world.settings.public_url + page_path(found.wanted)
        for kind in qr.KINDS:
            _write(into / f"{name}-qr.{kind}", qr.draw(target, kind))
        _write(into / f"{name}-poster.svg", _poster(world, found, target).encode())


def _find(world: World, slug: str, code: int | None) -> Found:
    found = run(world.sessions, lambda session: find(world, session, slug, code, None))
    if found is None:
        what = f"a product {code} in a shop" if code else "a shop"
        raise click.ClickException(f"there is not {what} {slug!r}; see flask shop list")
    return found


def _codes(session: Session, slug: str) -> list[int]:
    shop = find_shop(session, slug)
    return sorted(SNAPSHOTS.of(session, shop).by_code) if shop is not None else []


def _links(world: World, slug: str, code: int | None) -> list[str]:
    """A title, the page, and a line for each way."""
    found = _find(world, slug, code)
    called = found.product.name if found.product is not None else found.shop.name
    lines = [called, f"    {world.settings.public_url}{page_path(found.wanted)}"]
    for way in found.ways:
        hand = (
            dial_code(way, code)
            if way.by is By.USSD
            else f'"{opening_text(way, found.shop.name, code)}" to {way.address}'
        )
        lines.append(f"    {way.by.value}: {hand}  {link(way, found.wanted)}")
    return lines


def _poster(world: World, found: Found, target: str) -> str:
    shop, product = found.shop, found.product
    say = Voice(world.words, Reader(str(shop.locales[0]), shop.timezone, "customer"))
    path, size = qr.path_of(target)
    by_hand = []
    for way in found.ways:
        words = opening_text(way, shop.name, found.wanted.code)
        if way.by is By.USSD:
            told = Message("link-dial", code=dial_code(way, found.wanted.code))
        elif way.by is By.SMS:
            told = Message("link-sms", words=words, number=way.address)
        else:
            told = Message("link-whatsapp", words=words, number=way.address)
        by_hand.append(say(told))
    return render_template(
        "poster.svg",
        shop=shop.name,
        title=product.name if product is not None else shop.name,
        price=say(Message("price-only", price=product.price)) if product is not None else "",
        path=path,
        size=size,
        by_hand=by_hand,
    )


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    click.echo(str(path))
