"""How one request to an emulated provider's API fares."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request

from payments.emulated.faults import Asked, Faults, Hit, Trouble

# The provider's own body of an error with that HTTP status.
Error = Callable[[int], Response]


@dataclass(frozen=True, slots=True)
class Luck:
    """`refusal` is answered without taking anything; else the request is taken, and `answer` says what
    the caller learns of it."""

    refusal: Response | None
    hit: Hit | None
    faults: Faults
    error: Error

    def answer(self, taken: Response) -> Response:
        """`taken` as the provider answers, unless the line breaks or the server falls over it."""
        trouble = self.hit.trouble if self.hit else None
        if self.hit and trouble is Trouble.STALLED:
            time.sleep(self.hit.seconds)
        if self.faults.spend("dropped") or trouble is Trouble.DROPPED:
            hang_up()
        if self.faults.spend("fell") or trouble is Trouble.FELL:
            return self.error(500)
        return taken


def meet(faults: Faults, asked: Asked, error: Error) -> Luck:
    """What happens to a request before it is taken; waits where it is slow."""
    hit = faults.at_request(asked)
    trouble = hit.trouble if hit else None
    if hit and trouble is Trouble.SLOW:
        time.sleep(hit.seconds)
    refusal = None
    if faults.spend("errors") or trouble is Trouble.BROKEN:
        refusal = error(500)
    elif faults.spend("busy") or trouble is Trouble.BUSY:
        refusal = with_retry_after(error(429), hit.seconds if hit else 1.0)
    return Luck(refusal, hit, faults, error)


def with_retry_after(answer: Response, seconds: float) -> Response:
    answer.headers["Retry-After"] = str(round(seconds))
    return answer


def pause(faults: Faults) -> None:
    """Before every answer, where the provider is slow altogether."""
    if faults.slow:
        time.sleep(faults.slow)


def hang_up() -> None:
    """End the connection, so that the caller never learns that the request was taken."""
    servers = ("werkzeug.socket", "gunicorn.socket")
    connection = next((request.environ[name] for name in servers if name in request.environ), None)
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)
