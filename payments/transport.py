"""Kept-alive connections to payment providers, and what a broken one means for the money on it."""

import ipaddress
from collections.abc import Callable
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import MaxRetryError, NewConnectionError

from payments.errors import PaymentError

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
TIMEOUT = (CONNECT_SECONDS, READ_SECONDS)

POOL_SIZE = 32


def is_loopback(url: str) -> bool:
    """Whether `url` stays on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def pooled_session(base_url: str) -> requests.Session:
    """A session that many threads share. It keeps no cookies and tries nothing twice: only the
    attempt's life cycle may decide to ask again."""
    session = requests.Session()
    # Nobody is followed elsewhere: the token and what people wrote would go along.
    session.max_redirects = 0
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    # A proxy from the environment must not carry what is meant for this machine.
    session.trust_env = not is_loopback(base_url)
    adapter = HTTPAdapter(pool_connections=4, pool_maxsize=POOL_SIZE, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def carry(call: Callable[[], requests.Response]) -> requests.Response:
    """The response of one request. Raises PaymentError, `unknown` when the request may have arrived."""
    try:
        return call()
    except requests.ConnectTimeout as error:
        raise PaymentError("no connection in time") from error
    except (requests.exceptions.SSLError, requests.exceptions.ProxyError) as error:
        raise PaymentError(f"no connection: {error}") from error
    except requests.ConnectionError as error:
        if _never_made(error):
            raise PaymentError("no connection") from error
        raise PaymentError("connection lost before the answer", unknown=True) from error
    except requests.RequestException as error:
        raise PaymentError(f"no answer: {error}", unknown=True) from error


def _never_made(error: requests.ConnectionError) -> bool:
    """Refused, unreachable, or the name not resolved."""
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def retry_after(response: requests.Response) -> float | None:
    """Seconds, where the provider named them as a number; at most an hour is believed."""
    try:
        seconds = float(response.headers.get("Retry-After", ""))
    except ValueError:
        return None
    return min(seconds, 3600.0) if seconds >= 0 else None
