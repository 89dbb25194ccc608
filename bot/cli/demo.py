"""`demo`: everything on one machine, with emulated providers and handsets to try it on."""

from pathlib import Path

import click
from flask import Flask
from werkzeug.serving import make_server

from bot.background import Background
from bot.cli.books import load_shops
from bot.world import World
from store.migrate import upgrade

SHOPS = Path(__file__).parent.parent.parent / "shops"


def register(app: Flask, world: World, background: Background) -> None:
    @app.cli.command("demo")
    def demo() -> None:
        """Make the tables, load the demo shops, and serve with the lab until stopped."""
        settings = world.settings
        if settings.production:
            raise click.ClickException("the demo has no place in production")
        from bot.lab.emulators import EMULATORS

        settings.sokoni_data.mkdir(parents=True, exist_ok=True)
        upgrade(world.engine)
        load_shops(world, sorted(SHOPS.glob("*.toml")))
        server = make_server("127.0.0.1", settings.port, app, threaded=True)
        background.start()
        click.echo(f"\n  Four phones to try it on: {settings.public_url}/lab")
        click.echo("  Stop with Ctrl-C.\n")
        try:
            server.serve_forever()
        finally:
            # What is still on its way would be tried again for a while.
            server.server_close()
            app.extensions[EMULATORS].close()
