"""What REDIS_URL may say."""

import pytest

from bot.redis_url import Account, Watched, check, connect, watched
from bot.settings import Settings, SettingsError


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        (
            "redis+sentinel://one:26379,two:26380/main/3",
            Watched((("one", 26379), ("two", 26380)), "main", 3, False, Account(), Account()),
        ),
        (
            "rediss+sentinel://me:p%40ss@one,[::1]:7/main"
            "?sentinel_username=watch&sentinel_password=dog",
            Watched(
                (("one", 26379), ("::1", 7)),
                "main",
                0,
                True,
                Account("me", "p@ss"),
                Account("watch", "dog"),
            ),
        ),
        (
            "redis+sentinel://:secret@one/main/0",
            Watched((("one", 26379),), "main", 0, False, Account(None, "secret"), Account()),
        ),
    ],
)
def test_sentinels_are_read_with_who_they_watch(url: str, meant: Watched) -> None:
    assert watched(url) == meant


@pytest.mark.parametrize(
    "url",
    [
        "redis+sentinel://one:26379,two:26379",
        "redis+sentinel:///main/0",
        "redis+sentinel://one,/main/0",
        "redis+sentinel://one:many/main",
        "redis+sentinel://one/main/first",
        "http://one:6379",
        "one:6379",
    ],
)
def test_what_cannot_be_meant_is_refused_at_the_start(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", url)
    with pytest.raises(SettingsError, match="REDIS_URL: "):
        Settings.load(None)


@pytest.mark.parametrize("url", ["redis://h:6379/0", "rediss://h:6379/0", "unix:///run/redis.sock"])
def test_one_redis_is_reached_as_its_url_says(url: str) -> None:
    check(url)
    assert connect(url, timeout=1.0).connection_pool.connection_kwargs["socket_timeout"] == 1.0


def test_secrets_of_the_url_are_not_shown() -> None:
    shown = repr(watched("redis+sentinel://me:hidden1@one/main?sentinel_password=hidden2"))
    assert "hidden" not in shown
