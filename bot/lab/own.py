"""What this very server carries of the world outside."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from bot.credentials import NEEDS
from bot.providers import OWN_URLS, is_loopback
from bot.settings import Settings


def is_own(settings: Settings, provider: str) -> bool:
    """Whether a provider's URL is the emulator inside this very server."""
    name = NEEDS[provider].url
    url = str(getattr(settings, name))
    parts = urlsplit(url)
    return is_loopback(url) and parts.port == settings.port and parts.path == OWN_URLS[name]


def path_of(provider: str) -> str:
    """Where its emulator is mounted."""
    return OWN_URLS[NEEDS[provider].url]


def target(settings: Settings) -> str:
    """Where this server listens, whatever its public address."""
    return f"http://127.0.0.1:{settings.port}"


def now() -> datetime:
    return datetime.now(UTC)
