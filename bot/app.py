"""The web server: `create_app` joins what bot/build.py makes to the URLs."""

from contextlib import ExitStack

from click import get_current_context
from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry
from sqlalchemy import Engine

from bot import credentials, receipts
from bot.background import Background
from bot.build import build_world, open_redis, payments_world
from bot.cli import register_commands
from bot.entry import pages, pictures
from bot.entry.converter import TokenConverter
from bot.hub import africastalking, airtel, anyrail, meta, mtn_momo, twilio
from bot.hub.request import LONGEST_BODY
from bot.model import LanguageModel
from bot.ops.books import Books
from bot.ops.health import Parts, health_blueprint
from bot.ops.logging import configure
from bot.ops.machine import Machine
from bot.ops.metrics import (
    Meters,
    count_conflicts,
    count_unopened,
    metrics_blueprint,
    open_registry,
)
from bot.rails import MAKERS
from bot.settings import Settings
from bot.spool import SpoolError
from bot.world import World
from channels.channel import ForgedError, MalformedError, UnknownSecretError
from store.transaction import AWAY

BACKGROUND = "sokoni.background"


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> Flask:
    """The WSGI application, over a database that is open already or over the settings' own. Raises
    SettingsError when it must not start like this."""
    settings = settings or Settings.load()
    configure(settings.log_level)
    redis = open_redis(settings)
    world = build_world(settings, redis, engine)
    app = Flask("bot", static_folder=None)
    app.secret_key = settings.secret_key.get_secret_value()
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_BODY
    registry = open_registry(Books(world.sessions, world.clock, world.rules))
    registry.register(world.limits.limited)
    count_unopened(registry, lambda: world.vault.unopened)
    count_conflicts(registry, world.engine)
    meters = Meters(registry)
    background = Background(world, redis, meters)
    app.extensions[BACKGROUND] = background
    app.extensions["sokoni.world"] = world
    _add_hub(app, world)
    model = LanguageModel()
    if get_current_context(silent=True) is None:
        # Before the fork, so that the processes share its memory. Commands do without.
        model.load()
    _add_ops(app, background, registry, model)
    _meter(app, meters)
    _add_refusals(app)
    register_commands(app, world, background)
    app.before_request(background.start)
    if not settings.production:
        _add_lab(app, world)
    return app


def start_background(app: Flask) -> None:
    """For the server's hook after a fork; without it the first request does the same."""
    background: Background = app.extensions[BACKGROUND]
    background.start()


def stop_background(app: Flask) -> None:
    """For the server's hook before it ends: what is in hand is finished."""
    background: Background = app.extensions[BACKGROUND]
    background.stop()


def _add_hub(app: Flask, world: World) -> None:
    app.url_map.converters["token"] = TokenConverter
    app.register_blueprint(pages.blueprint(world))
    app.register_blueprint(pictures.blueprint(world))
    app.register_blueprint(receipts.blueprint(world))
    app.register_blueprint(twilio.blueprint(world))
    app.register_blueprint(africastalking.blueprint(world))
    app.register_blueprint(meta.blueprint(world))
    money = payments_world(world)
    own = {
        "mtn-momo": mtn_momo.blueprint(money),
        "airtel": airtel.blueprint(money),
    }
    for name in MAKERS:
        app.register_blueprint(own.get(name) or anyrail.blueprint(money, world.words, name))


def _add_ops(
    app: Flask, background: Background, registry: CollectorRegistry, model: LanguageModel
) -> None:
    world = background.world
    settings = world.settings
    parts = Parts(
        engine=world.engine,
        redis=background.redis if settings.redis_url else None,
        spool=settings.spool_dir,
        model=model.load,
        disabled=credentials.disabled(settings),
        unopened=lambda: world.vault.unopened,
    )
    registry.register(Machine(parts.spool, parts.redis, background.started))
    app.register_blueprint(health_blueprint(parts))
    token = settings.metrics_token
    secret = token.get_secret_value() if token else None
    app.register_blueprint(metrics_blueprint(registry, secret, public=not settings.production))


def _meter(app: Flask, meters: Meters) -> None:
    """Time every webhook, by provider."""

    @app.before_request
    def begin() -> None:
        _, webhooks, provider, *_ = (*request.path.split("/"), "", "", "")
        if webhooks == "webhooks":
            g.metering = ExitStack()
            g.metering.enter_context(meters.webhook(provider[:20]))

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        metering = g.pop("metering", None)
        if metering is not None:
            metering.close()


def _add_refusals(app: Flask) -> None:
    """What the adapters refuse, as the providers expect to be told."""

    def text(words: str, status: int) -> Response:
        return Response(words, status, mimetype="text/plain")

    app.register_error_handler(ForgedError, lambda _: text("bad signature", 403))
    app.register_error_handler(UnknownSecretError, lambda _: text("not found", 404))
    app.register_error_handler(MalformedError, lambda _: text("malformed", 400))
    # Nothing was kept: providers that try again must be told so.
    for away in (*AWAY, SpoolError):
        app.register_error_handler(away, lambda _: text("try again", 503))


def _add_lab(app: Flask, world: World) -> None:
    """Emulated providers and the handsets that drive them: never in production."""
    from bot.lab.blueprint import blueprint
    from bot.lab.emulators import build, mount

    emulators = build(world.settings)
    app.register_blueprint(blueprint(world, emulators))
    mount(app, emulators)
