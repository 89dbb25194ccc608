"""An emulated provider's API on a port of this machine."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask, Response, request
from werkzeug.serving import make_server


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


def break_connection() -> Response:
    """Closes the connection of the request being served, so that its answer never arrives."""
    servers = ("werkzeug.socket", "gunicorn.socket")
    for connection in (request.environ.get(name) for name in servers):
        if isinstance(connection, socket.socket):
            connection.shutdown(socket.SHUT_RDWR)
    return Response(status=500)
