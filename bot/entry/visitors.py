"""How many pages and pictures one visitor, and all of them, are shown."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Response, request

from bot.limits import Verdict, Visit
from bot.limits.verdict import SENDER_WINDOW
from bot.world import World

P = ParamSpec("P")
View = Callable[P, Response]


def counted(world: World, kind: Visit = Visit.PAGE) -> Callable[[View[P]], View[P]]:
    """A view that answers 429 to whoever asks too often, and 503 while everybody together does."""

    def mark(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
            visitor = visitor_of(world.settings.visitor_header)
            verdict = world.limits.admit(kind, visitor, world.clock(), world.sessions)
            if verdict is Verdict.OPEN:
                return view(*args, **kwargs)
            known = verdict.too_fast and visitor is not None
            wait = {"Retry-After": str(int(SENDER_WINDOW.total_seconds()))}
            return Response("too many, wait a minute", 429 if known else 503, headers=wait)

        return answer

    return mark


def visitor_of(header: str | None) -> str | None:
    """What tells this visitor from others: what the proxy's header says, else the connection's address.
    None where that is this machine's, since then a proxy asks for everybody."""
    named = request.headers.get(header, "").strip() if header else ""
    if named:
        return named[:100]
    try:
        own = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return None
    return None if own else request.remote_addr
