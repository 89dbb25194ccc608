"""What REDIS_URL may say, and the client that it makes: one Redis, or sentinels that know which is the
master just now.

`redis+sentinel://user:password@host:26379,host:26379/name/0`: the user and password are the master's,
`name` is what the sentinels call it. `?sentinel_username=` and `?sentinel_password=` are the sentinels'
own. `rediss+sentinel://` speaks TLS with all of them.
"""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from redis.sentinel import Sentinel

SENTINEL_PORT = 26379
ONE = frozenset({"redis", "rediss", "unix"})
SENTINELS = frozenset({"redis+sentinel", "rediss+sentinel"})
EXAMPLE = "redis+sentinel://host:26379,host:26379/name/0"


@dataclass(frozen=True, slots=True)
class Account:
    """Who we are to a server; both None where it asks for nobody."""

    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Watched:
    """A master that sentinels watch. `hosts` are theirs."""

    hosts: tuple[tuple[str, int], ...]
    name: str
    database: int
    tls: bool
    account: Account
    to_sentinels: Account


def check(url: str) -> None:
    """Raises ValueError, saying what a URL of Redis looks like."""
    scheme = urlsplit(url).scheme
    if scheme in SENTINELS:
        watched(url)
    elif scheme not in ONE:
        raise ValueError(f"give redis://host:6379/0, rediss://host:6379/0 or {EXAMPLE}")


def watched(url: str) -> Watched:
    """Read the URL of a master behind sentinels. Raises ValueError."""
    parts = urlsplit(url)
    userinfo, _, hosts = parts.netloc.rpartition("@")
    name, _, database = parts.path.strip("/").partition("/")
    username, _, password = userinfo.partition(":")
    asked = parse_qs(parts.query)
    if not hosts or not name or not (database or "0").isdigit():
        raise ValueError(f"name the sentinels, the master and the database: {EXAMPLE}")
    return Watched(
        hosts=tuple(_host(host) for host in hosts.split(",")),
        name=name,
        database=int(database or 0),
        tls=parts.scheme == "rediss+sentinel",
        account=Account(unquote(username) or None, unquote(password) or None),
        to_sentinels=Account(
            asked.get("sentinel_username", [None])[0], asked.get("sentinel_password", [None])[0]
        ),
    )


def connect(url: str, *, timeout: float, health_check: int = 0) -> Redis:
    """A client; opens no connection yet. `timeout`: seconds for a connection, and for an answer.
    `health_check`: seconds of rest after which a connection is tried before it is used."""
    if urlsplit(url).scheme in SENTINELS:
        return _follow(watched(url), timeout, health_check)
    return Redis.from_url(
        url,
        socket_connect_timeout=timeout,
        socket_timeout=timeout,
        socket_keepalive=True,
        health_check_interval=health_check,
    )


def _follow(to: Watched, timeout: float, health_check: int) -> Redis:
    """Whoever is the master when a connection is opened. After a failover the old ones break, or say
    that they may only read, and are opened anew."""
    patience = {"socket_connect_timeout": timeout, "socket_timeout": timeout, "ssl": to.tls}
    theirs = {
        "username": to.to_sentinels.username,
        "password": to.to_sentinels.password,
        # Another sentinel is asked at once; a webhook is waiting.
        "retry": Retry(NoBackoff(), 0),
    }
    sentinels = Sentinel(  # type: ignore[no-untyped-call]
        to.hosts, sentinel_kwargs={**patience, **theirs}
    )
    master: Redis = sentinels.master_for(  # type: ignore[no-untyped-call]
        to.name,
        db=to.database,
        username=to.account.username,
        password=to.account.password,
        socket_keepalive=True,
        health_check_interval=health_check,
        **patience,
    )
    return master


def _host(text: str) -> tuple[str, int]:
    """Raises ValueError."""
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        raise ValueError(f"name the sentinels' hosts: {EXAMPLE}")
    return parts.hostname, parts.port or SENTINEL_PORT
