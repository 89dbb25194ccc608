"""Who may use the lab: a browser on this machine, on the lab's own page."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Request, abort

from bot.providers import is_loopback

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def from_this_machine(environ: "WSGIEnvironment") -> bool:
    """Whether the connection comes from here, and was meant for here by name: a page elsewhere can
    give its own name this machine's address."""
    remote = environ.get("REMOTE_ADDR", "")
    host = environ.get("HTTP_HOST", "")
    return is_loopback(f"//[{remote}]" if ":" in remote else f"//{remote}") and is_loopback(
        f"//{host}"
    )


def admit(request: Request) -> None:
    """Aborts with 403 what this machine, or for changes the lab's own page, did not send."""
    if not from_this_machine(request.environ):
        abort(403)
    if request.method in {"GET", "HEAD"}:
        return
    # A form on another page can post, but neither as JSON nor with this page's origin.
    origin = request.headers.get("Origin")
    same = origin is None or urlsplit(origin).netloc == request.host
    if not same or not request.is_json:
        abort(403)
