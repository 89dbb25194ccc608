"""`flask --app wsgi ...`: the commands for those who run the server."""

from flask import Flask

from bot.background import Background
from bot.cli import (
    audit,
    books,
    dead,
    demo,
    entry,
    keys,
    language,
    money,
    people,
    templates,
    weather,
)
from bot.cli.faults import explain_faults
from bot.cli.trail import for_commands, keep_trail
from bot.world import World


def register_commands(app: Flask, world: World, background: Background) -> None:
    """Answers go to stdout, logs and complaints to stderr."""
    world = for_commands(world)
    books.register(app, world)
    entry.register(app, world)
    weather.register(app, world)
    dead.register(app, world)
    keys.register(app, world)
    people.register(app, world)
    language.register(app, world)
    money.register(app, world)
    templates.register(app, world)
    demo.register(app, world, background)
    audit.register(app, world)
    keep_trail(app.cli, world)
    explain_faults(app.cli, world.settings.database_url)
