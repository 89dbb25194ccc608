"""A messaging provider that takes its time: it accepts what Twilio's Messages resource accepts, answers
each after the same pause, and knows when each came. A process of its own, so that it takes none of the
worker's time.

    python -m scripts.bench.slow_provider PORT MILLISECONDS

`GET /sent` gives everything that came as a JSON array of [seconds, our address], `DELETE /sent` forgets
it.
"""

import asyncio
import itertools
import json
import sys
import time
from urllib.parse import parse_qs

CREATED = 201
NUMBERS = itertools.count(1)


class Messages(asyncio.Protocol):
    """One kept-alive connection. Requests on it come one after the other, as clients send them."""

    def __init__(self, pause: float, sent: list[tuple[float, str]]) -> None:
        self._pause = pause
        self._sent = sent
        self._got = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, there, body = self._got.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
        if not there or len(body) < length:
            return
        self._got = body[length:]
        self._take(head.split(b" ", 1)[0], body[:length])

    def _take(self, method: bytes, body: bytes) -> None:
        if method == b"GET":
            self._answer(200, self._sent)
        elif method == b"DELETE":
            self._sent.clear()
            self._answer(200, None)
        else:
            form = parse_qs(body.decode())
            self._sent.append((time.time(), form["From"][0]))
            sid = f"SM{next(NUMBERS):032d}"
            asyncio.get_running_loop().call_later(
                self._pause, self._answer, CREATED, {"sid": sid, "status": "queued"}
            )

    def _answer(self, status: int, told: object) -> None:
        body = json.dumps(told).encode()
        head = (
            f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(head.encode() + body)


async def serve(port: int, pause: float) -> None:
    sent: list[tuple[float, str]] = []
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Messages(pause, sent), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]) / 1000))
