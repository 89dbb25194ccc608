"""Where the milliseconds of one turn go: one process, one thread, one message after the other.

The profiler makes everything slower, most of all small functions, so that the shares tell more than the
milliseconds.
"""

import cProfile
import itertools
import os
import pstats
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from scripts.bench.towns import Town
from scripts.bench.walks import VISIT, Writers

TURNS = 60 * len(VISIT)

# What a function belongs to, by what its file or name holds; the first that fits.
PARTS: Mapping[str, re.Pattern[str]] = {
    "waiting for PostgreSQL": re.compile(r"psycopg2"),
    "SQLAlchemy: objects": re.compile(r"sqlalchemy/(orm|event)"),
    "SQLAlchemy: statements": re.compile(r"sqlalchemy"),
    "waiting for Redis": re.compile(r"_socket"),
    "Redis client": re.compile(r"/redis/|/rq/"),
    "signature": re.compile(r"twilio|hmac"),
    "Flask": re.compile(r"werkzeug|flask|urllib"),
    "our database code": re.compile(r"/(store|payments)/"),
    "language": re.compile(r"/intents/|numpy|rapidfuzz|spacy"),
    "flows": re.compile(r"/flows/"),
    "rendering": re.compile(r"/channels/|babel|gettext"),
    "logs": re.compile(r"logging|structlog|/ops/"),
    "receiving and answering": re.compile(r"/bot/"),
}


def anatomy(environment: Mapping[str, str], town: Town) -> Mapping[str, float]:
    """Milliseconds of a turn by part, the largest first."""
    os.environ.update(environment)
    from bot.app import create_app

    app = create_app()
    app.test_client().get("/healthz")
    writers = Writers(town.places, town.people, 1, uuid4().hex[:12])
    requests = writers.whatsapp(0)
    client = app.test_client()

    def post(number: int) -> None:
        for request in itertools.islice(requests, number):
            path, headers, body = _parsed(request)
            answer = client.post(path, data=body, headers=headers)
            if answer.status_code != 200:
                raise RuntimeError(answer.text)

    # People become known, catalogues are read, statements are prepared.
    post(TURNS)
    profile = cProfile.Profile()
    profile.runcall(post, TURNS)
    found: Counter[str] = Counter()
    for (file, _, name), (_, _, seconds, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        found[_part(f"{file} {name}")] += seconds
    return {part: 1000 * seconds / TURNS for part, seconds in found.most_common()}


def _part(function: str) -> str:
    own = str(Path(__file__).parents[2])
    named = function.replace(own, "")
    return next((part for part, sign in PARTS.items() if sign.search(named)), "Python itself")


def _parsed(request: bytes) -> tuple[str, Mapping[str, str], str]:
    head, _, body = request.decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    headers: dict[str, str] = dict(_header(line) for line in lines)
    del headers["Content-Length"]
    return first.split()[1], headers, body


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(": ")
    return name, value
