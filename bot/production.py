"""What a server that real people write to must not be started with, and what to do about each."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.provider_settings import ProviderSettings
from bot.providers import OWN_URLS, is_loopback
from bot.server_settings import DEVELOPMENT_SECRET_KEY

# A secret of fewer characters, or of the same few again and again, can be found by trying.
SHORTEST, LEAST_DIFFERENT = 16, 6
GUESSED = (
    f"can be guessed: set it to at least {SHORTEST} random letters and digits, such as"
    " python -c 'import secrets; print(secrets.token_urlsafe(32))' prints"
)
# What may stand in a path as it is (RFC 3986, "Unreserved Characters").
_IN_A_PATH = re.compile(r"[A-Za-z0-9._~-]*")
# Kept in memory, by every Linux.
IN_MEMORY = ("/dev/shm", "/run")  # noqa: S108


def faults(settings: ProviderSettings, environment: Mapping[str, str] = os.environ) -> list[str]:
    """One line for everything that is missing or unsafe."""
    return [
        *_secrets(settings),
        *_public_url(settings.public_url),
        *_books(settings),
        *_providers(settings),
        *_spool(settings.spool_dir),
        *_debugging(environment),
    ]


def can_be_guessed(secret: str) -> bool:
    """By somebody who tries."""
    return len(secret) < SHORTEST or len(set(secret)) < LEAST_DIFFERENT


def _secrets(settings: ProviderSettings) -> Iterator[str]:
    key = settings.secret_key.get_secret_value()
    if not key:
        yield "SECRET_KEY is missing: set it to a long random text that you keep"
    elif key == DEVELOPMENT_SECRET_KEY:
        yield "SECRET_KEY is the one for development: set one of your own"
    for name in ("secret_key", "metrics_token", "at_webhook_secret"):
        given: SecretStr | None = getattr(settings, name)
        text = given.get_secret_value() if given is not None else ""
        if text and can_be_guessed(text):
            yield f"{name.upper()} {GUESSED}"
    secret = settings.at_webhook_secret
    if secret is not None and not _IN_A_PATH.fullmatch(secret.get_secret_value()):
        yield "AT_WEBHOOK_SECRET stands in a path: use letters, digits, - and _ only"


def _public_url(url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname) and not (parts.path or parts.query or parts.fragment)
        plain = whole and parts.username is None and parts.port != 0
    except ValueError:
        parts, plain = urlsplit(""), False
    if parts.scheme != "https":
        yield (
            "PUBLIC_URL must be the https:// address at which providers reach this server,"
            " such as https://sokoni.example"
        )
    elif not plain:
        yield "PUBLIC_URL must be a host alone, without a path, a query or a user's name"


def _books(settings: ProviderSettings) -> Iterator[str]:
    url = settings.database_url
    if not url:
        yield "DATABASE_URL is missing: set it to postgresql://user:password@host/name"
    elif urlsplit(url).scheme.partition("+")[0] not in ("postgresql", "postgres"):
        yield "DATABASE_URL must be PostgreSQL's: set it to postgresql://user:password@host/name"
    if not settings.redis_url:
        yield "REDIS_URL is missing: set it to redis://host:6379/0"


def _providers(settings: ProviderSettings) -> Iterator[str]:
    """Tokens and what people write go there."""
    for name in OWN_URLS:
        url: str = getattr(settings, name)
        if not (url.startswith("https://") or is_loopback(url)):
            yield f"{name.upper()} must begin with https://: secrets and messages are sent there"


def _spool(directory: Path) -> Iterator[str]:
    """What lies there is taken for verified, and must outlive the machine's power."""
    where = directory.absolute()
    if any(where.is_relative_to(place) for place in IN_MEMORY):
        yield f"SPOOL_DIR is {where}, in memory: use a directory on a disk, such as /var/lib/sokoni/spool"
    if where.is_dir() and where.stat().st_mode & stat.S_IWOTH:
        yield f"SPOOL_DIR is {where}, into which anybody may write: chmod 700 it, or use another"


def _debugging(environment: Mapping[str, str]) -> Iterator[str]:
    if environment.get("FLASK_DEBUG", "").lower() not in ("", "0", "false", "no"):
        yield "FLASK_DEBUG is set: unset it, for whoever sees the debugger can run programs here"
