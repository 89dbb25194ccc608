"""How gunicorn serves Sokoni: a few processes, many threads each, the model loaded once.

The application is loaded before the fork, so that the processes share the language model's memory.
Threads do not survive a fork: what runs in the background starts after it, in each process.
"""

import gc

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from bot.ops.logging import stdlib_config
from bot.settings import Settings

settings = Settings.load()

# From elsewhere only in production: the emulators and the lab are for this machine.
host = "0.0.0.0" if settings.production else "127.0.0.1"  # noqa: S104
bind = f"{host}:{settings.port}"
workers = settings.web_concurrency
worker_class = "gthread"
threads = 16
preload_app = True

# A webhook is answered within seconds; what is not is stuck. USSD gives up after 15 seconds.
timeout = 30
graceful_timeout = 20
# Longer than a load balancer's own, so that it never writes into a connection that just closed.
keepalive = 75

# Nothing is taken from a proxy's headers: signatures are checked against PUBLIC_URL. gunicorn would else
# let whoever speaks through a proxy on this machine put another path in place of the one that it asks for.
forwarded_allow_ips = ""
forwarder_headers = ""

# Nobody uses it, and two servers of one user would fight over its file.
control_socket_disable = True

logconfig_dict = stdlib_config(settings.log_level)
# No query: it may carry what people wrote. Secrets in paths and phone numbers are masked by the log.
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"


def when_ready(server: Arbiter) -> None:
    """Before the fork. What is loaded now stays for good: the collector need not look through it again
    and again, nor, by doing so, take the memory apart that the processes share. A turn leaves few cycles
    behind, so it also looks less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def post_fork(server: Arbiter, worker: Worker) -> None:
    """Start the catch-up thread, and in development the worker's."""
    from bot.app import start_background

    start_background(worker.app.wsgi())


def worker_exit(server: Arbiter, worker: Worker) -> None:
    """Let what runs in the background finish what it has in hand."""
    from bot.app import stop_background

    stop_background(worker.app.wsgi())
