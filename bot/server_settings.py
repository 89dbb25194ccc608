"""How the server itself runs, as settings: where it is reached, its books, its secrets."""

import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, PositiveInt, SecretStr, field_validator
from pydantic_settings import BaseSettings

from bot import redis_url
from bot.vault import is_key, key_of

DEVELOPMENT_SECRET_KEY = "for development only, never in production"  # noqa: S105


def in_development(data: Mapping[str, Any]) -> bool:
    """Of the settings that were read so far."""
    return bool(data["sokoni_env"] == "development")


def _own_url(data: Mapping[str, Any]) -> str:
    return f"http://127.0.0.1:{data['port']}" if in_development(data) else ""


def _own_database(data: Mapping[str, Any]) -> str:
    return f"sqlite:///{data['sokoni_data']}/sokoni.db" if in_development(data) else ""


def _own_secret(data: Mapping[str, Any]) -> SecretStr:
    return SecretStr(DEVELOPMENT_SECRET_KEY if in_development(data) else "")


def _own_keys(data: Mapping[str, Any]) -> SecretStr:
    secret = data["secret_key"].get_secret_value()
    return SecretStr(key_of(secret) if in_development(data) else "")


class ServerSettings(BaseSettings):
    """In development everything has a default; in production bot.production says what is missing."""

    sokoni_env: Literal["development", "production"] = "development"
    sokoni_data: Path = Path("var")
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = Field(default_factory=_own_url)
    database_url: str = Field(default_factory=_own_database, repr=False)
    redis_url: str | None = Field(default=None, repr=False)
    secret_key: SecretStr = Field(default_factory=_own_secret)
    credential_keys: SecretStr = Field(default_factory=_own_keys)
    spool_dir: Path = Field(default_factory=lambda data: data["sokoni_data"] / "spool")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    metrics_token: SecretStr | None = None
    web_concurrency: PositiveInt = Field(
        default_factory=lambda data: 1 if in_development(data) or not data["redis_url"] else 2
    )

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @field_validator("redis_url")
    @classmethod
    def _leads_to_redis(cls, url: str | None) -> str | None:
        if url is not None:
            redis_url.check(url)
        return url

    @field_validator("credential_keys")
    @classmethod
    def _whole_keys(cls, keys: SecretStr) -> SecretStr:
        if not all(map(is_key, _listed(keys))):
            raise ValueError(
                "give keys as `flask --app wsgi keys new` prints them, with commas between them"
            )
        return keys

    @property
    def keys(self) -> tuple[str, ...]:
        """What credentials are sealed with: the first seals, all of them open."""
        return _listed(self.credential_keys)

    @property
    def production(self) -> bool:
        return self.sokoni_env == "production"

    @cached_property
    def challenge_key(self) -> bytes:
        """What the digests of codes that were sent to people are keyed with."""
        secret = self.secret_key.get_secret_value().encode()
        return hashlib.sha256(b"challenges:" + secret).digest()

    @cached_property
    def stop_key(self) -> bytes:
        """What the digests are keyed with by which a STOP is known whose sender is forgotten."""
        return hashlib.sha256(b"stops:" + self.secret_key.get_secret_value().encode()).digest()


def _listed(keys: SecretStr) -> tuple[str, ...]:
    return tuple(key.strip() for key in keys.get_secret_value().split(",") if key.strip())
