"""The composition root: which concrete classes serve, decided here and nowhere else."""

import hashlib
import importlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import SystemRandom
from uuid import UUID

import structlog
from redis import Redis
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot import credentials
from bot.accounts import Accounts
from bot.clockwork import Clock
from bot.jobs import Shift
from bot.languages import KnownLanguages
from bot.limits import Allowances, Limits
from bot.limits.verdict import LINE_WINDOW
from bot.ops.logging import configure
from bot.outbox.delivery import Delivery
from bot.ports import scope_at
from bot.rails import build_rails
from bot.redis_url import connect
from bot.settings import Settings
from bot.spool import Spool
from bot.vault import FernetVault
from bot.wake import RedisWake
from bot.world import World
from channels.africastalking import AfricasTalkingChannel
from channels.channel import Channel
from channels.meta import MetaChannel
from channels.render import Words
from channels.twilio import TwilioChannel
from payments.schedule import Schedule
from payments.world import World as PaymentsWorld
from store.models import ShopRow
from store.scope import Scope
from store.sealing import NoVault, Vault
from store.transaction import open_engine, open_sessions

log = structlog.get_logger(__name__)

# Connections that each process keeps to the database; as many more are opened for a rush.
POOL = 20
LOCALES = Path(__file__).parent.parent / "locales"
# Seconds: a wake-up must never hold a webhook up for long. RQ's workers give themselves more.
REDIS_TIMEOUT = 2.0
# The same, for what every message waits for; the database counts when this is over.
LIMITS_TIMEOUT = 0.2


def open_redis(settings: Settings) -> Redis:
    """The real one, or without REDIS_URL one inside this process."""
    if settings.redis_url:
        return connect(settings.redis_url, timeout=REDIS_TIMEOUT, health_check=30)
    # It brings numpy with it, which no worker needs.
    from fakeredis import FakeRedis, FakeServer

    return FakeRedis(server=FakeServer())


def build_world(settings: Settings, redis: Redis, engine: Engine | None = None) -> World:
    """Over `engine`, or one of the settings. Opens no connection: that is left to the processes that are
    forked from here."""
    engine = engine or open_engine(settings.database_url, pool=POOL)
    accounts, vault = credentials.accounts(settings), build_vault(settings)
    known: tuple[Channel, ...] = (TwilioChannel(), AfricasTalkingChannel(), MetaChannel())
    return World(
        settings=settings,
        engine=engine,
        sessions=open_sessions(engine),
        channels={channel.provider: channel for channel in known if channel.provider in accounts},
        accounts=Accounts(accounts, credentials.messaging_urls(settings), vault),
        vault=vault,
        words=Words(LOCALES, strict=not settings.production),
        languages=KnownLanguages(LOCALES),
        rails=build_rails(settings, vault),
        schedule=build_schedule(settings),
        rules=settings.rules(),
        wake=RedisWake(redis),
        spool=Spool(settings.spool_dir),
        limits=build_limits(settings, redis),
        clock=lambda: datetime.now(UTC),
        chance=SystemRandom(),
    )


def build_limits(settings: Settings, redis: Redis) -> Limits:
    """Over connections of their own, which give up sooner; inside this process over `redis`."""
    if settings.redis_url:
        redis = connect(settings.redis_url, timeout=LIMITS_TIMEOUT)
    allowances = Allowances(
        messages=settings.sender_messages_per_minute,
        hops=settings.sender_hops_per_minute,
        turns=int(settings.line_turns_per_second * LINE_WINDOW.total_seconds()),
        pages=settings.visitor_pages_per_minute,
        all_pages=settings.pages_per_minute,
        pictures=settings.visitor_pictures_per_minute,
        all_pictures=settings.pictures_per_minute,
    )
    secret = settings.secret_key.get_secret_value().encode()
    return Limits(redis, allowances, hashlib.sha256(secret).digest())


def build_vault(settings: Settings) -> Vault:
    """Without a key nobody can bring an account of their own."""
    return FernetVault(settings.keys) if settings.keys else NoVault()


def build_schedule(settings: Settings) -> Schedule:
    window = settings.payment_window_seconds
    return Schedule(settings.poll_seconds, timedelta(seconds=window) if window else None)


def payments_world(world: World) -> PaymentsWorld:
    """The same world, as the payments see it."""

    def scope(session: Session, shop_id: UUID) -> Scope:
        return scope_at(world, session, session.get_one(ShopRow, shop_id))

    return PaymentsWorld(
        world.sessions, world.rails, world.schedule, world.clock, scope, world.wake
    )


def build_shift(
    world: World, redis: Redis, observe: Callable[[str, str, float], None] | None = None
) -> Shift:
    """What a worker works with; `observe` is told of every send."""
    # The library would import it within the first send: that message would be late, and the next one
    # too close behind it.
    importlib.import_module("twilio.rest.api.v2010.account")
    delivery = Delivery(world, observe=observe)
    return Shift(world, delivery, RedisWake(redis), payments_world(world))


def build_clock(world: World, redis: Redis) -> Clock:
    return Clock(world, RedisWake(redis))


def start_process() -> tuple[World, Redis]:
    """What every process of its own begins with: settings, logs, the world. Says on one line each
    which providers are disabled."""
    settings = Settings.load()
    configure(settings.log_level)
    redis = open_redis(settings)
    for line in credentials.disabled(settings).values():
        log.warning(line)
    return build_world(settings, redis), redis
