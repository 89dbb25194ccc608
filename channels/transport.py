"""Kept-alive connections to a provider, and what a broken one means for the message on it."""

import ipaddress
import math
from collections.abc import Callable, Mapping
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import MaxRetryError, NewConnectionError

from channels.channel import ChannelError

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
TIMEOUT = (CONNECT_SECONDS, READ_SECONDS)

# The outbox drains many lines at once through about this many threads.
POOL_SIZE = 64


def is_loopback(url: str) -> bool:
    """Whether `url` stays on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def pooled_session(base_url: str, *, redirects: int = 0) -> requests.Session:
    """A session that many threads share. It keeps no cookies and tries nothing twice."""
    session = requests.Session()
    # Nobody is followed elsewhere: the token and what people wrote would go along. Who allows `redirects`
    # looks at each before it is followed.
    session.max_redirects = redirects
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    # A proxy from the environment must not carry what is meant for this machine.
    session.trust_env = not is_loopback(base_url)
    adapter = HTTPAdapter(pool_connections=4, pool_maxsize=POOL_SIZE, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def carry(call: Callable[[], requests.Response]) -> requests.Response:
    """The response of one request. Raises ChannelError, `unknown` when the request may have arrived."""
    try:
        return call()
    except requests.ConnectTimeout as error:
        raise ChannelError("no connection in time", permanent=False) from error
    except requests.ReadTimeout as error:
        raise ChannelError("no answer in time", permanent=False, unknown=True) from error
    except (requests.exceptions.SSLError, requests.exceptions.ProxyError) as error:
        raise ChannelError(f"no connection: {error}", permanent=False) from error
    except requests.ConnectionError as error:
        unknown = not _refused(error)
        reason = "connection lost before the answer" if unknown else "no connection"
        raise ChannelError(reason, permanent=False, unknown=unknown) from error
    except requests.RequestException as error:
        unknown = isinstance(
            error,
            requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError,
        )
        raise ChannelError(f"broken answer: {error}", permanent=False, unknown=unknown) from error


def _refused(error: requests.ConnectionError) -> bool:
    """Whether the connection was never made: refused, unreachable, or the name not resolved."""
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, where the provider named them as a number."""
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
