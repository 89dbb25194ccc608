"""Logs: one JSON object per line on stderr, or readable lines for a person at a terminal.

What the libraries log through `logging` takes the same road, so it is masked alike.
"""

import logging.config
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import structlog
from structlog.typing import Processor

from bot.ops.masking import mask

_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    mask,
)

# These tell every request or job at INFO; ours do so already, with a trace.
_TALKATIVE = ("werkzeug", "rq.worker", "rq.scheduler", "urllib3", "twilio", "alembic")


def configure(level: str = "INFO", *, readable: bool | None = None) -> None:
    """Send all logs to stderr. `readable` None: lines for people when stderr is a terminal."""
    logging.config.dictConfig(stdlib_config(level, readable=readable))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def stdlib_config(level: str = "INFO", *, readable: bool | None = None) -> dict[str, Any]:
    """The same as a dictionary for `logging.config`, which is what gunicorn takes."""
    if readable is None:
        readable = sys.stderr.isatty()
    renderer: Processor = structlog.processors.JSONRenderer()
    if readable:
        renderer = structlog.dev.ConsoleRenderer(
            exception_formatter=structlog.dev.plain_traceback, sort_keys=False
        )
    quiet = level if level == "DEBUG" else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": list(_SHARED),
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
            }
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"level": level, "handlers": ["stderr"]},
        "loggers": {
            **{name: {"level": quiet} for name in _TALKATIVE},
            "gunicorn.error": {"level": level, "handlers": [], "propagate": True},
            "gunicorn.access": {"level": level, "handlers": [], "propagate": True},
        },
    }


@contextmanager
def traced(trace: UUID, **bound: object) -> Iterator[None]:
    """Everything logged inside carries `trace`, from the webhook to the receipt of the answer."""
    with structlog.contextvars.bound_contextvars(trace=str(trace), **bound):
        yield
