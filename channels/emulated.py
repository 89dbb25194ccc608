"""What the emulated providers share: a server on this machine, webhooks to it, and faults on demand."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeAlias, TypeVar
from urllib.parse import urlsplit, urlunsplit

import requests
from flask import Flask, Response, request
from werkzeug.serving import make_server

from channels.transport import is_loopback, pooled_session

WEBHOOK_TIMEOUT = (2.0, 15.0)

RECEIPT_THREADS = 4

Form: TypeAlias = Sequence[tuple[str, str]]
# What is posted: a form, or bytes as they are.
Body: TypeAlias = Form | bytes


class NotLoopbackError(Exception):
    """An emulated provider speaks to this machine only."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the server under test said to a webhook."""

    status: int
    body: str


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


def unheard() -> None:
    """The observer of an emulator that nobody watches."""


def at_target(url: str, target: str) -> str:
    """`url` on the server at `target`, whatever public name it was given."""
    parts, base = urlsplit(url), urlsplit(target)
    return urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))


@dataclass(frozen=True, slots=True)
class Mishap:
    """One thing going wrong. `status` 0 is none; `slow` is in seconds.

    `drop` accepts the message and breaks the connection instead of answering.
    """

    status: int = 0
    code: int | None = None
    retry_after: int | None = None
    slow: float = 0.0
    drop: bool = False


@dataclass(slots=True)
class Mishaps:
    """What is to go wrong with the next sends, in order."""

    _waiting: deque[Mishap] = field(default_factory=deque)

    def next(self, mishap: Mishap, times: int = 1) -> None:
        self._waiting.extend([mishap] * times)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self) -> Mishap:
        """The mishap of the send that is being served, after its slowness was waited out."""
        try:
            mishap = self._waiting.popleft()
        except IndexError:
            return Mishap()
        time.sleep(mishap.slow)
        return mishap


def break_connection() -> Response:
    """Closes the connection of the request being served, so that its answer never arrives."""
    request.environ["werkzeug.socket"].shutdown(2)
    return Response(status=500)


@dataclass(frozen=True, slots=True)
class Served:
    """An app on a port of its own. `url` has no trailing slash."""

    url: str
    stop: Callable[[], None]


def serve(app: Flask, port: int = 0) -> Served:
    """Serves `app` on 127.0.0.1 from a thread, on a free port unless one is named."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    # The interval is how long `stop` may have to wait.
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name=app.name, daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join()
        server.server_close()

    return Served(f"http://127.0.0.1:{server.server_port}", stop)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The URL of `app` while the block runs."""
    served = serve(app)
    try:
        yield served.url
    finally:
        served.stop()


class Delivered(Protocol):
    """A message that a provider took, as far as its handsets need to know it."""

    @property
    def to(self) -> str: ...


M = TypeVar("M", bound=Delivered)


class Handsets(Generic[M]):
    """What every emulated provider keeps: the messages it took, how far each came, what goes wrong
    next. `post` is closed with it where it keeps connections; `on_change` is told of every change."""

    def __init__(self, name: str, post: object, on_change: Callable[[], None]) -> None:
        self.messages: list[M] = []
        self.statuses: dict[str, str] = {}
        self.mishaps = Mishaps()
        self._post = post
        self._on_change = on_change
        self._lock = threading.Lock()
        self._receipts = ThreadPoolExecutor(RECEIPT_THREADS, thread_name_prefix=name)

    def close(self) -> None:
        """Waits for receipts that are on their way, and lets its connections go."""
        self._receipts.shutdown()
        if isinstance(self._post, LoopbackPost):
            self._post.close()

    def messages_to(self, person: str) -> list[M]:
        """What a handset received, oldest first."""
        with self._lock:
            return [message for message in self.messages if message.to == person]

    def keep(self, message: M, identifier: str, status: str) -> None:
        """One more message, at its first status."""
        with self._lock:
            self.messages.append(message)
        self.move(identifier, status)

    def move(self, identifier: str, status: str) -> None:
        """A message has come further."""
        self.statuses[identifier] = status
        self._on_change()
