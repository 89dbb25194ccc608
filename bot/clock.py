"""`python -m bot.clock`: the process that ticks."""

import signal

import structlog

from bot.build import build_clock, start_process

log = structlog.get_logger(__name__)


def main() -> None:
    clock = build_clock(*start_process())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: clock.stopping.set())
    log.info("clock started")
    clock.run()


if __name__ == "__main__":
    main()
