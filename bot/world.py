"""Everything the server works with, made once per process and handed on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Protocol

from sqlalchemy import Engine

from bot.accounts import Accounts
from bot.limits import Limits
from bot.settings import Settings
from bot.spool import Spool
from channels.channel import Channel
from channels.render import Words
from flows.ports import Languages
from payments.rail import Rails
from payments.schedule import Schedule
from store.rules import Rules
from store.scope import Woken
from store.sealing import Vault
from store.transaction import Sessions


class Wake(Protocol):
    """Tells other processes that rows are waiting. Best effort: the sweep finds what it loses."""

    def __call__(self, woken: Woken) -> None: ...


@dataclass(frozen=True, slots=True)
class World:
    """`clock` is the only source of time and `chance` of randomness, outside the database."""

    settings: Settings
    engine: Engine
    sessions: Sessions
    channels: Mapping[str, Channel]
    accounts: Accounts
    vault: Vault
    words: Words
    languages: Languages
    rails: Rails
    schedule: Schedule
    rules: Rules
    wake: Wake
    spool: Spool
    limits: Limits
    clock: Callable[[], datetime]
    chance: Random = field(repr=False)
