"""Webhooks to the server under test, which is always on this machine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit, urlunsplit

import requests

from channels.transport import is_loopback, pooled_session

WEBHOOK_TIMEOUT = (2.0, 15.0)

Form: TypeAlias = Sequence[tuple[str, str]]
# What is posted: a form, or bytes as they are.
Body: TypeAlias = Form | bytes


class NotLoopbackError(Exception):
    """An emulated provider speaks to this machine only."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the server under test said to a webhook. `status` 0: nothing."""

    status: int
    body: str

    @property
    def ok(self) -> bool:
        """Whether a provider counts the webhook as delivered."""
        return 200 <= self.status < 300


Post: TypeAlias = Callable[[str, Form, Mapping[str, str]], Answered]
PostBytes: TypeAlias = Callable[[str, bytes, Mapping[str, str]], Answered]


class LoopbackPost:
    """Posts webhooks to a server on this machine. Raises NotLoopbackError for any other."""

    def __init__(self) -> None:
        self._session = pooled_session("http://127.0.0.1")

    def __call__(self, url: str, body: Body, headers: Mapping[str, str]) -> Answered:
        if not is_loopback(url):
            raise NotLoopbackError(f"{url} is not on this machine")
        try:
            response = self._session.post(
                url,
                data=body if isinstance(body, bytes) else list(body),
                headers=headers,
                timeout=WEBHOOK_TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            # What a provider sees of a server that is away: nothing, which it notes and goes on.
            return Answered(0, str(error))
        return Answered(response.status_code, response.text)

    def close(self) -> None:
        self._session.close()


def at_target(url: str, target: str) -> str:
    """`url` on the server at `target`, whatever public name it was given."""
    parts, base = urlsplit(url), urlsplit(target)
    return urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))
