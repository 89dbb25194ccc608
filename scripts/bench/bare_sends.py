"""What no sender can be faster than: threads on kept-alive connections, without any books."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import requests

from channels.transport import pooled_session
from scripts.bench.backlog import Course, address, body, phone
from scripts.bench.servers import SID

THREADS = 64


def send_bare(course: Course, provider: str) -> Sequence[tuple[float, str]]:
    """The same messages by threads alone."""
    session = pooled_session(provider)
    url = f"{provider}/2010-04-01/Accounts/{SID}/Messages.json"

    def send(number: int) -> None:
        form = {
            "To": phone(number),
            "From": address(number % course.lines),
            "Body": body(number),
        }
        session.post(url, data=form, auth=(SID, "token"), timeout=10).raise_for_status()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(send, range(course.messages)))
    session.close()
    arrived = read_sent(provider)
    requests.delete(f"{provider}/sent", timeout=10)
    return arrived


def read_sent(provider: str) -> Sequence[tuple[float, str]]:
    """When each message arrived, in seconds, and from which address."""
    return [(at, address) for at, address in requests.get(f"{provider}/sent", timeout=10).json()]
