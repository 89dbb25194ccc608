"""`flask --app wsgi ...`: the commands for those who run the server."""

from flask import Flask

from bot.background import Background
from bot.cli import books, dead, demo, keys, language, money, people, templates
from bot.cli.faults import explain_faults
from bot.world import World


def register_commands(app: Flask, world: World, background: Background) -> None:
    """Answers go to stdout, logs and complaints to stderr."""
    books.register(app, world)
    dead.register(app, world)
    keys.register(app, world)
    people.register(app, world)
    language.register(app, world)
    money.register(app, world)
    templates.register(app, world)
    demo.register(app, world, background)
    explain_faults(app.cli, world.settings.database_url)
