"""Prometheus metrics: the installation's totals from the books, and this process's own times."""

import hmac
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Blueprint, Response, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from sqlalchemy import Engine, ExceptionContext, event

from bot.ops.books import Books
from store.transaction import RETRIED

# Webhooks should be answered within a second; providers give up after 10 to 15.
WEBHOOK_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)
SEND_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)


class Meters:
    """What this one process has measured since it started. Names begin with `sokoni_process_`, since
    another process answers with numbers of its own."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._webhooks = Histogram(
            "sokoni_process_webhook_seconds",
            "Time to answer a provider's webhook, in this process.",
            ("provider",),
            buckets=WEBHOOK_BUCKETS,
            registry=registry,
        )
        self._sends = Histogram(
            "sokoni_process_send_seconds",
            "Time of a request to a provider, in this process.",
            ("provider",),
            buckets=SEND_BUCKETS,
            registry=registry,
        )
        self._outcomes = Counter(
            "sokoni_process_sends",
            "Requests to providers by outcome, in this process.",
            ("provider", "outcome"),
            registry=registry,
        )

    @contextmanager
    def webhook(self, provider: str) -> Iterator[None]:
        """Times what is done inside as the answer to one webhook."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self._webhooks.labels(provider).observe(time.perf_counter() - started)

    def sent(self, provider: str, outcome: str, seconds: float) -> None:
        """One request to a provider. `outcome`: sent, retry, permanent, unknown."""
        self._sends.labels(provider).observe(seconds)
        self._outcomes.labels(provider, outcome).inc()


def count_unopened(registry: CollectorRegistry, unopened: Callable[[], int]) -> None:
    """How many lines and shops are off because no key opens their credentials."""
    gauge = Gauge(
        "sokoni_process_unopened_credentials",
        "Lines and shops whose credentials this process could not open.",
        registry=registry,
    )
    gauge.set_function(unopened)


def count_conflicts(registry: CollectorRegistry, engine: Engine) -> None:
    """How often the database had a transaction begun anew, by PostgreSQL's code."""
    conflicts = Counter(
        "sokoni_process_conflicts",
        "Transactions that conflicted with others, in this process.",
        ("code",),
        registry=registry,
    )

    def note(context: ExceptionContext) -> None:
        code = getattr(context.original_exception, "pgcode", None)
        if code in RETRIED:
            conflicts.labels(code).inc()

    event.listen(engine, "handle_error", note)


def open_registry(books: Books) -> CollectorRegistry:
    """A registry of its own, so that two servers in one process do not share numbers."""
    registry = CollectorRegistry()
    registry.register(books)
    return registry


def metrics_blueprint(
    registry: CollectorRegistry, token: str | None, *, public: bool = True
) -> Blueprint:
    """`GET /metrics`, for whoever carries `token` as a Bearer token. Where there is none: for all when
    it is `public`, else for nobody."""
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get("/metrics")
    def metrics() -> Response:
        if not (public if token is None else _carries(token)):
            return Response(
                "Send METRICS_TOKEN as a Bearer token.\n", 401, {"WWW-Authenticate": "Bearer"}
            )
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    return blueprint


def _carries(token: str) -> bool:
    given = request.headers.get("Authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
