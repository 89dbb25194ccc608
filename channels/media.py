"""Fetching what people sent: pictures, from the provider alone and never from where a message says."""

import re
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

import requests

from channels.channel import ChannelError
from channels.transport import TIMEOUT, carry, is_loopback, pooled_session

# Meta and Twilio take no larger picture themselves (Meta, "Supported media types", image; Twilio, "Media
# subresource").
MOST_BYTES = 5 * 1024 * 1024
KINDS = frozenset({"image/jpeg", "image/png", "image/webp"})
# All of one picture: a server that gives a byte at a time must not hold a worker.
SECONDS = 30.0
MOST_HOPS = 3
PIECE = 64 * 1024
_PLAIN = re.compile(r"[a-z0-9.-]+")
LED_ON = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a picture is, and what proves to that server, and to none that it leads on to, who asks.
    `base` is the account's API; `hosts` are the provider's others."""

    url: str
    base: str
    hosts: tuple[str, ...]
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    auth: tuple[str, str] | None = field(default=None, repr=False)


def of_provider(url: str, base: str, hosts: tuple[str, ...]) -> bool:
    """Whether `url` is where the account's API is, or with https at one of the provider's own `hosts`.
    An emulated provider has no others."""
    try:
        parts, own = urlsplit(url), urlsplit(base)
        port = parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None:
        return False
    if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
        return True
    if is_loopback(base) or parts.scheme != "https" or port not in (None, 443):
        return False
    named = parts.hostname or ""
    # Of a host written with other signs, two readers of addresses may think differently.
    return _PLAIN.fullmatch(named) is not None and any(
        named == host or named.endswith(f".{host}") for host in hosts
    )


def download(wanted: Wanted, timeout: tuple[float, float] = TIMEOUT) -> bytes:
    """A picture's bytes. Raises ChannelError: permanent for what is no picture, is too large, or is
    somewhere else than with the provider; what could not be had now may be had later."""
    until = time.monotonic() + SECONDS
    with pooled_session(wanted.base, redirects=MOST_HOPS) as session:
        for _ in range(MOST_HOPS):
            if not of_provider(wanted.url, wanted.base, wanted.hosts):
                raise ChannelError("not at the provider's", permanent=True)
            with closing(_asked(session, wanted, timeout)) as response:
                if response.status_code not in LED_ON:
                    _look(response)
                    return _read(response, until)
                led = urljoin(wanted.url, response.headers.get("Location", ""))
            wanted = replace(wanted, url=led, headers={}, auth=None)
    raise ChannelError("led on too often", permanent=False)


def look_at(kind: str, size: str | None) -> None:
    """What is said of a picture before it is fetched. Raises ChannelError where it is not to be had."""
    if kind.partition(";")[0].strip().lower() not in KINDS:
        raise ChannelError("no picture", permanent=True)
    if size and size.isascii() and size.isdigit() and int(size) > MOST_BYTES:
        raise ChannelError("too large", permanent=True)


def _asked(
    session: requests.Session, wanted: Wanted, timeout: tuple[float, float]
) -> requests.Response:
    # Packed, a few bytes may stand for very many.
    headers = {"Accept-Encoding": "identity", **wanted.headers}
    return carry(
        lambda: session.get(
            wanted.url,
            headers=headers,
            auth=wanted.auth,
            timeout=timeout,
            allow_redirects=False,
            stream=True,
        )
    )


def _look(response: requests.Response) -> None:
    if response.status_code != 200:
        named = str(response.status_code)
        raise ChannelError(f"the provider answers {named}", permanent=False, code=named)
    look_at(response.headers.get("Content-Type", ""), response.headers.get("Content-Length"))
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise ChannelError("packed", permanent=True)


def _read(response: requests.Response, until: float) -> bytes:
    had = bytearray()
    try:
        for piece in response.iter_content(PIECE):
            had += piece
            if len(had) > MOST_BYTES:
                raise ChannelError("too large", permanent=True)
            if time.monotonic() > until:
                raise ChannelError("too slow", permanent=False)
    except requests.RequestException as error:
        raise ChannelError("broken off", permanent=False) from error
    return bytes(had)
